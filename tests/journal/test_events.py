from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from jalons.journal.events import DIMENSIONS, UnknownDimension, UnknownKind, append, checked
from jalons.journal.models import Event, Payload
from jalons.journal.payloads import NotJson, disclose
from jalons.kernel import clock, row_security
from jalons.kernel.ids import uuid7

TERRITORY = 7
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_kinds")]


@pytest.fixture(autouse=True)
def _context() -> Iterator[None]:
    with row_security.context([TERRITORY]):
        yield


def test_an_event_says_who_what_on_whom_and_when() -> None:
    keys: dict[str, Any] = {
        name: uuid7() for name in ("account", "mandate", "organization", "person", "cause")
    }
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    written = append(
        "garden.sown",
        territory=TERRITORY,
        object_kind="bed",
        object_key=uuid7(),
        occurred_at=at,
        dimensions={"epci": "200000001", "publics": ["brsa", "jeune"]},
        **keys,
    )
    read = Event.objects.get(pk=written.pk)
    assert (read.kind, read.territory, read.occurred_at) == ("garden.sown", TERRITORY, at)
    assert {name: getattr(read, name) for name in keys} == keys
    assert (read.object_kind, read.object_key) == ("bed", written.object_key)
    assert read.dimensions == {"epci": "200000001", "publics": ["brsa", "jeune"]}
    assert read.digest is None


def test_an_event_happens_now_unless_told_otherwise() -> None:
    with clock.travel(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        event = append("garden.sown", territory=TERRITORY)
        assert event.occurred_at == event.recorded_at == clock.now()


def test_positions_grow_in_the_order_of_the_acts() -> None:
    first, second = (append("garden.sown", territory=TERRITORY) for _ in range(2))
    assert first.position < second.position


@pytest.mark.parametrize(("payload", "inserts"), [(None, 1), ({"rows": 3}, 2)])
def test_one_insert_for_the_event_and_one_for_its_payload(
    payload: dict[str, int] | None, inserts: int
) -> None:
    with CaptureQueriesContext(connection) as queries:
        append("garden.sown", territory=TERRITORY, payload=payload)
    assert [query["sql"].split()[0] for query in queries] == ["INSERT"] * inserts


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        append("garden.eaten", territory=TERRITORY)


@pytest.mark.parametrize(
    "dimensions",
    [
        {"domain": "justice"},
        {"phase": "elle ne veut plus venir"},
        {"publics": ["brsa", "a écrit au juge"]},
        {"epci": 200000001},
        {"phase": ""},
    ],
)
def test_a_dimension_is_a_listed_code(dimensions: dict[str, Any]) -> None:
    with pytest.raises(UnknownDimension):
        append("garden.sown", territory=TERRITORY, dimensions=dimensions)


@given(st.dictionaries(st.sampled_from(sorted(DIMENSIONS)), st.text(max_size=70)))
def test_no_dimension_holds_a_sentence(dimensions: dict[str, str]) -> None:
    try:
        kept = checked(dimensions)
    except UnknownDimension:
        return
    assert all(value and not set(value) & set(" \n\t'") for value in kept.values())


@pytest.mark.parametrize(
    "payload",
    [
        {"on": datetime(2026, 3, 2, tzinfo=UTC)},
        {"who": uuid7()},
        {"pair": (1, 2)},
        {1: "one"},
        {"rate": float("nan")},
    ],
)
def test_a_payload_that_json_would_change_is_refused(payload: dict[Any, Any]) -> None:
    with pytest.raises(NotJson):
        append("garden.sown", territory=TERRITORY, payload=payload)
    assert not Event.objects.exists()


def test_a_hidden_act_shows_its_neutral_kind_only() -> None:
    event = append("garden.judged", territory=TERRITORY, payload={"domain": "justice"})
    assert event.kind == "garden.file_changed"
    body = bytes(Payload.objects.get(pk=event.pk).body)
    assert b"justice" not in body
    assert b"judged" not in body
    content = disclose(event)
    assert content is not None
    assert (content.kind, content.level) == ("garden.judged", "sealed")


def test_a_hidden_act_without_values_keeps_its_true_kind_in_a_payload() -> None:
    content = disclose(append("garden.judged", territory=TERRITORY))
    assert content is not None
    assert (content.kind, content.data) == ("garden.judged", {})


def test_a_platform_event_needs_no_context() -> None:
    row_security.clear()
    assert append("garden.sown", territory=None).pk == Event.objects.get().pk


def test_an_event_of_another_territory_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        append("garden.sown", territory=TERRITORY + 1)


def test_another_territory_sees_neither_event_nor_payload() -> None:
    append("garden.sown", territory=TERRITORY, payload={"rows": 3})
    with row_security.context([TERRITORY + 1]):
        assert not Event.objects.exists()
        assert not Payload.objects.exists()


def test_a_key_sorts_by_time() -> None:
    event = append("garden.sown", territory=TERRITORY)
    assert isinstance(event.pk, UUID)
    assert event.pk.version == 7
