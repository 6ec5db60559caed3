"""The addresses of the front door: search, answer, creation, requests to follow."""

from jalons.access.levels import Level
from jalons.access.routes import does, lists, reads, route

from . import request_views, views
from .workflow import ACCEPT, ASK, RECEIVE, SEARCH, WITHDRAW

PATTERNS = [
    route(
        "accueil/",
        views.front_door,
        name="front_door",
        get=does(SEARCH, "consortium"),
        post=does(SEARCH, "consortium"),
    ),
    route(
        "accueil/<uuid:search>/",
        views.found,
        name="found",
        get=lists("person", Level.MASKED),
    ),
    route(
        "accueil/<uuid:search>/nouvelle-personne/",
        views.receive_newcomer,
        name="receive",
        get=does(RECEIVE, "search"),
        post=does(RECEIVE, "search"),
    ),
    route(
        "personnes/<uuid:person>/demander-a-suivre/",
        request_views.ask,
        name="ask_to_follow",
        get=reads("person", Level.MASKED),
        post=does(ASK, "person"),
    ),
    route(
        "demandes-a-suivre/",
        request_views.follow_requests,
        name="follow_requests",
        get=lists("follow_request", Level.PRIVATE),
    ),
    route(
        "demandes-a-suivre/<uuid:follow_request>/reponse/",
        request_views.answer,
        name="answer_request",
        post=does(ACCEPT, "follow_request"),
    ),
    route(
        "demandes-a-suivre/<uuid:follow_request>/retrait/",
        request_views.withdraw,
        name="withdraw_request",
        post=does(WITHDRAW, "follow_request"),
    ),
]
