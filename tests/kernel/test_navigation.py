from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from jalons.kernel import navigation
from jalons.kernel.context import Layout, layout
from jalons.kernel.navigation import (
    BAR_ENTRIES,
    MOST_ENTRIES,
    SLOTS,
    NavEntry,
    Registry,
    Slot,
    current,
)

PAGE = "kernel:components"


def entry(key: str, **values: Any) -> NavEntry:
    known = {"label": key.title(), "icon": "inbox", "url_name": PAGE, "positions": {"clerk": 1}}
    return NavEntry(key=key, **{**known, **values})


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    own = Registry()
    monkeypatch.setattr(navigation, "registry", own)
    return own


def request_of(role: str | None) -> Any:
    request: Any = RequestFactory().get("/composants/?page=2")
    request.resolver_match = None
    request.actor = SimpleNamespace(kind="professional", role=role)
    request.identity = SimpleNamespace(full_name="Nadia Ferrand")
    return request


@given(st.permutations(range(1, 9)))
def test_entries_follow_the_ranks_of_the_role_and_stop_at_six(ranks: list[int]) -> None:
    own = Registry()
    for rank in ranks:
        own.register(entry(f"e{rank}", positions={"clerk": rank}))
    assert [one.key for one in own.entries_for("clerk")] == [f"e{n}" for n in range(1, 7)]
    assert MOST_ENTRIES == 6


def test_a_role_sees_its_own_entries_only() -> None:
    own = Registry()
    own.register(entry("a", positions={"clerk": 2, "manager": 1}))
    own.register(entry("b", positions={"manager": 2}))
    assert [one.key for one in own.entries_for("clerk")] == ["a"]
    assert own.entries_for("observer") == own.entries_for(None) == []


def test_a_key_is_registered_once() -> None:
    own = Registry()
    own.register(entry("a"))
    with pytest.raises(ImproperlyConfigured, match="twice"):
        own.register(entry("a", positions={"clerk": 2}))


def test_two_entries_cannot_have_the_same_rank_for_a_role() -> None:
    own = Registry()
    own.register(entry("a"))
    with pytest.raises(ImproperlyConfigured, match="already taken"):
        own.register(entry("b"))
    own.register(entry("c", positions={"manager": 1}))


@pytest.mark.parametrize(
    ("view_name", "marked"),
    [
        ("desk:home", "home"),
        ("people:person", "home"),
        ("people:entries", "entries"),
        ("people:entries_late", "entries"),
        ("accounts:login", ""),
    ],
)
def test_the_current_entry_is_the_one_that_knows_the_page_best(view_name: str, marked: str) -> None:
    entries = [
        entry("home", url_name="desk:home", area=("people:",)),
        entry("entries", url_name="people:entries"),
    ]
    assert current(entries, view_name) == marked


def test_a_place_of_the_frame_is_filled_once_and_must_exist() -> None:
    own = Registry()
    own.fill(Slot("search", PAGE))
    for key in ("search", "nowhere"):
        with pytest.raises(ImproperlyConfigured, match=key):
            own.fill(Slot(key, PAGE))


def test_a_place_stands_for_its_roles_only() -> None:
    own = Registry()
    own.fill(Slot("front_door", PAGE, roles=frozenset({"clerk"})))
    own.fill(Slot("alerts", PAGE))
    assert own.slots_for("clerk")["front_door"] == own.slots["front_door"]
    assert own.slots_for("steering")["front_door"] is None
    assert own.slots_for("steering")["alerts"] == own.slots["alerts"]
    assert set(own.slots_for(None)) == set(SLOTS)


def test_counters_are_asked_once_a_page_and_for_the_shown_entries_only(registry: Registry) -> None:
    asked: list[str] = []

    def counter(key: str) -> navigation.Counter:
        def count(actor: Any) -> tuple[int, navigation.Tone]:
            asked.append(f"{key} {actor.role}")
            return 5, "late"

        return count

    registry.register(entry("mine", counter=counter("mine")))
    registry.register(entry("theirs", positions={"manager": 1}, counter=counter("theirs")))
    frame = Layout(request_of("clerk"))
    assert asked == []
    shown = [*frame.entries, *frame.bar, *frame.more, *frame.entries]
    assert {(place.count, place.tone) for place in shown} == {(5, "late")}
    assert asked == ["mine clerk"]


def test_the_phone_bar_takes_the_first_entries_and_leaves_the_rest(registry: Registry) -> None:
    for rank in range(1, 6):
        registry.register(entry(f"e{rank}", positions={"clerk": rank}, short_label=f"E{rank}"))
    frame = Layout(request_of("clerk"))
    assert len(frame.bar) == BAR_ENTRIES
    assert [*frame.bar, *frame.more] == frame.entries
    assert [place.entry.bar_label for place in frame.bar] == ["E1", "E2", "E3"]  # type: ignore[union-attr]


def test_a_label_serves_the_phone_bar_when_there_is_no_shorter_one() -> None:
    assert entry("agenda").bar_label == "Agenda"


def test_a_request_that_no_middleware_has_seen_gets_the_frame_of_nobody(registry: Registry) -> None:
    registry.register(entry("a"))
    registry.fill(Slot("login", PAGE))
    registry.fill(Slot("alerts", PAGE, counter=lambda actor: (actor.account, "new")))
    bare = RequestFactory().get("/")
    bare.resolver_match = None
    frame = layout(bare)["layout"]
    assert not frame.signed_in
    assert frame.entries == []
    assert frame.here == ""
    assert frame.slots["login"].url == "/composants/"
    assert frame.slots["alerts"] is None


def test_an_act_returns_to_the_page_it_came_from() -> None:
    assert Layout(request_of("clerk")).next == "/composants/?page=2"


def test_every_role_has_at_most_six_entries() -> None:
    ranks = [
        (role, rank)
        for one in navigation.registry.entries.values()
        for role, rank in one.positions.items()
    ]
    assert all(rank <= MOST_ENTRIES for _, rank in ranks), ranks
