"""The columns that a format knows, found whatever their order, their accents or their `*`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jalons.kernel.text import fold

from .bounds import Sheet, Unreadable


@dataclass(frozen=True)
class Column:
    """`example` is invented: it shows on screen and in the empty model what is expected."""

    name: str
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Heading:
    """Where each known column stands, and what it is called in this file."""

    positions: dict[str, int]
    headers: dict[str, str]
    unknown: list[str]
    width: int

    def cells(self, row: list[str]) -> dict[str, str]:
        """The cells of the known columns; a row shorter than its heading lacks the last ones."""
        return {
            name: row[position] if position < len(row) else ""
            for name, position in self.positions.items()
        }

    def overflows(self, row: list[str]) -> bool:
        """Whether something stands beyond the last header: the cells are then out of line."""
        return any(cell.strip() for cell in row[self.width :])


def heading(sheet: Sheet, columns: Iterable[Column]) -> Heading:
    """Raises Unreadable when a required column is missing, or a known one comes twice."""
    columns = list(columns)
    found = list(_found(sheet.headers, {fold(column.name): column.name for column in columns}))
    positions = {name: position for name, position, _ in found if name}
    missing = [each.name for each in columns if each.required and each.name not in positions]
    if missing:
        raise Unreadable(
            f"Il manque au fichier {_listed(missing)}. Gardez la première ligne du modèle, avec le"
            " nom de chaque colonne."
        )
    if len(positions) < sum(bool(name) for name, _, _ in found):
        raise Unreadable("Une même colonne est écrite deux fois. Gardez-en une, puis renvoyez.")
    return Heading(
        positions,
        {name: header for name, _, header in found if name},
        [header.strip() for name, _, header in found if not name and header.strip()],
        len(sheet.headers),
    )


def _found(headers: list[str], known: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    for position, header in enumerate(headers):
        yield known.get(fold(header), ""), position, header


def _listed(names: list[str]) -> str:
    quoted = ", ".join(f"« {name} »" for name in names)
    return f"la colonne {quoted}" if len(names) == 1 else f"les colonnes {quoted}"
