"""What becomes of this room's personal data in a person's copy and in an erasure."""

from uuid import UUID

from jalons.kernel import crypto
from jalons.territories.models import Organization

from .models import (
    Agreement,
    Entry,
    FollowUp,
    Identifier,
    Objection,
    Person,
    SealedReader,
    Status,
)
from .models.identifier import IdentifierKind
from .personal_data import Column, PersonalData

IDENTIFIER = "people.identifier"
"""The purpose of an identifier's ciphertext, before its kind."""

CONTACTS = (
    "people.entry_received",
    "people.entry_met",
    "people.follow_up_started",
    "people.agreement_recorded",
    "people.objection_recorded",
)
"""The events that tell of a meeting, or of something asked by the person."""


def identifier_value(row: Identifier) -> str:
    """The number, but the NIR's, of which only the presence is said."""
    if row.kind == IdentifierKind.NIR:
        return "Numéro connu, jamais affiché"
    return crypto.decrypt(bytes(row.cipher), f"{IDENTIFIER}.{row.kind}").decode()


def agreed_organizations(row: Agreement) -> str:
    keys: list[UUID] = list(row.organizations)
    found = Organization.objects.using(row._state.db).filter(pk__in=keys)  # noqa: SLF001 (documented)
    names = found.order_by("sort_key", "pk").values_list("name", flat=True)
    return ", ".join(names) if keys else "Toutes"


OWN_DATA = [
    PersonalData(
        Person,
        "Identité",
        path="pk",
        without=frozenset({"sort_key"}),
    ),
    PersonalData(Identifier, "Identifiants", columns=[Column("value", "Numéro", identifier_value)]),
    PersonalData(Status, "Statuts"),
    PersonalData(Entry, "Entrées"),
    PersonalData(FollowUp, "Suivis"),
    PersonalData(
        Agreement,
        "Accords de partage",
        without=frozenset({"organizations"}),
        labels={"domains": "Domaines"},
        columns=[Column("organizations", "Structures", agreed_organizations)],
    ),
    PersonalData(Objection, "Oppositions"),
    PersonalData(SealedReader, "Lecteurs des informations scellées"),
]
