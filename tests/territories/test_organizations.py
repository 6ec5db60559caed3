"""The structures of one's territory: the list, its search, its twin, its cost."""

import math
from itertools import product
from typing import Any

import pytest

from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.nomenclature import cache
from jalons.territories.models import Organization, Territory
from jalons.territories.relations import load_organization
from jalons.territories.team import who_queries as queries
from tests.circles import a_professional
from tests.clients import client_for
from tests.worlds import a_territory, an_actor, an_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory(db: None) -> Territory:
    return a_territory()


def names(found: Any) -> list[str]:
    return [row.name for row in found]


def test_the_list_and_the_object_agree(territory: Territory) -> None:
    elsewhere = a_territory()
    rows = [an_organization(place) for place in (territory, territory, elsewhere)]
    for role, level in product(Role, Level):
        actor = a_professional(role, territory=territory.pk)
        visible = Organization.objects.filter(visible_to(actor, "organization", level))
        found = set(visible.values_list("pk", flat=True))
        facts = [load_organization(row.pk, clock.now()) for row in rows]
        one_by_one = {each.key for each in facts if each and decide(actor, "read", each, level)}
        assert found == one_by_one, (role, level)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ["Agence", "CCAS de Belfort", "Élan Insertion"]),
        ("elan", ["Élan Insertion"]),
        ("ÉLAN", ["Élan Insertion"]),
        ("belfort ccas", ["CCAS de Belfort"]),
        ("belfort élan", []),
        ("%", ["Agence", "CCAS de Belfort", "Élan Insertion"]),
        ("zz%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_every_word_is_found_without_accents(
    territory: Territory, words: str, expected: list[str]
) -> None:
    for name in ("CCAS de Belfort", "Élan Insertion"):
        an_organization(territory, name)
    actor = an_actor(an_organization(territory, "Agence"))
    assert names(queries.partners(actor, queries.Sought(words))) == expected


def test_the_page_lists_one_s_own_territory(territory: Territory) -> None:
    an_organization(a_territory(), "Voisine")
    client = client_for(an_actor(an_organization(territory, "Agence")))
    page = client.get("/structures/").content.decode()
    assert "Agence" in page
    assert "Voisine" not in page
    assert client.get("/structures/", {"q": "rien"}).context["rows"] == []


def test_the_page_costs_a_fixed_number_of_queries(
    territory: Territory, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But the look at the lists' stamp, which comes every other second."""
    monkeypatch.setattr(cache, "LOOK_EVERY", math.inf)
    client = client_for(an_actor(an_organization(territory)))
    client.get("/structures/")
    for _ in range(2):
        with django_assert_num_queries(14):
            client.get("/structures/", {"q": "structure"})
        for _ in range(7):
            an_organization(territory)
