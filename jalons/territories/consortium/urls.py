"""The addresses of the consortium: founding a territory, setting its consortium up."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

from jalons.access.levels import Level
from jalons.access.routes import does, lists, reads, route
from jalons.access.table import FOUND, MEMBERSHIP, STEER

from . import convention_views, founding_views, setup_views, views

_STEER = does(STEER, "consortium")
_MEMBERSHIP = does(MEMBERSHIP, "organization")


def steered(pattern: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A form of the coordinator."""
    return route(pattern, view, name=name, get=_STEER, post=_STEER)


PATTERNS = [
    route(
        "territoires/",
        founding_views.territories,
        name="territories",
        get=lists("platform", Level.OPEN),
    ),
    route(
        "territoires/nouveau/",
        founding_views.found,
        name="found",
        get=does(FOUND, "platform"),
        post=does(FOUND, "platform"),
    ),
    route("consortium/", views.consortium, name="consortium", get=reads("consortium", Level.OPEN)),
    route("consortium/mise-en-place/", setup_views.setup, name="setup", get=_STEER),
    steered("consortium/communes/", views.communes, "communes"),
    route("consortium/membres/", views.members, name="members", get=_STEER),
    steered("consortium/membres/nouveau/", views.add_member, "add_member"),
    route(
        "consortium/membres/<uuid:organization>/entree/",
        views.join,
        name="join",
        get=_MEMBERSHIP,
        post=_MEMBERSHIP,
    ),
    route(
        "consortium/membres/<uuid:organization>/sortie/",
        views.leave,
        name="leave",
        get=_MEMBERSHIP,
        post=_MEMBERSHIP,
    ),
    steered("consortium/convention/", convention_views.convention, "convention"),
    steered("consortium/convention/nouvelle/", convention_views.new_convention, "new_convention"),
    steered("consortium/axes/", convention_views.axes, "axes"),
    steered("consortium/objectif/", convention_views.goal, "goal"),
    steered("consortium/premieres-actions/", setup_views.proposals, "proposals"),
    route(
        "consortium/equipe/",
        setup_views.colleagues,
        name="colleagues",
        get=_STEER,
    ),
]
