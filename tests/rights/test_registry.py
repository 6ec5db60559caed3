"""Every model that holds a person is in the registry: what is shown of it, how it is erased."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from jalons.access.levels import Level
from jalons.people import personal_data
from jalons.people.models import Person, Status
from jalons.people.personal_data import LABELS, Erasure, PersonalData

KEYS = {"person", "listed", "object_key", "found", "created"}
"""Names of columns that hold a person's key without a constraint."""
BESIDE = {
    "journal.Payload",
    "journal.Notification",
    "access.Draft",
    "procrastinate.ProcrastinateJob",
}
"""What reaches a person by an event, by the name of a form, by the arguments of a job."""


def personal_models() -> set[str]:
    """Closed over foreign keys: what points to a row about a person is about that person."""
    models = [model for model in apps.get_models() if model.__module__.startswith("jalons.")]
    found: set[type[Model]] = {Person}
    while True:
        more = {model for model in models if model not in found and _is_personal(model, found)}
        if not more:
            return {model._meta.label for model in found} | BESIDE
        found |= more


def _is_personal(model: Any, known: set[type[Model]]) -> bool:
    return any(
        field.name in KEYS or (isinstance(field, ForeignKey) and field.related_model in known)
        for field in model._meta.concrete_fields
    )


def test_no_model_is_forgotten() -> None:
    assert {data.name for data in personal_data.registered()} == personal_models()


def test_a_forgotten_model_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(personal_data._registered, "people.Status")
    assert personal_models() - {data.name for data in personal_data.registered()} == {
        "people.Status"
    }


@pytest.mark.parametrize("data", personal_data.registered(), ids=lambda data: data.name)
def test_what_is_shown_has_a_french_name_and_no_secret(data: PersonalData) -> None:
    if not data.shown or data.tell:
        return
    levels: Any = data.model.field_levels  # type: ignore[attr-defined]
    columns = {column.name: column.label for column in data.shown_columns()}
    own = {column.name for column in data.columns}
    for name, label in columns.items():
        if name in own:
            continue
        assert levels[name] != Level.SECRET
        field: Any = data.model._meta.get_field(name)
        named = name in data.labels or name in LABELS
        assert named or label != field.name.replace("_", " "), f"{data.name}.{name}"


@pytest.mark.parametrize("data", personal_data.registered(), ids=lambda data: data.name)
def test_every_field_is_shown_or_says_nothing(data: PersonalData) -> None:
    """What a copy leaves out is a key, a secret, or said by another column."""
    if not data.shown or data.tell:
        return
    levels: Any = data.model.field_levels  # type: ignore[attr-defined]
    shown = {column.name for column in data.shown_columns()}
    secret = {name for name, level in levels.items() if level == Level.SECRET}
    left_out = set(levels) - shown - secret - {"territory", "person", data.path, *data.without}
    assert left_out == set()


def test_what_is_kept_says_why() -> None:
    with pytest.raises(ValueError, match="say why"):
        PersonalData(Status, "Statuts", erasure=Erasure.KEEP)
    with pytest.raises(ValueError, match="emptied"):
        PersonalData(Status, "Statuts", erasure=Erasure.BLANK, reason="Trace")
    kept = [data for data in personal_data.registered() if data.erasure is not Erasure.DELETE]
    assert {data.name for data in kept} == {
        "access.Consultation",
        "access.BreakGlass",
        "exchange.ImportedRow",
        "journal.Event",
    }


def test_a_model_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        personal_data.register(PersonalData(Status, "Statuts"))
