"""Two files side by side, attribute by attribute; no number is shown in full, and no NIR at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.kernel import french_dates

from .. import contacts
from ..circle import Circle
from ..entries.queries import shown_name
from ..models import Contact, ContactKind, Entry, Identifier, Person
from ..queries import shown_communes
from .facts import PairFacts

NUMBERS = "Numéros connus"
SHORT = {
    "si": "SI du département",
    "caf": "CAF",
    "msa": "MSA",
    "ft": "France Travail",
    "nir": "NIR",
}


@dataclass(frozen=True)
class Said:
    """What a file says, as it is shown and as it is compared; nothing to compare where None."""

    shown: str
    whole: str | None = None


@dataclass(frozen=True)
class Attribute:
    """What each file says, empty when it says nothing; `differs` when both say something else."""

    label: str
    one: str
    other: str
    differs: bool
    same: bool


def compared(
    actor: Actor, facts: PairFacts, structures: Sequence[Sequence[str]]
) -> list[Attribute]:
    """The attributes that one at least of the two has, at the level of an identity."""
    found = Person.objects.in_bulk([circle.key for circle in facts.both])
    rows = [found[circle.key] for circle in facts.both]
    communes = shown_communes(rows)
    said = [
        _said(actor, row, circle, communes[row.pk], names)
        for row, circle, names in zip(rows, facts.both, structures, strict=True)
    ]
    said[0][NUMBERS], said[1][NUMBERS] = _numbers(*(circle.key for circle in facts.both))
    lines = [_attribute(label, said[0][label], said[1][label]) for label in said[0]]
    return [line for line in lines if line.one or line.other]


def _attribute(label: str, one: Said, other: Said) -> Attribute:
    both = bool(one.whole and other.whole)
    same = one.whole == other.whole
    return Attribute(label, one.shown, other.shown, differs=both and not same, same=both and same)


def _said(
    actor: Actor, row: Person, circle: Circle, commune: str, structures: Sequence[str]
) -> dict[str, Said]:
    reached = _contacts(row)
    born = french_dates.short(row.birth_date) if row.birth_date else ""
    return {
        **{
            label: Said(value, value)
            for label, value in {
                "Nom": row.family_name,
                "Nom de naissance": row.birth_name,
                "Prénom": row.given_name,
                "Naissance": born,
                "Commune": commune,
            }.items()
        },
        "Téléphone": reached[ContactKind.PHONE],
        "Courriel": reached[ContactKind.EMAIL],
        NUMBERS: Said(""),
        "Suivi par": Said(", ".join(structures)),
        "Accueil": Said(_door(actor, circle)),
    }


def _numbers(*people: UUID) -> tuple[Said, Said]:
    """The kinds of numbers of each, compared on the kinds that both have."""
    found: list[dict[str, set[str]]] = [{}, {}]
    rows = Identifier.objects.filter(person__in=people).order_by("kind", "id")
    for row in rows:
        mine = found[people.index(row.person_id)]
        mine.setdefault(row.kind, set()).add(bytes(row.digest).hex())
    common = sorted(set(found[0]) & set(found[1]))
    one, other = (
        Said(
            ", ".join(SHORT[kind] for kind in mine),
            " ".join(" ".join(sorted(mine[kind])) for kind in common),
        )
        for mine in found
    )
    return one, other


def _contacts(row: Person) -> dict[str, Said]:
    """The last digits of a telephone, the first letter of an e-mail; nothing that is sealed."""
    found: dict[str, list[str]] = {ContactKind.PHONE: [], ContactKind.EMAIL: []}
    rows = Contact.objects.filter(person=row, ends_on=None, level=Level.IDENTITY, kind__in=found)
    for each in rows.order_by("kind", "id"):
        found[each.kind].append(contacts.read(each).value)
    return {
        kind: Said(
            ", ".join(masked(kind, value) for value in sorted(set(values))),
            ", ".join(sorted(set(values))),
        )
        for kind, values in found.items()
    }


def masked(kind: str, value: str) -> str:
    """« … 34 », « l…@exemple.fr »."""
    if kind == ContactKind.PHONE:
        return f"…\u202f{value[-2:]}"
    name, _, place = value.partition("@")
    return f"{name[:1]}…@{place}"


def _door(actor: Actor, circle: Circle) -> str:
    """Where and when the person came first."""
    rows = Entry.objects.filter(person=circle.key).select_related("door")
    first = rows.order_by("received_on", "id").first()
    if first is None:
        return ""
    name = shown_name(actor, first.door)
    day = french_dates.short(first.received_on)
    return f"{name}, {day}" if name else day
