"""Organizations described and invitations prepared by hand-made sources."""

import pytest
from django.db import IntegrityError, transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.actions.outcomes import Outcome
from jalons.territories.models import Invitation, Organization
from jalons.territories.structures.actions.record_organization import (
    Description,
    record_organization,
)
from jalons.territories.team.actions.prepare_invitation import Guest, prepare_invitation
from tests.worlds import a_territory, an_actor, an_organization, within

pytestmark = pytest.mark.django_db

GUEST = Guest("lea.morin@asso.example", "Léa", "Morin", "directrice", ["+33639980011"])


def a_coordinator() -> tuple[Actor, Organization]:
    home = an_organization(a_territory())
    return an_actor(home, Role.COORDINATOR), home


def kinds_of(actor: Actor) -> list[str]:
    assert actor.territory
    with within(actor.territory):
        return list(
            Event.objects.filter(territory=actor.territory, account=actor.account)
            .order_by("position")
            .values_list("kind", flat=True)
        )


def prepare(actor: Actor, home: Organization, guest: Guest = GUEST) -> Outcome:
    with within(home.territory_id):
        return prepare_invitation(actor, home, Role.MANAGER, guest)


def describe(actor: Actor, said: Description, key: object = None) -> tuple[Organization, Outcome]:
    assert actor.territory
    with within(actor.territory):
        return record_organization(actor, said, key)  # type: ignore[arg-type]


def test_an_invitation_is_prepared_once() -> None:
    actor, home = a_coordinator()
    assert prepare(actor, home) is Outcome.CREATED
    assert prepare(actor, home) is Outcome.UNCHANGED
    found = Invitation.objects.get()
    assert (found.state, found.field, found.role) == ("prepared", "", "manager")
    assert kinds_of(actor) == ["territories.invitation_prepared"]


def test_a_corrected_name_changes_it_and_an_empty_one_does_not() -> None:
    actor, home = a_coordinator()
    prepare(actor, home)
    corrected = Guest("LEA.MORIN@asso.example", "Léa", "Morin-Diaz")
    assert prepare(actor, home, corrected) is Outcome.UPDATED
    found = Invitation.objects.get()
    assert (found.family_name, found.function) == ("Morin-Diaz", "directrice")


def test_an_invitation_that_was_sent_is_left_alone() -> None:
    actor, home = a_coordinator()
    prepare(actor, home)
    with within(home.territory_id):
        Invitation.objects.update(sent_at=clock.now())
    assert prepare(actor, home, Guest(GUEST.email, "Lia")) is Outcome.UNCHANGED
    assert Invitation.objects.get().state == "sent"


def test_who_works_there_already_is_not_invited() -> None:
    actor, home = a_coordinator()
    with within(home.territory_id):
        manager = an_actor(home, Role.MANAGER)

    assert manager.account
    email = Account.objects.get(pk=manager.account).email
    assert prepare(actor, home, Guest(email.upper())) is Outcome.UNCHANGED
    assert not Invitation.objects.exists()


def test_a_manager_prepares_for_their_own_structure_only() -> None:
    territory = a_territory()
    home, other = an_organization(territory), an_organization(territory)
    manager = an_actor(home, Role.MANAGER)
    assert prepare(manager, home) is Outcome.CREATED
    with pytest.raises(Refused):
        prepare(manager, other)


def test_accepted_without_being_sent_is_impossible() -> None:
    actor, home = a_coordinator()
    prepare(actor, home)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(accepted_at=clock.now())


def test_a_structure_is_created_then_changed_then_left() -> None:
    actor, _ = a_coordinator()
    said = Description("Les Ateliers du Fil", postcode="90000", city="Belfort")
    created, outcome = describe(actor, said)
    assert outcome is Outcome.CREATED
    more = Description("Les Ateliers du Fil", email="contact@fil.example")
    assert describe(actor, more, created.pk)[1] is Outcome.UPDATED
    assert describe(actor, more, created.pk)[1] is Outcome.UNCHANGED
    found = Organization.objects.get(pk=created.pk)
    assert (found.email, found.city) == ("contact@fil.example", "Belfort")
    assert kinds_of(actor) == [
        "territories.organization_created",
        "territories.organization_changed",
    ]


def test_a_guess_does_not_change_a_known_kind() -> None:
    actor, home = a_coordinator()
    guessed = Description(home.name, kind="CSAPA", sensitive=True, city="Belfort")
    changed, outcome = describe(actor, guessed, home.pk)
    assert outcome is Outcome.UPDATED
    assert (changed.kind, changed.sensitive) == ("ASSOCIATION", False)


def test_a_practitioner_describes_nothing() -> None:
    actor = an_actor(an_organization(a_territory()))
    with pytest.raises(Refused):
        describe(actor, Description("Nouvelle structure"))
