"""The columns that a format knows, found whatever their order, their accents or their `*`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jalons.kernel.text import fold

from .bounds import Unreadable


@dataclass(frozen=True)
class Column:
    """`example` is invented: it shows on screen and in the empty model what is expected.

    `also` is another name that files give it.
    """

    name: str
    required: bool = False
    example: str = ""
    also: str = ""


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


class MissingColumns(Unreadable):
    """Required columns that no header names: `names`."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"Il manque au fichier {_listed(names)}. Gardez la première ligne du modèle, avec le"
            " nom de chaque colonne."
        )
        self.names = names


def heading(
    headers: list[str], columns: Iterable[Column], renamed: Mapping[str, str] | None = None
) -> Heading:
    """Raises MissingColumns, and Unreadable when a known column comes twice.

    `renamed`: what an organization calls some of our columns, by folded header.
    """
    columns = list(columns)
    names = {column.name for column in columns}
    known = {fold(column.also): column.name for column in columns if column.also}
    known |= {fold(column.name): column.name for column in columns}
    written = set(map(fold, headers))
    known |= {
        header: name
        for header, name in (renamed or {}).items()
        if name in names and header in written and fold(name) not in written
    }
    found = list(_found(headers, known))
    positions = {name: position for name, position, _ in found if name}
    missing = [each.name for each in columns if each.required and each.name not in positions]
    if missing:
        raise MissingColumns(missing)
    if len(positions) < sum(bool(name) for name, _, _ in found):
        raise Unreadable("Une même colonne est écrite deux fois. Gardez-en une, puis renvoyez.")
    return Heading(
        positions,
        {name: header for name, _, header in found if name},
        [header.strip() for name, _, header in found if not name and header.strip()],
        len(headers),
    )


def _found(headers: list[str], known: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    for position, header in enumerate(headers):
        yield known.get(fold(header), ""), position, header


def _listed(names: list[str]) -> str:
    quoted = ", ".join(f"« {name} »" for name in names)
    return f"la colonne {quoted}" if len(names) == 1 else f"les colonnes {quoted}"
