"""The addresses of the structures' load."""

from jalons.access.levels import Level
from jalons.access.routes import does, route
from jalons.access.table import SEE_LOAD

from . import views

PATTERNS = [
    route(
        "charge/",
        views.load,
        name="load",
        get=does(SEE_LOAD, "organization", Level.OPEN),
    ),
    route(
        "charge/export/",
        views.export_load,
        name="load_export",
        post=does(SEE_LOAD, "organization", Level.OPEN, fresh=True),
    ),
]
