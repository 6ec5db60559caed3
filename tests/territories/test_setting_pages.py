"""« Réglages » on screen: what is shown, what is refused, what a page costs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories import settings
from jalons.territories.models import SettingValue, Territory
from jalons.territories.settings import Group, Kind, Setting
from jalons.territories.settings.forms import ChangeForm
from tests.clients import client_for
from tests.worlds import (
    a_mandate,
    a_platform_mandate,
    a_setting,
    a_territory,
    an_actor,
    an_organization,
    within,
)

pytestmark = pytest.mark.django_db
KEY = "attention.no_referent"
PAGE = f"/reglages/modifier/?reglage={KEY}"


@pytest.fixture
def territory(db: None) -> Territory:
    return a_territory()


@pytest.fixture
def coordinator(territory: Territory) -> Actor:
    return an_actor(an_organization(territory), Role.COORDINATOR)


@pytest.fixture
def client(coordinator: Actor) -> Client:
    return client_for(coordinator)


def sent(**values: str) -> dict[str, str]:
    today = clock.today().isoformat()
    return {"value": "10", "starts_on": today, "reason": "Décidé en comité"} | values


def text(response: Any) -> str:
    """Its no-break spaces read as ordinary ones."""
    return re.sub("&nbsp;|\u202f|\xa0", " ", response.content.decode())


def test_a_change_shows_with_its_author_and_its_reason(client: Client, coordinator: Actor) -> None:
    response: Any = client.post(PAGE, sent())
    assert response.url == PAGE
    shown = text(client.get(PAGE))
    assert "10 jours" in shown
    assert "Décidé en comité" in shown
    assert "Inès Marchal" in shown
    assert "7 jours par défaut" in text(client.get("/reglages/"))


def test_it_is_undone_from_the_page(client: Client, coordinator: Actor) -> None:
    client.post(PAGE, sent())
    with within(*coordinator.territories):
        event = Event.objects.get(kind="territories.setting_changed")
    assert f"/annuler/{event.pk}/" in text(client.get(PAGE))
    client.post(f"/annuler/{event.pk}/", {"next": PAGE})
    assert "Retiré" in text(client.get(PAGE))


def test_the_default_comes_back_without_a_value(client: Client, territory: Territory) -> None:
    a_setting(territory, KEY, 10, starts_on=clock.today())
    assert client.post(PAGE, sent(value="", default="1")).status_code == 302
    with within(territory.pk):
        assert settings.value(territory.pk, KEY, clock.today()) == 7


def test_a_planned_change_is_given_up(client: Client, territory: Territory) -> None:
    planned = a_setting(territory, KEY, 3, starts_on=clock.today() + timedelta(days=4))
    form = {"reglage": KEY, "change": str(planned.pk)}
    assert "Y renoncer" in text(client.get(PAGE))
    response: Any = client.post("/reglages/renoncer/", form)
    assert response.url == PAGE
    planned.refresh_from_db()
    assert planned.withdrawn_on == clock.today()
    assert "a déjà commencé" in text(client.post("/reglages/renoncer/", form, follow=True))
    wrong = {"reglage": "x", "change": "x"}
    assert "Choisissez le changement" in text(
        client.post("/reglages/renoncer/", wrong, follow=True)
    )


def test_every_error_is_said_at_once_and_nothing_is_lost(client: Client) -> None:
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    response = client.post(PAGE, sent(value="4000", starts_on=yesterday, reason="  "))
    assert response.status_code == 422
    shown = text(response)
    assert "Écrivez un nombre entier de 0 à 365." in shown
    assert "Choisissez aujourd’hui ou une date à venir." in shown
    assert "Écrivez pourquoi ce réglage change." in shown
    assert 'value="4000"' in shown
    assert not SettingValue.objects.exists()
    shown = text(client.post(PAGE, sent(value="7")))
    assert "C’est déjà la valeur à cette date." in shown


@pytest.mark.parametrize("key", ["", "attention.nothing", "\0", "é" * 500])
def test_an_unknown_setting_leads_back_to_the_list(client: Client, key: str) -> None:
    response: Any = client.get("/reglages/modifier/", {"reglage": key})
    assert response.url == "/reglages/"


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_pages_cost_the_same_whatever_was_recorded(
    client: Client, territory: Territory
) -> None:
    before = queries(client, "/reglages/")
    client.post(PAGE, sent())
    few = queries(client, PAGE)
    for number in range(12):
        client.post(PAGE, sent(value=str(20 + number)))
    assert queries(client, "/reglages/") == before
    assert queries(client, PAGE) == few
    assert before <= 9
    assert few <= 12


def test_the_installation_shows_values_and_nobody(territory: Territory) -> None:
    a_setting(territory, KEY, 10, starts_on=clock.today())
    account = a_mandate(an_organization(territory)).account
    mandate = a_platform_mandate(Role.PLATFORM_ADMIN, account=account)
    admin = Actor("professional", account.pk, mandate.pk, role=Role.PLATFORM_ADMIN)
    client = client_for(admin)
    shown = text(client.get("/installation/"))
    assert f"{territory.name} : 10 jours" in shown
    before = queries(client, "/installation/")
    for _ in range(3):
        a_setting(a_territory(), KEY, 3, starts_on=clock.today())
    assert queries(client, "/installation/") == before
    assert client.get("/reglages/").status_code == 404


CODES = Setting("test.codes", "Publics", "", Kind.CODES, [], Group.FOLLOW_UP, list="public")
SWITCH = Setting("test.switch", "Rappels", "", Kind.SWITCH, False, Group.FOLLOW_UP)


@pytest.mark.parametrize(
    ("setting", "held", "written", "meant"),
    [
        (CODES, [], ["brsa", "deld"], ["brsa", "deld"]),
        (CODES, ["brsa"], [], []),
        (SWITCH, False, ["oui"], True),
        (SWITCH, True, ["non"], False),
    ],
)
def test_each_kind_has_its_field(
    territory: Territory, setting: Setting, held: Any, written: list[str], meant: Any
) -> None:
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    data.update(sent())
    data.setlist("value", written)
    form = ChangeForm(setting, territory.pk, data, held)
    assert form.is_valid(), form.errors
    assert form.change().value == meant
    assert "checked" in str(ChangeForm(setting, territory.pk, None, meant)) or meant == []
