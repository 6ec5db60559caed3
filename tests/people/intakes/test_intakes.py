"""A request that arrives before any search: kept whole, told to nobody, in nobody's file."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag

from jalons.access.actor import ANONYMOUS, system
from jalons.journal.models import Event
from jalons.kernel.ids import uuid7
from jalons.people.intakes.actions.receive import receive_intake
from jalons.people.intakes.said import Said, disclose, enclose
from jalons.people.models import Intake
from jalons.people.models.entry import Origin
from tests.worlds import a_case, within

SAID = Said(
    "Le Goff",
    "Anne-Sophie",
    date(1990, 5, 17),
    phone="+33612345678",
    request="Je cherche un logement près de l’école.",
)


def test_what_was_typed_comes_back_for_its_row_only() -> None:
    key = uuid7()
    cipher = enclose(SAID, key)
    assert disclose(cipher, key) == SAID
    unknown = replace(SAID, birth_date=None)
    assert disclose(enclose(unknown, key), key) == unknown
    with pytest.raises(InvalidTag):
        disclose(cipher, uuid7())


@pytest.mark.django_db
@pytest.mark.parametrize("origin", [Origin.SELF, Origin.CAF_FLOW, Origin.STATUS_CHANGE])
def test_an_intake_keeps_its_origin_and_looks_for_nobody(origin: Origin) -> None:
    """Received alike whether the person is known or not, and the event tells nothing of them."""
    case = a_case(family_name=SAID.family_name, given_name=SAID.given_name)
    territory = case.person.territory_id
    with within(territory):
        made = receive_intake(system(territory), SAID, origin=origin)
        kept = Intake.objects.get(pk=made.pk)
        event = Event.objects.get(kind="people.intake_received")
    assert (kept.origin, kept.person_id, kept.door_id, kept.set_aside) == (origin, None, None, "")
    assert b"Goff" not in bytes(kept.cipher)
    assert (event.person, event.object_key, event.territory) == (None, made.pk, territory)


@pytest.mark.django_db
def test_another_territory_never_sees_it() -> None:
    territory = a_case().person.territory_id
    with within(territory):
        receive_intake(system(territory), SAID, origin=Origin.SELF)
    with within(territory + 1):
        assert not Intake.objects.exists()


@pytest.mark.django_db
def test_nothing_is_received_outside_a_territory() -> None:
    with pytest.raises(ValueError, match="one territory"):
        receive_intake(ANONYMOUS, SAID, origin=Origin.SELF)
