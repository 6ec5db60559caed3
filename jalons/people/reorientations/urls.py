"""The addresses of the réorientations."""

from jalons.access.levels import Level
from jalons.access.routes import does, lists, reads, route
from jalons.access.table import ACCEPT_REORIENTATION, ASK_REORIENTATION, WITHDRAW_REORIENTATION

from . import views

PATTERNS = [
    route(
        "reorientations/",
        views.reorientations,
        name="reorientations",
        get=lists("reorientation", Level.SHARED),
    ),
    route(
        "reorientations/<uuid:reorientation>/",
        views.reorientation,
        name="reorientation",
        get=reads("reorientation", Level.SHARED),
    ),
    route(
        "reorientations/<uuid:reorientation>/decision/",
        views.decide,
        name="decide_reorientation",
        post=does(ACCEPT_REORIENTATION, "reorientation"),
    ),
    route(
        "reorientations/<uuid:reorientation>/retrait/",
        views.withdraw,
        name="withdraw_reorientation",
        post=does(WITHDRAW_REORIENTATION, "reorientation"),
    ),
    route(
        "personnes/<uuid:person>/reorientation/",
        views.ask,
        name="ask_reorientation",
        get=does(ASK_REORIENTATION, "person"),
        post=does(ASK_REORIENTATION, "person"),
    ),
]
