from .circle import Agreement, FollowUp, Objection, SealedReader
from .document import Document, DocumentContent
from .entry import Entry
from .identifier import Identifier
from .person import Person
from .status import Status

__all__ = [
    "Agreement",
    "Document",
    "DocumentContent",
    "Entry",
    "FollowUp",
    "Identifier",
    "Objection",
    "Person",
    "SealedReader",
    "Status",
]
