"""The addresses of a person’s identity: the page, the masked line, what a link shows."""

from jalons.access.levels import Level
from jalons.access.routes import by_link, does, reads, route
from jalons.access.table import REVEAL

from . import views

PATTERNS = [
    route(
        "personnes/<uuid:person>/",
        views.identity,
        name="identity",
        get=reads("person", Level.IDENTITY, shows=Level.SHARED),
    ),
    route(
        "personnes/<uuid:person>/apercu/",
        views.masked,
        name="masked",
        get=reads("person", Level.MASKED),
    ),
    route(
        "personnes/<uuid:person>/informations-restreintes/",
        views.reveal,
        name="reveal",
        post=does(REVEAL, "person", Level.RESTRICTED),
    ),
    route(
        "personnes/<uuid:person>/lien/",
        views.send_link,
        name="send_link",
        post=does("people.send_link", "person"),
    ),
    route(
        "personnes/<uuid:person>/protection/",
        views.protect,
        name="protect",
        post=does("people.protect", "person"),
    ),
    route(
        "vos-informations/",
        views.own_identity,
        name="own_identity",
        get=by_link("people.own_identity", "person"),
    ),
]
