"""The rules about pathways: the day they begin, and what stops them."""

from datetime import date, timedelta
from typing import Any

import pytest

from jalons.attention.rules import RULES
from jalons.kernel import clock
from jalons.pathways.models import Pathway
from jalons.people.circle import load_circle
from tests.pathways.given import a_pathway, a_step, an_ended_step
from tests.worlds import Case, a_case, a_person, a_setting, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def late(name: str, case: Case, days_later: int = 0) -> bool:
    rule, day = RULES[name], ago(-days_later)
    with within(case.territory.pk):
        rows = rule.rows(day, case.territory.pk)
        return bool(rows.filter(**{rule.key: case.person.pk}).exists())


def unblocked(case: Case) -> bool:
    with within(case.territory.pk):
        circle = load_circle(case.person.pk, clock.now())
    assert circle
    return circle.to_unblock


@pytest.mark.parametrize(
    ("step", "days_later", "expected"),
    [
        (None, 0, True),
        ({}, 0, True),
        ({"planned_on": ago(-3)}, 0, False),
        ({"planned_on": ago(-3)}, 3, False),
        ({"planned_on": ago(-3)}, 4, True),
        ({"started_on": ago(0)}, 300, False),
        ({"planned_on": ago(-3), "ended_on": ago(0), "outcome": "abandoned"}, 0, True),
    ],
)
def test_a_pathway_has_a_dated_next_step_at_all_times(
    case: Case, step: dict[str, Any] | None, days_later: int, expected: bool
) -> None:
    pathway = a_pathway(case.person)
    if step is not None:
        a_step(pathway, **step)
    assert late("no_next_step", case, days_later) is expected


def test_a_territory_may_wait_some_days_for_the_next_step(case: Case) -> None:
    a_setting(case.territory, "attention.no_next_step", 5, starts_on=ago(90))
    pathway = a_pathway(case.person, opened_on=ago(30))
    assert late("no_next_step", case)
    an_ended_step(pathway, ended_on=ago(2))
    assert [late("no_next_step", case, days) for days in (2, 3)] == [False, True]
    a_step(pathway, planned_on=ago(1))
    assert [late("no_next_step", case, days) for days in (3, 4)] == [False, True]


@pytest.mark.parametrize(
    ("previous", "kind", "target"),
    [
        ("accueil", "premier_entretien", 10),
        ("contrat", "atelier", 30),
        ("contrat", "immersion", 60),
        ("formation", "emploi", 45),
        ("atelier", "siae", 30),
    ],
)
def test_a_step_is_late_the_day_after_its_target(
    case: Case, previous: str, kind: str, target: int
) -> None:
    before = an_ended_step(a_pathway(case.person), previous)
    a_step(before.pathway, kind, previous=before)
    assert [late("step_late", case, days) for days in (target, target + 1)] == [False, True]


def test_the_target_is_that_of_the_territory_on_the_day(case: Case) -> None:
    before = an_ended_step(a_pathway(case.person))
    a_step(before.pathway, "immersion", previous=before)
    a_setting(case.territory, "targets.immersion", 7, starts_on=clock.today())
    assert [late("step_late", case, days) for days in (7, 8)] == [False, True]


@pytest.mark.parametrize(
    "values", [{"started_on": ago(0)}, {"ended_on": ago(0), "outcome": "abandoned"}]
)
def test_what_began_or_was_given_up_is_awaited_no_longer(
    case: Case, values: dict[str, Any]
) -> None:
    before = an_ended_step(a_pathway(case.person))
    a_step(before.pathway, previous=before, **values)
    a_step(before.pathway, previous=a_step(before.pathway, started_on=ago(0)))
    assert not late("step_late", case, 400)


@pytest.mark.parametrize("fate", ["frozen_at", "archived_at"])
def test_a_file_put_away_waits_for_nothing(case: Case, fate: str) -> None:
    gone = a_person(case.territory, **{fate: clock.now()})
    before = an_ended_step(a_pathway(gone))
    a_step(before.pathway, previous=before)
    with within(case.territory.pk):
        for name in ("no_next_step", "step_late"):
            assert not RULES[name].rows(ago(-400), case.territory.pk).exists()
        assert Pathway.objects.filter(person=gone).exists()


def test_coordination_sees_a_step_twice_too_late_and_no_missing_next_step(case: Case) -> None:
    before = an_ended_step(a_pathway(case.person, opened_on=ago(70)), ended_on=ago(60))
    assert late("no_next_step", case)
    assert not unblocked(case)
    a_step(before.pathway, previous=before)
    assert late("step_late", case)
    assert not unblocked(case)
    a_setting(case.territory, "attention.step_late", 29, starts_on=ago(90))
    assert unblocked(case)
