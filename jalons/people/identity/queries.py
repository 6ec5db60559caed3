"""What the identity tab shows to one reader, each fact with where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.models import Commune

from .. import contacts, identifiers
from ..circle import Circle
from ..models import (
    Contact,
    ContactKind,
    Identifier,
    IdentifierKind,
    Person,
    ProposedChange,
    ProposedState,
)
from ..queries import shown_communes
from ..sources import is_referent, source_names
from ..statuses import queries as statuses
from ..statuses.queries import ShownStatus
from . import fields, proposals
from .actions.correct_identity import reads_hidden
from .channels import running, usable

ICONS = {ContactKind.PHONE: "phone", ContactKind.EMAIL: "mail", ContactKind.ADDRESS: "map-pin"}
TOLD = timedelta(days=30)
"""How long the answer to a proposal stands before its author."""
SCHEMES = {ContactKind.PHONE: "tel", ContactKind.EMAIL: "mailto"}


@dataclass(frozen=True)
class Fact:
    """`source`: « Mission locale », empty when unknown or not to be named; `since` its day."""

    label: str
    value: str | date
    source: str = ""
    since: date | None = None


@dataclass(frozen=True)
class ShownContact:
    key: UUID
    kind: str
    icon: str
    label: str
    value: str
    href: str
    note: str
    safe: bool
    usable: bool
    sealed: bool
    source: str
    since: date


@dataclass(frozen=True)
class Number:
    """`value` is empty until it is revealed; a NIR is never `readable`."""

    key: UUID
    label: str
    source: str
    since: datetime
    readable: bool
    value: str = ""


@dataclass(frozen=True)
class Change:
    """A proposal that waits, for who answers it and its author; answered, for its author only."""

    key: UUID
    organization: str
    at: datetime
    state: str
    to_answer: bool
    mine: bool
    words: str = ""


@dataclass(frozen=True)
class Tab:
    """The parts of the tab; `hides`: this person's address or contacts are sealed."""

    identity: list[Fact]
    situation: list[Fact]
    contacts: list[ShownContact]
    numbers: list[Number]
    current: list[ShownStatus]
    coming: list[ShownStatus]
    past: list[ShownStatus]
    changes: list[Change]
    sources: dict[UUID, str]


def tab(actor: Actor, circle: Circle, row: Person, day: date) -> Tab:
    """Everything that needs no reveal."""
    found = [each for each in running(circle.key) if each.level == Level.IDENTITY]
    numbers = list(Identifier.objects.filter(person=circle.key).order_by("kind", "id"))
    shared = decide(actor, READ, circle, Level.SHARED)
    rows = statuses.rows_of(circle) if shared else []
    givers = [fields.giver(row, field) for field in row.sources]
    keys = [each.source_id for part in (found, numbers, rows) for each in part]
    names = source_names(actor, circle, [*givers, *keys])
    known = statuses.shared(actor, circle, rows)
    ended = [status for status in known if status.ends_on and status.ends_on <= day]
    coming = [status for status in known if status.starts_on > day and status not in ended]
    return Tab(
        identity=_identity_facts(row, names),
        situation=_situation_facts(row, names) if shared else [],
        contacts=[_contact(row, each, names) for each in found],
        numbers=[_number(each, names) for each in numbers],
        current=[each for each in known if each not in ended and each not in coming],
        coming=coming,
        past=ended,
        changes=_changes(actor, circle),
        sources=names,
    )


def sealed_contacts(actor: Actor, circle: Circle, row: Person) -> list[ShownContact]:
    """The sealed contacts, for a reader of theirs and a reveal just recorded."""
    if not reads_hidden(actor, circle):
        return []
    found = [each for each in running(circle.key) if each.level == Level.SEALED]
    names = source_names(actor, circle, [each.source_id for each in found])
    return [_contact(row, each, names) for each in found]


def hidden_commune(actor: Actor, circle: Circle, row: Person) -> str:
    """The commune of a hidden address, for its readers; empty for everybody else."""
    if not reads_hidden(actor, circle) or not (row.hidden_address or row.discreet_contact):
        return ""
    return commune_names([row.commune]).get(row.commune, "")


def revealed(circle: Circle, numbers: list[Number], key: UUID) -> list[Number]:
    """The numbers of the page, one of them readable; the NIR stays as it is."""
    row = Identifier.objects.filter(pk=key, person=circle.key).first()
    if row is None or row.kind == IdentifierKind.NIR:
        return numbers
    value = identifiers.read(row)
    return [replace(each, value=value) if each.key == key else each for each in numbers]


def contact(actor: Actor, circle: Circle, key: UUID) -> Contact | None:
    """A running contact that `actor` may change, or None."""
    row = Contact.objects.filter(pk=key, person=circle.key, ends_on=None).first()
    if row is None or (row.level == Level.SEALED and not reads_hidden(actor, circle)):
        return None
    return row


def identifier(circle: Circle, key: UUID) -> Identifier | None:
    return Identifier.objects.filter(pk=key, person=circle.key).first()


def also_of_another(person: UUID, kind: str, text: str) -> bool:
    """Whether somebody else in plain sight is reached by the same phone or e-mail."""
    if kind == ContactKind.ADDRESS:
        return False
    same = Contact.objects.filter(
        digest=contacts.digest(kind, text), kind=kind, ends_on=None, level=Level.IDENTITY
    )
    return same.filter(person__protected=False).exclude(person=person).exists()


def _identity_facts(row: Person, names: dict[UUID, str]) -> list[Fact]:
    values: dict[str, str | date | None] = {
        "family_name": row.family_name,
        "birth_name": row.birth_name,
        "given_name": row.given_name,
        "birth_date": row.birth_date,
        "commune": shown_communes([row])[row.pk],
        "language": language(row.language),
        "channel": row.get_channel_display(),
    }
    return _facts(row, values, names)


def _situation_facts(row: Person, names: dict[UUID, str]) -> list[Fact]:
    children = None if row.children is None else str(row.children)
    return _facts(row, {"household": row.get_household_display(), "children": children}, names)


def _facts(row: Person, values: dict[str, str | date | None], names: dict[UUID, str]) -> list[Fact]:
    facts = []
    for field, value in values.items():
        if not value:
            continue
        given = row.sources.get(field)
        giver = fields.giver(row, field)
        source = names.get(giver, "") if giver else ""
        since = date.fromisoformat(given[1]) if given and source else None
        facts.append(Fact(fields.LABELS[field], value, source, since))
    return facts


def language(code: str) -> str:
    try:
        return nomenclature.label("language", code)
    except nomenclature.UnknownTerm:
        return ""


def _contact(person: Person, row: Contact, names: dict[UUID, str]) -> ShownContact:
    kind, content = ContactKind(row.kind), contacts.read(row)
    may = usable(person, row)
    href = f"{SCHEMES[kind]}:{content.value}" if may and kind in SCHEMES else ""
    return ShownContact(
        row.pk,
        kind,
        ICONS[kind],
        kind.label,
        contacts.written(kind, content.value),
        href,
        content.note,
        row.safe,
        may,
        row.level == Level.SEALED,
        names.get(row.source_id, "") if row.source_id else "",
        row.starts_on,
    )


def _number(row: Identifier, names: dict[UUID, str]) -> Number:
    return Number(
        row.pk,
        row.get_kind_display(),
        names.get(row.source_id, "") if row.source_id else "",
        row.recorded_at,
        row.kind != IdentifierKind.NIR,
    )


def _changes(actor: Actor, circle: Circle) -> list[Change]:
    """The waiting proposals that the actor answers or wrote, and the last answers to theirs."""
    lately = Q(account=actor.account, answered_at__gt=clock.now() - TOLD)
    found = []
    rows = ProposedChange.objects.filter(
        Q(state=ProposedState.WAITING) | lately & ~Q(state=ProposedState.WITHDRAWN),
        person=circle.key,
    )
    for row in rows.select_related("organization").order_by("proposed_at", "id"):
        facts, waiting = proposals.facts_of(row, circle), row.state == ProposedState.WAITING
        answers = waiting and bool(decide(actor, proposals.ACCEPT, facts))
        mine = bool(decide(actor, proposals.WITHDRAW, facts))
        if answers or mine:
            words = "" if waiting else proposals.read(row).words
            organization = named(actor, circle, row)
            found.append(
                Change(row.pk, organization, row.proposed_at, row.state, answers, mine, words)
            )
    return found


def named(actor: Actor, circle: Circle, row: ProposedChange) -> str:
    organization = row.organization
    told = not organization.sensitive or organization.pk == actor.organization
    return str(organization.name) if told or is_referent(actor, circle) else ""


def commune_names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Commune.objects.filter(code__in=set(codes)).values_list("code", "name"))
