"""What a merge would do, before it is asked; what it did, for who may undo it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.identity import names_of
from jalons.access.levels import Level
from jalons.kernel import clock, french_dates
from jalons.territories.models import Organization

from .. import personal_data
from ..circle import Circle, Follower
from ..identity.change_queries import written
from ..identity.fields import FIELDS, LABELS, PLACE, giver, in_json, level_of
from ..models import Merge, Person
from ..pairs.facts import PairFacts
from ..personal_data import PersonalData
from ..sources import is_referent, source_names
from .doing import nirs
from .facts import MergeFacts
from .moving import Carry, Move
from .rules import contradicts

TOLD = {Level.IDENTITY, Level.SHARED}
"""The levels whose rows are counted: a number of hidden rows would tell that there are some."""
UNCOUNTED = {"people.Person", "people.Pair"}


@dataclass(frozen=True)
class Side:
    key: UUID
    label: str
    name: str


@dataclass(frozen=True)
class Field:
    """An identity field on which both files say something else, and who gave each value."""

    name: str
    label: str
    values: list[tuple[UUID, str]]


@dataclass(frozen=True)
class Preview:
    """`suggested` is the file to keep unless said otherwise; `contradiction` forbids the merge.

    `counts`: of each side, what it holds. `followers`: who will read the file made one.
    """

    sides: list[Side]
    suggested: UUID
    fields: list[Field]
    referents: list[tuple[UUID, str]]
    counts: list[tuple[str, int, int]]
    followers: list[str]
    unnamed: int
    contradiction: bool


def preview(actor: Actor, facts: PairFacts) -> Preview:
    rows = Person.objects.in_bulk([circle.key for circle in facts.both])
    people = [rows[circle.key] for circle in facts.both]
    suggested = _suggested(facts)
    followers, unnamed = _followers(actor, facts.both)
    return Preview(
        [_side(row) for row in people],
        suggested,
        _fields(actor, facts, people),
        _referents(actor, facts),
        _counts(facts),
        followers,
        unnamed,
        contradicts(*(nirs(row.pk) for row in people)),
    )


def _suggested(facts: PairFacts) -> UUID:
    """The protected file, else that of a référent, else that of the most followers, the oldest."""
    ranked = sorted(
        facts.both,
        key=lambda one: (
            one.key != facts.owner,
            one.referent is None,
            -len(one.followers),
            str(one.key),
        ),
    )
    return ranked[0].key


def _side(row: Person) -> Side:
    since = french_dates.short(row.recorded_at)
    return Side(row.pk, f"{row}, dossier créé le {since}", str(row))


def _fields(actor: Actor, facts: PairFacts, people: list[Person]) -> list[Field]:
    hidden = any(row.hidden_address or row.discreet_contact for row in people)
    found = []
    for name in FIELDS:
        values = [in_json(getattr(row, name)) for row in people]
        asked = level_of(name) == Level.IDENTITY and not (name == PLACE and hidden)
        if asked and values[0] != values[1] and all(values):
            said = [
                (row.pk, _given(actor, circle, row, name))
                for row, circle in zip(people, facts.both, strict=True)
            ]
            found.append(Field(name, LABELS[name], said))
    return found


def _given(actor: Actor, circle: Circle, row: Person, name: str) -> str:
    """« Haddad, donné par le CCAS le 28 nov. »."""
    value = written(name, in_json(getattr(row, name)))
    text = french_dates.short(value) if isinstance(value, date) else value
    by = giver(row, name)
    source = source_names(actor, circle, [by]).get(by, "") if by else ""
    day = row.sources[name][1] if name in row.sources else ""
    since = f" le {french_dates.short(date.fromisoformat(day))}" if day else ""
    return f"{text}, donné par {source}{since}" if source else text


def _referents(actor: Actor, facts: PairFacts) -> list[tuple[UUID, str]]:
    """The référent of each file, when they are two."""
    found = [(circle.key, circle.referent) for circle in facts.both if circle.referent]
    who = {(one.account, one.organization) for _, one in found}
    if len(who) < 2:
        return []
    names = names_of([one.account for _, one in found])
    known = _named(actor, facts.both, [one for _, one in found])
    return [
        (key, names.get(one.account, "") if one in known else "Référent d’un dossier")
        for key, one in found
    ]


def _followers(actor: Actor, both: Iterable[Circle]) -> tuple[list[str], int]:
    """Who follows one of the two, once each; those of sensitive structures by their number."""
    circles = list(both)
    everybody = {
        (one.account, one.organization): one for circle in circles for one in circle.followers
    }
    named = _named(actor, circles, everybody.values())
    names = names_of([one.account for one in named])
    places = Organization.objects.in_bulk({one.organization for one in named})
    said = [f"{names.get(one.account, '')}, {places[one.organization].name}" for one in named]
    return sorted(said), len(everybody) - len(named)


def _named(
    actor: Actor, circles: Iterable[Circle], followers: Iterable[Follower]
) -> list[Follower]:
    """Those whom the actor may know of: a référent of both all, others not of the sensitive."""
    found = list(followers)
    if all(is_referent(actor, circle) for circle in circles):
        return found
    open_ = Organization.objects.filter(
        Q(sensitive=False) | Q(pk=actor.organization), pk__in={one.organization for one in found}
    )
    seen = set(open_.values_list("pk", flat=True))
    return [one for one in found if one.organization in seen]


def _counts(facts: PairFacts) -> list[tuple[str, int, int]]:
    """The rows that each file holds, by their French name, and that its readers may count."""
    found = []
    for data in personal_data.registered():
        if isinstance(data.merge, Move | Carry) and data.shown and data.name not in UNCOUNTED:
            one, other = (_counted(data, circle.key) for circle in facts.both)
            if one or other:
                found.append((data.title, one, other))
    return found


def _counted(data: PersonalData, person: UUID) -> int:
    rows = data.rows(person, "default")
    row_level = getattr(data.model, "row_level", "")
    if row_level:
        return rows.filter(**{f"{row_level}__in": sorted(TOLD)}).count()
    levels = set(data.levels(person, "default"))
    return rows.count() if levels <= TOLD else 0


@dataclass(frozen=True)
class Made:
    """A merge as its page shows it; `added` is what was recorded in the file since."""

    row: Merge
    name: str
    by: str
    added: list[tuple[str, int]]
    in_time: bool


def made(facts: MergeFacts) -> Made:
    row = Merge.objects.select_related("kept").get(pk=facts.key)
    by = names_of([row.asked_by_id]).get(row.asked_by_id, "")
    done = row.state == Merge.State.DONE
    in_time = done and bool(row.undo_until and row.undo_until > clock.today())
    return Made(row, str(row.kept), by, _added(row) if in_time else [], in_time)


def _added(row: Merge) -> list[tuple[str, int]]:
    found = []
    for data in personal_data.registered():
        if isinstance(data.merge, Move) and data.shown and row.done_at:
            since = data.rows(row.kept_id, "default").filter(recorded_at__gt=row.done_at)
            row_level = getattr(data.model, "row_level", "")
            if row_level:
                since = since.filter(**{f"{row_level}__in": sorted(TOLD)})
            count = (
                since.count()
                if row_level or set(data.levels(row.kept_id, "default")) <= TOLD
                else 0
            )
            if count:
                found.append((data.title, count))
    return found


def of_file(person: UUID) -> Merge | None:
    """The last merge that may still be undone into this file."""
    rows = Merge.objects.filter(kept=person, state=Merge.State.DONE, undo_until__gt=clock.today())
    return rows.order_by("-done_at", "-id").first()
