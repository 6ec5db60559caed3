"""The addresses of the steps."""

from jalons.access.levels import Level
from jalons.access.routes import does, route
from jalons.access.table import (
    ABANDON_STEP,
    ADD_STEP,
    END_STEP,
    PLAN_STEP,
    START_STEP,
    TELL_BLOCKER,
)

from . import views

HERE = "personnes/<uuid:person>/parcours/etapes/"

PATTERNS = [
    route(
        f"{HERE}nouvelle/",
        views.add_step,
        name="add_step",
        get=does(ADD_STEP, "person", Level.SHARED),
        post=does(ADD_STEP, "person", Level.SHARED),
    ),
    route(
        f"{HERE}<uuid:step>/date/",
        views.plan_step,
        name="plan_step",
        get=does(PLAN_STEP, "person", Level.SHARED),
        post=does(PLAN_STEP, "person", Level.SHARED),
    ),
    route(
        f"{HERE}<uuid:step>/debut/",
        views.start_step,
        name="start_step",
        get=does(START_STEP, "person", Level.SHARED),
        post=does(START_STEP, "person", Level.SHARED),
    ),
    route(
        f"{HERE}<uuid:step>/fin/",
        views.end_step,
        name="end_step",
        get=does(END_STEP, "person", Level.SHARED),
        post=does(END_STEP, "person", Level.SHARED),
    ),
    route(
        f"{HERE}<uuid:step>/abandon/",
        views.abandon_step,
        name="abandon_step",
        post=does(ABANDON_STEP, "person", Level.SHARED),
    ),
    route(
        f"{HERE}<uuid:step>/blocage/",
        views.tell_blocker,
        name="tell_blocker",
        get=does(TELL_BLOCKER, "person", Level.SHARED),
        post=does(TELL_BLOCKER, "person", Level.SHARED),
    ),
]
