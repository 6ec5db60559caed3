"""How an act changes a row of a pathway, tells it, and takes it back."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.access.undo import CannotUndo, Compensate
from jalons.journal.models import Event
from jalons.journal.payloads import disclose

Hold = Callable[[Actor, UUID, UUID, str], Any]
"""Locks the row of a person by its key, the right to an act asked. Raises Refused."""


def change(
    actor: Actor,
    row: Any,
    kind: str,
    person: UUID,
    values: Mapping[str, Any],
    cause: UUID | None = None,
) -> Event:
    """Replaces values of a row; the former ones stay in the event's payload."""
    told = {name: [_text(getattr(row, name)), _text(value)] for name, value in values.items()}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return record(
        actor,
        kind,
        person=person,
        object_kind=_name(row),
        object_key=row.pk,
        payload=told,
        cause=cause,
    )


def taken_back(hold: Hold, act: str, kind: str) -> Compensate:
    """Compensates an act of `change`: the former values return, told by an event of `kind`."""

    def compensate(actor: Actor, event: Event) -> Event:
        assert event.person
        assert event.object_key
        try:
            row = hold(actor, event.person, event.object_key, act)
        except Refused:
            raise CannotUndo("Le dossier a changé depuis : rien n’est annulé.") from None
        content = disclose(event)
        told = content.data if content else {}
        if not told or any(_text(getattr(row, name)) != after for name, (_, after) in told.items()):
            raise CannotUndo("Le parcours a changé depuis : rien n’est annulé.")
        former = {name: _value(row, name, before) for name, (before, _) in told.items()}
        return change(actor, row, kind, event.person, former, event.pk)

    return compensate


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _value(row: Model, name: str, text: Any) -> Any:
    found: Any = row._meta.get_field(name)  # noqa: SLF001 (documented by Django)
    return found.to_python(text)


def _name(row: Model) -> str:
    return str(row._meta.model_name)  # noqa: SLF001 (documented by Django)
