import pytest
from django.urls import reverse

from jalons.access.actor import Actor
from tests.clients import client_for, nobody
from tests.worlds import a_territory, an_actor, an_organization, within

pytestmark = pytest.mark.django_db


def a_professional() -> Actor:
    territory = a_territory()
    with within(territory.pk):
        return an_actor(an_organization(territory))


def test_communes_while_typing() -> None:
    answer = client_for(a_professional()).get(reverse("nomenclature:communes"), {"q": "belfo"})
    assert answer.json()["results"][0] == {
        "value": "90010",
        "label": "Belfort",
        "hint": "Territoire de Belfort · 90000",
    }


def test_occupations_while_typing() -> None:
    answer = client_for(a_professional()).get(reverse("nomenclature:occupations"), {"q": "pontie"})
    assert answer.json()["results"] == [
        {"value": "N1104", "label": "Pontier / Pontière", "hint": "N1104"}
    ]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "\x00"}, {"q": "%" * 5000}])
@pytest.mark.parametrize("name", ["communes", "occupations"])
def test_nothing_typed_finds_nothing(name: str, query: dict[str, str]) -> None:
    answer = client_for(a_professional()).get(reverse(f"nomenclature:{name}"), query)
    assert answer.json() == {"results": []}


@pytest.mark.parametrize("name", ["communes", "occupations"])
def test_nobody_asks_without_an_account(name: str) -> None:
    assert nobody().get(reverse(f"nomenclature:{name}"), {"q": "bel"}).status_code != 200
