"""The addresses of the tab « Parcours », and of the phase."""

from jalons.access.levels import Level
from jalons.access.routes import does, reads, route
from jalons.access.table import CHANGE_PHASE

from . import views

PATTERNS = [
    route(
        "personnes/<uuid:person>/parcours/",
        views.pathway,
        name="pathway",
        get=reads("person", Level.SHARED),
    ),
    route(
        "personnes/<uuid:person>/parcours/phase/",
        views.phase,
        name="phase",
        get=does(CHANGE_PHASE, "person", Level.SHARED),
        post=does(CHANGE_PHASE, "person", Level.SHARED),
    ),
]
