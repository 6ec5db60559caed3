"""The lists of a territory on screen: an entry added, closed from a day, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.undo import undo
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.nomenclature.actions.add_term import NewTerm, add_term
from jalons.nomenclature.actions.close_term import close_term
from jalons.nomenclature.models import Term
from jalons.nomenclature.queries import terms
from tests.clients import client_for
from tests.worlds import a_territory, an_actor, an_organization, within

pytestmark = pytest.mark.django_db
PAGE = "/reglages/liste/?liste=action"


@pytest.fixture
def coordinator(db: None) -> Actor:
    return an_actor(an_organization(a_territory()), Role.COORDINATOR)


@pytest.fixture
def client(coordinator: Actor) -> Client:
    return client_for(coordinator)


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def added(actor: Actor, label: str = "Jardin partagé", since: int = 9) -> Term:
    with as_(actor), clock.travel(clock.now() - timedelta(days=since)):
        return add_term(actor, NewTerm("action", label, "mobilite"))


def proposed(actor: Actor, day: date) -> set[str]:
    found = terms("action", day, territory=actor.territory)
    return {item.label for item in found if item.territory}


def test_an_entry_is_added_and_shown(client: Client, coordinator: Actor) -> None:
    response: Any = client.post(PAGE, {"label": "Jardin partagé", "parent": "mobilite"})
    assert response.url == PAGE
    assert "Jardin partagé" in client.get(PAGE).content.decode()
    assert proposed(coordinator, clock.today()) == {"Jardin partagé"}


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"label": "", "parent": "mobilite"}, "Écrivez le libellé."),
        ({"label": "Jardin", "parent": ""}, "Choisissez une entrée de la liste."),
        ({"label": "Jardin", "parent": "nulle_part"}, "Choisissez une entrée de la liste."),
        ({"label": "x" * 151, "parent": "mobilite"}, "signes au plus"),
        ({"label": "Travailler le CV", "parent": "mobilite"}, "Cette liste a déjà"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, form: dict[str, str], message: str
) -> None:
    response = client.post(PAGE, form)
    assert response.status_code == 422
    assert message in response.content.decode()


@pytest.mark.parametrize("name", ["", "scale", "nulle_part"])
def test_a_list_that_is_not_completed_leads_to_the_others(client: Client, name: str) -> None:
    response: Any = client.get("/reglages/liste/", {"liste": name})
    assert response.url == "/reglages/listes/"


def test_an_entry_is_closed_from_a_day_and_that_is_undone(
    client: Client, coordinator: Actor
) -> None:
    term, today = added(coordinator), clock.today()
    day = today + timedelta(days=3)
    form = {"liste": "action", "term": str(term.pk), "day": day.isoformat()}
    response: Any = client.post("/reglages/liste/fermer/", form)
    assert response.url == PAGE
    assert proposed(coordinator, day - timedelta(days=1)) == {"Jardin partagé"}
    assert proposed(coordinator, day) == set()
    with as_(coordinator):
        event = Event.objects.get(kind="nomenclature.term_closed")
        undo(coordinator, event.pk)
    assert proposed(coordinator, day) == {"Jardin partagé"}


def test_a_wrong_closing_is_explained_above_the_list(client: Client, coordinator: Actor) -> None:
    term = added(coordinator)
    for day, message in (("", "Choisissez la date"), ("2020-01-01", "ou une date à venir")):
        form = {"liste": "action", "term": str(term.pk), "day": day}
        shown = client.post("/reglages/liste/fermer/", form, follow=True).content.decode()
        assert message in shown
    assert Term.objects.get(pk=term.pk).valid_until is None


def test_an_entry_of_today_is_closed_tomorrow_at_the_earliest(coordinator: Actor) -> None:
    term, today = added(coordinator, since=0), clock.today()
    with as_(coordinator):
        with pytest.raises(ValidationError):
            close_term(coordinator, term.pk, today)
        close_term(coordinator, term.pk, today + timedelta(days=1))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_the_other_roles_close_nothing(coordinator: Actor, role: Role) -> None:
    term = added(coordinator)
    with as_(coordinator), pytest.raises(Refused):
        close_term(replace(coordinator, role=role), term.pk, clock.today())


def test_nobody_closes_a_national_entry_nor_another_territory_s(coordinator: Actor) -> None:
    other = an_actor(an_organization(a_territory()), Role.COORDINATOR)
    national = Term.objects.filter(list="action", territory=None).order_by("code")[0]
    for key in (added(other).pk, national.pk, uuid4()):
        with as_(coordinator), pytest.raises(Refused):
            close_term(coordinator, key, clock.today() + timedelta(days=9))


def test_the_page_costs_the_same_whatever_it_shows(client: Client, coordinator: Actor) -> None:
    def cost(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len([query for query in captured if "nomenclature_" in str(query["sql"])])

    added(coordinator)
    cost(PAGE)
    before = cost(PAGE)
    for number in range(4):
        added(coordinator, f"Atelier {number}")
    cost(PAGE)
    assert cost(PAGE) == before <= 2
    assert cost("/reglages/listes/") <= 1
