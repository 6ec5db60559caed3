"""The addresses of the entries: the list, one entry, several at once."""

from jalons.access.levels import Level
from jalons.access.routes import does, does_to_many, route
from jalons.access.table import ASSIGN, CLOSE_ENTRY, READ_ENTRY

from . import bulk_views, views

PATTERNS = [
    route(
        "entrees/",
        views.entries,
        name="entries",
        get=does_to_many(READ_ENTRY, "person", Level.IDENTITY),
    ),
    route(
        "entrees/export/",
        views.export_entries,
        name="entries_export",
        post=does_to_many(READ_ENTRY, "person", Level.IDENTITY, fresh=True),
    ),
    route(
        "entrees/repartition/",
        bulk_views.prepare,
        name="distribute",
        get=does_to_many(ASSIGN, "person"),
        post=does_to_many(ASSIGN, "person"),
    ),
    route(
        "entrees/repartition/confirmer/",
        bulk_views.confirm,
        name="confirm_distribution",
        get=does_to_many(ASSIGN, "person"),
        post=does_to_many(ASSIGN, "person"),
    ),
    route(
        "personnes/<uuid:person>/entree/",
        views.entry,
        name="entry",
        get=does(READ_ENTRY, "person", Level.IDENTITY, shows=Level.SHARED),
        post=does(ASSIGN, "person"),
    ),
    route(
        "personnes/<uuid:person>/entree/cloture/",
        views.close,
        name="close_entry",
        get=does(CLOSE_ENTRY, "person"),
        post=does(CLOSE_ENTRY, "person"),
    ),
    route(
        "personnes/<uuid:person>/premier-entretien/",
        views.interview,
        name="interview",
        get=does("people.hold_first_interview", "person"),
        post=does("people.hold_first_interview", "person"),
    ),
]
