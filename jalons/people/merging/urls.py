"""The addresses of a merge: its preview, what became of it, its undoing."""

from jalons.access.levels import Level
from jalons.access.routes import does, reads, route
from jalons.access.table import MERGE, UNDO_MERGE

from . import views

PATTERNS = [
    route(
        "rapprochements/<uuid:pair>/reunir/",
        views.merge,
        name="merge",
        get=does(MERGE, "pair"),
        post=does(MERGE, "pair"),
    ),
    route(
        "reunions/<uuid:merge>/",
        views.merged,
        name="merged",
        get=reads("merge", Level.IDENTITY),
    ),
    route(
        "reunions/<uuid:merge>/defaire/",
        views.undo,
        name="undo_merge",
        post=does(UNDO_MERGE, "merge"),
    ),
]
