from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from jalons.journal.events import append
from jalons.journal.models import Event
from jalons.journal.queries import as_recorded, compensation_of, timeline
from jalons.kernel import clock, row_security
from jalons.kernel.ids import uuid7

TERRITORY = 7
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_kinds")]


@pytest.fixture(autouse=True)
def _context() -> Iterator[None]:
    with row_security.context([TERRITORY]):
        yield


def sow(person: UUID | None, hour: int = 0, cause: UUID | None = None) -> Event:
    at = NOON + timedelta(hours=hour)
    with clock.travel(at):
        return append("garden.sown", territory=TERRITORY, person=person, cause=cause)


def test_the_timeline_is_the_person_s_latest_first_with_labels() -> None:
    person = uuid7()
    late, early = sow(person, hour=2), sow(person, hour=1)
    sow(uuid7())
    found = timeline(person, TERRITORY)
    assert [line.event.pk for line in found.lines] == [late.pk, early.pk]
    assert {line.label for line in found.lines} == {"Semis"}
    assert found.next is None


def test_a_file_made_one_with_another_keeps_both_histories() -> None:
    kept, absorbed = uuid7(), uuid7()
    late, early = sow(absorbed, hour=2), sow(kept, hour=1)
    found = timeline(kept, TERRITORY, also=[absorbed])
    assert [line.event.pk for line in found.lines] == [late.pk, early.pk]


def test_the_timeline_is_one_query_by_its_index() -> None:
    with CaptureQueriesContext(connection) as queries:
        timeline(uuid7(), TERRITORY, before=(NOON, 4))
    assert len(queries) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "journal_event_timeline" in plan
    assert "Sort" not in plan


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=9), st.integers(1, 4))
def test_pages_give_each_event_once(hours: list[int], limit: int) -> None:
    person = uuid7()
    expected = {sow(person, hour).pk for hour in hours}
    page, found = timeline(person, TERRITORY, limit=limit), []
    found += page.lines
    while page.next:
        page = timeline(person, TERRITORY, before=page.next, limit=limit)
        found += page.lines
    keys = [(line.event.occurred_at, line.event.position) for line in found]
    assert {line.event.pk for line in found} == expected
    assert len(found) == len(expected)
    assert keys == sorted(keys, reverse=True)


def test_another_territory_has_no_timeline_of_the_person() -> None:
    person = uuid7()
    sow(person)
    with row_security.context([TERRITORY + 1]):
        assert timeline(person, TERRITORY).lines == []


def test_a_past_figure_counts_what_was_recorded_by_then() -> None:
    first, second = sow(uuid7(), hour=1), sow(uuid7(), hour=2)
    assert set(as_recorded(NOON)) == set()
    assert set(as_recorded(first.recorded_at)) == {first}
    assert set(as_recorded(second.recorded_at)) == {first, second}


def test_a_past_figure_leaves_out_what_was_compensated_by_then() -> None:
    event = sow(uuid7(), hour=1)
    undo = sow(event.person, hour=2, cause=event.pk)
    assert set(as_recorded(NOON + timedelta(hours=1, minutes=30))) == {event}
    assert set(as_recorded(NOON + timedelta(hours=2))) == {undo}


def test_the_compensation_of_an_event() -> None:
    event = sow(uuid7())
    assert compensation_of(event) is None
    undo = sow(event.person, cause=event.pk)
    assert compensation_of(event) == undo
