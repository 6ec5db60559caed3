"""What a document may hold. Standard library only: the process that rebuilds files imports it."""

from dataclasses import dataclass

MAX_BYTES = 10_000_000
MAX_PAGES = 200
MAX_PIXELS = {"jpeg": 60_000_000, "png": 25_000_000, "webp": 25_000_000}
"""A JPEG is read at a reduced scale, so its whole never stands in memory."""
LONGEST_SIDE = 4096
"""Pixels kept of the longest side: a page at more than 300 dots an inch."""
MAX_INFLATED = 400_000_000
"""Bytes of all the streams of a PDF once unpacked: ten pages scanned in colour are 260 million."""
MAX_NODES = 500_000
"""Dictionaries, arrays and streams of a PDF."""
MEMORY = 640_000_000
SECONDS = 8

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SUFFIXES = {PDF: "pdf", JPEG: "jpg", PNG: "png"}


class Unusable(Exception):
    """The file is not kept; the message says in French what to do."""


@dataclass(frozen=True)
class Neutral:
    """A file rebuilt from what it shows: nothing hidden, nothing that acts."""

    content: bytes
    media_type: str
    pages: int


TOO_LARGE = (
    f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo. Prenez la photo en qualité normale, ou"
    " partagez le document en plusieurs fichiers."
)
EMPTY = "Le fichier est vide. Vérifiez que vous avez choisi le bon fichier."
TOO_MUCH = (
    "Ce fichier contient trop de choses pour être vérifié. Imprimez-le en PDF, puis renvoyez-le."
)
DAMAGED = "Ce fichier ne s’ouvre pas. Ouvrez-le, enregistrez-le en PDF, puis renvoyez-le."
LOCKED = (
    "Ce PDF est protégé par un mot de passe. Enregistrez une copie sans mot de passe, puis"
    " renvoyez-la."
)
TOO_MANY_PAGES = f"Ce PDF a plus de {MAX_PAGES} pages. Partagez-le en plusieurs fichiers."
OFFICE = (
    "Un fichier de traitement de texte peut contenir des programmes : il n’est pas gardé."
    " Enregistrez-le en PDF, puis renvoyez-le."
)
HEIC = (
    "Les photos HEIC ne se lisent pas partout. Dans l’appareil photo, choisissez le format « le"
    " plus compatible » (JPEG), ou envoyez une capture d’écran."
)
UNKNOWN = "Ce format n’est pas gardé. Envoyez un PDF, ou une photo JPEG ou PNG."

MESSAGES = {
    "much": TOO_MUCH,
    "damaged": DAMAGED,
    "locked": LOCKED,
    "pages": TOO_MANY_PAGES,
}
"""What the process answers with, in a word."""


class Beyond(Exception):
    """Inside the process: one of the words of `MESSAGES`."""
