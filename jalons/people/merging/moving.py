"""What a merge does with rows: move, change, create, and remember it so that all can go back.

Every room says in `personal_data` how its rows are made one: they move, they stay under the key of
the file that is absorbed, or the room carries them itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, Q, QuerySet

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Move:
    """The rows go to the kept file, but those it has already: the same in `same`, among `only`.

    `takes` answers the values that a row takes on its way.
    """

    same: tuple[str, ...] | None = None
    only: Q = field(default_factory=Q)
    takes: "Callable[[Any, Moving], Values] | None" = None


@dataclass(frozen=True)
class Stay:
    """The rows stay under the key of the absorbed file, and are shown with the kept one's."""

    reason: str


@dataclass(frozen=True)
class Carry:
    """The room moves its rows itself."""

    carry: "Callable[[Moving], None]"


@dataclass
class Record:
    """What a merge did, by model and key: rows moved, values replaced, rows created."""

    moved: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, dict[str, dict[str, list[Any]]]] = field(default_factory=dict)
    created: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Moving:
    """A merge that is being done on the whole-file role's connection `alias`.

    `lineage` is the first that the kept file has not yet, `free` the first that neither has;
    `referent` the follow-up of who stays
    référent, None when nobody is; `fields` the identity fields taken from the absorbed file.
    """

    alias: str
    kept: UUID
    absorbed: UUID
    day: date
    lineage: int = 1
    free: int = 2
    referent: UUID | None = None
    fields: frozenset[str] = frozenset()
    record: Record = field(default_factory=Record)

    def of(self, model: type[Model], person: UUID) -> "QuerySet[Any]":
        return model._default_manager.using(self.alias).filter(person=person)  # noqa: SLF001

    def move(
        self, rows: "QuerySet[Any]", path: str, takes: Callable[[Any], Values] | None = None
    ) -> None:
        """The rows leave the absorbed file, with the values that each takes."""
        found = list(rows.order_by("pk")) if takes else []
        keys = [row.pk for row in found] if takes else list(rows.values_list("pk", flat=True))
        if not keys:
            return
        for row in found:
            assert takes
            self.change(row, **takes(row))
        name = label(rows.model)
        self.record.moved.setdefault(name, []).extend(map(str, keys))
        rows.model._default_manager.using(self.alias).filter(pk__in=keys).update(  # noqa: SLF001
            **{path: self.kept}
        )

    def change(self, row: Any, **values: Any) -> None:
        """Replaces values, and remembers the former ones."""
        kept = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not kept:
            return
        mine = self.record.changed.setdefault(label(type(row)), {}).setdefault(str(row.pk), {})
        for name, value in kept.items():
            before = mine[name][0] if name in mine else in_json(getattr(row, name))
            mine[name] = [before, in_json(value)]
            setattr(row, name, value)
        _one(row, self.alias).update(**kept)

    def create(self, row: Any) -> None:
        row.save(using=self.alias, force_insert=True)
        self.record.created.setdefault(label(type(row)), []).append(str(row.pk))


@dataclass
class Returned:
    """`left` counts the values that somebody changed since the merge: they stay as they are."""

    left: int = 0


def put_back(
    record: Record, paths: Mapping[str, str], kept: UUID, absorbed: UUID, alias: str
) -> Returned:
    """Everything returns to where it was: what was created goes, rows move back, values return.

    `paths` leads from each model to its person.
    """
    done = Returned()
    for name, keys in reversed(record.created.items()):
        model_of(name)._default_manager.using(alias).filter(pk__in=keys).delete()  # noqa: SLF001
    for name, keys in record.moved.items():
        path = paths[name]
        rows = model_of(name)._default_manager.using(alias)  # noqa: SLF001
        rows.filter(pk__in=keys, **{path: kept}).update(**{path: absorbed})
    for name, changed in record.changed.items():
        for key, values in changed.items():
            _return(model_of(name), key, values, alias, done)
    return done


def _return(
    model: type[Model], key: str, values: Mapping[str, list[Any]], alias: str, done: Returned
) -> None:
    row = model._default_manager.using(alias).filter(pk=key).first()  # noqa: SLF001
    if row is None:
        return
    back = {
        name: from_json(model, name, before)
        for name, (before, after) in values.items()
        if in_json(getattr(row, name)) == after
    }
    done.left += len(values) - len(back)
    try:
        with transaction.atomic(using=alias):
            _one(row, alias).update(**back)
    except IntegrityError:
        done.left += len(back)


def _one(row: Model, alias: str) -> "QuerySet[Any]":
    return type(row)._default_manager.using(alias).filter(pk=row.pk)  # noqa: SLF001


def label(model: type[Model]) -> str:
    return model._meta.label  # noqa: SLF001 (documented by Django)


def model_of(name: str) -> type[Model]:
    return apps.get_model(name)


def in_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def from_json(model: type[Model], name: str, value: Any) -> Any:
    """What the column takes."""
    if value is None:
        return None
    found: Any = model._meta.get_field(name)  # noqa: SLF001 (documented by Django)
    column = found.target_field if isinstance(found, ForeignKey) else found
    return column.to_python(value)


def twins(rows: Iterable[Any], kept: Iterable[Any], same: tuple[str, ...]) -> list[UUID]:
    """The keys of the rows whose values the kept file has already."""
    known = {tuple(_plain(getattr(row, name)) for name in same) for row in kept}
    return [row.pk for row in rows if tuple(_plain(getattr(row, name)) for name in same) in known]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
