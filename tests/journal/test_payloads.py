from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from jalons.journal import payloads
from jalons.journal.events import append
from jalons.journal.kinds import Kind
from jalons.journal.models import Event
from jalons.journal.payloads import Tampered, disclose, enclose, erase
from jalons.kernel import crypto, row_security

TERRITORY = 7
SOWN = Kind("garden.sown", "Semis")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def sown(db: None, some_kinds: None) -> Iterator[Event]:
    with row_security.context([TERRITORY]):
        yield append("garden.sown", territory=TERRITORY, payload={"rows": 3})


@given(st.dictionaries(st.text(), json_values, max_size=3))
def test_every_json_object_comes_back(data: dict[str, Any]) -> None:
    body, digest = enclose(SOWN, data)
    event = Event(digest=digest)
    assert payloads.opened(event, body).data == data


def test_equal_values_have_different_digests() -> None:
    assert enclose(SOWN, {"rows": 3})[1] != enclose(SOWN, {"rows": 3})[1]


def test_a_payload_is_disclosed_with_its_kind_and_level(sown: Event) -> None:
    content = disclose(sown)
    assert content is not None
    assert (content.kind, content.level, content.data) == ("garden.sown", "shared", {"rows": 3})


def test_an_event_without_values_discloses_nothing(sown: Event) -> None:
    assert disclose(append("garden.sown", territory=TERRITORY)) is None


def test_the_payload_of_another_event_is_not_believed(sown: Event) -> None:
    other = append("garden.sown", territory=TERRITORY, payload={"rows": 4})
    other.digest = sown.digest
    with pytest.raises(Tampered):
        disclose(other)


def test_an_altered_body_does_not_open() -> None:
    body, digest = enclose(SOWN, {"rows": 3})
    with pytest.raises(InvalidTag):
        payloads.opened(Event(digest=digest), body[:-1] + bytes([body[-1] ^ 1]))


def test_a_body_opens_for_its_purpose_only() -> None:
    body, _ = enclose(SOWN, {"rows": 3})
    with pytest.raises(InvalidTag):
        crypto.decrypt(body, "people.nir")


@pytest.mark.django_db(databases=["whole"])
@pytest.mark.usefixtures("some_kinds")
def test_an_erased_payload_leaves_its_event() -> None:
    kept, erased = (
        append("garden.sown", territory=TERRITORY, payload={"rows": rows}, using="whole")
        for rows in (3, 4)
    )
    assert erase([erased.pk]) == 1
    assert disclose(kept, using="whole") is not None
    assert disclose(erased, using="whole") is None
    assert Event.objects.using("whole").filter(digest__isnull=False).count() == 2
