"""The address of the unusual readings."""

from jalons.access.levels import Level
from jalons.access.routes import lists, route

from . import views

PATTERNS = [
    route(
        "consultations-inhabituelles/",
        views.vigilance,
        name="vigilance",
        get=lists("unusual_reading", Level.OPEN),
    ),
]
