"""What is said of a file's cells, without any of their values, and the outcome of its rows."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from .values import ValueKind

OUTCOMES = ("created", "updated", "unchanged", "ambiguous", "rejected")


@dataclass(frozen=True)
class Remark:
    """`row` is 1 for the first row after the header; `column` is the header as received."""

    row: int
    column: str
    value_kind: ValueKind
    message: str

    @property
    def told(self) -> list[str]:
        """As it is kept beside its row: column, kind, message."""
        return [self.column, self.value_kind, self.message]


@dataclass
class Report:
    """Each row has one outcome. An error says why a row was not taken; a warning, what was lost."""

    outcomes: dict[int, str] = field(default_factory=dict)
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)
    """What a reader counted apart: rows that are nobody's to keep."""

    def summary(self) -> dict[str, Any]:
        """What `import_file` prints: counts that add up, then the remarks."""
        counts = Counter(self.outcomes.values())
        return {
            "rows": len(self.outcomes),
            **{name: counts[name] for name in OUTCOMES},
            **self.counted,
            "errors": _sorted(self.errors),
            "warnings": _sorted(self.warnings),
        }


def _sorted(remarks: list[Remark]) -> list[dict[str, Any]]:
    return [asdict(remark) for remark in sorted(remarks, key=lambda one: one.row)]
