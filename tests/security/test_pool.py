"""Row 6: a few connections serve everybody in turn, and nobody's context stays behind."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from jalons.access.actor import ANONYMOUS, Actor
from jalons.access.middleware import ActorMiddleware
from jalons.accounts.session_store import SessionStore
from jalons.kernel import row_security
from tests.clients import client_for, nobody
from tests.worlds import a_follow_up, a_person, a_territory, an_actor, an_organization

THREADS = 8
CONNECTIONS = 3
SEEN = "SELECT coalesce(array_agg(DISTINCT territory_id ORDER BY territory_id), '{}')"


class Broken(Exception):
    """What a view raises."""


@dataclass
class Place:
    """One territory: who works there, whom they follow, the session that says so."""

    actor: Actor
    session: str
    name: str


@dataclass
class Tally:
    requests: int = 0
    leaks: list[str] = field(default_factory=list)


def territories_seen() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{SEEN} FROM people_person")
        return list(cursor.fetchone()[0])


def a_place(number: int) -> Place:
    organization = an_organization(a_territory())
    actor = an_actor(organization)
    name = f"Canari{number}"
    person = a_person(organization.territory_id, family_name=name)
    a_follow_up(person, actor, "referent")
    return Place(actor, client_for(actor).session.session_key or "", name)


@pytest.fixture
def places(transactional_db: None) -> list[Place]:
    return [a_place(number) for number in range(6)]


@pytest.fixture
def pooled(places: list[Place]) -> Iterator[None]:
    """Every thread takes its connection from one small pool, and gives it back after a request."""
    described: dict[str, Any] = connections.settings["default"]
    before = described["OPTIONS"], described["CONN_MAX_AGE"]
    connection.close()
    pool = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 60}
    described["OPTIONS"], described["CONN_MAX_AGE"] = before[0] | {"pool": pool}, 0
    yield
    connection.close_pool()  # type: ignore[attr-defined]
    described["OPTIONS"], described["CONN_MAX_AGE"] = before


def looks(seen: list[list[int]]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that notes what it sees, then ends well or badly."""

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(territories_seen())
        ending = request.GET["ending"]
        if ending == "exception":
            raise Broken
        if ending == "database error":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return HttpResponse(status=500 if ending == "500" else 200)

    return view


ENDINGS = ("200", "200", "200", "500", "exception", "database error")


def one_request(source: random.Random, places: list[Place], tally: Tally) -> None:
    place = source.choice([*places, None])
    actor = place.actor if place else ANONYMOUS
    request = RequestFactory().get("/", {"ending": source.choice(ENDINGS)})
    request.session = SessionStore(place.session if place else None)
    seen: list[list[int]] = []
    with suppress(Broken, DatabaseError):
        ActorMiddleware(looks(seen))(request)
    tally.requests += 1
    if seen != [list(actor.territories)]:
        tally.leaks.append(f"{actor.territory} saw {seen}")
    if source.random() < 0.2 and territories_seen():
        tally.leaks.append(f"after {actor.territory}: {territories_seen()}")
    connection.close()


def run(seed: int, places: list[Place], requests: int) -> Tally:
    source, tally = random.Random(seed), Tally()
    for _ in range(requests):
        one_request(source, places, tally)
    return tally


def test_no_context_outlives_its_request(
    places: list[Place], pooled: None, full_size: bool
) -> None:
    each = (10_000 if full_size else 1_000) // THREADS
    with ThreadPoolExecutor(THREADS) as threads:
        tallies = list(threads.map(lambda seed: run(seed, places, each), range(THREADS)))
    assert sum(tally.requests for tally in tallies) == each * THREADS
    assert [leak for tally in tallies for leak in tally.leaks] == []


def pages(seed: int, places: list[Place], requests: int) -> list[str]:
    """Whole pages, through every middleware."""
    source, leaks = random.Random(seed), []
    clients = [(place, client_for(place.actor)) for place in places]
    for _ in range(requests):
        place, client = source.choice(clients)
        page = client.get("/file-active/").content.decode()
        leaks += [
            f"{place.name} read {other.name}"
            for other in places
            if (other.name in page) != (other is place)
        ]
        if nobody().get("/file-active/").status_code != 302:
            leaks.append("nobody read a list")
    connection.close()
    return leaks


def test_interleaved_pages_show_their_own_persons(
    places: list[Place], pooled: None, full_size: bool
) -> None:
    each = 200 if full_size else 6
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda seed: pages(seed, places, each), range(4)))
    assert [leak for leaks in found for leak in leaks] == []


def test_the_pool_is_small_and_shared(places: list[Place], pooled: None) -> None:
    """Otherwise the connections would not have been interleaved."""

    def backend(_: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = int(cursor.fetchone()[0])
        connection.close()
        return pid

    with ThreadPoolExecutor(THREADS) as threads:
        assert 1 < len(set(threads.map(backend, range(60)))) <= CONNECTIONS


def test_a_context_that_stays_behind_is_found(
    places: list[Place], pooled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same requests, with a context set for the session instead of the transaction."""

    def apply_for_the_session(context: row_security.Context, using: str) -> None:
        with connections[using].cursor() as cursor:
            cursor.execute(
                "SELECT set_config('jalons.territories', %s, false)",
                [",".join(map(str, context[0]))],
            )

    monkeypatch.setattr(row_security, "_apply", apply_for_the_session)
    assert run(0, places, 60).leaks
