"""The nightly run: what `plan` says, no more and no less."""

from collections.abc import Callable
from uuid import UUID

from jalons.access.whole_file import ALIAS, whole_file
from jalons.journal import events
from jalons.kernel import clock
from jalons.people.models import Person

from ..erasure.erase import erase
from .consultations import end, ended
from .intakes import destroy, plan_intakes
from .plan import Due, plan


def run_retention(say: Callable[[str], object], *, dry: bool = False) -> int:
    """Archives, erases and destroys what is due today, and ends the old consultations; says each
    line before. Returns how many files and requests.

    A dry run says the same lines and changes nothing but its own trace in the journal.
    """
    with whole_file("retention", about={"dry": "oui" if dry else "non"}) as alias:
        todo = plan(clock.today(), alias)
        unanswered = plan_intakes(clock.today(), alias)
    for due in todo:
        say(str(due))
        if not dry:
            _do(due)
    for intake in unanswered:
        say(str(intake))
        if not dry:
            destroy(intake)
    _end_consultations(say, dry=dry)
    return len(todo) + len(unanswered)


def _end_consultations(say: Callable[[str], object], *, dry: bool) -> None:
    """The old consultations go, whatever became of the files."""
    today = clock.today()
    for over in ended(today, ALIAS):
        say(str(over))
        if not dry:
            end(over, today)


def _do(due: Due) -> None:
    if due.step == "erase":
        erase(due.person, due.territory, "retention")
    else:
        _archive(due.person, due.territory)


def _archive(person: UUID, territory: int) -> None:
    with whole_file("retention", person=person) as alias:
        events.append("rights.file_archived", territory=territory, person=person, using=alias)
        waiting = Person.objects.using(alias).filter(pk=person, archived_at=None)
        waiting.update(archived_at=clock.now())
