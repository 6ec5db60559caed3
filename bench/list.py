"""The caseload, 20 persons a page, for the roles that have many: the whole stack but the network.

`list_p95_ms` is over the pages of the professionals who work from a caseload; the first page and
the one behind it, by turns. The coordinator's list is an attention rule, with figures of its own.
"""

import re
from html import unescape
from urllib.parse import unquote

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalons.accounts import charter, sessions
from jalons.accounts.models import Account
from jalons.config import wsgi
from jalons.kernel import clock
from jalons.territories.actors import MANDATE_KEY
from jalons.territories.models import Mandate

from . import population
from .measures import emit, percentile, timed
from .synthetic import days

BACKEND = "jalons.accounts.backends.LocalBackend"
CASELOADS = ("practitioner", "manager", "dispatcher")
SIZE, QUICK_SIZE = 25_000, 5_000
WARM_UP, REQUESTS = 5, 60
MOST_QUERIES = 16
"""Of a page, with the session, the consultation and the transaction's own."""
BUSIEST = """
SELECT mandate.account_id FROM territories_mandate AS mandate
LEFT JOIN people_followup AS followup ON followup.ends_on IS NULL
    AND followup.organization_id = mandate.organization_id
    AND (mandate.role <> 'practitioner' OR followup.account_id = mandate.account_id)
WHERE mandate.role = %s AND mandate.ends_on IS NULL
GROUP BY mandate.id ORDER BY count(followup.id) DESC, mandate.id LIMIT 1
"""
"""Whoever follows the most persons, or whose organization does."""
NEXT = re.compile(r'rel="next" href="\?[^"]*?page=([^"&]+)"')


class Reader:
    """A professional signed in, who turns the pages of their list."""

    def __init__(self, role: str) -> None:
        self._client = Client(SERVER_NAME="127.0.0.1")
        account = _busiest(role)
        self._client.force_login(account, backend=BACKEND)
        session = self._client.session
        sessions.begin(session, account)
        sessions.note(session, charter=charter.VERSION)
        held = Mandate.objects.filter(account=account, role=role, ends_on=None)
        session[MANDATE_KEY] = str(held.order_by("pk")[0].pk)
        session.save()
        self._address = reverse("desk:caseload")
        self._cursor = ""

    def turn(self) -> None:
        """Reads a page, the one after it the next time. Raises AssertionError on an error page."""
        query = {"page": self._cursor} if self._cursor else {}
        response = self._client.get(self._address, query)
        assert response.status_code == 200, response.status_code
        found = NEXT.search(response.content.decode())
        self._cursor = unquote(unescape(found[1])) if found and not self._cursor else ""

    def first(self) -> None:
        """Reads the first page."""
        self._cursor = ""
        self.turn()

    def read(self, address: str) -> None:
        """Reads one page. Raises AssertionError on an error page."""
        response = self._client.get(address)
        assert response.status_code == 200, response.status_code

    def queries(self) -> int:
        """How many SQL queries the first page takes."""
        with CaptureQueriesContext(connection) as captured:
            self.first()
        return len(captured)


def run(*, quick: bool, persons: int | None = None, events: int | None = None) -> None:
    size = persons or (QUICK_SIZE if quick else SIZE)
    population.ensure(size, events)
    wsgi.settle()
    everything: list[float] = []
    with clock.travel(days.NOW):
        for role in (*CASELOADS, "coordinator"):
            reader = Reader(role)
            spent = [timed(reader.turn) for _ in range(WARM_UP + REQUESTS)][WARM_UP:]
            emit("list", f"list_{role}_median_ms", percentile(spent, 0.5), "ms", size)
            emit("list", f"list_{role}_p95_ms", percentile(spent, 0.95), "ms", size)
            queries = reader.queries()
            assert queries <= MOST_QUERIES, queries
            emit("list", f"list_{role}_queries", queries, "queries", size)
            everything += spent if role in CASELOADS else []
    emit("list", "list_p95_ms", percentile(everything, 0.95), "ms", size)


def _busiest(role: str) -> Account:
    with connections["migrator"].cursor() as cursor:
        cursor.execute(BUSIEST, [role])
        return Account.objects.get(pk=cursor.fetchone()[0])
