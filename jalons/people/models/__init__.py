from .circle import Agreement, FollowUp, Objection, SealedReader
from .contact import Contact, ContactKind
from .document import Document, DocumentContent
from .entry import Entry
from .front_door import FollowRequest, Search
from .identifier import Identifier, IdentifierKind
from .information import AgreementRequest, InformationGiven
from .intake import Intake
from .last_said import LastSaid
from .matching import PersonKey, PersonTraits
from .merge import Merge
from .pair import Pair
from .person import Channel, Household, Person
from .proposed_change import ProposedChange, ProposedState
from .reorientation import Reorientation
from .status import Status
from .vigilance import UnusualReading

__all__ = [
    "Agreement",
    "AgreementRequest",
    "Channel",
    "Contact",
    "ContactKind",
    "Document",
    "DocumentContent",
    "Entry",
    "FollowRequest",
    "FollowUp",
    "Household",
    "Identifier",
    "IdentifierKind",
    "InformationGiven",
    "Intake",
    "LastSaid",
    "Merge",
    "Objection",
    "Pair",
    "Person",
    "PersonKey",
    "PersonTraits",
    "ProposedChange",
    "ProposedState",
    "Reorientation",
    "SealedReader",
    "Search",
    "Status",
    "UnusualReading",
]
