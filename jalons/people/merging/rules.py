"""What forbids to make two files one, in words. Pure."""

from collections.abc import Collection

from ..domains import LINEAGES

CONTRADICTION = (
    "Les deux dossiers portent des numéros de sécurité sociale différents : ce sont deux"
    " personnes. Distinguez-les, ou corrigez d’abord le numéro qui est faux."
)
TOO_MANY = "Ce dossier en réunit déjà trop d’autres."
BUSY = "Une réunion de l’un de ces dossiers est déjà en cours."
TOO_LATE = "Le délai pour défaire cette réunion est passé."
NOT_DONE = "Cette réunion est déjà défaite."


def contradicts(one: Collection[bytes], other: Collection[bytes]) -> bool:
    """Whether two files bear each a NIR, and none in common.

    A NIR is one person's for life. The other numbers may change or be given twice: two of a kind
    do not forbid that somebody who looked says that the files are one person's.
    """
    return bool(one) and bool(other) and not set(one) & set(other)


def too_many(free: int) -> bool:
    """Whether the lineages of both files are more than tokens may tell apart."""
    return free > LINEAGES
