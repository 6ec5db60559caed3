"""Sharing out persons: even loads, objections respected, the same answer every time."""

from hypothesis import given
from hypothesis import strategies as st

from jalons.people.entries.sharing import Fit, Need, answers, share_out

TARGETS = ("a", "b", "c", "d")
loads = st.dictionaries(st.sampled_from(TARGETS), st.integers(0, 40), min_size=1)
refusals = st.frozensets(st.sampled_from(TARGETS), max_size=3)
needs = st.lists(refusals, max_size=40).map(
    lambda refused: [Need(number, targets) for number, targets in enumerate(refused)]
)


def after(before: dict[str, int], placed: dict) -> dict[str, int]:  # type: ignore[type-arg]
    return {name: load + list(placed.values()).count(name) for name, load in before.items()}


@given(loads, st.integers(0, 60))
def test_without_objection_the_loads_end_as_even_as_they_can(
    before: dict[str, int], number: int
) -> None:
    """Whoever received ends at most one above the lightest."""
    placed = share_out([Need(key) for key in range(number)], before)
    ends = after(before, placed)
    assert None not in placed.values()
    assert sum(ends.values()) == sum(before.values()) + number
    assert all(ends[name] <= min(ends.values()) + 1 for name in set(placed.values()) if name)


@given(needs, loads)
def test_nobody_goes_where_they_object_and_no_single_move_is_better(
    wanted: list[Need[str]], before: dict[str, int]
) -> None:
    placed = share_out(wanted, before)
    ends = after(before, placed)
    for need in wanted:
        target = placed[need.key]
        possible = set(before) - need.refused
        assert (target is None) == (not possible)
        if target is not None:
            assert target in possible
            assert all(ends[target] <= ends[other] + 1 for other in possible)


@given(needs, loads)
def test_the_same_question_has_the_same_answer(
    wanted: list[Need[str]], before: dict[str, int]
) -> None:
    assert share_out(wanted, before) == share_out(wanted, dict(before))


def test_the_most_constrained_is_placed_first() -> None:
    wanted = [Need(1), Need(2, frozenset({"b"}))]
    assert share_out(wanted, {"a": 0, "b": 0}) == {1: "b", 2: "a"}


def test_the_field_then_the_commune_then_the_load() -> None:
    able_far, near_unable = Fit(False, True, 9, 9), Fit(True, False, 0, 0)
    near, light = Fit(True, True, 9, 9), Fit(True, True, 2, 30)
    found = sorted([near_unable, able_far, near, light], key=lambda fit: fit.rank)
    assert found == [light, near, able_far, near_unable]


def test_a_field_answers_its_types_of_orientation() -> None:
    assert answers("social", "social")
    assert answers("both", "pro")
    assert not answers("social", "pro")
    assert not answers("professional", "sociopro")
    assert answers("social", "autre")
    assert answers("", "")
