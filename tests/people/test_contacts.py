"""Contacts and numbers of a person, a hidden address, discreet contacts."""

from typing import Any
from uuid import UUID

import pytest

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.access.undo import undo
from jalons.journal.models import Event, Notification
from jalons.people import contacts
from jalons.people.identifiers import new_identifier
from jalons.people.identity.actions.change_contacts import (
    Described,
    SealedForYou,
    add_contact,
    end_contact,
    replace_contact,
)
from jalons.people.identity.actions.change_identifiers import (
    add_identifier,
    remove_identifier,
    replace_identifier,
)
from jalons.people.identity.actions.discretion import be_discreet, hide_address
from jalons.people.identity.actions.protect import protect
from jalons.people.identity.channels import usable_channels
from jalons.people.models import Contact, Identifier, Person
from jalons.people.statuses.actions.name_reader import name_reader, remove_reader
from jalons.people.tasks import tell_referent
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_contact,
    a_follow_up,
    a_person,
    an_actor,
    an_identifier,
    within,
)

pytestmark = pytest.mark.django_db
HOUSE = "12 rue des Acacias\n90000 Belfort"


@pytest.fixture
def case(db: None) -> Case:
    case = a_case()
    a_follow_up(case.person, case.partenaire)
    return case


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def values(case: Case, actor: Actor) -> set[str]:
    """What row security lets an account read of the running contacts."""
    with as_(actor):
        rows = Contact.objects.filter(person=case.person.pk, ends_on=None)
        return {contacts.read(row).value for row in rows}


def page(actor: Actor, case: Case, *, revealed: bool = False) -> str:
    address, client = f"/personnes/{case.person.pk}/", client_for(actor)
    response = (
        client.post(f"{address}informations-restreintes/") if revealed else client.get(address)
    )
    return str(response.content.decode())


def test_added_replaced_ended_and_taken_back(case: Case) -> None:
    clerk = an_actor(case.home, Role.CLERK)
    with as_(clerk):
        event = add_contact(
            clerk, case.person.pk, Described("phone", "06 39 98 00 21", "appeler après 18 h")
        )
        assert event.object_key
        key = event.object_key
        replaced = replace_contact(clerk, case.person.pk, key, Described("phone", "0639980022"))
        assert replaced.object_key
        ended = end_contact(clerk, case.person.pk, replaced.object_key)
        assert not Contact.objects.filter(ends_on=None).exists()
        undo(clerk, ended.pk)
    assert values(case, clerk) == {"+33639980022"}
    assert "06 39 98 00 22" in page(case.partenaire, case).replace("\u00a0", " ")


def test_an_email_of_a_couple_is_accepted_and_said(case: Case) -> None:
    other = a_person(case.territory, family_name="Zimmer")
    a_contact(other, "email", "nous@exemple.fr")
    address = f"/personnes/{case.person.pk}/contacts/nouveau/"
    sent = {"kind": "email", "value": "Nous@exemple.fr"}
    answer = client_for(case.partenaire).post(address, sent, follow=True)
    told = answer.content.decode()
    assert "aussi celui d’une autre personne" in told
    assert "Zimmer" not in told


def test_an_email_of_somebody_protected_is_nobody_s(case: Case) -> None:
    a_contact(a_person(case.territory, protected=True), "email", "nous@exemple.fr")
    address = f"/personnes/{case.person.pk}/contacts/nouveau/"
    sent = {"kind": "email", "value": "nous@exemple.fr"}
    answer = client_for(case.partenaire).post(address, sent, follow=True)
    assert "une autre personne" not in answer.content.decode()


def test_a_hidden_address_is_read_by_the_readers_of_the_seal_only(case: Case) -> None:
    a_contact(case.person, "address", HOUSE)
    a_contact(case.person, "phone", "06 39 98 00 23")
    with as_(case.partenaire), pytest.raises(Refused):
        hide_address(case.partenaire, case.person.pk, hidden=True)
    with as_(case.referente):
        event = hide_address(case.referente, case.person.pk, hidden=True)
    assert event.kind == "people.person_changed"
    assert HOUSE in values(case, case.referente)
    for actor in (case.partenaire, case.collegue, *case.others.values()):
        assert HOUSE not in values(case, actor)
    for actor in (case.partenaire, an_actor(case.home, Role.MANAGER)):
        assert "Belfort" not in page(actor, case)
        assert "Acacias" not in page(actor, case)
    assert "06 39 98 00 23" in page(case.partenaire, case).replace("\u00a0", " ")
    assert "Belfort" not in page(case.referente, case)
    assert "Acacias" in page(case.referente, case, revealed=True)
    assert "Acacias" not in page(case.partenaire, case, revealed=True)
    with as_(case.referente):
        sealed = Consultation.objects.filter(level="sealed").values_list("account", flat=True)
        assert list(sealed) == [case.referente.account]
    with as_(case.partenaire), pytest.raises(SealedForYou):
        add_contact(case.partenaire, case.person.pk, Described("address", "ailleurs"))
    with as_(case.referente):
        hide_address(case.referente, case.person.pk, hidden=False)
    assert HOUSE in values(case, case.partenaire)


def test_somebody_that_the_person_names_reads_it_until_they_are_not_named(case: Case) -> None:
    a_contact(case.person, "address", HOUSE)
    assert case.partenaire.account
    with as_(case.referente):
        hide_address(case.referente, case.person.pk, hidden=True)
        name_reader(case.referente, case.person.pk, "violences", case.partenaire.account)
    assert "Acacias" in page(case.partenaire, case, revealed=True)
    with as_(case.referente):
        stranger = case.others[Role.MANAGER].account
        assert stranger
        with pytest.raises(Refused):
            name_reader(case.referente, case.person.pk, "violences", stranger)
        named = case.person.sealed_readers.get(reason="named")
        remove_reader(case.referente, case.person.pk, named.pk)
    assert "Acacias" not in page(case.partenaire, case, revealed=True)


def test_discreet_contacts_serve_only_when_they_are_safe(case: Case) -> None:
    a_contact(case.person, "phone", "06 39 98 00 24")
    a_contact(case.person, "email", "amie@exemple.fr", note="une amie", safe=True)
    assert usable(case) == {"+33639980024", "amie@exemple.fr"}
    with as_(case.referente):
        be_discreet(case.referente, case.person.pk, discreet=True)
    assert usable(case) == {"amie@exemple.fr"}
    assert values(case, case.partenaire) == set()
    shown = page(case.referente, case, revealed=True)
    assert shown.count("Ne pas utiliser") == 1
    assert 'href="tel:' not in shown


def usable(case: Case) -> set[str]:
    with as_(case.referente):
        person = Person.objects.get(pk=case.person.pk)
        return {channel.content.value for channel in usable_channels(person)}


def test_a_number_is_revealed_alone_and_a_nir_never(case: Case) -> None:
    number = an_identifier(case.person, "ft", "7654321Z", source=case.home.pk)
    nir = an_identifier(case.person, "nir", "2850590010123")
    shown = page(case.partenaire, case)
    assert "7654321Z" not in shown
    assert "Connu" in shown
    client = client_for(case.partenaire)
    for key, seen in ((number.pk, True), (nir.pk, False)):
        address = f"/personnes/{case.person.pk}/numeros/{key}/afficher/"
        answer = client.post(address).content.decode()
        assert ("7654321Z" in answer) == seen
        assert "28505900101" not in answer


def test_numbers_are_added_corrected_removed(case: Case) -> None:
    with as_(case.partenaire):
        kept = add_identifier(case.partenaire, case.person.pk, "caf", "1234567 K")
        assert kept.event
        assert kept.event.object_key
        again = add_identifier(case.partenaire, case.person.pk, "caf", "1234567")
        assert again.event is None
        fixed = replace_identifier(
            case.partenaire, case.person.pk, kept.event.object_key, "7654321"
        )
        assert fixed.event
        assert fixed.event.object_key
        assert Identifier.objects.count() == 1
        remove_identifier(case.partenaire, case.person.pk, fixed.event.object_key)
        assert not Identifier.objects.exists()


@pytest.mark.parametrize("hidden", [False, True], ids=["in plain sight", "protected"])
def test_the_number_of_somebody_else(case: Case, hidden: bool) -> None:
    """Nobody learns that a protected person has it; their référent is told in both cases."""
    other = a_person(case.territory)
    a_follow_up(other, case.collegue, "referent")
    an_identifier(other, "si", "IODAS77")
    if hidden:
        with as_(case.collegue):
            protect(case.collegue, other.pk, protected=True)
    address = f"/personnes/{case.person.pk}/numeros/nouveau/"
    answer = client_for(case.partenaire).post(address, {"kind": "si", "value": "iodas 77"})
    assert answer.status_code == (302 if hidden else 422)
    assert case.person.family_name not in answer.content.decode()
    with as_(case.referente):
        event = Event.objects.get(kind="people.identifier_met")
        assert event.person == other.pk
        held = Identifier.objects.filter(person=case.person.pk)
        assert held.exists() is hidden
    tell_referent(str(event.pk), case.territory.pk)
    with as_(case.collegue):
        assert told() == {case.collegue.account}


def told() -> set[UUID]:
    return set(Notification.objects.values_list("account", flat=True))


def test_a_wrong_number_says_what_to_do(case: Case) -> None:
    address = f"/personnes/{case.person.pk}/numeros/nouveau/"
    answer = client_for(case.partenaire).post(address, {"kind": "nir", "value": "12"})
    assert answer.status_code == 422
    assert "Vérifiez ce numéro" in answer.content.decode()
    made = new_identifier(case.person, "nir", "2850590010123")
    assert b"28505900101" not in bytes(made.cipher) + bytes(made.digest)
