"""Who in a territory may be whom somebody typed: a few rows by birth date, a few by names.

Candidates are not answers: nobody may see them before the policy was asked about each.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from .. import contacts, identifiers
from ..matching.keys import sounding
from ..models import Contact, ContactKind, Identifier, Person
from ..names import words
from .rules import Likeness, Names, full_dates, likeness

STANDING = Coalesce("merged_into", "pk")
"""A name that was written in a file made one with another leads to the other."""
COLUMNS = ("family_name", "given_name", "birth_name", "birth_date")


def by_names(territory: int, typed: Names) -> dict[UUID, Likeness]:
    """The likely persons, the likeliest first; two queries. `typed` has a birth date."""
    found: dict[UUID, Likeness] = {}
    for rows in _asked(territory, typed):
        for key, *columns in rows.order_by("pk").values_list(STANDING, *COLUMNS):
            like = likeness(typed, Names(*columns))
            if like and found.get(key) != "same":
                found[key] = like
    return dict(sorted(found.items(), key=lambda item: item[1] != "same"))


def _asked(territory: int, typed: Names) -> "Iterable[QuerySet[Any]]":
    """By date; then those of the year, or whose date is not known, by the exact words."""
    assert typed.birth_date
    here = Person.objects.filter(territory=territory)
    if dates := full_dates(typed.birth_date):
        yield here.filter(birth_date__in=dates)
    vague = sounding(territory, typed, typed.birth_date.year)
    spoken = [*words(typed.family_name), *words(typed.given_name)]
    yield here.filter(pk__in=vague, names__contains=spoken)


def by_number(territory: int, text: str) -> set[UUID]:
    """The persons who have this phone, e-mail or number of an institution; two queries.

    A sealed contact answers to its readers only: row security sees to it.
    """
    digests = [
        contacts.digest(kind, text)
        for kind in (ContactKind.PHONE, ContactKind.EMAIL)
        if contacts.normalised(kind, text)
    ]
    reached = Contact.objects.filter(territory=territory, digest__in=digests, ends_on=None)
    numbered = Identifier.objects.none()
    for kind, digest in identifiers.digests(text).items():
        numbered |= Identifier.objects.filter(territory=territory, kind=kind, digest=digest)
    return {*reached.values_list("person", flat=True), *numbered.values_list("person", flat=True)}
