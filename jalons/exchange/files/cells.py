"""One row being read: each cell gives its value, and what is wrong with it is remarked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jalons.kernel.exports.formulas import GUARD, plain
from jalons.kernel.phones import phones

from .columns import Heading
from .remarks import Remark
from .values import Bad, ValueKind, clean, is_nothing


@dataclass
class Cells:
    number: int
    heading: Heading
    row: list[str]
    memory: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Of codes, which repeat from row to row: what they were read as, or why they are none."""
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def __post_init__(self) -> None:
        cells = self.heading.cells(self.row)
        self._cells = {
            column: plain(text) if GUARD in text else text for column, text in cells.items()
        }
        if self.heading.overflows(self.row):
            last = next(reversed(self.heading.headers))
            message = "La ligne a plus de cellules que la première ligne n’a de colonnes."
            self.wrong(last, "bad_format", message)

    def say(self, values: Mapping[str, str]) -> bool:
        """Whether the row says these values by column, and nothing else."""
        first = next(iter(values))
        if self._cells.get(first, "") != values[first]:
            return False
        said = {column: text for column, text in self._cells.items() if text.strip()}
        return said == dict(values)

    def wrong(self, column: str, kind: ValueKind, message: str) -> None:
        """The row will not be taken."""
        self.errors.append(self._remark(column, kind, message))

    def warn(self, column: str, kind: ValueKind, message: str) -> None:
        """The row is taken all the same."""
        self.warnings.append(self._remark(column, kind, message))

    def text(self, column: str, most: int, *, required: bool = False) -> str:
        """At most `most` characters, on one line."""
        found = clean(self._cells.get(column, ""))
        if required and not found:
            self.wrong(column, "empty", "Cette cellule est obligatoire.")
        if len(found) > most:
            self.wrong(column, "bad_format", f"Ce texte dépasse {most} caractères.")
        return found

    def value(self, column: str, read: Callable[[str], str], *, required: bool = False) -> str:
        """What `read` makes of the cell; "" when it is empty or bad."""
        found = self.text(column, 1000, required=required)
        if is_nothing(found) and not required:
            return ""
        try:
            return read(found) if found else ""
        except Bad as bad:
            self.wrong(column, bad.kind, bad.message)
            return ""

    def taken(self, column: str, read: Callable[[str], str]) -> str:
        """What `read` makes of the cell; a bad one warns, and the row is taken without it."""
        return self.taken_text(column, self.raw(column), read)

    def taken_text(self, column: str, text: str, read: Callable[[str], str]) -> str:
        """The same of a part of the cell."""
        if is_nothing(text):
            return ""
        try:
            return read(text)
        except Bad as bad:
            self.warn(column, bad.kind, bad.message)
            return ""

    def coded(self, column: str, read: Callable[[str], Any]) -> Any:
        """Like `taken`, of a column with few values: each is read once. None when it is bad."""
        text = self.raw(column)
        key = (column, text)
        if key not in self.memory:
            try:
                self.memory[key] = None if is_nothing(text) else read(text)
            except Bad as bad:
                self.memory[key] = bad
        found = self.memory[key]
        if isinstance(found, Bad):
            self.warn(column, found.kind, found.message)
            return None
        return found

    def raw(self, column: str) -> str:
        """The text of a cell, blanks made one."""
        return clean(self._cells.get(column, ""))

    def several(self, column: str) -> list[str]:
        """The texts that a comma or a semicolon parts."""
        parts = self.raw(column).replace(";", ",").split(",")
        return [part.strip() for part in parts if part.strip()]

    def phones(self, column: str) -> list[str]:
        """The valid numbers; a warning tells that another one was left out."""
        cell = self._cells.get(column, "")
        found, all_valid = ([], True) if is_nothing(cell) else phones(cell)
        if not all_valid:
            message = "Un numéro de téléphone n’est pas valable\u00a0: il n’est pas repris."
            self.warn(column, "bad_format", message)
        return found

    def _remark(self, column: str, kind: ValueKind, message: str) -> Remark:
        return Remark(self.number, self.heading.headers.get(column, column), kind, message)
