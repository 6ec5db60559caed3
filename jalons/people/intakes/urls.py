"""The addresses of the requests that arrive without an agent's search."""

from jalons.access.levels import Level
from jalons.access.routes import by_link, does, lists, public, reads, route
from jalons.access.table import (
    END_SIGNAL_LINK,
    RECORD_INTAKE,
    SEND_SIGNAL_LINK,
    SET_INTAKE_ASIDE,
    TAKE_INTAKE,
)

from . import public_views, views
from .facts import SIGNAL

PATTERNS = [
    route("demander/", public_views.territories, name="ask_territory", get=public()),
    route("demander/<slug:slug>/", public_views.ask, name="ask", get=public(), post=public()),
    route("demander/<slug:slug>/recue/", public_views.asked, name="asked", get=public()),
    route(
        "signaler/",
        public_views.signal,
        name="signal",
        get=by_link(SIGNAL, "organization"),
        post=by_link(SIGNAL, "organization"),
    ),
    route(
        "signaler/recu/",
        public_views.signalled,
        name="signalled",
        get=by_link(SIGNAL, "organization"),
    ),
    route(
        "demandes-recues/",
        views.intakes,
        name="intakes",
        get=lists("intake", Level.IDENTITY),
    ),
    route(
        "demandes-recues/rattacher/",
        views.attach,
        name="attach_intake",
        post=does(TAKE_INTAKE, "intake"),
    ),
    route(
        "demandes-recues/<uuid:intake>/",
        views.intake,
        name="intake",
        get=reads("intake", Level.IDENTITY),
    ),
    route(
        "demandes-recues/<uuid:intake>/recherche/",
        views.search_intake,
        name="search_intake",
        post=does(TAKE_INTAKE, "intake"),
    ),
    route(
        "demandes-recues/<uuid:intake>/mise-de-cote/",
        views.set_aside,
        name="set_intake_aside",
        get=does(SET_INTAKE_ASIDE, "intake"),
        post=does(SET_INTAKE_ASIDE, "intake"),
    ),
    route(
        "aller-vers/",
        views.meeting,
        name="meeting",
        get=does(RECORD_INTAKE, "consortium"),
        post=does(RECORD_INTAKE, "consortium"),
    ),
    route(
        "liens-de-signalement/",
        views.signal_links,
        name="signal_links",
        get=does(SEND_SIGNAL_LINK, "organization"),
        post=does(SEND_SIGNAL_LINK, "organization"),
    ),
    route(
        "liens-de-signalement/<uuid:signal_link>/fermeture/",
        views.end_link,
        name="end_signal_link",
        post=does(END_SIGNAL_LINK, "signal_link"),
    ),
]
