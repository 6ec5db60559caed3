"""Sealing while others write, on connections of their own."""

from collections.abc import Callable
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connections, transaction

from jalons.journal import seals
from jalons.journal.events import append
from jalons.journal.models import Seal
from jalons.journal.seals import seal
from jalons.kernel import row_security
from tests.journal.sealing import TERRITORY, restart_positions, sow

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "whole", "migrator"]),
    pytest.mark.usefixtures("some_kinds"),
]


@pytest.fixture(autouse=True)
def _small_chunks(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "CHUNK", 4)
    restart_positions()


def sealed() -> list[tuple[int, int, int]]:
    fields = ("number", "from_position", "to_position")
    return list(Seal.objects.using("whole").order_by("number").values_list(*fields))


def in_thread(work: Callable[[], object]) -> Thread:
    """Starts `work` on connections of its own, closed at its end."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    return thread


def act() -> None:
    sow(1, using="default")


def test_an_event_still_being_written_puts_the_seal_off() -> None:
    written, finish = Signal(), Signal()

    def slow_act() -> None:
        with row_security.context([TERRITORY]):
            with transaction.atomic():
                append("garden.sown", territory=TERRITORY)
            written.set()
            finish.wait(10)

    writer = in_thread(slow_act)
    written.wait(10)
    act()
    assert seal(patience=0.1) == 0
    finish.set()
    writer.join()
    assert seal() == 1
    assert sealed() == [(1, 1, 2)]


def test_nobody_waits_for_the_seal() -> None:
    """A sealer that waits for an import lets the other acts pass."""
    with row_security.context([TERRITORY]):
        append("garden.sown", territory=TERRITORY)
        in_thread(act).join()
        sealer = in_thread(seal)
        other = in_thread(act)
        other.join(10)
        assert not other.is_alive()
        assert not sealed()
    sealer.join()
    assert sealed()


def test_two_sealers_seal_once() -> None:
    sow(9, using="default")
    for thread in [in_thread(seal), in_thread(seal)]:
        thread.join()
    assert sealed() == [(1, 1, 4), (2, 5, 8), (3, 9, 9)]
