"""« Parcours »: what each reader finds there, and what its forms answer."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jalons.access.actor import Actor
from jalons.kernel import clock
from jalons.pathways.models import Action, Objective, Pathway, Step
from jalons.pathways.tab import queries
from jalons.people.circle import load_circle
from tests.clients import client_for
from tests.pathways.given import a_pathway, a_step, an_action, an_ended_step, an_objective
from tests.worlds import Case, a_case, a_follow_up, an_objection, an_organization, within

pytestmark = pytest.mark.django_db
MOST = 8
"""Queries of the tab: six, and the two by which the lists of words may be read again."""


@pytest.fixture
def case(db: None) -> Case:
    found = a_case()
    a_follow_up(found.person, found.partenaire)
    return found


def ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def page(actor: Actor, case: Case) -> str:
    response = client_for(actor).get(f"/personnes/{case.person.pk}/parcours/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_dossier_leads_to_an_empty_pathway_then_to_a_full_one(case: Case) -> None:
    dossier = client_for(case.referente).get(f"/personnes/{case.person.pk}/")
    assert f"/personnes/{case.person.pk}/parcours/" in dossier.content.decode()
    assert "Le parcours n’a pas commencé" in page(case.referente, case)
    pathway = a_pathway(case.person, opened_on=ago(30))
    before = an_ended_step(pathway, "contrat", label="Contrat", ended_on=ago(12))
    a_step(pathway, "siae", label="Chantier", previous=before, blocked_by="Pas de bus le matin")
    a_step(pathway, label="Atelier", ended_on=ago(1), outcome="abandoned")
    objective = an_objective(pathway)
    an_action(pathway, "S’inscrire à l’auto-école", objective=objective, due_on=ago(-3))
    an_action(pathway, "Fournir une photo")
    shown = page(case.referente, case)
    for words in (
        "Passer le permis",
        "S’inscrire à l’auto-école",
        "Fournir une photo",
        "Menée à son terme",
        "12 jours depuis l’étape d’avant, 30 visés",
        "Pas de bus le matin",
        "Aucune prochaine étape datée",
        "1 étape abandonnée",
    ):
        assert words in shown, words


def test_a_sensitive_structure_is_named_to_the_referent_and_itself(case: Case) -> None:
    place = an_organization(case.territory, "Halte discrète", sensitive=True)
    a_step(a_pathway(case.person), organization=place)
    assert "Halte discrète" in page(case.referente, case)
    assert "Structure non affichée" in (shown := page(case.partenaire, case))
    assert "Halte discrète" not in shown


def test_a_domain_that_the_person_closed_is_out_of_sight(case: Case) -> None:
    pathway = a_pathway(case.person)
    step = a_step(pathway, "mobilite_permis", label="Permis de conduire")
    an_objective(pathway)
    an_action(pathway, "Appeler le garage", objective=pathway_objective(pathway))
    a_step(pathway, label="Atelier ouvert")
    an_objection(case.person, domain="mobilite", organization=case.partner)
    assert "Permis de conduire" in page(case.referente, case)
    shown = page(case.partenaire, case)
    assert "Atelier ouvert" in shown
    for words in ("Permis de conduire", "Passer le permis", "Appeler le garage"):
        assert words not in shown
    client = client_for(case.partenaire)
    for end in ("date", "debut", "fin", "blocage"):
        answer = client.get(f"/personnes/{case.person.pk}/parcours/etapes/{step.pk}/{end}/")
        assert answer.status_code == 404
    forms = [
        client.get(f"/personnes/{case.person.pk}/parcours/{path}/nouvelle/").content.decode()
        for path in ("etapes", "actions")
    ]
    assert "Permis de conduire" not in forms[0]
    assert "Passer le permis" not in forms[1]


def pathway_objective(pathway: Pathway) -> Objective:
    with within(pathway.territory_id):
        return Objective.objects.get(pathway=pathway)


def test_the_cost_of_the_page_does_not_grow_with_the_pathway(
    case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pathway = a_pathway(case.person, opened_on=ago(20))
    before = None
    for number in range(4):
        before = an_ended_step(pathway, previous=before, organization=case.home)
        an_action(pathway, objective=an_objective(pathway, f"Objectif {number}"))
    with within(case.territory.pk, account=case.referente.account):
        circle = load_circle(case.person.pk, clock.now())
        assert circle
        with django_assert_max_num_queries(MOST):
            found = queries.pathway(case.referente, circle)
    assert found
    assert (len(found.steps), len(found.objectives)) == (4, 4)


def sends(client: Client, case: Case, path: str, **data: str) -> int:
    answer = client.post(f"/personnes/{case.person.pk}/parcours/{path}/", data)
    return int(answer.status_code)


def test_the_forms_write_and_say_what_is_wrong_at_the_field(case: Case) -> None:
    client, today = client_for(case.referente), clock.today().isoformat()
    kept = [
        sends(client, case, "objectifs/nouveau", words="Le permis", domain="mobilite"),
        sends(client, case, "actions/nouvelle", words="Appeler"),
        sends(client, case, "etapes/nouvelle", kind="siae", wished_on=today, planned_on=today),
        sends(client, case, "phase", phase="construction"),
    ]
    assert kept == [302] * 4
    with within(case.territory.pk):
        step, objective, action = Step.objects.get(), Objective.objects.get(), Action.objects.get()
    yesterday = ago(1).isoformat()
    for path, data, words in [
        (f"etapes/{step.pk}/date", {"planned_on": yesterday}, "avant le souhait"),
        (f"etapes/{step.pk}/debut", {"started_on": yesterday}, "avant le souhait"),
        (f"etapes/{step.pk}/fin", {"ended_on": today, "outcome": "partly"}, "n’est plus possible"),
        ("etapes/nouvelle", {"kind": "sante", "wished_on": today}, "étape de la liste"),
        ("objectifs/nouveau", {"words": "", "domain": "sante"}, "domaine de la liste"),
        ("actions/nouvelle", {"words": "Hier", "due_on": yesterday}, "un jour à venir"),
        ("phase", {"phase": "sorti"}, "une phase de la liste"),
    ]:
        answer = client.post(f"/personnes/{case.person.pk}/parcours/{path}/", data)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), path
    done = [
        sends(client, case, f"etapes/{step.pk}/blocage", blocked_by="Pas de bus"),
        sends(client, case, f"etapes/{step.pk}/date", planned_on=ago(-4).isoformat()),
        sends(client, case, f"etapes/{step.pk}/debut", started_on=today),
        sends(client, case, f"etapes/{step.pk}/fin", ended_on=today, outcome="completed"),
        sends(client, case, f"etapes/{step.pk}/abandon"),
        sends(client, case, f"actions/{action.pk}/faite"),
        sends(client, case, f"objectifs/{objective.pk}/atteint"),
    ]
    assert done == [302] * 7
    with within(case.territory.pk):
        step.refresh_from_db()
        assert (step.outcome, step.blocked_by) == ("completed", "")
        assert Pathway.objects.get().phase == "construction"
