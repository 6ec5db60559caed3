"""Reads of documents: each row is asked for itself; what is hidden waits for a reveal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.identity import names_of
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import REVEAL_DOCUMENT

from ..circle import Circle
from ..models import Document
from ..models.document import DocumentKind
from .contents import title_of
from .facts import DocumentFacts, facts_of
from .rules import CHANGE_LEVEL, READINGS, WITHDRAW, Reading


def document(facts: DocumentFacts) -> Document:
    """The row of an authorised document."""
    return Document.objects.get(pk=facts.key)


LISTED = (Level.IDENTITY, Level.SHARED, Level.PRIVATE)
"""What a list shows; the rest is revealed."""


@dataclass(frozen=True)
class Line:
    key: UUID
    title: str
    added_on: date
    author: str
    size: int
    pages: int
    level: Level
    reading: str
    may_withdraw: bool
    may_change: bool


@dataclass(frozen=True)
class Group:
    label: str
    lines: list[Line]


def groups(actor: Actor, circle: Circle, *, revealed: bool = False) -> list[Group]:
    """The person's documents that the actor may read now, by kind, the latest first."""
    readable = [
        (row, facts) for row, facts in _kept(circle) if _shows(actor, facts, revealed=revealed)
    ]
    names = names_of({row.account_id for row, _ in readable}) if readable else {}
    found: dict[str, list[Line]] = {}
    for row, facts in readable:
        line = _line(actor, row, facts, names.get(row.account_id, ""))
        found.setdefault(row.kind, []).append(line)
    return [Group(label, found[kind]) for kind, label in DocumentKind.choices if kind in found]


def has_sealed(groups: Iterable[Group]) -> bool:
    return any(line.level == Level.SEALED for group in groups for line in group.lines)


def _kept(circle: Circle) -> list[tuple[Document, DocumentFacts]]:
    rows = Document.objects.filter(person=circle.key, withdrawn_at=None, erased_at=None)
    return [(row, facts_of(row, circle)) for row in rows.order_by("-added_on", "-id")]


def _shows(actor: Actor, facts: DocumentFacts, *, revealed: bool) -> bool:
    if facts.level == Level.RESTRICTED:
        return revealed and bool(decide(actor, REVEAL_DOCUMENT, facts, facts.level))
    if facts.level not in LISTED and not revealed:
        return False
    return bool(decide(actor, READ, facts, facts.level))


def _line(actor: Actor, row: Document, facts: DocumentFacts, author: str) -> Line:
    return Line(
        row.pk,
        title_of(row) or row.get_kind_display(),
        row.added_on,
        author,
        row.size,
        row.pages,
        facts.level,
        READINGS[Reading(facts.level, facts.domain)],
        bool(decide(actor, WITHDRAW, facts)),
        bool(decide(actor, CHANGE_LEVEL, facts)),
    )
