"""The addresses of the follow-ups: their end, the choice of a référent, the relay."""

from jalons.access.routes import does, does_to_many, route
from jalons.access.table import APPOINT, HAND_OVER

from . import relay_views, views

PATTERNS = [
    route(
        "suivis/<uuid:follow_up>/fin/",
        views.end_follow_up,
        name="end_follow_up",
        get=does("people.end_follow_up", "follow_up"),
        post=does("people.end_follow_up", "follow_up"),
    ),
    route(
        "personnes/<uuid:person>/referent/",
        views.referent,
        name="referent",
        get=does(APPOINT, "person"),
        post=does(APPOINT, "person"),
    ),
    route(
        "relais/",
        relay_views.relay,
        name="relay",
        get=does_to_many(HAND_OVER, "person"),
    ),
    route(
        "relais/confirmer/",
        relay_views.confirm,
        name="confirm_relay",
        get=does_to_many(HAND_OVER, "person"),
        post=does_to_many(HAND_OVER, "person"),
    ),
]
