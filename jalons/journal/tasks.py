"""The journal's jobs: both manage their own transactions, as the whole-file role."""

from jalons.kernel.jobs import job

from . import digests, export, seals


@job("journal.seal", cron="*/5 * * * *", atomic=False)
def seal() -> None:
    """Seals what is settled and tells it outside, with what an earlier run could not tell."""
    seals.seal()
    export.export()


@job("journal.digest", cron="*/15 * * * *", atomic=False)
def digest() -> None:
    """Due from 7 o'clock in Paris, once a day an account: a worker that was down catches up."""
    digests.send_digests()
