"""The statuses that a reader may see, each asked for itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.identity import names_of
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import REVEAL
from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.cache import Item
from jalons.territories.models import Organization

from .. import domains
from ..circle import Circle
from ..models import FollowUp, SealedReader, Status
from .contents import StatusContent, read

LIST = "person_status"
DOMAIN_LABELS = {domains.VIOLENCES: "Violences", domains.JUSTICE: "Justice"}


@dataclass(frozen=True)
class ShownStatus:
    """A status as a page shows it; `ends_on` is the first day without."""

    key: UUID
    kind: str
    label: str
    level: str
    domain: str
    starts_on: date
    ends_on: date | None
    source: UUID | None
    confirmed_on: date | None = None

    @property
    def over_unconfirmed(self) -> bool:
        """Its end was foreseen, and nobody said since that it did end."""
        known = self.confirmed_on or self.starts_on
        return self.ends_on is not None and known < self.ends_on <= clock.today()

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None


def kinds(territory: int) -> list[Item]:
    """What may be recorded today."""
    return nomenclature.terms(LIST, territory=territory)


def rows_of(circle: Circle) -> list[Status]:
    """Every status that row security lets through, the latest first; one query."""
    return list(Status.objects.filter(person=circle.key).order_by("-starts_on", "id"))


def statuses(actor: Actor, circle: Circle, day: date) -> list[ShownStatus]:
    """The shared statuses in force that `actor` may read; the others wait for a reveal."""
    return shared(actor, circle, [row for row in rows_of(circle) if in_force(row, day)])


def shared(actor: Actor, circle: Circle, rows: list[Status]) -> list[ShownStatus]:
    """Those of `rows` that are shared with `actor`."""
    return [
        shown(row, read(row))
        for row in rows
        if row.level == Level.SHARED and readable(actor, circle, row, read(row))
    ]


def revealed_statuses(actor: Actor, circle: Circle, day: date) -> list[ShownStatus]:
    """The restricted and sealed statuses, for a reveal just authorised and recorded.

    A domain that the person closed to `actor` stays closed: each row is asked for itself.
    """
    found = []
    for row in rows_of(circle):
        if row.level == Level.SHARED or over(row, day):
            continue
        content = read(row)
        if readable(actor, circle, row, content):
            found.append(shown(row, content))
    return found


def readable(actor: Actor, circle: Circle, row: Status, content: StatusContent) -> bool:
    """Whether `actor` reads this status, or may reveal it."""
    level = Level(row.level)
    act = REVEAL if level == Level.RESTRICTED else READ
    domain = content.domain or domain_of(content.kind, row.territory_id)
    return bool(decide(actor, act, circle, level, domain=domain))


def domain_of(kind: str, territory: int) -> str:
    """The domain of a kind of status: an objection to a domain reaches it too."""
    try:
        return nomenclature.term(LIST, kind, territory=territory).domain
    except nomenclature.UnknownTerm:
        return ""


def status(actor: Actor, circle: Circle, key: UUID) -> ShownStatus | None:
    """One status of a person, or None when it is out of the actor's sight."""
    row = Status.objects.filter(pk=key, person=circle.key).first()
    if row is None:
        return None
    content = read(row)
    return shown(row, content) if readable(actor, circle, row, content) else None


def shown(row: Status, content: StatusContent) -> ShownStatus:
    return ShownStatus(
        row.pk,
        content.kind,
        content.label,
        row.level,
        content.domain,
        row.starts_on,
        row.ends_on,
        row.source_id,
        row.confirmed_on,
    )


def in_force(row: Status, day: date) -> bool:
    return row.starts_on <= day and not over(row, day)


def over(row: Status, day: date) -> bool:
    return row.ends_on is not None and row.ends_on <= day


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a sealed domain of a person, and why."""

    key: UUID
    domain: str
    name: str
    reason: str
    named: bool


def readers(actor: Actor, circle: Circle) -> list[Reader]:
    """Who reads the sealed domains that `actor` reads themselves."""
    mine = sealed_domains(actor, circle)
    tokens = {token: domain for domain in mine for token in domains.tokens(domain)}
    rows = list(
        SealedReader.objects.filter(person=circle.key, domain__in=tokens).order_by("domain", "id")
    )
    names = names_of({row.account_id for row in rows}) if rows else {}
    return [
        Reader(
            row.pk,
            DOMAIN_LABELS[tokens[row.domain]],
            names.get(row.account_id, ""),
            row.get_reason_display(),
            row.reason == SealedReader.Reason.NAMED,
        )
        for row in rows
    ]


def sealed_domains(actor: Actor, circle: Circle) -> list[str]:
    """The sealed domains of the person that `actor` reads."""
    return [
        domain
        for domain in domains.SEALED
        if decide(actor, READ, circle, Level.SEALED, domain=domain)
    ]


def may_be_named(followers: list[FollowUp]) -> list[tuple[str, str]]:
    """The accounts that a person may name: those who follow them, once each."""
    found = {row.account_id: f"{row.account.full_name}, {row.organization}" for row in followers}
    return [(str(key), name) for key, name in found.items()]


def sources(actor: Actor) -> list[tuple[str, str]]:
    """The structures that a status may come from, sensitive ones left out but one's own."""
    rows = Organization.objects.filter(territory=actor.territory).order_by("sort_key", "id")
    return [
        (str(row.pk), row.name) for row in rows if not row.sensitive or row.pk == actor.organization
    ]
