from .circle import Agreement, FollowUp, Objection, SealedReader
from .contact import Contact, ContactKind
from .document import Document, DocumentContent
from .entry import Entry
from .front_door import FollowRequest, Search
from .identifier import Identifier, IdentifierKind
from .information import AgreementRequest, InformationGiven
from .person import Person
from .status import Status
from .vigilance import UnusualReading

__all__ = [
    "Agreement",
    "AgreementRequest",
    "Contact",
    "ContactKind",
    "Document",
    "DocumentContent",
    "Entry",
    "FollowRequest",
    "FollowUp",
    "Identifier",
    "IdentifierKind",
    "InformationGiven",
    "Objection",
    "Person",
    "SealedReader",
    "Search",
    "Status",
    "UnusualReading",
]
