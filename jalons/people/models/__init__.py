from .circle import Agreement, FollowUp, Objection, SealedReader
from .contact import Contact, ContactKind
from .entry import Entry
from .front_door import FollowRequest, Search
from .identifier import Identifier, IdentifierKind
from .person import Person
from .status import Status
from .vigilance import UnusualReading

__all__ = [
    "Agreement",
    "Contact",
    "ContactKind",
    "Entry",
    "FollowRequest",
    "FollowUp",
    "Identifier",
    "IdentifierKind",
    "Objection",
    "Person",
    "SealedReader",
    "Search",
    "Status",
    "UnusualReading",
]
