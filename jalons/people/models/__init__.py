from .circle import Agreement, FollowUp, Objection, SealedReader
from .contact import Contact, ContactKind
from .document import Document, DocumentContent
from .entry import Entry
from .front_door import FollowRequest, Search
from .identifier import Identifier, IdentifierKind
from .information import AgreementRequest, InformationGiven
from .intake import Intake
from .last_said import LastSaid
from .match import PossibleMatch
from .matching import PersonKey, PersonTraits
from .person import Channel, Household, Person
from .possible_duplicate import PossibleDuplicate
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
    "Objection",
    "Person",
    "PersonKey",
    "PersonTraits",
    "PossibleDuplicate",
    "PossibleMatch",
    "ProposedChange",
    "ProposedState",
    "Reorientation",
    "SealedReader",
    "Search",
    "Status",
    "UnusualReading",
]
