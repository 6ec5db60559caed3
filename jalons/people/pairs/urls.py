"""The addresses of « Dossiers à rapprocher »: one pair at a time, and what is said of it."""

from jalons.access.levels import Level
from jalons.access.routes import does, lists, route
from jalons.access.table import TELL_APART

from . import views

PATTERNS = [
    route("rapprochements/", views.review, name="review", get=lists("pair", Level.MASKED)),
    route("correspondances/", views.matches, name="matches", get=lists("pair", Level.IDENTITY)),
    route(
        "rapprochements/<uuid:pair>/deux-personnes/",
        views.tell_apart,
        name="tell_apart",
        post=does(TELL_APART, "pair"),
    ),
    route(
        "rapprochements/<uuid:pair>/plus-tard/",
        views.postpone,
        name="postpone_pair",
        post=does(TELL_APART, "pair"),
    ),
]
