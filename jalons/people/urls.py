from jalons.access.levels import Level
from jalons.access.routes import by_link, does, reads, route
from jalons.access.table import REVEAL

from . import views

app_name = "people"

urlpatterns = [
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
        "suivis/<uuid:follow_up>/fin/",
        views.end_follow_up,
        name="end_follow_up",
        post=does("people.end_follow_up", "follow_up"),
    ),
    route(
        "vos-informations/",
        views.own_identity,
        name="own_identity",
        get=by_link("people.own_identity", "person"),
    ),
]
