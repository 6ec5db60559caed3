"""What the forms of the consortium answer: the next step, or the same page with what to correct."""

from typing import Any

import pytest

from jalons.kernel import clock, exports
from jalons.territories.models import Action, Axis, Membership, Organization, Reception
from tests.clients import client_for
from tests.territories.consortia import (
    World,
    a_calendar,
    a_place,
    a_signed_convention,
    a_world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.fixture
def client(world: World) -> Any:
    return client_for(world.coordinator)


MEMBER = {"name": "CSAPA du Lion", "kind": "CSAPA", "siret": "", "starts_on": "2026-03-01"}


def test_a_new_member_is_sensitive_as_its_kind_is(client: Any) -> None:
    answer = client.post("/consortium/membres/nouveau/?parcours=1", MEMBER)
    assert answer.status_code == 302
    assert answer.url == "/consortium/membres/?parcours=1"
    created = Organization.objects.get(name="CSAPA du Lion")
    assert created.sensitive
    assert Membership.objects.get().organization == created


def test_a_duplicate_is_proposed_then_created_anyway_when_only_its_name_is_the_same(
    client: Any, world: World
) -> None:
    same = MEMBER | {"name": "DÉPARTEMENT", "kind": "DEPT"}
    answer = client.post("/consortium/membres/nouveau/", same)
    assert answer.status_code == 422
    assert f"/consortium/membres/{world.carrier.pk}/entree/" in answer.content.decode()
    assert not Membership.objects.exists()
    assert client.post("/consortium/membres/nouveau/", same | {"anyway": "1"}).status_code == 302
    assert Organization.objects.filter(territory=world.territory).count() == 2


def test_the_same_siret_is_the_same_structure(client: Any, world: World) -> None:
    Organization.objects.filter(pk=world.carrier.pk).update(siret="73282932000074")
    values = MEMBER | {"siret": "732 829 320 00074", "anyway": "1"}
    assert client.post("/consortium/membres/nouveau/", values).status_code == 422
    assert Organization.objects.filter(territory=world.territory).count() == 1


def test_a_step_leads_to_the_next_one_and_a_page_back_to_its_own(client: Any, world: World) -> None:
    a_signed_convention(world)
    axes = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-title": "Une méthode",
        "form-0-national": "method",
    }
    assert (
        client.post("/consortium/axes/?parcours=1", axes).url == "/consortium/objectif/?parcours=1"
    )
    held = {"form-0-key": str(Axis.objects.get().pk), "form-INITIAL_FORMS": "1"}
    assert client.post("/consortium/axes/", axes | held).url == "/consortium/"
    assert Axis.objects.count() == 1
    goal = {"year": str(clock.today().year), "persons": "850"}
    answer = client.post("/consortium/objectif/?parcours=1", goal)
    assert answer.url == "/consortium/premieres-actions/?parcours=1"
    kept = {"kept": ["members", "cellule"], "starts_on": "2026-03-01"}
    answer = client.post("/consortium/premieres-actions/?parcours=1", kept)
    assert answer.url == "/consortium/equipe/?parcours=1"
    assert Action.objects.count() == 2


def test_axes_without_title_are_refused_and_nothing_is_lost(client: Any) -> None:
    none = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-national": "method"}
    answer = client.post("/consortium/axes/", none)
    assert answer.status_code == 422
    assert "Gardez au moins un axe" in answer.content.decode()


def test_communes_are_found_by_prefix_and_added_by_epci(client: Any, world: World) -> None:
    page = client.get("/consortium/communes/", {"q": "grand belf"}).content.decode()
    assert "CA Grand Belfort" in page
    siren = next(group for group in _groups(client, "grand belf") if group.kind == "epci").code
    client.post("/consortium/communes/", {"kind": "epci", "code": siren})
    world.territory.refresh_from_db()
    assert len(world.territory.communes) > 50
    client.post("/consortium/communes/", {"kind": "departement", "code": "90"})
    world.territory.refresh_from_db()
    assert len(world.territory.communes) == 101


def _groups(client: Any, words: str) -> Any:
    return client.get("/consortium/communes/", {"q": words}).context["choices"]


@pytest.mark.parametrize(
    "choice",
    [
        {"kind": "epci", "code": ""},
        {"kind": "commune", "code": "99999"},
        {"kind": "tout", "code": "90"},
        {"removed": "90010"},
        {"name": ""},
    ],
)
def test_a_strange_choice_changes_nothing(client: Any, world: World, choice: Any) -> None:
    assert client.post("/consortium/communes/", choice).status_code == 302
    before = world.territory.name
    world.territory.refresh_from_db()
    assert (world.territory.communes, world.territory.name) == (["90010"], before)


def test_hours_are_said_as_people_write_them(client: Any, world: World) -> None:
    path = f"/structures/{world.carrier.pk}/lieux/nouveau/"
    values = {"name": "Antenne", "day_1": "9h-12h", "postcode": "90000", "city": "belfort"}
    assert client.post(path, values | {"day_2": "le matin"}).status_code == 422
    assert client.post(path, values).status_code == 302
    place = Reception.objects.get()
    assert place.commune == "90010"
    page = client.get(f"/structures/{world.carrier.pk}/").content.decode()
    assert "<b>Lundi</b> 9\u00a0h – 12\u00a0h" in page


def test_closing_a_place_is_undone_from_the_page(client: Any, world: World) -> None:
    place = a_place(world)
    path = f"/structures/{world.carrier.pk}/lieux/{place.pk}/fermer/"
    page = client.post(path, follow=True).content.decode()
    undo = page.split('action="/annuler/')[1].split('"')[0] if "/annuler/" in page else ""
    assert undo
    client.post(f"/annuler/{undo}", {"next": "/"})
    place.refresh_from_db()
    assert place.closed_on is None


@pytest.mark.parametrize("suffix", exports.FORMATS)
def test_the_calendar_is_exported_whole(client: Any, world: World, suffix: str) -> None:
    a_calendar(world)
    answer = client.post("/calendrier/export/", {"format": suffix})
    assert answer.status_code == 200
    assert f".{suffix}" in answer.headers["Content-Disposition"]
    content = answer.getvalue()
    assert content
    if suffix == "csv":
        text = content.decode("utf-8-sig")
        assert (text.count('"Action";'), text.count('"Jalon";')) == (8, 9)


def test_an_unknown_format_is_nothing(client: Any) -> None:
    assert client.post("/calendrier/export/", {"format": "exe"}).status_code == 404
