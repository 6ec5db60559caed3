"""Addresses that break the rules of the house, for the tests of what stops them."""

from typing import Any

from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from jalons.access import consultations
from jalons.access.consultations import Unwritable
from jalons.access.levels import Level
from jalons.access.routes import Line, lists, public, reads, route, signed_in
from jalons.accounts.models import Account
from jalons.config.urls import urlpatterns as house


class Broken(Exception):
    """What a view raises."""


def write() -> None:
    Account.objects.update(given_name="Écrit")


def writes(request: Any, **keys: Any) -> HttpResponse:
    write()
    return HttpResponse("écrit")


def writes_behind_a_query(request: Any, **keys: Any) -> HttpResponse:
    """No guard on the words of a statement sees it: PostgreSQL does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH changed AS (UPDATE accounts_account SET given_name = 'Écrit' RETURNING 1)"
            " SELECT count(*) FROM changed"
        )
    return HttpResponse("écrit")


def lists_then_writes(request: Any) -> HttpResponse:
    consultations.record_list(request, [])
    return writes_behind_a_query(request)


def lists_without_a_word(request: Any) -> HttpResponse:
    return HttpResponse("des noms")


def streams(request: Any) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["plus tard"]))


def fails_after_writing(request: Any) -> HttpResponse:
    write()
    return HttpResponse(status=500)


def raises_after_writing(request: Any) -> HttpResponse:
    write()
    raise Broken


def cannot_record(request: Any) -> HttpResponse:
    raise Unwritable


urlpatterns = [
    *house,
    route("a/ecrit/", writes, name="writes", get=signed_in(), post=signed_in()),
    route("a/public/", writes, name="public", get=public()),
    route("a/rappel/", writes, name="callback", get=Line("public", writes=True)),
    route("a/cache/", writes_behind_a_query, name="hidden", get=signed_in()),
    route(
        "a/<uuid:person>/ecrit/",
        writes,
        name="person_writes",
        get=reads("person", Level.IDENTITY),
    ),
    route(
        "a/<uuid:person>/cache/",
        writes_behind_a_query,
        name="person_hidden",
        get=reads("person", Level.IDENTITY),
    ),
    route("a/liste/", lists_then_writes, name="list", get=lists("person", Level.IDENTITY)),
    route("a/muette/", lists_without_a_word, name="mute", get=lists("person", Level.IDENTITY)),
    route("a/flux/", streams, name="streams", get=signed_in()),
    route("a/echec/", fails_after_writing, name="fails", post=signed_in()),
    route("a/erreur/", raises_after_writing, name="raises", post=signed_in()),
    route("a/sans-trace/", cannot_record, name="unwritable", get=signed_in()),
    path("a/oubliee/", writes, name="forgotten"),
]
