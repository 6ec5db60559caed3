"""The addresses of the follow-ups."""

from jalons.access.routes import does, route

from . import views

PATTERNS = [
    route(
        "suivis/<uuid:follow_up>/fin/",
        views.end_follow_up,
        name="end_follow_up",
        post=does("people.end_follow_up", "follow_up"),
    ),
]
