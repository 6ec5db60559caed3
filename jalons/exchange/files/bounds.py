"""What a file may hold. Standard library only: the process that reads spreadsheets imports it."""

from dataclasses import dataclass, field

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_LINES = 200_000
MAX_TEXT = 30_000_000
"""Characters of all the cells together: a spreadsheet says one long text many times."""
MAX_PERSONS_BYTES, MAX_PERSONS = 200_000_000, 400_000
"""Of a text of persons, which is read as it comes: its bytes, and its rows."""
MAX_UNPACKED = 100_000_000
"""Bytes of a spreadsheet once unpacked."""
MAX_RATIO, WORTH_LOOKING = 200, 5_000_000
"""How many times its size a part may unpack to, once it unpacks to so many bytes: a sheet that
somebody filled is far below, what repeats itself to fill the machine is near 1,000."""
MAX_PARTS = 2_000
"""Files inside a spreadsheet."""
MEMORY = 280_000_000
SECONDS = 2

TOO_MANY_ROWS = (
    f"Le fichier a plus de {MAX_ROWS // 1000} 000 lignes. Partagez-le en plusieurs fichiers."
)
TOO_MANY_PERSONS = (
    f"Le fichier a plus de {MAX_PERSONS // 1000} 000 lignes. Partagez-le en plusieurs fichiers."
)
TOO_MUCH = "Le fichier contient trop de données. Partagez-le en plusieurs fichiers."
EMPTY = "Le fichier est vide. Vérifiez que vous avez choisi le bon fichier."


class Unreadable(Exception):
    """The file cannot be read; the message says in French what to do."""


@dataclass(frozen=True)
class Sheet:
    """A table as received: the headers as written, then the rows that are not blank."""

    headers: list[str]
    rows: list[list[str]]
    width: int = field(default=0)
    """The number of columns of the widest row."""
