from .circle import Agreement, FollowUp, Objection, SealedReader
from .entry import Entry
from .identifier import Identifier
from .person import Person
from .reorientation import Reorientation
from .status import Status

__all__ = [
    "Agreement",
    "Entry",
    "FollowUp",
    "Identifier",
    "Objection",
    "Person",
    "Reorientation",
    "SealedReader",
    "Status",
]
