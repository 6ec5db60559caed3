"""The injected clock: travel in a test, and in the demo through its file."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from jalons.kernel import clock

NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    settings.DEMO = True
    return tmp_path


def test_now_is_the_present() -> None:
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()


def test_travel_stops_the_clock_and_comes_back() -> None:
    with clock.travel(NEW_YEAR):
        assert clock.now() == NEW_YEAR
        with clock.travel(NEW_YEAR + timedelta(days=1)):
            assert clock.today() == date(2027, 1, 2)
        assert clock.now() == NEW_YEAR
    assert clock.now() < NEW_YEAR or timezone.now() >= NEW_YEAR


def test_travel_ends_with_an_error() -> None:
    with pytest.raises(LookupError), clock.travel(NEW_YEAR):
        raise LookupError
    assert clock.now() != NEW_YEAR


def test_today_is_that_of_paris() -> None:
    with clock.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2027, 1, 1)


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.travel(datetime(2027, 1, 1)):  # noqa: DTZ001
        pass


def test_demo_shift_moves_now() -> None:
    clock.set_demo_shift(timedelta(days=40, hours=2))
    assert clock.demo_shift() == timedelta(days=40, hours=2)
    assert abs(clock.now() - timezone.now() - timedelta(days=40, hours=2)) < timedelta(seconds=5)


def test_travel_ignores_the_demo_shift() -> None:
    clock.set_demo_shift(timedelta(days=40))
    with clock.travel(NEW_YEAR):
        assert clock.now() == NEW_YEAR


@pytest.mark.parametrize("content", ["", "soon"])
def test_an_unreadable_shift_is_none(own_folder: Path, content: str) -> None:
    (own_folder / "demo-clock").write_text(content)
    assert clock.demo_shift() == timedelta(0)


def test_the_shift_is_replaced_in_one_step(own_folder: Path) -> None:
    clock.set_demo_shift(timedelta(days=1))
    inode = (own_folder / "demo-clock").stat().st_ino
    clock.set_demo_shift(timedelta(days=2))
    assert (own_folder / "demo-clock").stat().st_ino != inode
    assert [path.name for path in own_folder.iterdir()] == ["demo-clock"]


def test_no_shift_outside_the_demo(settings: Settings) -> None:
    clock.set_demo_shift(timedelta(days=40))
    settings.DEMO = False
    assert clock.demo_shift() == timedelta(0)
    with pytest.raises(PermissionError):
        clock.set_demo_shift(timedelta(days=1))
