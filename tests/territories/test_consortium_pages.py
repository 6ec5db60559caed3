"""Each page of the consortium: who reads it, what it says, what it costs."""

import math
from typing import Any

import pytest

from jalons.access.roles import Role
from jalons.journal import events
from jalons.nomenclature import cache
from jalons.territories.models import (
    Action,
    Axis,
    Convention,
    Milestone,
    Organization,
    Reception,
    Territory,
)
from tests.clients import client_for
from tests.territories.consortia import (
    OF_A_TERRITORY,
    World,
    a_calendar,
    a_place,
    a_signed_convention,
    a_world,
    on_the_platform,
)

pytestmark = pytest.mark.django_db

STEERED = [
    "/consortium/mise-en-place/",
    "/consortium/communes/",
    "/consortium/membres/",
    "/consortium/membres/nouveau/",
    "/consortium/convention/",
    "/consortium/convention/nouvelle/",
    "/consortium/axes/",
    "/consortium/objectif/",
    "/consortium/premieres-actions/",
    "/consortium/equipe/",
    "/calendrier/actions/nouvelle/",
    "/calendrier/jalons/nouveau/",
]


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.mark.parametrize("role", Role)
def test_who_reads_the_consortium_and_its_calendar(world: World, role: Role) -> None:
    client = client_for(world.actor(role))
    expected = 200 if role in OF_A_TERRITORY else 404
    for path in ("/consortium/", "/calendrier/", f"/structures/{world.carrier.pk}/"):
        assert client.get(path).status_code == expected, path


@pytest.mark.parametrize("role", Role)
def test_only_a_coordinator_sets_up(world: World, role: Role) -> None:
    client = client_for(world.actor(role))
    expected = 200 if role == Role.COORDINATOR else 404
    for path in STEERED:
        assert client.get(path).status_code == expected, path
        assert client.get(f"{path}?parcours=1").status_code == expected, path


@pytest.mark.parametrize("full", [False, True])
def test_pages_stand_empty_and_full(world: World, full: bool) -> None:
    if full:
        a_signed_convention(world)
        a_calendar(world)
        a_place(world)
    client = client_for(world.coordinator)
    for path in [*STEERED, "/consortium/", "/calendrier/", f"/structures/{world.carrier.pk}/"]:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("role", Role)
def test_who_lists_and_founds_territories(role: Role) -> None:
    actor = a_world().actor(role)
    client = client_for(actor)
    reads = role in (Role.OBSERVER, Role.PLATFORM_ADMIN)
    assert client.get("/territoires/").status_code == (200 if reads else 404)
    founds = role == Role.PLATFORM_ADMIN
    assert client.get("/territoires/nouveau/").status_code == (200 if founds else 404)


@pytest.mark.parametrize(
    ("path", "most"),
    [("/consortium/", 26), ("/calendrier/", 14), ("/consortium/mise-en-place/", 19)],
)
def test_a_page_costs_the_same_however_much_it_shows(
    world: World, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    a_signed_convention(world)
    client = client_for(world.coordinator)
    client.get(path)
    with django_assert_max_num_queries(most) as empty:
        client.get(path)
    a_calendar(world)
    with django_assert_max_num_queries(most) as full:
        client.get(path)
    assert len(full) <= len(empty) + 1


def test_a_structure_costs_the_same_whatever_its_places(
    world: World, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But the look at the lists' stamp, which comes every other second."""
    monkeypatch.setattr(cache, "LOOK_EVERY", math.inf)
    client = client_for(world.coordinator)
    path = f"/structures/{world.carrier.pk}/"
    a_place(world, commune="90010")
    client.get(path)
    for number in range(2):
        with django_assert_num_queries(14):
            client.get(path)
        for _ in range(3):
            a_place(world, f"Antenne {number}", commune="90010")
    assert Reception.objects.count() == 7


def test_the_platform_lists_no_person(django_assert_num_queries: Any) -> None:
    client = client_for(on_the_platform())
    client.get("/territoires/")
    for _ in range(2):
        with django_assert_num_queries(11):
            client.get("/territoires/")
        a_world()


STRANGE = 'L\'Élan "Nord" & <b>Cie</b> {{ name }}'


def test_what_somebody_wrote_is_shown_as_written(world: World) -> None:
    """Names go through components: escaped once, never read as markup nor as a template."""
    a_signed_convention(world)
    action = a_calendar(world)[0][0]
    Organization.objects.update(name=STRANGE)
    Territory.objects.update(name=STRANGE)
    with world.acting():
        events.append("territories.axes_changed", territory=world.territory.pk)
        Axis.objects.update(title=STRANGE, description=STRANGE)
        Action.objects.update(title=STRANGE)
        Milestone.objects.update(title=STRANGE)
        Convention.objects.update(title=STRANGE, aims=STRANGE)
    client = client_for(world.coordinator)
    for path in [
        *STEERED,
        "/consortium/",
        "/calendrier/",
        f"/structures/{world.carrier.pk}/",
        f"/structures/{world.carrier.pk}/modifier/",
        f"/structures/{world.carrier.pk}/discretion/",
        f"/consortium/membres/{world.carrier.pk}/sortie/",
        f"/calendrier/actions/{action.pk}/",
        f"/calendrier/actions/{action.pk}/abandonner/",
    ]:
        page = client.get(path).content.decode()
        assert "<b>Cie" not in page, path
        assert "&amp;amp;" not in page, path
        assert "&amp;lt;" not in page, path
        assert "&amp;quot;" not in page, path
        assert "&amp;#" not in page, path
    assert "{{ name }}" in client.get("/consortium/").content.decode()
