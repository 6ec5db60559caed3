from .circle import Agreement, FollowUp, Objection, SealedReader
from .document import Document, DocumentContent
from .entry import Entry
from .identifier import Identifier
from .information import AgreementRequest, InformationGiven
from .person import Person
from .status import Status

__all__ = [
    "Agreement",
    "AgreementRequest",
    "Document",
    "DocumentContent",
    "Entry",
    "FollowUp",
    "Identifier",
    "InformationGiven",
    "Objection",
    "Person",
    "SealedReader",
    "Status",
]
