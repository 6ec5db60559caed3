"""One door for every file: by its name's ending, checked against what it holds."""

from pathlib import PurePath

from . import delimited, spreadsheets
from .bounds import EMPTY, MAX_BYTES, Sheet, Unreadable

TEXTS = {".csv", ".txt", ".tsv"}


def read(content: bytes, name: str) -> Sheet:
    """The table of a file of this name. Raises Unreadable."""
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo. Partagez-le en plusieurs fichiers."
        )
    if not content.strip():
        raise Unreadable(EMPTY)
    rows = _table(content, PurePath(name).suffix.lower())
    headers, *body = rows or [[]]
    if not any(header.strip() for header in headers):
        raise Unreadable(EMPTY)
    return Sheet(headers, body, max(map(len, rows)))


def _table(content: bytes, suffix: str) -> list[list[str]]:
    packed = content.startswith(b"PK")
    if suffix in TEXTS:
        check_text(content, suffix)
        return delimited.table(content)
    if suffix in spreadsheets.MARKS:
        if not packed:
            raise Unreadable(
                f"Ce fichier se nomme « {suffix} » mais n’est pas un classeur. Enregistrez-le"
                " au format XLSX, ODS ou CSV depuis votre tableur."
            )
        return spreadsheets.table(content, suffix)
    raise Unreadable("Ce format n’est pas lu. Enregistrez le fichier au format CSV, XLSX ou ODS.")


def check_text(start: bytes, name: str) -> None:
    """Raises Unreadable on the start of a file that is no text, whatever its name says."""
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"<?xml")):
        suffix = PurePath(f"x{name}").suffix.lower()
        raise Unreadable(
            f"Ce fichier se nomme « {suffix} » mais n’est pas un fichier CSV. S’il vient d’un"
            " tableur, enregistrez-le au format CSV UTF-8, ou redonnez-lui sa terminaison"
            " (.xlsx ou .ods)."
        )
