"""The addresses of the statuses, and of who reads those that are sealed."""

from jalons.access.levels import Level
from jalons.access.routes import does, route

from . import views

RECORD, CHANGE, NAME = "people.record_status", "people.change_status", "people.name_reader"

PATTERNS = [
    route(
        "personnes/<uuid:person>/statuts/nouveau/",
        views.add_status,
        name="add_status",
        get=does(RECORD, "person"),
        post=does(RECORD, "person"),
    ),
    route(
        "personnes/<uuid:person>/statuts/<uuid:status>/",
        views.change_status,
        name="change_status",
        get=does(CHANGE, "person"),
        post=does(CHANGE, "person"),
    ),
    route(
        "personnes/<uuid:person>/statuts/<uuid:status>/fin/",
        views.end_status,
        name="end_status",
        get=does(CHANGE, "person"),
        post=does(CHANGE, "person"),
    ),
    route(
        "personnes/<uuid:person>/statuts/<uuid:status>/confirmer/",
        views.confirm_status,
        name="confirm_status",
        post=does(CHANGE, "person"),
    ),
    route(
        "personnes/<uuid:person>/personnes-designees/",
        views.readers,
        name="readers",
        get=does(NAME, "person", Level.SEALED),
        post=does(NAME, "person", Level.SEALED),
    ),
    route(
        "personnes/<uuid:person>/personnes-designees/<uuid:sealed_reader>/retirer/",
        views.remove_reader,
        name="remove_reader",
        post=does(NAME, "person", Level.SEALED),
    ),
]
