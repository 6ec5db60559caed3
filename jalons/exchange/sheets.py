"""The files that imports give back: an empty model, and the rows left out with their reasons."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from jalons.kernel.exports import FORMATS, Column, Sheet

from .contents import table_of
from .files.authority import COLUMNS
from .files.persons.blocks import SIZE
from .files.persons.registered import PERSONS
from .kept_blocks import KeptBlocks
from .models import Import, ImportedRow
from .rules import KINDS, REASONS

SHEETS = {suffix: FORMATS[suffix] for suffix in ("csv", "xlsx", "ods")}
"""The formats that can be filled in and sent again."""


def model_sheet(kind: str) -> Sheet:
    """The columns of a kind of file, and one example that the import leaves out."""
    columns = COLUMNS[kind]
    labels = {each.name: f"{each.name}*" if each.required else each.name for each in columns}
    return Sheet(
        name=f"modele-{kind}",
        title=f"Modèle : {KINDS[kind].lower()}",
        columns=[Column(name, label) for name, label in labels.items()],
        rows=[{each.name: each.example for each in columns}],
        sources=["La première ligne est un exemple : remplacez-la. Une étoile : obligatoire."],
    )


def left_out_sheet(found: Import, territory: str) -> Sheet:
    """The rows left out, as they came, ready to be corrected and sent again. Raises Erased."""
    if found.kind in PERSONS:
        blocks = KeptBlocks(found)
        headers, cells = blocks.headers, _of_blocks(blocks)
    else:
        table = table_of(found)
        headers = table.headers + [""] * (table.width - len(table.headers))
        cells = table.rows.__getitem__
    own = set(REASONS.values())
    kept = [position for position, header in enumerate(headers) if header.strip() not in own]
    return Sheet(
        name=f"lignes-refusees-{found.kind}",
        title="Lignes à corriger",
        columns=[
            *(Column(str(each), headers[each]) for each in kept),
            *map(Column, REASONS, REASONS.values()),
        ],
        rows=_left_out(found, cells, kept),
        sources=["Corrigez ces lignes, puis renvoyez ce fichier."],
        territory=territory,
    )


def _of_blocks(blocks: KeptBlocks) -> Callable[[int], list[str]]:
    """A row by its place from 0: the last block read is at hand."""
    block = lru_cache(maxsize=1)(blocks.raw)
    return lambda place: block(place // SIZE)[place % SIZE]


def _left_out(
    found: Import, table: Callable[[int], list[str]], kept: list[int]
) -> Iterator[dict[str, str]]:
    rows = ImportedRow.objects.filter(file_import=found, outcome__in=["rejected", "ambiguous"])
    for row in rows.order_by("number"):
        cells = table(row.number - 1)
        why = " ".join(f"{column.rstrip('*')} : {message}" for column, _, message in row.errors)
        said = {str(each): cells[each] if each < len(cells) else "" for each in kept}
        yield {**said, "row": str(row.number), "why": why}
