"""The rules of steps, on plain values."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from jalons.access.transitions import WORKFLOWS, Impossible
from jalons.pathways.rules import ACTION, OBJECTIVE, WrongDate, action_state, objective_state
from jalons.pathways.settings import BY_KIND
from jalons.pathways.steps.rules import STEP, Dates, check, rank, step_state, target, wait

DAY = date(2026, 3, 2)
TARGETS = {kind: setting.default for kind, setting in BY_KIND.items()}


def days(number: int) -> date:
    return DAY + timedelta(days=number)


IN_STATE = {
    "wished": (Dates(DAY), ""),
    "planned": (Dates(DAY, days(5)), ""),
    "started": (Dates(DAY, None, DAY), ""),
    "ended": (Dates(DAY, None, DAY, DAY), "partly"),
    "abandoned": (Dates(DAY, days(5), None, days(1)), "abandoned"),
}
LEADS = {
    ("plan", "wished"): "planned",
    ("plan", "planned"): "planned",
    ("start", "wished"): "started",
    ("start", "planned"): "started",
    ("end", "started"): "ended",
    ("abandon", "wished"): "abandoned",
    ("abandon", "planned"): "abandoned",
    ("abandon", "started"): "abandoned",
}


@pytest.mark.parametrize("state", STEP.states)
def test_the_state_of_a_step_is_that_of_its_dates(state: str) -> None:
    assert step_state(*IN_STATE[state]) == state


@pytest.mark.parametrize(
    ("act", "state"), list(product(("plan", "start", "end", "abandon"), STEP.states))
)
def test_where_each_act_leads_from_each_state(act: str, state: str) -> None:
    name = f"pathways.{act}_step"
    if (act, state) in LEADS:
        assert STEP.target(name, state) == LEADS[act, state]
    else:
        with pytest.raises(Impossible):
            STEP.target(name, state)


def test_the_workflows_are_registered() -> None:
    assert [WORKFLOWS[one.name] for one in (OBJECTIVE, ACTION, STEP)] == [OBJECTIVE, ACTION, STEP]


@pytest.mark.parametrize(
    ("workflow", "state_of"), [(OBJECTIVE, objective_state), (ACTION, action_state)]
)
def test_what_is_closed_stays_closed(workflow: object, state_of: object) -> None:
    known = [state_of(None, None), state_of(DAY, None), state_of(None, DAY)]  # type: ignore[operator]
    assert known == list(workflow.states)  # type: ignore[attr-defined]
    for transition, state in product(workflow.transitions, known[1:]):  # type: ignore[attr-defined]
        with pytest.raises(Impossible):
            workflow.target(transition.act, state)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"wished_on": days(1)}, "wished_on"),
        ({"planned_on": days(-1)}, "planned_on"),
        ({"started_on": days(1)}, "started_on"),
        ({"started_on": days(-1)}, "started_on"),
        ({"started_on": DAY, "ended_on": days(1)}, "ended_on"),
        ({"ended_on": days(-1)}, "ended_on"),
        ({"wished_on": days(-9), "started_on": days(-2), "ended_on": days(-3)}, "ended_on"),
    ],
)
def test_dates_out_of_order_are_refused_at_their_field(dates: dict[str, date], field: str) -> None:
    with pytest.raises(WrongDate, match=r"\.$") as refused:
        check(replace(Dates(DAY), **dates), DAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "dates",
    [
        {"planned_on": days(400)},
        {"started_on": DAY, "ended_on": DAY},
        {"wished_on": days(-9), "planned_on": days(-2), "started_on": days(-5)},
        {"ended_on": DAY},
    ],
)
def test_dates_in_order_are_taken(dates: dict[str, date]) -> None:
    check(replace(Dates(DAY), **dates), DAY, pathway_ended_on=days(400))


@pytest.mark.parametrize("field", ["wished_on", "planned_on", "started_on", "ended_on"])
def test_nothing_comes_after_the_end_of_the_pathway(field: str) -> None:
    base = Dates(days(-5), None, days(-5) if field == "ended_on" else None)
    check(replace(base, **{field: days(-2)}), DAY, pathway_ended_on=days(-2))
    with pytest.raises(WrongDate) as refused:
        check(replace(base, **{field: days(-2)}), DAY, pathway_ended_on=days(-3))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("previous", "kind", "expected"),
    [
        ("accueil", "premier_entretien", 10),
        ("premier_entretien", "portrait", 15),
        ("portrait", "contrat", 10),
        ("contrat", "atelier", 30),
        ("contrat", "immersion", 60),
        ("immersion", "formation", 30),
        ("formation", "emploi", 45),
        ("atelier", "siae", 30),
    ],
)
def test_the_days_aimed_at_by_pair_of_kinds(previous: str, kind: str, expected: int) -> None:
    assert target(previous, kind, TARGETS) == expected


def test_after_the_contract_has_a_target_of_its_own() -> None:
    assert target("contrat", "atelier", TARGETS | {"après le contrat": 7}) == 7
    assert target("portrait", "atelier", TARGETS | {"autre": 9}) == 9


@pytest.mark.parametrize(
    ("dates", "days_waited", "late"),
    [
        (Dates(DAY), 12, False),
        (Dates(DAY, None, days(3)), 3, False),
        (Dates(DAY, None, days(3), days(9)), 3, False),
        (Dates(DAY, None, DAY - timedelta(days=8)), 0, False),
    ],
)
def test_the_wait_runs_from_the_end_of_the_step_before(
    dates: Dates, days_waited: int, late: bool
) -> None:
    found = wait(DAY, dates, 12, days(12))
    assert found
    assert (found.days, found.late, found.due_on) == (days_waited, late, days(12))


def test_the_wait_is_late_the_day_after_it_is_due() -> None:
    found = wait(DAY, Dates(DAY), 12, days(13))
    assert found
    assert found.late
    assert found.words == "13 jours depuis l’étape d’avant, 12 visés"


def test_no_wait_before_the_step_before_ends_nor_for_what_never_began() -> None:
    assert wait(None, Dates(DAY), 12, days(1)) is None
    assert wait(DAY, Dates(DAY, None, None, days(1)), 12, days(1)) is None


def test_what_began_comes_first_then_what_is_planned_then_what_is_wished() -> None:
    states = ["ended", "started", "planned", "wished", "abandoned"]
    ranks = [rank(*IN_STATE[state]) for state in states]
    assert ranks == sorted(ranks)
