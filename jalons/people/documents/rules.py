"""Pure rules about documents: who may read which, what state one is in, how a file is named."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.access.transitions import Transition, Workflow

ADD = "people.add_document"
WITHDRAW = "people.withdraw_document"
RESTORE = "people.restore_document"
CHANGE_LEVEL = "people.change_document_level"
ERASE = "people.erase_document"

UNDO = timedelta(minutes=10)
IDENTITY_KINDS = frozenset({"identity_document", "proof"})
"""What the front desk keeps and reads."""
DOMAINS = ("", "sante", "finances", "violences", "justice")
HIDDEN = (Level.PRIVATE, Level.SEALED, Level.RESTRICTED)
"""The levels that no list shows, the strictest first."""

WRITERS = frozenset({Role.PRACTITIONER, Role.CLERK})
DOCUMENT = Workflow(
    "document",
    "Document d’une personne",
    {"kept": "Gardé", "withdrawn": "Retiré", "erased": "Effacé"},
    (
        Transition(CHANGE_LEVEL, ("kept",), "kept", frozenset({Role.PRACTITIONER})),
        Transition(
            WITHDRAW, ("kept",), "withdrawn", WRITERS, "par son auteur ou le référent de parcours"
        ),
        Transition(
            RESTORE, ("withdrawn",), "kept", WRITERS, "par qui l’a retiré, dans les dix minutes"
        ),
        Transition(ERASE, ("withdrawn",), "erased", condition="dix minutes après le retrait"),
    ),
)


@dataclass(frozen=True)
class Reading:
    """Who may read a document, as one choice on screen."""

    level: Level
    domain: str = ""

    @property
    def code(self) -> str:
        return f"{self.level}-{self.domain}" if self.domain else str(self.level)


READINGS = {
    Reading(Level.SHARED): "L’équipe qui accompagne la personne",
    Reading(Level.IDENTITY): "L’équipe et l’accueil (pièces d’identité et justificatifs)",
    Reading(Level.RESTRICTED, "sante"): "L’équipe, une lecture à la fois : santé ou handicap",
    Reading(Level.RESTRICTED, "finances"): "L’équipe, une lecture à la fois : argent ou dettes",
    Reading(Level.RESTRICTED): "L’équipe, une lecture à la fois : autre information délicate",
    Reading(Level.SEALED, "violences"): "Vous et le référent de parcours : violences subies",
    Reading(Level.SEALED, "justice"): "Vous et le référent de parcours : justice",
    Reading(Level.PRIVATE): "Vous seul·e",
}
BY_CODE = {reading.code: reading for reading in READINGS}


def document_state(withdrawn_at: datetime | None, erased_at: datetime | None) -> str:
    """kept → withdrawn → erased."""
    if erased_at:
        return "erased"
    return "withdrawn" if withdrawn_at else "kept"


def is_readable_so(kind: str, level: Level) -> bool:
    """Whether a document of this kind may have this level."""
    return level != Level.IDENTITY or kind in IDENTITY_KINDS


def event_kind(what: str, *levels: str) -> str:
    """The kind of event of « added », « withdrawn »…: the strictest of these levels hides it."""
    for level in HIDDEN:
        if level in levels:
            return f"people.{level}_document_{what}"
    return f"people.document_{what}"


FILE_NAMES = {
    "identity_document": "piece-identite",
    "proof": "justificatif",
    "agreement": "accord",
    "portrait": "portrait",
    "contract": "contrat",
    "letter": "courrier",
    "resume": "cv",
    "rights_notice": "notification",
    "other": "autre",
}


def file_name(kind: str, level: str, suffix: str) -> str:
    """« document-cv.pdf »; a hidden document says nothing of its kind."""
    return f"document.{suffix}" if level in HIDDEN else f"document-{FILE_NAMES[kind]}.{suffix}"
