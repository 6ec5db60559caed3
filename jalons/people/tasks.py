"""What follows for people's professionals, once an event is written."""

from jalons.journal.models import Event
from jalons.journal.notifications import notify
from jalons.kernel import clock, row_security
from jalons.kernel.jobs import job

from .circle import load_circle


@job("people.tell_referent")
def tell_referent(event: str, territory: int) -> None:
    """Tells the référent of the moment, unless the act was theirs (security.md, row 9)."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        circle = load_circle(happened.person, clock.now()) if happened.person else None
        if circle and circle.referent:
            notify(happened, [circle.referent.account])
