"""The registry of personal data: how a copy shows it, how erasure takes it away, how files merge.

Each room registers every model that holds a person's key, from its own `registry.py`:

    personal_data.register(PersonalData(Contact, "Coordonnées", Move()))

By default a row is found by its `person`, every field that is not secret is shown under its French
name, and erasure deletes it. Rows are erased in the reverse order of their registration. A test
walks the models and fails when one is missing, or does not say how it is made one (`merge`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Model, QuerySet

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.territories.models import Organization

from .merging.moving import Carry, Move, Stay

Cell = str | int | bool | date | datetime | None
Merging = Move | Stay | Carry
Find = Callable[[UUID, str], "QuerySet[Any, Any]"]
"""The rows of a person, on the connection of this alias (the whole-file role's)."""
Tell = Callable[[UUID, str], Iterable[Mapping[str, Cell]]]


class Erasure(Enum):
    DELETE = "delete"
    BLANK = "blank"
    """The row stays under the person's key alone; what identifies or tells is emptied."""
    KEEP = "keep"


@dataclass(frozen=True)
class Column:
    """A value that is not a field as it stands: deciphered, or made of several."""

    name: str
    label: str
    read: Callable[[Any], Cell]


@dataclass(frozen=True)
class File:
    """A file of the copy; its name says nothing of the person."""

    name: str
    content: bytes


@dataclass(frozen=True)
class PersonalData:
    """What is done with the rows of `model` that are about a person.

    `path` leads to the person's key; `find` replaces it where no path does. `labels` names, in
    French, fields that have no such name; `without` are fields that say nothing of the person.
    `tell` replaces the columns: it answers the rows as the copy shows them. `shown` false or an
    erasure that keeps something: `reason` says why, with its source. `blank`: the values that empty
    a row. `files`: what the copy holds beside the rows. `merge` says what becomes of the rows when
    the file is made one with another.
    """

    model: type[Model]
    title: str
    merge: Merging | None = None
    path: str = "person"
    find: Find | None = None
    erasure: Erasure = Erasure.DELETE
    blank: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    shown: bool = True
    labels: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    columns: Sequence[Column] = ()
    tell: Tell | None = None
    files: Callable[[UUID, str], Iterator[File]] | None = None

    def __post_init__(self) -> None:
        if not self.reason and (self.erasure is not Erasure.DELETE or not self.shown):
            raise ValueError(f"{self.name}: say why this is kept, or not shown.")
        if bool(self.blank) != (self.erasure is Erasure.BLANK):
            raise ValueError(f"{self.name}: what is emptied, and how.")

    @property
    def name(self) -> str:
        return self.model._meta.label  # noqa: SLF001 (documented by Django)

    def rows(self, person: UUID, alias: str) -> "QuerySet[Any, Any]":
        if self.find:
            return self.find(person, alias)
        found = self.model._default_manager.using(alias)  # noqa: SLF001 (documented by Django)
        return found.filter(**{self.path: person})

    def left(self, person: UUID, alias: str) -> "QuerySet[Any, Any]":
        """What an erasure still has to take away."""
        rows = self.rows(person, alias)
        if self.erasure is Erasure.KEEP:
            return rows.none()
        return rows.exclude(**self.blank) if self.erasure is Erasure.BLANK else rows

    def erase(self, person: UUID, alias: str) -> int:
        """Takes away what there is; returns how many rows it concerned."""
        left = self.left(person, alias)
        if self.erasure is Erasure.BLANK:
            return left.update(**self.blank)
        count = left.count()
        left.delete()
        return count

    def shown_columns(self) -> list[Column]:
        fields = [self._column(name) for name in self._shown_fields()]
        return [*fields, *self.columns]

    def _shown_fields(self) -> list[str]:
        levels: Mapping[str, str] = self.model.field_levels  # type: ignore[attr-defined]
        hidden = {"territory", "person", *self.without}
        return [
            name
            for name, level in levels.items()
            if level != Level.SECRET and name not in hidden and name != self.path
        ]

    def _column(self, name: str) -> Column:
        found: Any = self.model._meta.get_field(name)  # noqa: SLF001 (documented by Django)
        label = self.labels.get(name) or LABELS.get(name) or str(found.verbose_name)
        if found.choices and not isinstance(found, ArrayField):
            return Column(name, label, lambda row: getattr(row, f"get_{name}_display")() or "")
        return Column(name, label, lambda row: _plain(getattr(row, name)))

    def copy(self, person: UUID, alias: str) -> list[dict[str, Cell]]:
        """The rows as the person's own copy shows them, by the names of the columns."""
        if self.tell:
            return [dict(row) for row in self.tell(person, alias)]
        columns = self.shown_columns()
        rows = self.rows(person, alias).order_by("pk")
        return [{column.name: column.read(row) for column in columns} for row in rows]

    def levels(self, person: UUID, alias: str) -> Counter[str]:
        """How many rows at each level: the row's own, else the highest of its fields."""
        rows = self.rows(person, alias)
        row_level = getattr(self.model, "row_level", "")
        if row_level:
            return Counter(rows.order_by().values_list(row_level, flat=True))
        return Counter({self._highest(): rows.count()})

    def _highest(self) -> str:
        levels: Mapping[str, str] = self.model.field_levels  # type: ignore[attr-defined]
        order = [level.value for level in Level if level != Level.SECRET]
        shown = {str(level) for level in levels.values()} & set(order)
        return max(shown, key=order.index, default=Level.SHARED.value)


LABELS = {
    "account": "Professionnel·le",
    "organization": "Structure",
    "source": "Source",
    "door": "Structure d’accueil",
    "assigned_to": "Structure désignée",
    "author": "Auteur",
    "level": "Niveau de confidentialité",
    "recorded_at": "Enregistré le",
}
"""What fields of these names are called when they have no French name."""


_registered: dict[str, PersonalData] = {}


def register(data: PersonalData) -> None:
    """Raises ValueError for a model that is registered twice."""
    if data.name in _registered:
        raise ValueError(f"the personal data of {data.name} are registered twice")
    _registered[data.name] = data


def registered() -> list[PersonalData]:
    return list(_registered.values())


def erased_in_order() -> Iterator[PersonalData]:
    """The last registered first: what points to a row goes before it."""
    return reversed(_registered.values())


def _plain(value: Any) -> Cell:
    if isinstance(value, Organization):
        return value.name
    if isinstance(value, Account):
        return value.full_name
    if isinstance(value, Model | UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(_plain(each)) for each in value)
    found: Cell = value
    return found
