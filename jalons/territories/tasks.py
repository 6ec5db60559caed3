"""What follows for professionals, once an event is written."""

from uuid import UUID

from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.journal.notifications import notify
from jalons.kernel import clock, row_security
from jalons.kernel.jobs import job

from .models import Invitation
from .queries import mandates_of_territory
from .team.actions import send_invitation


@job("territories.mail_invitation")
def mail_invitation(invitation: str, sent_at: str) -> None:
    send_invitation.mail_invitation(UUID(invitation), sent_at)


@job("territories.tell_coordinators")
def tell_coordinators(event: str, territory: int) -> None:
    """Somebody shows contact after contact: the territory's coordinators are told."""
    with row_security.context([territory]):
        notify(Event.objects.get(pk=event), _at_work(territory, Role.COORDINATOR))


@job("territories.tell_inviters")
def tell_inviters(event: str, territory: int) -> None:
    """Somebody asks for another link: whoever sent it, else those who may."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        asked = Invitation.objects.filter(pk__in=[happened.object_key]).first()
        if asked:
            notify(happened, _inviters(asked))


def _inviters(asked: Invitation) -> list[UUID]:
    at_work = mandates_of_territory(asked.territory_id, clock.today())
    if asked.sent_by_id in {mandate.pk for mandate in at_work}:
        return [mandate.account_id for mandate in at_work if mandate.pk == asked.sent_by_id]
    managers = [
        mandate.account_id
        for mandate in at_work
        if mandate.role == Role.MANAGER and mandate.organization_id == asked.organization_id
    ]
    return managers or _at_work(asked.territory_id, Role.COORDINATOR)


def _at_work(territory: int, role: Role) -> list[UUID]:
    at_work = mandates_of_territory(territory, clock.today())
    return [mandate.account_id for mandate in at_work if mandate.role == role]
