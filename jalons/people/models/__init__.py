from .circle import Agreement, FollowUp, Objection, SealedReader
from .contact import Contact, ContactKind
from .entry import Entry
from .identifier import Identifier, IdentifierKind
from .person import Channel, Household, Person
from .proposed_change import ProposedChange, ProposedState
from .status import Status

__all__ = [
    "Agreement",
    "Channel",
    "Contact",
    "ContactKind",
    "Entry",
    "FollowUp",
    "Household",
    "Identifier",
    "IdentifierKind",
    "Objection",
    "Person",
    "ProposedChange",
    "ProposedState",
    "SealedReader",
    "Status",
]
