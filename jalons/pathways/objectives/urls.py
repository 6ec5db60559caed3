"""The addresses of the objectives and of the actions."""

from jalons.access.levels import Level
from jalons.access.routes import does, route
from jalons.access.table import (
    ABANDON_ACTION,
    ABANDON_OBJECTIVE,
    ADD_ACTION,
    FINISH_ACTION,
    REACH_OBJECTIVE,
    SET_OBJECTIVE,
)

from . import views

HERE = "personnes/<uuid:person>/parcours/"

PATTERNS = [
    route(
        f"{HERE}objectifs/nouveau/",
        views.set_objective,
        name="set_objective",
        get=does(SET_OBJECTIVE, "person", Level.SHARED),
        post=does(SET_OBJECTIVE, "person", Level.SHARED),
    ),
    route(
        f"{HERE}objectifs/<uuid:objective>/atteint/",
        views.reach_objective,
        name="reach_objective",
        post=does(REACH_OBJECTIVE, "person", Level.SHARED),
    ),
    route(
        f"{HERE}objectifs/<uuid:objective>/abandon/",
        views.abandon_objective,
        name="abandon_objective",
        post=does(ABANDON_OBJECTIVE, "person", Level.SHARED),
    ),
    route(
        f"{HERE}actions/nouvelle/",
        views.add_action,
        name="add_action",
        get=does(ADD_ACTION, "person", Level.SHARED),
        post=does(ADD_ACTION, "person", Level.SHARED),
    ),
    route(
        f"{HERE}actions/<uuid:pathway_action>/faite/",
        views.finish_action,
        name="finish_action",
        post=does(FINISH_ACTION, "person", Level.SHARED),
    ),
    route(
        f"{HERE}actions/<uuid:pathway_action>/abandon/",
        views.abandon_action,
        name="abandon_action",
        post=does(ABANDON_ACTION, "person", Level.SHARED),
    ),
]
