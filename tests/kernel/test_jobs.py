import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from jalons.kernel import jobs, row_security
from jalons.kernel.jobs import Registered, Retries

SEEN: list[dict[str, object]] = []


@pytest.fixture(scope="module", autouse=True)
def note() -> Registered:
    """A job that notes its arguments; `fail` makes it raise after the note."""
    if "tests.note" not in jobs.registered():

        @jobs.job("tests.note", retries=2)
        def note(*, fail: bool = False, **arguments: object) -> None:
            SEEN.append(arguments)
            if fail:
                raise ValueError

    return jobs.registered()["tests.note"]


@pytest.fixture(autouse=True)
def nothing_seen() -> Iterator[None]:
    SEEN.clear()
    yield
    SEEN.clear()


def set_status(number: int, *statuses: str) -> None:
    with connection.cursor() as cursor:
        for status in statuses:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
                [status, number],
            )


@pytest.mark.django_db
def test_a_job_is_asked_for_in_the_callers_transaction() -> None:
    with transaction.atomic():
        jobs.enqueue("tests.note", key="a")
        transaction.set_rollback(True)
    number = jobs.enqueue("tests.note", lock="line", key="b")
    row = ProcrastinateJob.objects.get(task_name="tests.note")
    assert (row.pk, row.lock, row.args) == (number, "line", {"key": "b"})


@pytest.mark.django_db
def test_a_job_waits_for_its_hour() -> None:
    at = datetime(2031, 5, 6, 7, tzinfo=UTC)
    number = jobs.enqueue("tests.note", at=at)
    assert ProcrastinateJob.objects.get(pk=number).scheduled_at == at


def test_an_unknown_job_is_refused() -> None:
    with pytest.raises(KeyError):
        jobs.enqueue("tests.no_such_job")


def test_two_jobs_may_not_share_a_name() -> None:
    with pytest.raises(ValueError, match=r"tests\.note"):
        jobs.job("tests.note")(lambda: None)


@pytest.mark.django_db
def test_a_job_done_is_not_done_again(note: Registered) -> None:
    number = jobs.enqueue("tests.note", key="a")
    jobs.perform(note, number, {"key": "a", "timestamp": 12})
    jobs.perform(note, number, {"key": "a", jobs.DONE: True})
    assert SEEN == [{"key": "a"}]


@pytest.mark.django_db
def test_a_job_that_failed_is_done_again(note: Registered) -> None:
    number = jobs.enqueue("tests.note", fail=True)
    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011
            jobs.perform(note, number, {"fail": True})
    assert len(SEEN) == 2


@pytest.mark.django_db
def test_a_job_starts_without_any_context(note: Registered) -> None:
    number = jobs.enqueue("tests.note")
    found = []
    reader = Registered("tests.reader", lambda: found.append(_context()), note.retries, "", True)
    with row_security.context([1]):
        pass
    jobs.perform(reader, number, {})
    assert found == [""]


def _context() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('jalons.territories', true), '')")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 5), (1, 25), (4, 3125), (9, 3600)])
def test_each_try_waits_longer_up_to_an_hour(attempts: int, seconds: int) -> None:
    decision = Retries(10, 5).get_retry_decision(exception=ValueError(), job=_job(attempts))
    assert decision is not None
    assert decision.retry_at is not None
    waited = decision.retry_at - datetime.now(UTC)
    assert timedelta(seconds=seconds - 5) < waited <= timedelta(seconds=seconds)


def test_tries_end() -> None:
    assert Retries(2, 5).get_retry_decision(exception=ValueError(), job=_job(2)) is None


def _job(attempts: int) -> Job:
    return Job(
        id=1,
        queue="default",
        lock=None,
        queueing_lock=None,
        task_name="tests.note",
        attempts=attempts,
    )


@pytest.mark.django_db
def test_a_failed_job_is_listed_and_may_be_tried_again() -> None:
    number = jobs.enqueue("tests.note", key="a")
    set_status(number, "doing", "failed")
    output = StringIO()
    call_command("failed_jobs", stdout=output)
    line = json.loads(output.getvalue())
    assert line == {
        "number": number,
        "name": "tests.note",
        "attempts": 0,
        "arguments": {"key": "a"},
    }
    call_command("failed_jobs", retry=number)
    assert jobs.failed() == []
    assert ProcrastinateJob.objects.get(pk=number).status == "todo"
