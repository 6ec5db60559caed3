import pytest
from hypothesis import given
from hypothesis import strategies as st
from lucide import IconDoesNotExist

from jalons.kernel.drawing import DelayBar, delay_bar, percent
from jalons.kernel.templatetags.drawing import icon

days = st.integers(0, 5_000)


def width(value: str) -> float:
    return float(value.removesuffix("%"))


@given(days, days, st.none() | days)
def test_a_bar_never_leaves_its_axis(elapsed: int, target: int, scale: int | None) -> None:
    bar = delay_bar(elapsed, target, scale)
    assert 0 <= width(bar.elapsed) <= width(bar.tick) + 0.1
    assert width(bar.tick) + width(bar.beyond) <= 100.1


@given(days, days)
def test_the_red_part_exists_only_beyond_the_target(elapsed: int, target: int) -> None:
    bar = delay_bar(elapsed, target)
    assert bar.late == (elapsed > target)
    assert bar.excess == max(elapsed - target, 0)
    assert (bar.beyond == "0.0%") >= (not bar.late)


def test_bars_of_one_list_share_their_scale() -> None:
    assert delay_bar(30, 30, 60).elapsed == delay_bar(44, 30, 60).tick == "50.0%"


def test_without_a_target_there_is_no_bar() -> None:
    assert delay_bar(189) == DelayBar(189)
    assert not delay_bar(189).late


def test_a_share_of_nothing_is_nothing() -> None:
    assert percent(0, 0) == "0%"


def test_an_icon_is_hidden_from_screen_readers_and_takes_its_colour_from_the_text() -> None:
    drawn = icon("bell", 20)
    assert 'aria-hidden="true"' in drawn
    assert 'width="20"' in drawn
    assert "stroke=" not in drawn
    assert drawn.count("<path") == 2


def test_an_unknown_icon_fails() -> None:
    with pytest.raises(IconDoesNotExist):
        icon("no-such-icon")
