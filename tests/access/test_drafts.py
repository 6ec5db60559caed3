"""Drafts: their author's alone, encrypted, kept through a log-out, of a bounded size."""

from typing import Any

import pytest
from django.db import connections

from jalons.access import drafts
from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.drafts import LARGEST, TooLarge, load_draft
from jalons.access.levels import Level
from jalons.access.models import Draft
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.actors import actor_of
from tests.clients import client_for, nobody
from tests.worlds import Case, a_case, a_mandate, a_territory, an_organization, within

FORM = "front-door"
WORDS = {"reason": ["Elle dort dans sa voiture"], "days": ["lundi", "mardi"]}
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def test_what_was_written_comes_back(case: Case) -> None:
    with as_(case.referente):
        before = clock.now()
        assert drafts.save(case.referente, FORM, WORDS) >= before
        assert drafts.load(case.referente, FORM) == WORDS
        drafts.save(case.referente, FORM, {"reason": ["Autre chose"]})
        assert drafts.load(case.referente, FORM) == {"reason": ["Autre chose"]}
        assert Draft.objects.count() == 1


def test_each_form_has_its_own(case: Case) -> None:
    with as_(case.referente):
        drafts.save(case.referente, FORM, WORDS)
        assert drafts.load(case.referente, "another") == {}
        drafts.discard(case.referente, "another")
        assert drafts.load(case.referente, FORM) == WORDS
        drafts.discard(case.referente, FORM)
        assert drafts.load(case.referente, FORM) == {}


@pytest.mark.parametrize("name", ["collegue", "partenaire", "etrangere"])
def test_nobody_else_reads_it(case: Case, name: str) -> None:
    with as_(case.referente):
        drafts.save(case.referente, FORM, WORDS)
        kept = Draft.objects.get()
        facts = load_draft(kept.pk, clock.now())
        assert facts
        assert decide(case.referente, READ, facts, Level.PRIVATE)
    other = getattr(case, name)
    assert not decide(other, READ, facts, Level.PRIVATE)
    with as_(other):
        assert load_draft(kept.pk, clock.now()) is None
        assert drafts.load(other, FORM) == {}
        drafts.save(other, FORM, {"reason": ["À moi"]})
    with as_(case.referente):
        assert drafts.load(case.referente, FORM) == WORDS


def test_a_manager_does_not_read_it_either(case: Case) -> None:
    with as_(case.referente):
        drafts.save(case.referente, FORM, WORDS)
        facts = load_draft(Draft.objects.get().pk, clock.now())
    for role, actor in case.others.items():
        assert facts
        assert not decide(actor, READ, facts, Level.PRIVATE), role


def test_two_territories_do_not_mix(case: Case) -> None:
    elsewhere = an_organization(a_territory())
    mandate = a_mandate(case.home, Role.CLERK)
    second = a_mandate(elsewhere, account=mandate.account)
    here, there = actor_of(mandate.account, mandate), actor_of(mandate.account, second)
    with as_(here):
        drafts.save(here, FORM, WORDS)
    with as_(there):
        assert drafts.load(there, FORM) == {}
        drafts.save(there, FORM, {"reason": ["Là-bas"]})
    with as_(here):
        assert drafts.load(here, FORM) == WORDS


def test_it_is_no_event(case: Case) -> None:
    with as_(case.referente):
        before = Event.objects.count()
        drafts.save(case.referente, FORM, WORDS)
        drafts.discard(case.referente, FORM)
        assert Event.objects.count() == before


def test_it_is_bounded(case: Case) -> None:
    with as_(case.referente):
        room = LARGEST - len('{"reason": [""]}')
        drafts.save(case.referente, FORM, {"reason": ["x" * room]})
        with pytest.raises(TooLarge):
            drafts.save(case.referente, FORM, {"reason": ["x" * (room + 1)]})
        with pytest.raises(TooLarge):
            drafts.save(case.referente, FORM, {"reason": ["é" * room]})
        assert len(drafts.load(case.referente, FORM)["reason"][0]) == room


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_it_is_encrypted_at_rest() -> None:
    case = a_case()
    with as_(case.referente):
        drafts.save(case.referente, FORM, WORDS)
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT * FROM access_draft")
        stored = b" ".join(
            bytes(value) if isinstance(value, memoryview) else str(value).encode()
            for value in cursor.fetchone()
        )
    assert b"voiture" not in stored
    assert FORM.encode() in stored


# The address.


def test_it_is_kept_through_a_log_out(case: Case) -> None:
    page = f"/personnes/{case.person.pk}/acces-urgent/"
    client = client_for(case.partenaire)
    form = {"draft_form": f"break-glass:{case.person.pk}", "reason": "Elle dort dehors"}
    response = client.post("/brouillons/", form)
    assert response.content.decode().startswith("Brouillon gardé à ")
    client.post("/deconnexion/")
    assert client.get(page).status_code == 302
    assert "Elle dort dehors" in client_for(case.partenaire).get(page).content.decode()
    assert "Elle dort dehors" not in client_for(case.collegue).get(page).content.decode()


def test_the_token_of_the_form_is_not_kept(case: Case) -> None:
    client = client_for(case.referente)
    client.post("/brouillons/", {"draft_form": FORM, "csrfmiddlewaretoken": "x", "a": "b"})
    with as_(case.referente):
        assert drafts.load(case.referente, FORM) == {"a": ["b"]}


def test_a_draft_that_is_too_long_says_so(case: Case) -> None:
    response = client_for(case.referente).post(
        "/brouillons/", {"draft_form": FORM, "reason": "x" * LARGEST}
    )
    assert response.status_code == 413
    assert "trop long" in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"draft_form": ""}])
def test_a_draft_without_form_is_not_kept(case: Case, data: dict[str, str]) -> None:
    assert client_for(case.referente).post("/brouillons/", data).status_code == 400


def test_nobody_keeps_nothing(case: Case) -> None:
    assert nobody().post("/brouillons/", {"draft_form": FORM}).status_code == 302
