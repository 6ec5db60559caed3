from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jalons.journal import outbox
from jalons.journal.events import append
from jalons.journal.models import Event
from jalons.journal.outbox import jobs_after, subscribe
from jalons.kernel import jobs, row_security

TERRITORY = 7
pytestmark = pytest.mark.usefixtures("some_kinds")


@pytest.fixture(autouse=True)
def _own_subscriptions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_subscriptions", [])


@pytest.fixture
def water(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int | None]]]:
    """A job of the invented room that follows each of its events; what it was called with."""
    calls: list[tuple[str, int | None]] = []
    declared = replace(
        jobs.registered()["journal.seal"],
        name="garden.water",
        function=lambda event, territory: calls.append((event, territory)),
        atomic=True,
    )
    monkeypatch.setitem(jobs._registered, "garden.water", declared)
    subscribe("garden.*", "garden.water")
    with row_security.context([TERRITORY]):
        yield calls


def waiting() -> list[tuple[str, dict[str, object]]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args"))


@pytest.mark.parametrize(
    ("pattern", "follows"),
    [("garden.sown", True), ("garden.*", True), ("gar.*", False), ("garden.sow", False)],
)
def test_a_subscription_is_a_kind_or_a_room(pattern: str, follows: bool) -> None:
    subscribe(pattern, "garden.water")
    assert jobs_after("garden.sown") == (["garden.water"] if follows else [])


def test_a_job_that_two_patterns_ask_for_runs_once() -> None:
    for pattern in ("garden.*", "garden.sown", "garden.*"):
        subscribe(pattern, "garden.water")
    subscribe("garden.sown", "garden.weed")
    assert jobs_after("garden.sown") == ["garden.water", "garden.weed"]


@pytest.mark.usefixtures("water")
def test_a_consequence_is_asked_for_with_its_event() -> None:
    event = append("garden.sown", territory=TERRITORY)
    assert waiting() == [("garden.water", {"event": str(event.pk), "territory": TERRITORY})]


@pytest.mark.usefixtures("water")
def test_a_consequence_is_taken_back_with_its_event() -> None:
    with transaction.atomic():
        append("garden.sown", territory=TERRITORY)
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.usefixtures("water")
def test_a_job_learns_the_neutral_kind_only() -> None:
    append("garden.judged", territory=TERRITORY, payload={"domain": "justice"})
    [(name, arguments)] = waiting()
    assert "judged" not in f"{name}{arguments}"
    assert "justice" not in f"{name}{arguments}"
    assert Event.objects.get(pk=UUID(str(arguments["event"]))).kind == "garden.file_changed"


def test_a_job_runs_with_what_it_was_asked_with(water: list[tuple[str, int | None]]) -> None:
    event = append("garden.sown", territory=TERRITORY)
    job = ProcrastinateJob.objects.get()
    for _ in range(2):
        jobs.perform(jobs._registered["garden.water"], job.pk, job.args)
    assert water == [(str(event.pk), TERRITORY)]


@pytest.mark.django_db(databases=["whole"])
def test_a_consequence_follows_the_connection_of_its_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, *, using, **_: seen.append(using))
    subscribe("garden.*", "garden.water")
    append("garden.sown", territory=TERRITORY, using="whole")
    assert seen == ["whole"]
