"""The addresses of the consortium: founding, setting up, structures, calendar."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

from jalons.access.levels import Level
from jalons.access.routes import does, lists, reads, route
from jalons.access.table import DROP, FINISH, FOUND, MEMBERSHIP, REACH, RECORD, START, STEER

from . import (
    consortium_views,
    convention_views,
    deployment_views,
    founding_views,
    setup_views,
    structure_views,
)

_READ = reads("consortium", Level.OPEN)
_STEER = does(STEER, "consortium")
_RECORD = does(RECORD, "organization")
_MEMBERSHIP = does(MEMBERSHIP, "organization")


def _steered(pattern: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A form of the coordinator."""
    return route(pattern, view, name=name, get=_STEER, post=_STEER)


def _recorded(pattern: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A form about a structure."""
    return route(pattern, view, name=name, get=_RECORD, post=_RECORD)


PLATFORM = [
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
]
STRUCTURES = [
    route(
        "structures/<uuid:organization>/",
        structure_views.structure,
        name="structure",
        get=reads("organization", Level.OPEN),
    ),
    _recorded(
        "structures/<uuid:organization>/modifier/",
        structure_views.edit_structure,
        "edit_structure",
    ),
    _recorded(
        "structures/<uuid:organization>/discretion/",
        structure_views.change_sensitive,
        "change_sensitive",
    ),
    _recorded(
        "structures/<uuid:organization>/lieux/nouveau/", structure_views.add_place, "add_place"
    ),
    _recorded(
        "structures/<uuid:organization>/lieux/<uuid:place>/",
        structure_views.change_place,
        "change_place",
    ),
    route(
        "structures/<uuid:organization>/lieux/<uuid:place>/fermer/",
        structure_views.close_place,
        name="close_place",
        post=_RECORD,
    ),
]
CONSORTIUM = [
    route("consortium/", consortium_views.consortium, name="consortium", get=_READ),
    route("consortium/mise-en-place/", setup_views.setup, name="setup", get=_STEER),
    _steered("consortium/communes/", consortium_views.communes, "communes"),
    route("consortium/membres/", consortium_views.members, name="members", get=_STEER),
    _steered("consortium/membres/nouveau/", consortium_views.add_member, "add_member"),
    route(
        "consortium/membres/<uuid:organization>/entree/",
        consortium_views.join,
        name="join",
        get=_MEMBERSHIP,
        post=_MEMBERSHIP,
    ),
    route(
        "consortium/membres/<uuid:organization>/sortie/",
        consortium_views.leave,
        name="leave",
        get=_MEMBERSHIP,
        post=_MEMBERSHIP,
    ),
    _steered("consortium/convention/", convention_views.convention, "convention"),
    _steered("consortium/convention/nouvelle/", convention_views.new_convention, "new_convention"),
    _steered("consortium/axes/", convention_views.axes, "axes"),
    _steered("consortium/objectif/", convention_views.goal, "goal"),
    _steered("consortium/premieres-actions/", setup_views.proposals, "proposals"),
    route("consortium/equipe/", setup_views.colleagues, name="colleagues", get=_STEER),
]
CALENDAR = [
    route("calendrier/", deployment_views.calendar, name="calendar", get=_READ),
    route(
        "calendrier/export/",
        deployment_views.export_calendar,
        name="calendar_export",
        post=lists("consortium", Level.OPEN, fresh=True),
    ),
    _steered("calendrier/actions/nouvelle/", deployment_views.add_action, "add_action"),
    _steered("calendrier/actions/<uuid:action>/", deployment_views.change_action, "change_action"),
    route(
        "calendrier/actions/<uuid:action>/commencer/",
        deployment_views.start_action,
        name="start_action",
        post=does(START, "consortium"),
    ),
    route(
        "calendrier/actions/<uuid:action>/terminer/",
        deployment_views.finish_action,
        name="finish_action",
        post=does(FINISH, "consortium"),
    ),
    route(
        "calendrier/actions/<uuid:action>/abandonner/",
        deployment_views.drop_action,
        name="drop_action",
        get=does(DROP, "consortium"),
        post=does(DROP, "consortium"),
    ),
    _steered("calendrier/jalons/nouveau/", deployment_views.add_milestone, "add_milestone"),
    _steered(
        "calendrier/jalons/<uuid:milestone>/",
        deployment_views.change_milestone,
        "change_milestone",
    ),
    route(
        "calendrier/jalons/<uuid:milestone>/atteindre/",
        deployment_views.reach_milestone,
        name="reach_milestone",
        post=does(REACH, "consortium"),
    ),
]
urlpatterns = [*PLATFORM, *STRUCTURES, *CONSORTIUM, *CALENDAR]
