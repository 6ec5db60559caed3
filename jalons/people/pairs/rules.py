"""Why two files may be one person's, said in codes and in words. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from ..front_door.rules import Names, alike, same_given

REASONS = {
    "names_same": "même nom",
    "names_close": "noms proches",
    "names_crossed": "nom et prénom échangés",
    "given_same": "même prénom",
    "date_same": "même date de naissance",
    "date_swapped": "jour et mois de naissance échangés",
    "date_year": "même année de naissance, jour inconnu",
    "date_unknown": "date de naissance inconnue",
    "phone": "même téléphone",
    "email": "même courriel",
}
"""In the order in which they are read."""
VAGUE = frozenset({"year", "unknown"})
"""What a date says too little: the names must then be the same."""


class Named(Protocol):
    """Who bears these names: a person's row."""

    family_name: str
    given_name: str
    birth_name: str
    birth_date: date | None


CLEAR, SLIGHT = 6.0, 2.0
"""Bits of margin over the runner-up: sixty-four times likelier, four times likelier."""


def names_of(row: Named) -> Names:
    return Names(row.family_name, row.given_name, row.birth_name, row.birth_date)


def reasons(one: Names, other: Names, shared: Iterable[str] = ()) -> list[str]:
    """The codes of what brings two files together, none when nothing does.

    `shared` are the kinds of contacts that both have: they count with the same given name only, for
    a household often has one telephone.
    """
    found = set()
    like = alike(one, other)
    if like and (like[1] not in VAGUE or like[0] != "close"):
        found |= {f"names_{like[0]}", f"date_{like[1]}"}
    kinds = set(shared)
    if kinds and same_given(one, other):
        found |= kinds if found else kinds | {"given_same"}
    return [code for code in REASONS if code in found]


def in_words(codes: Iterable[str]) -> str:
    """« Même nom, même date de naissance »."""
    said = ", ".join(REASONS[code] for code in codes if code in REASONS)
    return said[:1].upper() + said[1:]


def margin_in_words(bits: float | None) -> str:
    """What the margin over the second likeliest file says; empty when nothing was scored."""
    if bits is None:
        return ""
    if bits >= CLEAR:
        return "Nettement la plus proche"
    return "La plus proche, de peu" if bits >= SLIGHT else "Deux candidats proches"
