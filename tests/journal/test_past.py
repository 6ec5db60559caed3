"""A past loaded at once: the same events as one by one, in their order, and nothing follows."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from jalons.journal.events import UnknownDimension, UnknownKind
from jalons.journal.models import Event
from jalons.journal.past import Past, append_past
from tests.worlds import a_territory, within

pytestmark = pytest.mark.django_db
KIND = "people.person_created"
AT = datetime(2025, 3, 2, 9, tzinfo=UTC)


def test_they_stand_in_the_order_they_were_given_with_all_they_say() -> None:
    territory, person, key = a_territory().pk, uuid4(), uuid4()
    who = {"account": uuid4(), "mandate": uuid4(), "organization": uuid4()}
    full = Past(KIND, territory, AT, "entry", key, person, dimensions={"epci": "200069052"}, **who)
    with within(territory):
        append_past([full, *(Past(KIND, territory, AT - timedelta(n)) for n in range(3))])
        found = list(Event.objects.filter(kind=KIND, territory=territory).order_by("position"))
    assert [event.occurred_at for event in found] == [AT, *(AT - timedelta(n) for n in range(3))]
    first = found[0]
    assert first.recorded_at == AT
    assert (first.object_kind, first.object_key, first.person) == ("entry", key, person)
    assert {name: getattr(first, name) for name in who} == who
    assert (first.dimensions, first.digest, first.cause) == ({"epci": "200069052"}, None, None)
    assert (found[1].dimensions, found[1].object_kind, found[1].person) == ({}, "", None)


def test_nothing_is_appended_of_nothing() -> None:
    append_past([])
    assert not Event.objects.filter(kind=KIND).exists()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (Past("people.nothing", None, AT), UnknownKind),
        (Past(KIND, None, AT, dimensions={"name": "x"}), UnknownDimension),
        (Past(KIND, None, AT, dimensions={"epci": "Un nom"}), UnknownDimension),
    ],
)
def test_what_an_event_may_not_say(wrong: Past, error: type[Exception]) -> None:
    with pytest.raises(error):
        append_past([wrong])
