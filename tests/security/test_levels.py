"""Row 4, first half: every field of every model says at which level it is read."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from jalons.access.levels import Level
from jalons.people.models import Person

EXEMPT = {"id", "recorded_at"}
"""A key and a time of recording say nothing by themselves."""


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("jalons.")]


def undeclared(model: type[Model]) -> set[str]:
    declared: dict[str, Any] = getattr(model, "field_levels", {})
    return {field.name for field in model._meta.concrete_fields} - set(declared) - EXEMPT


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_field_has_a_level(model: type[Model]) -> None:
    assert undeclared(model) == set()
    declared = set(model.field_levels)  # type: ignore[attr-defined]
    assert declared <= {field.name for field in model._meta.concrete_fields}
    assert set(model.field_levels.values()) <= set(Level)  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_what_links_many_to_many_is_a_model_of_its_own(model: type[Model]) -> None:
    assert not model._meta.many_to_many


def test_a_forgotten_field_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    levels = dict(Person.field_levels)
    del levels["birth_name"]
    monkeypatch.setattr(Person, "field_levels", levels)
    assert undeclared(Person) == {"birth_name"}


def test_all_models_are_walked() -> None:
    assert len(models()) > 20
