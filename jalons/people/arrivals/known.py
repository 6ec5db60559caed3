"""What is known of persons whom a file names, against what it says; a few queries for many."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from jalons.kernel import clock
from jalons.kernel.prepared import among
from jalons.kernel.text import fold

from ..circle import active_follow_ups, waiting_entries
from ..hashing import Hashers, hashers
from ..identity.fields import in_json
from ..models import Contact, ContactKind, Identifier, LastSaid, Person
from ..names import glued
from .rules import CONTACTS, FACT, IDENTITY, NUMBERS, REMOVED, Value, Values

NAMES = ("family_name", "birth_name", "given_name")


@dataclass
class Known:
    """One person: the row, and what may be compared without being read."""

    row: Person
    hashers: Hashers
    contacts: set[tuple[str, bytes]] = field(default_factory=set)
    numbers: set[tuple[str, bytes]] = field(default_factory=set)
    followers: set[tuple[str, str]] = field(default_factory=set)

    def differing(self, values: Values, names: Iterable[str]) -> list[str]:
        """Those of these attributes that would change something."""
        return [name for name in names if self.differs(name, values[name])]

    def differs(self, name: str, value: Value) -> bool:
        if name in IDENTITY:
            return self._is_other(name, str(value))
        if name in CONTACTS:
            texts = [value] if isinstance(value, str) else value
            return any(self._contact(name, text) not in self.contacts for text in texts)
        if name in NUMBERS:
            return (name, self.hashers[name](str(value))) not in self.numbers
        if name.startswith(FACT):
            return True
        return self._is_other_circle(name, value)

    def _is_other(self, name: str, text: str) -> bool:
        """A name written otherwise, or the other of her two names, is no other name."""
        if name in NAMES:
            families = (self.row.family_name, self.row.birth_name)
            known = (self.row.given_name,) if name == "given_name" else families
            return not any(glued(text) & glued(each) for each in known if each)
        return in_json(getattr(self.row, name)) != text

    def _is_other_circle(self, name: str, pairs: Iterable[Any]) -> bool:
        found = [self._follows(*pair) for pair in pairs]
        return any(found) if name == REMOVED else not all(found)

    def _follows(self, organization: str, account: str) -> bool:
        if account and organization:
            return (organization, account) in self.followers
        position, key = (1, account) if account else (0, organization)
        return any(pair[position] == key for pair in self.followers)

    def _contact(self, kind: str, text: str) -> tuple[str, bytes]:
        compared = fold(text) if kind == ContactKind.ADDRESS else text
        return kind, self.hashers[kind](compared)


def known(territory: int, keys: Collection[UUID]) -> dict[UUID, Known]:
    """Of persons whose identity the caller may read; five queries.

    Facts are read at a higher level: they are compared with nothing.
    """
    today, hashes = clock.today(), hashers()
    wanted = among(list(keys))
    rows = Person.objects.filter(territory=territory, pk__in=wanted)
    found = {row.pk: Known(row, hashes) for row in rows}
    running = Contact.objects.filter(person__in=wanted, ends_on=None)
    for person, kind, digest in running.values_list("person", "kind", "digest"):
        found[person].contacts.add((kind, bytes(digest or b"")))
    for person, kind, digest in Identifier.objects.filter(person__in=wanted).values_list(
        "person", "kind", "digest"
    ):
        found[person].numbers.add((kind, bytes(digest)))
    for person, organization, account in (
        active_follow_ups(today)
        .filter(person__in=wanted, read_only=False)
        .values_list("person", "organization", "account")
    ):
        found[person].followers.add((str(organization), str(account)))
    waiting = waiting_entries().filter(person__in=wanted, assigned_to__isnull=False)
    for person, organization in waiting.values_list("person", "assigned_to"):
        found[person].followers.add((str(organization), ""))
    return found


def last_said(organization: UUID, keys: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    """What an organization's files said last of these persons; one query."""
    rows = LastSaid.objects.filter(organization=organization, person__in=among(list(keys)))
    return dict(rows.values_list("person", "digests"))
