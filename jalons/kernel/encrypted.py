"""Where the house keeps what it encrypted: each room declares its columns in its registry.

A column that holds a ciphertext and is not declared would be lost with the old keys: a test looks
for them in a filled database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class Column:
    """`purpose(*values)` is what a row's value was encrypted for, from its columns `needs`."""

    model: type[Model]
    field: str
    purpose: Callable[..., str]
    needs: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self._meta.label}.{self.field}"

    @property
    def table(self) -> str:
        return str(self._meta.db_table)

    def of(self, field: str) -> str:
        """The name in the database of a field of this model."""
        return str(self._meta.get_field(field).column)

    @property
    def key(self) -> str:
        return str(self._meta.pk.column)

    @property
    def _meta(self) -> Any:
        return self.model._meta  # noqa: SLF001 (documented by Django)


_declared: dict[str, tuple[Callable[..., str], tuple[str, ...]]] = {}
_fleeting: dict[str, timedelta] = {}


def declare(name: str, purpose: Callable[..., str] | str, *needs: str) -> None:
    """`name` is "room.Model.field"; a purpose that is a text is the same for every row.

    Raises ValueError if the column is declared already.
    """
    if name in _declared:
        raise ValueError(f"{name} is declared twice.")
    _declared[name] = (purpose if callable(purpose) else _always(purpose), needs)


def _always(purpose: str) -> Callable[..., str]:
    return lambda: purpose


def declare_fleeting(name: str, life: timedelta) -> None:
    """Ciphertexts that no rotation rewrites (sessions): none outlives `life`."""
    _fleeting[name] = life


def columns() -> list[Column]:
    found = []
    for name, (purpose, needs) in sorted(_declared.items()):
        label, field = name.rsplit(".", 1)
        found.append(Column(apps.get_model(label), field, purpose, needs))
    return found


def longest_fleeting() -> timedelta:
    return max(_fleeting.values(), default=timedelta())
