"""The addresses of « Qualité des données »: three lists, their export, two persons told apart."""

from jalons.access.levels import Level
from jalons.access.routes import does, does_to_many, route
from jalons.access.table import SEE_UNREACHABLE, TELL_APART

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
    route(
        "qualite/doublons/<uuid:possible_duplicate>/deux-personnes/",
        views.tell_apart,
        name="tell_apart",
        post=does(TELL_APART, "possible_duplicate"),
    ),
]
