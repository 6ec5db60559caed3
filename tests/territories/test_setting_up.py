"""What the wizard says is done, and what remains, from what exists."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.territories.consortium.setting_up import Facts, finished, following, steps

WHOLE = Facts(3, 2, convention=True, axes=4, goal=True, actions=1, colleagues=1)


def done(facts: Facts) -> list[str]:
    return [step.key for step in steps(facts) if step.done]


def test_nothing_is_done_at_first_and_all_at_last() -> None:
    assert done(Facts()) == []
    assert not finished(steps(Facts()))
    assert finished(steps(WHOLE))


@pytest.mark.parametrize(
    ("missing", "step", "said"),
    [
        ({"communes": 0}, "communes", "au moins une commune"),
        ({"members": 1}, "members", "Ajoutez une structure membre"),
        ({"convention": False}, "convention", "Enregistrez la convention"),
        ({"axes": 0}, "axes", "au moins un axe"),
        ({"goal": False}, "axes", "l’objectif de l’année"),
        ({"actions": 0}, "calendar", "au moins une action"),
        ({"colleagues": 0}, "team", "Invitez"),
    ],
)
def test_one_thing_lacks_and_its_step_says_it(
    missing: dict[str, Any], step: str, said: str
) -> None:
    found = steps(replace(WHOLE, **missing))
    assert [each.key for each in found if not each.done] == [step]
    assert said in next(each.lacks for each in found if each.key == step)
    assert not finished(found)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    drawn: dict[str, Any] = {
        field.name: draw(st.booleans() if field.type is bool else st.integers(0, 5))
        for field in fields(Facts)
    }
    return Facts(**drawn)


@given(facts(), st.sampled_from([field.name for field in fields(Facts)]))
def test_more_never_undoes_a_step(before: Facts, name: str) -> None:
    value = getattr(before, name)
    more = replace(before, **{name: True if isinstance(value, bool) else value + 1})
    assert set(done(before)) <= set(done(more))


def test_steps_follow_one_another() -> None:
    found = steps(Facts())
    keys = ["communes"]
    while after := following(found, keys[-1]):
        keys.append(after.key)
    assert keys == [step.key for step in found]
