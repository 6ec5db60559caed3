from jalons.journal import outbox
from jalons.kernel import jobs


def test_each_subscriber_is_a_job() -> None:
    assert {job for _, job in outbox._subscriptions} <= set(jobs.registered())


def test_the_journal_seals_and_sends_by_itself() -> None:
    assert {"journal.seal", "journal.digest"} <= set(jobs.registered())
