"""The addresses of a structure and of its places."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

from jalons.access.levels import Level
from jalons.access.routes import does, reads, route
from jalons.access.table import RECORD

from . import views

_RECORD = does(RECORD, "organization")


def _recorded(pattern: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A form about a structure."""
    return route(pattern, view, name=name, get=_RECORD, post=_RECORD)


PATTERNS = [
    route(
        "structures/<uuid:organization>/",
        views.structure,
        name="structure",
        get=reads("organization", Level.OPEN),
    ),
    _recorded(
        "structures/<uuid:organization>/modifier/",
        views.edit_structure,
        "edit_structure",
    ),
    _recorded(
        "structures/<uuid:organization>/discretion/",
        views.change_sensitive,
        "change_sensitive",
    ),
    _recorded("structures/<uuid:organization>/lieux/nouveau/", views.add_place, "add_place"),
    _recorded(
        "structures/<uuid:organization>/lieux/<uuid:place>/",
        views.change_place,
        "change_place",
    ),
    route(
        "structures/<uuid:organization>/lieux/<uuid:place>/fermer/",
        views.close_place,
        name="close_place",
        post=_RECORD,
    ),
]
