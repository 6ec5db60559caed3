"""What a file says of somebody, and what is known of her, as a page shows both."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from jalons.accounts.models import Account
from jalons.kernel.french_dates import short
from jalons.kernel.prepared import among
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.models import Commune
from jalons.territories.models import Organization

from .. import contacts, identifiers
from ..identity.fields import in_json
from ..models import Contact, Identifier, Person
from ..statuses.families import fact
from .rules import ADDED, ATTACHED, CONTACTS, ENTRY, FACT, IDENTITY, NUMBERS, REMOVED, Value, Values

NEVER = "Fourni, jamais affiché"
NO = "Non"
Before = dict[str, str]
"""The known value of each attribute that a reader of an identity may see; the NIR never."""


def known_values(keys: Collection[UUID]) -> dict[UUID, Before]:
    """Of persons whose identity the caller may read; three queries, and one for the communes.

    What is sealed or restricted is left out, and facts, which are read at a higher level.
    """
    wanted = among(list(keys))
    rows = list(Person.objects.filter(pk__in=wanted))
    hidden = {row.pk for row in rows if row.hidden_address or row.discreet_contact}
    words = Words.of_communes({row.commune for row in rows})
    found: dict[UUID, Before] = {
        row.pk: {
            name: words.said(name, in_json(getattr(row, name)) or "")
            for name in IDENTITY
            if not (name == "commune" and row.pk in hidden)
        }
        for row in rows
    }
    running = Contact.objects.filter(person__in=wanted, ends_on=None, level="identity")
    for one in running.order_by("starts_on", "id"):
        text = contacts.written(one.kind, contacts.read(one).value).replace("\n", ", ")
        _add(found[one.person_id], one.kind, text)
    for number in Identifier.objects.filter(person__in=wanted).order_by("id"):
        _add(
            found[number.person_id],
            number.kind,
            NEVER if number.kind == "nir" else identifiers.read(number),
        )
    return found


def _add(before: Before, name: str, text: str) -> None:
    before[name] = f"{before[name]}, {text}" if before.get(name) else text


@dataclass
class Words:
    """The names of what values point to."""

    communes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_communes(cls, codes: Collection[str]) -> "Words":
        rows = Commune.objects.filter(code__in=set(codes))
        return cls(dict(rows.values_list("code", "name")))

    @classmethod
    def of(cls, said: Iterable[Values]) -> "Words":
        """Of these sayings; three queries."""
        said = list(said)
        words = cls.of_communes({str(values.get("commune", "")) for values in said})
        pairs = [
            pair
            for values in said
            for name in (ATTACHED, ADDED, REMOVED)
            for pair in values.get(name, [])
        ]
        keys = {UUID(key) for pair in pairs for key in pair if key}
        places = Organization.objects.filter(pk__in=keys).values_list("pk", "name")
        words.names = {str(key): name for key, name in places}
        words.names |= {str(row.pk): row.full_name for row in Account.objects.filter(pk__in=keys)}
        return words

    def said(self, name: str, value: Value) -> str:
        if not value or name == "nir":
            return NEVER if value else ""
        if name == "birth_date":
            return short(date.fromisoformat(value))
        if name == "commune":
            return self.communes.get(value, "")
        if name in CONTACTS:
            texts = [value] if isinstance(value, str) else value
            return ", ".join(contacts.written(name, text) for text in texts).replace("\n", ", ")
        if name in IDENTITY or name in NUMBERS or name == ENTRY:
            return str(value)
        return self._fact(name, *value[:2]) if name.startswith(FACT) else self._circle(value)

    def _fact(self, name: str, code: str, words: str) -> str:
        try:
            return fact(name.removeprefix(FACT), code, words).label if code else NO
        except nomenclature.UnknownTerm:
            return code

    def _circle(self, pairs: Iterable[Iterable[str]]) -> str:
        named = (
            ", ".join(self.names.get(key, "") for key in reversed(list(pair)) if key)
            for pair in pairs
        )
        return " ; ".join(named)
