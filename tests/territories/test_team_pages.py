"""The pages of the teams and who's who: what they list, to whom, at which cost."""

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide, visible_to
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.access.table import SEE_TEAM, SEND
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.kernel.phones import shown
from jalons.nomenclature import cache
from jalons.territories.models import Invitation, Mandate, Membership, Organization
from jalons.territories.tasks import tell_coordinators
from jalons.territories.team.actions.mandates import MandateEnded
from jalons.territories.team.actions.reveal_contact import HOURLY_QUOTA, TooMany, reveal_contact
from jalons.territories.team.queries import TeamFilter, team, team_filter
from jalons.territories.team.relations import load_invitation, load_mandate
from jalons.territories.team.who_queries import Sought, partners
from tests.clients import PURPOSE, client_for
from tests.worlds import (
    a_mandate,
    a_platform_mandate,
    a_territory,
    an_actor,
    an_invitation,
    an_organization,
    within,
    written_over,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Organization:
    return an_organization(a_territory(), "Département", kind="DEPT", commune="90010")


@pytest.fixture
def manager(home: Organization) -> Actor:
    return an_actor(home, Role.MANAGER)


@pytest.fixture
def coordinator(home: Organization) -> Actor:
    return an_actor(an_organization(home.territory, "Agence"), Role.COORDINATOR)


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def page_of(actor: Actor, path: str = "/equipe/", **query: str) -> str:
    response = client_for(actor).get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_and_the_object_agree(home: Organization) -> None:
    """For mandates and invitations, each role and each act of a list."""
    ccas = an_organization(home.territory, "CCAS")
    far = an_organization(a_territory())
    mandates = [a_mandate(place) for place in (home, ccas, far)]
    platform = a_platform_mandate(Role.OBSERVER)
    for place in (home, ccas, far):
        an_invitation(place.pk)
    now = clock.now()
    for role in Role:
        actor = Actor(
            "professional",
            mandates[0].account_id,
            mandates[0].pk,
            home.pk,
            home.territory_id,
            (home.territory_id,),
            role,
        )
        for model, load, kind, act in (
            (Mandate, load_mandate, "mandate", "read"),
            (Mandate, load_mandate, "mandate", SEE_TEAM),
            (Invitation, load_invitation, "invitation", SEND),
        ):
            rows = model.objects.filter(visible_to(actor, kind, Level.OPEN, act=act))
            found = set(rows.values_list("pk", flat=True))
            loaded = [load(pk, now) for pk in model.objects.values_list("pk", flat=True)]
            one_by_one = {f.key for f in loaded if f and decide(actor, act, f, Level.OPEN)}
            assert found == one_by_one, (role, act)
    assert load_mandate(platform.pk, now) is None


def test_a_manager_sees_their_team_and_a_coordinator_every_one(
    home: Organization, manager: Actor, coordinator: Actor
) -> None:
    mine, theirs = a_mandate(home), a_mandate(an_organization(home.territory, "CCAS"))
    stranger = a_mandate(an_organization(a_territory()))
    for actor, expected in ((manager, {mine}), (coordinator, {mine, theirs})):
        page = page_of(actor)
        for mandate in (mine, theirs, stranger):
            assert (f"/equipe/{mandate.pk}/" in page) is (mandate in expected)


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (-9, None, "en-cours"),
        (0, None, "en-cours"),
        (-9, 1, "en-cours"),
        (1, None, "a-venir"),
        (-9, 0, "termines"),
    ],
)
def test_a_mandate_is_in_one_state(
    home: Organization, manager: Actor, starts: int, ends: int | None, state: str
) -> None:
    end = None if ends is None else days(ends)
    mandate = a_mandate(home, starts_on=days(starts), ends_on=end)
    for each in ("en-cours", "a-venir", "termines"):
        assert (mandate in team(manager, TeamFilter(state=each))) is (each == state)


def test_filters_narrow_and_what_they_do_not_know_filters_nothing(
    home: Organization, coordinator: Actor
) -> None:
    ccas = an_organization(home.territory, "CCAS")
    social, clerk = a_mandate(home), a_mandate(ccas, Role.CLERK, field="")
    said = {"structure": str(ccas.pk)}, {"role": "clerk"}, {"champ": "social"}
    found = [set(team(coordinator, team_filter(each))) for each in said]
    assert found[:2] == [{clerk}, {clerk}]
    assert social in found[2]
    assert clerk not in found[2]
    unknown = {"structure": "x", "role": "chef", "champ": "\0", "etat": "' OR 1=1"}
    assert team_filter(unknown) == TeamFilter()
    empty = page_of(coordinator, structure=str(ccas.pk), role="steering")
    assert "Aucun mandat avec ces filtres" in empty


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_an_export_holds_the_rows_and_the_filters(
    home: Organization, coordinator: Actor, suffix: str
) -> None:
    a_mandate(home, function="=1+1")
    client = client_for(coordinator)
    said = PURPOSE | {"format": suffix, "structure": str(home.pk)}
    response = client.post("/equipe/export/", said)
    content = b"".join(response)
    assert response.status_code == 200
    assert f"equipes-{clock.today()}.{suffix}" in response.headers["Content-Disposition"]
    if suffix == "csv":
        text = content.decode("utf-8-sig")
        assert "Structure" in text
        assert "Département" in text
        assert "jalons.example" not in text, "how to reach people is not exported"
    assert client.post("/equipe/export/", {"format": "exe"}).status_code == 404


def test_the_pages_cost_a_fixed_number_of_queries(
    home: Organization, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But the look at the lists' stamp, which comes every other second."""
    monkeypatch.setattr(cache, "LOOK_EVERY", math.inf)
    client = client_for(coordinator)
    sender = Mandate.objects.get(pk__in=[coordinator.mandate])
    costs = {
        "/equipe/": 11,
        "/equipe/invitations/": 10,
        f"/structures/{home.pk}/professionnels/": 13,
    }
    found: dict[str, int] = {}
    for _ in range(2):
        for _ in range(3):
            a_mandate(home)
            an_invitation(home.pk, sent_by=sender)
        for path in costs:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            assert found.setdefault(path, len(queries)) == len(queries)
    assert found == costs


def test_a_mandate_s_form(home: Organization, manager: Actor, coordinator: Actor) -> None:
    mandate = a_mandate(home)
    address = f"/equipe/{mandate.pk}/"
    said = {"field": "both", "function": "Cheffe", "skills": "Écoute", "phones": "06 39 98 00 12"}
    client = client_for(manager)
    assert client.post(address, said | {"habilitated_from": "2026-01-01"}).status_code == 302
    mandate.refresh_from_db()
    assert (mandate.field, mandate.habilitated_from) == ("both", clock.today())
    assert client.post(address, said | {"phones": "12"}).status_code == 422
    assert client.post(address, said | {"field": ""}).status_code == 422
    flags = {"habilitated_from": "", "data_protection_from": "2026-02-03"}
    assert client_for(coordinator).post(address, said | flags).status_code == 302
    mandate.refresh_from_db()
    assert mandate.habilitated_from is None
    assert mandate.data_protection_from == date(2026, 2, 3)
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert client.post(f"{address}fin/", {"last_day": yesterday}).status_code == 422
    assert client.post(f"{address}role/", {"role": "practitioner", "field": ""}).status_code == 422
    assert client.post(f"{address}role/", {"role": "clerk"}).status_code == 302
    assert client.post(f"{address}fin/").status_code == 302
    assert "Ce mandat est terminé" in client.get(address).content.decode()


# Who's who


def test_who_is_found_by_words_kind_commune_and_skill(home: Organization, manager: Actor) -> None:
    ccas = an_organization(home.territory, "CCAS", commune="90010")
    a_mandate(ccas, function="Conseillère en insertion", skills=["Mobilité", "Écoute"])
    gone = a_mandate(home, skills=["Vélo"])
    written_over(gone.pk)
    searches = {
        "insertion": Sought("conseillere INSERTION"),
        "ccas mobilité": Sought("ccas mobilite"),
        "skill": Sought(skill="Écoute"),
        "gone": Sought("velo"),
        "gone skill": Sought(skill="Vélo"),
        "kind": Sought(kind="DEPT"),
        "commune": Sought(commune="90010"),
        "nothing": Sought("%", skill="écoute"),
    }
    found = {name: [row.name for row in partners(manager, said)] for name, said in searches.items()}
    assert found == {
        "insertion": ["CCAS"],
        "ccas mobilité": ["CCAS"],
        "skill": ["CCAS"],
        "gone": [],
        "gone skill": [],
        "kind": ["Département"],
        "commune": ["CCAS", "Département"],
        "nothing": [],
    }


def test_the_list_shows_three_professionals_and_who_signed(
    home: Organization, manager: Actor
) -> None:
    for number in range(4):
        a_mandate(home, function=f"Fonction {number}")
    wanted = a_mandate(home, function="Zingueuse")
    with within(home.territory_id):
        events.append("territories.mandate_opened", territory=home.territory_id)
        Membership.objects.create(
            territory=home.territory, organization=home, starts_on=clock.today()
        )
    page = page_of(manager, "/structures/")
    assert "Membre du consortium" in page
    assert "Voir les 3 autres" in page
    assert "Zingueuse" in page_of(manager, "/structures/", q="zingueuse")
    assert wanted.account.full_name in page_of(manager, f"/structures/{home.pk}/professionnels/")


def test_a_contact_is_not_in_the_page_before_it_is_asked(
    home: Organization, manager: Actor
) -> None:
    mandate = a_mandate(home, phones=["+33639980017"])
    address = f"/structures/{home.pk}/professionnels/"
    for page in (page_of(manager, address), page_of(manager, "/structures/", q="marchal")):
        assert "980017" not in page.replace("\u00a0", "").replace(" ", "")
        assert mandate.account.email not in page
    client = client_for(manager)
    assert client.get(f"/professionnels/{mandate.pk}/contact/").status_code == 405
    revealed = client.post(f"/professionnels/{mandate.pk}/contact/").content.decode()
    assert "06\u00a039\u00a098\u00a000\u00a017" in revealed
    assert mandate.account.email in revealed
    with within(home.territory_id):
        [event] = Event.objects.filter(kind="territories.contact_revealed")
    assert (event.account, event.object_key) == (manager.account, mandate.pk)


def test_after_the_quota_the_coordination_is_told(
    home: Organization,
    manager: Actor,
    coordinator: Actor,
    clock_at: Callable[[datetime], None],
) -> None:
    start, mandate = clock.now(), a_mandate(home)
    clock_at(start)

    def revealed() -> bool:
        """As a page does it: what is recorded stays, whatever the answer."""
        with within(home.territory_id):
            try:
                return bool(reveal_contact(manager, mandate.pk))
            except TooMany:
                return False

    assert all(revealed() for _ in range(HOURLY_QUOTA))
    assert not any(revealed() for _ in range(2))
    with within(home.territory_id):
        [event] = Event.objects.filter(kind="territories.contact_revealed_too_often")
    tell_coordinators(str(event.pk), home.territory_id)
    with within(home.territory_id):
        rows = Notification.objects.filter(event=event.pk)
        assert set(rows.values_list("account", flat=True)) == {coordinator.account}
    page = client_for(manager).post(f"/professionnels/{mandate.pk}/contact/")
    assert page.status_code == 422
    assert "La coordination du territoire est prévenue" in page.content.decode()
    assert mandate.account.email not in page.content.decode()
    clock_at(start + timedelta(minutes=59, seconds=59))
    assert not revealed()
    clock_at(start + timedelta(hours=1))
    assert revealed()


def test_only_who_is_at_work_is_reached(home: Organization, manager: Actor) -> None:
    to_come, off = a_mandate(home, starts_on=days(1)), a_mandate(home)
    Account.objects.filter(pk=off.account_id).update(disabled_at=clock.now())
    stranger = a_mandate(an_organization(a_territory()))
    for mandate, error in ((to_come, MandateEnded), (off, MandateEnded), (stranger, Refused)):
        with within(home.territory_id), pytest.raises(error):
            reveal_contact(manager, mandate.pk)
    assert client_for(manager).post(f"/professionnels/{off.pk}/contact/").status_code == 404


def test_one_s_own_sheet(home: Organization) -> None:
    actor = an_actor(home, Role.CLERK)
    client = client_for(actor)
    assert "À compléter" in client.get("/mon-compte/").content.decode()
    too_many = ", ".join(f"compétence {number}" for number in range(13))
    assert client.post("/mon-compte/fiche/", {"skills": too_many}).status_code == 422
    assert client.post("/mon-compte/fiche/", {"skills": "x" * 81}).status_code == 422
    said = {"function": "Accueil", "skills": "Écoute", "phones": "0639980018"}
    assert client.post("/mon-compte/fiche/", said).status_code == 302
    page = client.get("/mon-compte/").content.decode()
    for word in ("Accueil", "Écoute", "06\u00a039\u00a098\u00a000\u00a018"):
        assert word in page


@pytest.mark.parametrize(
    ("number", "expected"),
    [("+33639980018", "06 39 98 00 18"), ("+41446681800", "+41 44 668 18 00"), ("x", "x")],
)
def test_a_phone_is_shown_as_it_is_dialled(number: str, expected: str) -> None:
    assert shown(number) == expected


# The menu


def test_the_menu_offers_each_other_mandate_in_one_click(home: Organization) -> None:
    first = a_mandate(home, starts_on=days(-9))
    ccas = an_organization(home.territory, "CCAS")
    second = a_mandate(ccas, Role.CLERK, account=first.account)
    actor = an_actor(home, account=Account.objects.get(pk=first.account_id), role=Role.MANAGER)
    client = client_for(actor)
    page = client.get("/mon-compte/").content.decode()
    menu = page[page.index('id="menu-me"') : page.index("Se déconnecter")]
    assert menu.count('name="mandate"') == 2
    assert 'aria-current="true"' in menu
    assert "Responsable de structure" in menu
    written_over(second.pk)
    page = client.get("/mon-compte/").content.decode()
    assert page[page.index('id="menu-me"') : page.index("Se déconnecter")].count("CCAS") == 0


def test_with_one_mandate_there_is_nothing_to_choose(manager: Actor) -> None:
    assert 'name="mandate"' not in page_of(manager, "/mon-compte/")
