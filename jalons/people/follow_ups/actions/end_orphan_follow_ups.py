"""A follow-up ends with the mandate under which it was held: nobody stays followed by nobody."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from jalons.access import links
from jalons.access.actor import system
from jalons.access.events import record
from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.territories.models import Mandate
from jalons.territories.team.queries import not_over

from ...circle import active_follow_ups
from ...models import FollowUp, Person
from ...sealed import refresh_sealed_readers

REASON = "mandate_ended"


@transaction.atomic
def end_orphan_follow_ups(territory: int) -> int:
    """Ends today the follow-ups whose professional works there no more; how many.

    It runs in the territory's context. Whoever still accompanies in the organization, or is about
    to, keeps theirs; another role gives no access to a follow-up.
    """
    found = list(_orphans(territory).order_by("person", "pk").select_for_update(of=("self",)))
    for follow_up in found:
        _end(follow_up)
    return len(found)


def _orphans(territory: int) -> "QuerySet[FollowUp]":
    today = clock.today()
    kept = Mandate.objects.filter(
        not_over(today),
        account=OuterRef("account"),
        organization=OuterRef("organization"),
        role=Role.PRACTITIONER,
        account__disabled_at=None,
    )
    found = active_follow_ups(today).filter(territory=territory)
    return found.filter(~Exists(kept))


def _end(follow_up: FollowUp) -> None:
    Person.objects.select_for_update().get(pk=follow_up.person_id)
    record(
        system(follow_up.territory_id),
        "people.follow_up_ended",
        person=follow_up.person_id,
        object_kind="follow_up",
        object_key=follow_up.pk,
        payload={"reason": REASON, "planned": None},
    )
    follow_up.ends_on, follow_up.end_reason = clock.today(), REASON
    follow_up.save(update_fields=["ends_on", "end_reason"])
    refresh_sealed_readers(follow_up.person_id)
    links.revoke_of(follow_up.account_id, "person", follow_up.person_id)
