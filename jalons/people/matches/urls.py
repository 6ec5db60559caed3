"""The addresses of the possible matches of protected persons."""

from jalons.access.levels import Level
from jalons.access.routes import does, lists, route
from jalons.access.table import JOIN_MATCH

from . import views

PATTERNS = [
    route(
        "correspondances/",
        views.matches,
        name="matches",
        get=lists("possible_match", Level.IDENTITY),
    ),
    route(
        "correspondances/<uuid:possible_match>/",
        views.answer,
        name="answer_match",
        post=does(JOIN_MATCH, "possible_match"),
    ),
]
