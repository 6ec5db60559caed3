"""The addresses of a person’s documents: the list, the form, the file, what changes it."""

from jalons.access.levels import Level
from jalons.access.routes import does, opens, reads, route
from jalons.access.table import REVEAL, REVEAL_DOCUMENT

from . import views
from .rules import ADD, CHANGE_LEVEL, RESTORE, WITHDRAW

PATTERNS = [
    route(
        "personnes/<uuid:person>/documents/",
        views.documents,
        name="documents",
        get=reads("person", Level.IDENTITY, shows=Level.SHARED),
    ),
    route(
        "personnes/<uuid:person>/documents/restreints/",
        views.reveal,
        name="reveal_documents",
        post=does(REVEAL, "person", Level.RESTRICTED),
    ),
    route(
        "personnes/<uuid:person>/documents/ajouter/",
        views.add,
        name="add_document",
        get=does(ADD, "person"),
        post=does(ADD, "person"),
    ),
    route(
        "documents/<uuid:document>/",
        views.download,
        name="document",
        get=opens("document"),
        post=opens("document", REVEAL_DOCUMENT),
    ),
    route(
        "documents/<uuid:document>/retrait/",
        views.withdraw,
        name="withdraw_document",
        post=does(WITHDRAW, "document"),
    ),
    route(
        "documents/<uuid:document>/remise/",
        views.restore,
        name="restore_document",
        post=does(RESTORE, "document"),
    ),
    route(
        "documents/<uuid:document>/lecteurs/",
        views.change_level,
        name="change_document_level",
        get=does(CHANGE_LEVEL, "document"),
        post=does(CHANGE_LEVEL, "document"),
    ),
]
