"""The addresses of « Qualité des données »: three lists and their export."""

from jalons.access.levels import Level
from jalons.access.routes import does_to_many, route
from jalons.access.table import SEE_UNREACHABLE

from . import views

PATTERNS = [
    route(
        "qualite/",
        views.quality,
        name="quality",
        get=does_to_many(SEE_UNREACHABLE, "person", Level.IDENTITY),
    ),
    route(
        "qualite/export/",
        views.export_quality,
        name="quality_export",
        post=does_to_many(SEE_UNREACHABLE, "person", Level.IDENTITY, fresh=True),
    ),
]
