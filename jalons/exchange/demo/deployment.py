"""What a consortium of the demo signed, decided and set up: dates are relative to today."""

from datetime import date, time, timedelta

from jalons.journal import events
from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune
from jalons.territories.models import (
    Action,
    Axis,
    Convention,
    Membership,
    Milestone,
    OpeningHours,
    Organization,
    Reception,
    SettingValue,
    Territory,
    YearlyGoal,
)

from . import shapes
from .book import Book
from .shapes import Consortium
from .staff import Staff

SIGNED = 420
"""Days since the convention was signed."""
MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(17))


def day(number: int | None) -> date | None:
    """So many days from today."""
    return None if number is None else clock.today() + timedelta(days=number)


def ahead(number: int) -> date:
    return clock.today() + timedelta(days=number)


def members(territory: Territory, consortium: Consortium, book: Book) -> dict[str, Organization]:
    """The organizations, their memberships, and where they receive."""
    rows = [_organization(territory, consortium, member) for member in consortium.members]
    found = {row.name: row for row in Organization.objects.bulk_create(rows)}
    for member in consortium.members:
        book.note(
            "territories.organization_created",
            ahead(-member.joined),
            object_kind="organization",
            object_key=found[member.name].pk,
        )
    Membership.objects.bulk_create(
        Membership(
            territory=territory,
            organization=found[member.name],
            starts_on=ahead(-member.joined),
            ends_on=None if member.left is None else ahead(-member.left),
        )
        for member in consortium.members
    )
    _receptions(territory, consortium, found)
    return found


def _organization(
    territory: Territory, consortium: Consortium, member: shapes.Member
) -> Organization:
    return Organization(
        territory=territory,
        name=member.name,
        kind=member.kind,
        sensitive=member.sensitive,
        commune=_commune(member, consortium),
        address=member.street,
        postcode=member.postcode,
        city=member.city,
        email=f"accueil@{fold(member.name).replace(' ', '-')[:40].strip('-')}.example",
        sort_key=fold(member.name),
    )


def _commune(member: shapes.Member, consortium: Consortium) -> str:
    if not member.city:
        return consortium.seat
    here = Commune.objects.filter(name=member.city, postcodes__contains=[member.postcode])
    return here.values_list("code", flat=True).first() or consortium.seat


def _receptions(
    territory: Territory, consortium: Consortium, found: dict[str, Organization]
) -> None:
    doors = [member for member in consortium.members if member.street]
    rows = Reception.objects.bulk_create(
        Reception(
            territory=territory,
            organization=found[member.name],
            name=f"Accueil de {member.city}",
            address=member.street,
            postcode=member.postcode,
            city=member.city,
            commune=found[member.name].commune,
            phones=[f"+336399800{number:02}"],
            note=member.note,
        )
        for number, member in enumerate(doors)
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(reception=row, weekday=weekday, opens_at=opens, closes_at=closes)
        for number, row in enumerate(rows)
        for weekday in range(1, 6)
        for opens, closes in _hours(number, weekday)
    )


def _hours(number: int, weekday: int) -> list[tuple[time, time]]:
    """Mornings and afternoons; some close on an afternoon of the week."""
    closed = weekday == number % 5 + 1 or weekday == 5
    return [MORNING] if closed else [MORNING, AFTERNOON]


def decide(
    territory: Territory,
    consortium: Consortium,
    found: dict[str, Organization],
    staff: Staff,
) -> None:
    """The convention, the axes, the calendar, the goals."""
    signed = consortium.convention
    Convention.objects.create(
        territory=territory,
        title=signed.title,
        carrier=found[signed.carrier],
        signed_on=ahead(-SIGNED),
        starts_on=ahead(-SIGNED + 15),
        ends_on=ahead(-SIGNED + 15 + 3 * 365),
        aims=signed.aims,
        publics=list(signed.publics),
    )
    YearlyGoal.objects.bulk_create(
        YearlyGoal(
            territory=territory,
            year=clock.today().year + ahead_of,
            persons=persons,
            decided_on=ahead(-SIGNED),
            reason="Inscrit dans la convention",
        )
        for ahead_of, persons in consortium.goals.items()
    )
    axes = Axis.objects.bulk_create(
        Axis(
            territory=territory,
            national=axis.national,
            rank=rank,
            title=axis.title,
            description=axis.description,
        )
        for rank, axis in enumerate(consortium.axes, start=1)
    )
    _calendar(territory, consortium, axes, found, staff)


def _calendar(
    territory: Territory,
    consortium: Consortium,
    axes: list[Axis],
    found: dict[str, Organization],
    staff: Staff,
) -> None:
    for action in consortium.actions:
        created = Action.objects.create(
            territory=territory,
            axis=axes[action.axis],
            title=action.title,
            organization=found.get(action.member),
            owner=staff.by_local(action.owner).account if action.owner else None,
            starts_on=ahead(action.starts),
            due_on=ahead(action.due),
            started_on=day(action.started),
            done_on=day(action.done),
            dropped_on=day(action.dropped),
            drop_reason=action.reason,
        )
        _milestones(territory, action.milestones, created)
    _milestones(territory, consortium.milestones, None)


def _milestones(
    territory: Territory, milestones: tuple[shapes.Milestone, ...], action: Action | None
) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            territory=territory,
            action=action,
            title=one.title,
            due_on=ahead(one.due),
            reached_on=day(one.reached),
        )
        for one in milestones
    )


def set_up(territory: Territory, consortium: Consortium, staff: Staff, book: Book) -> None:
    """What the territory changed of the defaults, by its coordinator."""
    who = staff.coordinator
    for setting in consortium.settings:
        decided = book.moment(ahead(-max(setting.since, 10)))
        row = SettingValue.objects.create(
            territory=territory,
            key=setting.key,
            value=setting.value,
            starts_on=ahead(-setting.since),
            recorded_at=decided,
        )
        events.append(
            "territories.setting_changed",
            territory=territory.pk,
            account=who.account_id,
            mandate=who.pk,
            organization=who.organization_id,
            object_kind="setting",
            object_key=row.pk,
            occurred_at=decided,
            payload={
                "key": setting.key,
                "value": setting.value,
                "from": row.starts_on.isoformat(),
                "reason": setting.reason,
            },
        )
