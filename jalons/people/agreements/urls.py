"""The addresses of what a person was told, agreed to and objected to."""

from jalons.access.levels import Level
from jalons.access.routes import by_link, does, public, reads, route

from . import public_views, views
from .rules import AGREE, INFORM, LIFT, LINK, OBJECT, WITHDRAW

PATTERNS = [
    route(
        "personnes/<uuid:person>/accords/",
        views.agreements,
        name="agreements",
        get=reads("person", Level.IDENTITY, shows=Level.SHARED),
    ),
    route(
        "personnes/<uuid:person>/accords/information/",
        views.inform,
        name="record_information",
        post=does(INFORM, "person"),
    ),
    route(
        "personnes/<uuid:person>/accords/nouveau/",
        views.add_agreement,
        name="add_agreement",
        get=does(AGREE, "person"),
        post=does(AGREE, "person"),
    ),
    route(
        "personnes/<uuid:person>/accords/retrait/",
        views.withdraw,
        name="withdraw_agreement",
        post=does(WITHDRAW, "person"),
    ),
    route(
        "personnes/<uuid:person>/oppositions/nouvelle/",
        views.add_objection,
        name="add_objection",
        get=does(OBJECT, "person"),
        post=does(OBJECT, "person"),
    ),
    route(
        "personnes/<uuid:person>/oppositions/levee/",
        views.lift,
        name="lift_objection",
        post=does(LIFT, "person"),
    ),
    route(
        "votre-accord/",
        public_views.own_agreement,
        name="own_agreement",
        get=by_link(LINK, "person"),
        post=by_link(LINK, "person"),
    ),
    route("information/", public_views.notice, name="current_notice", get=public()),
    route("information/<slug:slug>/", public_views.notice, name="notice", get=public()),
    route("information/<slug:slug>/pdf/", public_views.notice_pdf, name="notice_pdf", get=public()),
]
