"""A territory begins: who may found it, what is there after, what refuses it."""

from dataclasses import replace
from typing import Any

import pytest

from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.journal.models import Event
from jalons.kernel.models import SentMail
from jalons.territories.actions.steering import Impossible
from jalons.territories.actors import actor_of
from jalons.territories.consortium.actions.found_territory import Founding, found_territory
from jalons.territories.models import Mandate, Membership, Organization, Territory
from tests.clients import client_for
from tests.territories.consortia import a_world, on_the_platform
from tests.worlds import within

pytestmark = pytest.mark.django_db

SAID = Founding(
    "pays-d-orbelle",
    "Pays d’Orbelle",
    "Conseil départemental",
    "DEPT",
    "73282932000074",
    "camille.serres@orbelle.example",
    "Camille",
    "Serres",
)


def founded(said: Founding = SAID) -> Territory:
    actor = on_the_platform()
    with within(account=actor.account):
        territory, event = found_territory(actor, said)
    assert event.kind == "territories.founded"
    assert event.territory is None
    return territory


def test_a_territory_is_founded_with_its_coordinator() -> None:
    territory = founded()
    assert territory.communes == []
    carrier = Organization.objects.get(territory=territory)
    assert (carrier.name, carrier.siret, carrier.sensitive) == (
        SAID.organization,
        SAID.siret,
        False,
    )
    assert Membership.objects.get(territory=territory).organization == carrier
    mandate = Mandate.objects.get(territory=territory)
    assert (mandate.role, mandate.account.email) == (Role.COORDINATOR, SAID.email)
    assert not mandate.account.has_usable_password()


def test_the_coordinator_is_led_to_the_wizard() -> None:
    mandate = Mandate.objects.get(territory=founded())
    client = client_for(actor_of(mandate.account, mandate))
    answer = client.get("/", follow=True)
    assert answer.request["PATH_INFO"] == "/consortium/mise-en-place/"
    assert "Mettre en place le consortium" in answer.content.decode()


def test_once_communes_are_chosen_the_home_is_the_usual_one() -> None:
    client = client_for(a_world().coordinator)
    assert client.get("/", follow=True).request["PATH_INFO"] == "/file-active/"


def test_an_account_already_there_is_kept() -> None:
    known = Account.objects.create(email=SAID.email, given_name="Camille", family_name="Serres")
    territory = founded(replace(SAID, email=SAID.email.upper()))
    assert Mandate.objects.get(territory=territory).account == known


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMIN])
def test_nobody_else_founds(role: Role) -> None:
    world = a_world()
    actor = world.actor(role)
    with within(account=actor.account), pytest.raises(Refused):
        found_territory(actor, SAID)
    assert Territory.objects.count() == 1


def test_a_code_is_one_territory_s() -> None:
    founded()
    with pytest.raises(Impossible, match="déjà ce code"):
        founded(replace(SAID, email="autre@orbelle.example"))


def test_a_kind_is_of_the_list() -> None:
    with pytest.raises(Impossible, match="dans la liste"):
        founded(replace(SAID, kind="INCONNU"))


def test_a_sensitive_carrier_is_hidden_from_the_start() -> None:
    territory = founded(replace(SAID, kind="CIDFF"))
    assert Organization.objects.get(territory=territory).sensitive


FIELDS = {
    "name": SAID.name,
    "code": "Pays-D-Orbelle",
    "organization": SAID.organization,
    "kind": SAID.kind,
    "siret": "732 829 320 00074",
    "given_name": SAID.given_name,
    "family_name": SAID.family_name,
    "email": SAID.email,
}


def test_the_form_founds() -> None:
    client = client_for(on_the_platform())
    answer = client.post("/territoires/nouveau/", FIELDS, follow=True)
    assert answer.request["PATH_INFO"] == "/territoires/"
    assert "Pays d’Orbelle est fondé" in answer.content.decode()
    assert Territory.objects.get().code == "pays-d-orbelle"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"siret": "73282932000075"}, "vérifiez chaque chiffre"),
        ({"code": "pays d orbelle"}, "lettres sans accent"),
        ({"email": "camille"}, "courriel complet"),
        ({"kind": ""}, "Choisissez le type"),
        ({"name": ""}, "Écrivez le nom du territoire"),
    ],
)
def test_the_form_says_what_to_correct(values: dict[str, Any], said: str) -> None:
    client = client_for(on_the_platform())
    answer = client.post("/territoires/nouveau/", FIELDS | values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Territory.objects.exists()
    assert not SentMail.objects.exists()


def test_nothing_is_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "jalons.territories.consortium.actions.found_territory.invite"
    monkeypatch.setattr(module, lambda account: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        founded()
    assert not Territory.objects.exists()
    assert not Organization.objects.exists()
    assert not Event.objects.exclude(kind="territories.mandate_opened").exists()
