"""What is written in a pathway: by whom, in what order, taken back, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.transitions import Impossible
from jalons.access.undo import CannotUndo, undo
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.pathways.models import Objective, Pathway, Phase, Step
from jalons.pathways.objectives.actions.actions import (
    NewAction,
    abandon_action,
    add_action,
    finish_action,
)
from jalons.pathways.objectives.actions.objectives import (
    abandon_objective,
    reach_objective,
    set_objective,
)
from jalons.pathways.objectives.domains import NotShared as DomainNotShared
from jalons.pathways.rules import WrongDate
from jalons.pathways.steps.actions.add_step import NewStep, add_step
from jalons.pathways.steps.actions.change_step import (
    abandon_step,
    end_step,
    plan_step,
    start_step,
    tell_blocker,
)
from jalons.pathways.steps.actions.holding import state_of
from jalons.pathways.steps.kinds import NotShared
from jalons.pathways.tab.change_phase import change_phase
from tests.pathways.given import a_pathway, a_step, an_action, an_objective
from tests.worlds import Case, a_case, a_follow_up, an_objection, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def added(case: Case, kind: str = "atelier", **values: Any) -> Step:
    with as_(case.referente):
        new = NewStep(kind, **{"wished_on": clock.today()} | values)
        return add_step(case.referente, case.person.pk, new)


def test_the_first_act_opens_the_one_pathway(case: Case) -> None:
    with as_(case.referente):
        set_objective(case.referente, case.person.pk, "mobilite", "Passer le permis")
        add_action(case.referente, case.person.pk, NewAction("Demander l’aide"))
        change_phase(case.referente, case.person.pk, Phase.DIAGNOSTIC)
    added(case)
    with within(case.territory.pk):
        pathway = Pathway.objects.get()
        assert (pathway.phase, pathway.opened_on) == ("diagnostic", clock.today())
        assert pathway.steps.count() == pathway.objectives.count() == pathway.actions.count() == 1
        assert Event.objects.filter(kind="pathways.pathway_opened").count() == 1
    a_pathway(case.person, opened_on=ago(9), ended_on=ago(3), phase="sorti")
    with pytest.raises(IntegrityError, match="one_running_pathway"), transaction.atomic():
        a_pathway(case.person)


WRITES: dict[str, Callable[[Actor, Case, Any], object]] = {
    "phase": lambda actor, case, keys: change_phase(actor, case.person.pk, "action"),
    "objective": lambda actor, case, keys: set_objective(actor, case.person.pk, "famille", "Oui"),
    "reach": lambda actor, case, keys: reach_objective(actor, case.person.pk, keys[0]),
    "give up": lambda actor, case, keys: abandon_objective(actor, case.person.pk, keys[0]),
    "action": lambda actor, case, keys: add_action(actor, case.person.pk, NewAction("Écrire")),
    "finish": lambda actor, case, keys: finish_action(actor, case.person.pk, keys[1]),
    "drop": lambda actor, case, keys: abandon_action(actor, case.person.pk, keys[1]),
    "step": lambda actor, case, keys: add_step(
        actor, case.person.pk, NewStep("siae", clock.today())
    ),
    "plan": lambda actor, case, keys: plan_step(actor, case.person.pk, keys[2], clock.today()),
    "start": lambda actor, case, keys: start_step(actor, case.person.pk, keys[2], clock.today()),
    "end": lambda actor, case, keys: end_step(
        actor, case.person.pk, keys[3], clock.today(), "partly"
    ),
    "abandon": lambda actor, case, keys: abandon_step(actor, case.person.pk, keys[2]),
    "block": lambda actor, case, keys: tell_blocker(actor, case.person.pk, keys[2], "Pas de bus"),
}


def test_who_follows_to_write_writes_and_nobody_else(case: Case) -> None:
    """A follow-up that only reads, a colleague, a stranger; `access` knows every role."""
    a_follow_up(case.person, case.partenaire, read_only=True, ends_on=ago(-15))
    pathway = a_pathway(case.person)
    keys = (
        an_objective(pathway).pk,
        an_action(pathway).pk,
        a_step(pathway).pk,
        a_step(pathway, started_on=clock.today()).pk,
    )
    for actor in (case.collegue, case.partenaire, case.etrangere):
        for write in WRITES.values():
            with as_(actor), pytest.raises(Refused):
                write(actor, case, keys)
    for write in WRITES.values():
        with as_(case.referente):
            sid = transaction.savepoint()
            write(case.referente, case, keys)
            transaction.savepoint_rollback(sid)


def test_a_step_lives_from_wish_to_end(case: Case) -> None:
    first = added(case, "premier_entretien", wished_on=ago(20), planned_on=ago(18))
    step = added(case, "formation", organization=case.home.pk, previous=first.pk)
    person, actor = case.person.pk, case.referente
    with as_(actor):
        assert [state_of(first), state_of(step), step.label] == ["planned", "wished", "Formation"]
        plan_step(actor, person, step.pk, ago(-10))
        tell_blocker(actor, person, step.pk, "Pas de garde avant 8 h 30")
        start_step(actor, person, step.pk, clock.today())
        step.refresh_from_db()
        assert (state_of(step), step.blocked_by) == ("started", "")
        end_step(actor, person, step.pk, clock.today(), "completed")
        step.refresh_from_db()
        assert state_of(step) == "ended"
        late: list[Callable[[], object]] = [
            partial(plan_step, actor, person, step.pk, ago(-1)),
            partial(abandon_step, actor, person, step.pk),
            partial(tell_blocker, actor, person, step.pk, "Trop tard"),
        ]
        for act in late:
            with pytest.raises(Impossible):
                act()
    kinds = {"step_added", "step_planned", "step_blocked", "step_started", "step_ended"}
    with within(case.territory.pk):
        told = Event.objects.filter(object_key=step.pk).values_list("kind", flat=True)
        assert set(told) == {f"pathways.{kind}" for kind in kinds}


def test_a_step_outside_the_pathway_or_after_its_end_is_refused(case: Case) -> None:
    over = a_pathway(case.person, opened_on=ago(30), ended_on=ago(10), phase="sorti")
    old = a_step(over, wished_on=ago(20))
    with as_(case.referente):
        with pytest.raises(WrongDate, match="Le parcours est terminé"):
            start_step(case.referente, case.person.pk, old.pk, ago(5))
        start_step(case.referente, case.person.pk, old.pk, ago(10))
        new = NewStep("siae", clock.today())
        for wrong in (
            replace(new, previous=old.pk),
            replace(new, previous=uuid4()),
            replace(new, organization=uuid4()),
        ):
            with pytest.raises(Refused):
                add_step(case.referente, case.person.pk, wrong)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"planned_on": ago(2)}, "step_planned_after_wished"),
        ({"started_on": ago(2)}, "step_started_after_wished"),
        (
            {"started_on": clock.today(), "ended_on": ago(1), "outcome": "partly"},
            "step_ended_after_started",
        ),
        ({"ended_on": ago(2), "outcome": "abandoned"}, "step_ended_after_started"),
        ({"ended_on": clock.today(), "outcome": "completed"}, "step_ended_with_outcome"),
        ({"outcome": "partly"}, "step_ended_with_outcome"),
    ],
)
def test_the_database_refuses_dates_out_of_order(
    case: Case, values: dict[str, Any], constraint: str
) -> None:
    pathway = a_pathway(case.person, opened_on=ago(1))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        a_step(pathway, **values)


def test_what_a_name_would_tell_does_not_stand_here(case: Case) -> None:
    with as_(case.referente):
        with pytest.raises(NotShared):
            add_step(case.referente, case.person.pk, NewStep("sante", clock.today()))
        for domain in ("sante", "finances", "justice", "violences", "inconnu"):
            with pytest.raises(DomainNotShared):
                set_objective(case.referente, case.person.pk, domain, "Des mots")


def test_a_domain_that_the_person_closed_is_closed_to_writing(case: Case) -> None:
    """To the follower; the référent alone still writes there."""
    a_follow_up(case.person, case.partenaire)
    pathway = a_pathway(case.person)
    objective, step = an_objective(pathway), a_step(pathway, "mobilite_permis")
    an_objection(case.person, domain="mobilite", organization=case.partner)
    theirs: list[Callable[[], object]] = [
        partial(set_objective, case.partenaire, case.person.pk, "mobilite", "Le permis"),
        partial(reach_objective, case.partenaire, case.person.pk, objective.pk),
        partial(abandon_step, case.partenaire, case.person.pk, step.pk),
    ]
    with as_(case.partenaire):
        for write in theirs:
            with pytest.raises(Refused):
                write()
        set_objective(case.partenaire, case.person.pk, "famille", "Une place en crèche")
    with as_(case.referente):
        reach_objective(case.referente, case.person.pk, objective.pk)


def test_a_change_is_taken_back_while_nothing_changed_since(case: Case) -> None:
    pathway = a_pathway(case.person)
    step, objective = a_step(pathway, planned_on=ago(-5)), an_objective(pathway)
    person, actor = case.person.pk, case.referente
    with as_(actor):
        tell_blocker(actor, person, step.pk, "Pas de bus")
        started = start_step(actor, person, step.pk, clock.today())
        undo(actor, started.pk)
        step.refresh_from_db()
        assert (state_of(step), step.blocked_by) == ("planned", "Pas de bus")
        reached = reach_objective(actor, person, objective.pk)
        undo(actor, reached.pk)
        assert Objective.objects.get().reached_on is None
        planned = plan_step(actor, person, step.pk, ago(-9))
        plan_step(actor, person, step.pk, ago(-12))
        with pytest.raises(CannotUndo):
            undo(actor, planned.pk)
        phase = change_phase(actor, person, "emploi")
        undo(actor, phase.pk)
        pathway.refresh_from_db()
        assert pathway.phase == "accueil"


def test_an_action_is_of_an_objective_that_goes_on(case: Case) -> None:
    pathway = a_pathway(case.person)
    objective, person, actor = an_objective(pathway), case.person.pk, case.referente
    with as_(actor):
        action = add_action(actor, person, NewAction("S’inscrire", objective.pk, clock.today()))
        finish_action(actor, person, action.pk)
        with pytest.raises(Impossible):
            abandon_action(actor, person, action.pk)
        with pytest.raises(WrongDate):
            add_action(actor, person, NewAction("Hier", None, ago(1)))
        abandon_objective(actor, person, objective.pk)
        with pytest.raises(Impossible):
            add_action(actor, person, NewAction("Trop tard", objective.pk))


def test_a_pathway_left_has_an_end(case: Case) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"phase": "sorti"}, "pathway_left_is_over"),
        ({"ended_on": ago(1)}, "pathway_dates"),
    ]
    for values, constraint in wrong:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            a_pathway(case.person, **values)
    with as_(case.referente), pytest.raises(Refused):
        change_phase(case.referente, case.person.pk, Phase.SORTI)


@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once_open_one_pathway() -> None:
    case = a_case()
    a_follow_up(case.person, case.partenaire)

    def add(actor: Actor) -> None:
        try:
            with as_(actor):
                add_step(actor, case.person.pk, NewStep("atelier", clock.today()))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, [case.referente, case.partenaire] * 2))
    with within(case.territory.pk):
        assert Pathway.objects.get().steps.count() == 4
