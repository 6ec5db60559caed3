"""`decide` and `visible_to` are one policy: on random worlds they agree for every role and act."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.people.twins import (
    ACCOUNTS,
    DOMAINS,
    ORGANIZATIONS,
    Ground,
    PersonSpec,
    World,
    disagreements,
)

HERE = st.sampled_from(ORGANIZATIONS[:2])
ACCOUNT = st.sampled_from(ACCOUNTS)
DOMAIN = st.sampled_from(DOMAINS)
SOME_DOMAIN = st.sampled_from(DOMAINS[1:])
DAYS = st.integers(-2, 2)
MAYBE = st.none() | DAYS


def follow_ups() -> st.SearchStrategy[Any]:
    roles = st.sampled_from(["referent", "co_referent", "intervenant"])
    return st.builds(
        lambda account, organization, role, read_only, starts, length: (
            account,
            organization,
            role,
            read_only,
            starts,
            None if length is None else starts + length,
        ),
        ACCOUNT,
        HERE,
        roles,
        st.booleans(),
        DAYS,
        st.none() | st.integers(0, 3),
    )


def once(rows: Any) -> Any:
    """Keeps what the constraints allow: one open référent, one open follow-up of a kind."""
    kept, seen = [], set()
    for row in rows:
        account, organization, role, _, _, ends = row
        mark = "referent" if role == "referent" else (account, organization, role)
        if ends is None and mark in seen:
            continue
        seen |= {mark} if ends is None else set()
        kept.append(row)
    return tuple(kept)


def entries() -> st.SearchStrategy[Any]:
    return st.builds(
        lambda door, opened, assigned, met, closed: (
            door,
            opened,
            assigned,
            met if assigned is not None else None,
            closed,
        ),
        HERE,
        st.none() | st.integers(-9, 1),
        MAYBE,
        MAYBE,
        st.none() | st.none() | DAYS,
    )


def agreements() -> st.SearchStrategy[Any]:
    return st.builds(
        lambda domains, organizations, starts, length, withdrawn: (
            domains,
            organizations,
            starts,
            None if length is None else starts + length,
            withdrawn,
        ),
        st.lists(SOME_DOMAIN, max_size=2, unique=True).map(tuple),
        st.lists(st.sampled_from(ORGANIZATIONS), max_size=2, unique=True).map(tuple),
        DAYS,
        st.none() | st.integers(1, 3),
        MAYBE,
    )


def objections() -> st.SearchStrategy[Any]:
    return st.tuples(DOMAIN, st.none() | HERE, DAYS, MAYBE).filter(lambda row: row[0] or row[1])


def few(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(rows, max_size=2).map(tuple)


PERSON = st.builds(
    PersonSpec,
    territory=st.sampled_from([0, 0, 0, 1]),
    protected=st.booleans(),
    frozen=st.sampled_from([False, False, True]),
    follow_ups=st.lists(follow_ups(), max_size=3).map(once),
    entries=few(entries()),
    agreements=few(agreements()),
    objections=few(objections()),
    sealed_readers=st.lists(st.tuples(SOME_DOMAIN, ACCOUNT), max_size=2, unique=True).map(tuple),
    urgent=few(st.tuples(ACCOUNT, HERE, st.integers(-4, 1))),
)
WORLD = st.builds(
    World,
    persons=st.lists(PERSON, min_size=1, max_size=6).map(tuple),
    account=ACCOUNT,
    organization=st.sampled_from(ORGANIZATIONS),
    domain=DOMAIN,
    at=st.sampled_from([-49, -25, -3, -1, 0, 1, 2, 3, 14, 25, 49]),
)
MET_ELSEWHERE = World(
    (PersonSpec(follow_ups=(("a", "o1", "intervenant", False, 0, 1),), urgent=(("b", "o2", -3),)),)
)


@pytest.mark.django_db
def test_one_object_and_the_list_give_the_same_answer(full_size: bool) -> None:
    ground = Ground()

    @settings(
        max_examples=1_000 if full_size else 30,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @example(MET_ELSEWHERE)
    @given(WORLD)
    def agree(world: World) -> None:
        with ground.populated(world):
            assert disagreements(ground, world) == []

    agree()
