"""The addresses of the deployment calendar."""

from jalons.access.levels import Level
from jalons.access.routes import does, lists, reads, route
from jalons.access.table import DROP, FINISH, REACH, START

from ..consortium.urls import steered
from . import views

PATTERNS = [
    route("calendrier/", views.calendar, name="calendar", get=reads("consortium", Level.OPEN)),
    route(
        "calendrier/export/",
        views.export_calendar,
        name="calendar_export",
        post=lists("consortium", Level.OPEN, fresh=True),
    ),
    steered("calendrier/actions/nouvelle/", views.add_action, "add_action"),
    steered("calendrier/actions/<uuid:action>/", views.change_action, "change_action"),
    route(
        "calendrier/actions/<uuid:action>/commencer/",
        views.start_action,
        name="start_action",
        post=does(START, "consortium"),
    ),
    route(
        "calendrier/actions/<uuid:action>/terminer/",
        views.finish_action,
        name="finish_action",
        post=does(FINISH, "consortium"),
    ),
    route(
        "calendrier/actions/<uuid:action>/abandonner/",
        views.drop_action,
        name="drop_action",
        get=does(DROP, "consortium"),
        post=does(DROP, "consortium"),
    ),
    steered("calendrier/jalons/nouveau/", views.add_milestone, "add_milestone"),
    steered(
        "calendrier/jalons/<uuid:milestone>/",
        views.change_milestone,
        "change_milestone",
    ),
    route(
        "calendrier/jalons/<uuid:milestone>/atteindre/",
        views.reach_milestone,
        name="reach_milestone",
        post=does(REACH, "consortium"),
    ),
]
