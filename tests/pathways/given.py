"""Pathways written as rows, in the territory of a case."""

from typing import Any

from jalons.journal import events
from jalons.kernel import clock
from jalons.pathways.models import Action, Objective, Pathway, Step
from jalons.people.models import Person
from tests.worlds import within


def a_pathway(person: Person, **values: Any) -> Pathway:
    with within(person.territory_id):
        events.append("pathways.pathway_opened", territory=person.territory_id)
        opened = {"opened_on": clock.today()} | values
        return Pathway.objects.create(territory_id=person.territory_id, person=person, **opened)


def a_step(pathway: Pathway, kind: str = "atelier", **values: Any) -> Step:
    """Wished on the day the pathway opened, unless said otherwise."""
    with within(pathway.territory_id):
        events.append("pathways.step_added", territory=pathway.territory_id)
        told = {"label": kind, "wished_on": pathway.opened_on} | values
        return Step.objects.create(
            territory_id=pathway.territory_id, pathway=pathway, kind=kind, **told
        )


def an_ended_step(pathway: Pathway, kind: str = "atelier", **values: Any) -> Step:
    ended = {"started_on": pathway.opened_on, "ended_on": clock.today(), "outcome": "completed"}
    return a_step(pathway, kind, **ended | values)


def an_objective(pathway: Pathway, words: str = "Passer le permis", **values: Any) -> Objective:
    with within(pathway.territory_id):
        events.append("pathways.objective_set", territory=pathway.territory_id)
        told = {"domain": "mobilite", "set_on": pathway.opened_on} | values
        return Objective.objects.create(
            territory_id=pathway.territory_id, pathway=pathway, words=words, **told
        )


def an_action(pathway: Pathway, words: str = "Appeler la crèche", **values: Any) -> Action:
    with within(pathway.territory_id):
        events.append("pathways.action_added", territory=pathway.territory_id)
        told = {"added_on": pathway.opened_on} | values
        return Action.objects.create(
            territory_id=pathway.territory_id, pathway=pathway, words=words, **told
        )
