"""The table of product.md §5, said again from the design and not from the code.

Each situation is one person; each role has the levels that it reads there. What stands here and
not in `access.table`, or the reverse, fails.
"""

from itertools import product

import pytest

from jalons.access.decisions import Refused, require_of_platform
from jalons.access.drafts import DraftFacts
from jalons.access.levels import Level
from jalons.access.objects import ACTS, KINDS
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.access.table import (
    BREAK_GLASS,
    DROP,
    FINISH,
    FOUND,
    INVITE,
    MEMBERSHIP,
    REACH,
    RECORD,
    REVEAL,
    ROWS,
    SET,
    START,
    STEER,
    policy,
)
from jalons.nomenclature.rights import TermFacts
from jalons.people.circle import Access, Circle
from jalons.people.follow_ups import FollowUpFacts
from jalons.territories.relations import ConsortiumFacts, OrganizationFacts, TerritoryFacts
from tests.circles import (
    ELSEWHERE,
    HERE,
    a_circle,
    a_door,
    a_follower,
    a_professional,
    a_question,
    an_access,
    key,
)

MASKED, IDENTITY, SHARED = Level.MASKED, Level.IDENTITY, Level.SHARED
RESTRICTED, SEALED = Level.RESTRICTED, Level.SEALED
PRACTITIONER, MANAGER, CLERK = Role.PRACTITIONER, Role.MANAGER, Role.CLERK
DISPATCHER, COORDINATOR = Role.DISPATCHER, Role.COORDINATOR

ASKED_DOMAIN = "justice"
COLLEAGUE = "collègue"
ELSEWHERE_ORGANIZATION = "ccas"
OWN = a_follower()
OWN_SEAL = frozenset({(ASKED_DOMAIN, key("référente"))})

SITUATIONS: dict[str, Circle] = {
    "unknown to the actor": a_circle(),
    "protected": a_circle(protected=True),
    "in another territory": a_circle(territory=ELSEWHERE, followers=(OWN,)),
    "followed": a_circle(followers=(OWN,)),
    "followed, read only": a_circle(followers=(a_follower(read_only=True),)),
    "followed and protected": a_circle(followers=(OWN,), protected=True),
    "followed under another mandate": a_circle(
        followers=(a_follower(organization=ELSEWHERE_ORGANIZATION),)
    ),
    "followed by a colleague": a_circle(followers=(a_follower(COLLEAGUE),)),
    "followed by a partner": a_circle(followers=(a_follower("p", ELSEWHERE_ORGANIZATION),)),
    "followed and reader of the seal": a_circle(followers=(OWN,), sealed_readers=OWN_SEAL),
    "reader of the seal, follow-up ended": a_circle(sealed_readers=OWN_SEAL),
    "reader of another seal": a_circle(
        followers=(OWN,), sealed_readers=frozenset({("violences", key("référente"))})
    ),
    "seal read by a colleague": a_circle(
        followers=(OWN,), sealed_readers=frozenset({(ASKED_DOMAIN, key(COLLEAGUE))})
    ),
    "entered here": a_circle(doors=(a_door(),)),
    "entered here, not accepted": a_circle(doors=(a_door(opened=False),)),
    "entered here, met": a_circle(doors=(a_door(waiting=False),)),
    "entered elsewhere": a_circle(doors=(a_door(ELSEWHERE_ORGANIZATION),)),
    "to unblock": a_circle(to_unblock=True),
    "followed by a colleague and protected": a_circle(
        followers=(a_follower(COLLEAGUE),), protected=True
    ),
    "entered here and protected": a_circle(doors=(a_door(),), protected=True),
    "to unblock and protected": a_circle(to_unblock=True, protected=True),
    "to unblock, protected and followed": a_circle(
        to_unblock=True, protected=True, followers=(a_follower("p", ELSEWHERE_ORGANIZATION),)
    ),
    "urgent access": a_circle(break_glass=(an_access(),)),
    "urgent access and protected": a_circle(break_glass=(an_access(),), protected=True),
    "urgent access of a colleague": a_circle(break_glass=(an_access(COLLEAGUE),)),
    "urgent access of another account": a_circle(
        break_glass=(Access(key(COLLEAGUE), key("référente département")),)
    ),
    "urgent access under another mandate": a_circle(
        break_glass=(an_access(organization=ELSEWHERE_ORGANIZATION),)
    ),
}

SEARCHED = {role: {MASKED} for role in (PRACTITIONER, MANAGER, CLERK, DISPATCHER, COORDINATOR)}
FOLLOWED = {MASKED, IDENTITY, SHARED, RESTRICTED}
URGENT = dict.fromkeys((PRACTITIONER, MANAGER, COORDINATOR), FOLLOWED)
OF_THE_ORGANIZATION = {MANAGER: {MASKED, IDENTITY}, CLERK: {MASKED, IDENTITY}}
TO_DISPATCH = {DISPATCHER: {MASKED, IDENTITY}}

READ_AT: dict[str, dict[Role, set[Level]]] = {
    "unknown to the actor": SEARCHED,
    "protected": {},
    "in another territory": {},
    "followed": SEARCHED | {PRACTITIONER: FOLLOWED} | OF_THE_ORGANIZATION,
    "followed, read only": SEARCHED | {PRACTITIONER: FOLLOWED} | OF_THE_ORGANIZATION,
    "followed and protected": {PRACTITIONER: FOLLOWED} | OF_THE_ORGANIZATION,
    "followed under another mandate": SEARCHED,
    "followed by a colleague": SEARCHED | OF_THE_ORGANIZATION,
    "followed by a partner": SEARCHED,
    "followed and reader of the seal": SEARCHED
    | {PRACTITIONER: FOLLOWED | {SEALED}}
    | OF_THE_ORGANIZATION,
    "reader of the seal, follow-up ended": SEARCHED,
    "reader of another seal": SEARCHED | {PRACTITIONER: FOLLOWED} | OF_THE_ORGANIZATION,
    "seal read by a colleague": SEARCHED | {PRACTITIONER: FOLLOWED} | OF_THE_ORGANIZATION,
    "entered here": SEARCHED | {CLERK: {MASKED, IDENTITY}} | TO_DISPATCH,
    "entered here, not accepted": SEARCHED,
    "entered here, met": SEARCHED,
    "entered elsewhere": SEARCHED | TO_DISPATCH,
    "to unblock": SEARCHED | {COORDINATOR: {MASKED, IDENTITY}},
    "followed by a colleague and protected": OF_THE_ORGANIZATION,
    "entered here and protected": {},
    "to unblock and protected": {COORDINATOR: {MASKED, IDENTITY}},
    "to unblock, protected and followed": {},
    "urgent access": SEARCHED | URGENT,
    "urgent access and protected": {},
    "urgent access of a colleague": SEARCHED,
    "urgent access of another account": SEARCHED,
    "urgent access under another mandate": SEARCHED,
}


def readable(role: Role, situation: str, level: Level) -> bool:
    """Restricted facts are revealed, one at a time; every other level is read."""
    act = REVEAL if level == RESTRICTED else READ
    question = a_question(level, ASKED_DOMAIN if level == SEALED else "", act)
    return bool(policy.decide(a_professional(role), SITUATIONS[situation], question))


@pytest.mark.parametrize(("role", "situation"), list(product(Role, SITUATIONS)))
def test_levels_that_a_role_reads(role: Role, situation: str) -> None:
    found = {level for level in Level if readable(role, situation, level)}
    assert found == READ_AT[situation].get(role, set())


@pytest.mark.parametrize(("role", "situation"), list(product(Role, SITUATIONS)))
def test_what_is_restricted_or_private_is_never_simply_read(role: Role, situation: str) -> None:
    for level, domain in product((RESTRICTED, Level.PRIVATE, Level.SECRET), ("", ASKED_DOMAIN)):
        question = a_question(level, domain)
        assert not policy.decide(a_professional(role), SITUATIONS[situation], question)


@pytest.mark.parametrize(("role", "situation"), list(product(Role, SITUATIONS)))
def test_nothing_but_the_restricted_is_revealed(role: Role, situation: str) -> None:
    for level in set(Level) - {RESTRICTED}:
        question = a_question(level, act=REVEAL)
        assert not policy.decide(a_professional(role), SITUATIONS[situation], question)


@pytest.mark.parametrize("role", [None])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_without_mandate_nothing_is_read(role: None, situation: str) -> None:
    for level in (*Level, None):
        question = a_question(level)
        assert not policy.decide(a_professional(role), SITUATIONS[situation], question)


REFERENTE = a_circle(followers=(a_follower(role="referent"),))
ACT_SITUATIONS = SITUATIONS | {
    "référente": REFERENTE,
    "référente, frozen file": a_circle(followers=REFERENTE.followers, frozen=True),
    "référente, protected": a_circle(followers=REFERENTE.followers, protected=True),
}

FOLLOWING = {
    "followed",
    "followed and protected",
    "followed and reader of the seal",
    "reader of another seal",
    "seal read by a colleague",
    "référente",
    "référente, protected",
}
"""Where the practitioner follows, and not read only, a file that is not frozen."""

OF_ORGANIZATION = FOLLOWING | {
    "followed, read only",
    "followed by a colleague",
    "followed by a colleague and protected",
}
CLOSED = {
    *(name for name in ACT_SITUATIONS if "protected" in name),
    "in another territory",
    "référente, frozen file",
}
SEARCHABLE = set(ACT_SITUATIONS) - CLOSED
DISPATCHED = {DISPATCHER: {"entered here", "entered elsewhere"}}

MAY: dict[str, dict[Role, set[str]]] = {
    BREAK_GLASS: dict.fromkeys((PRACTITIONER, MANAGER, COORDINATOR), SEARCHABLE),
    "people.start_follow_up": {PRACTITIONER: FOLLOWING, MANAGER: OF_ORGANIZATION},
    "people.appoint_referent": DISPATCHED
    | {PRACTITIONER: {"référente", "référente, protected"}, MANAGER: OF_ORGANIZATION},
    "people.assign_entry": DISPATCHED,
    "people.close_entry": DISPATCHED,
    "people.hold_first_interview": {PRACTITIONER: FOLLOWING},
    "people.send_link": {PRACTITIONER: FOLLOWING},
    "people.protect": {PRACTITIONER: {"référente", "référente, protected"}},
}


@pytest.mark.parametrize(("act", "role"), list(product(MAY, Role)))
def test_persons_on_whom_a_role_may_act(act: str, role: Role) -> None:
    question = a_question(None, act=act)
    found = {
        name
        for name, circle in ACT_SITUATIONS.items()
        if policy.decide(a_professional(role), circle, question)
    }
    assert found == MAY[act].get(role, set())


FOLLOW_UPS = {
    "own": ("référente", "département", HERE, False),
    "of a colleague": (COLLEAGUE, "département", HERE, False),
    "under another mandate": ("référente", ELSEWHERE_ORGANIZATION, HERE, False),
    "of a partner": ("p", ELSEWHERE_ORGANIZATION, HERE, False),
    "in another territory": ("référente", "département", ELSEWHERE, False),
    "of a frozen file": ("référente", "département", HERE, True),
}
MAY_END = {PRACTITIONER: {"own"}, MANAGER: {"own", "of a colleague"}}


@pytest.mark.parametrize("role", Role)
def test_follow_ups_that_a_role_may_end(role: Role) -> None:
    found = set()
    for name, (account, organization, territory, frozen) in FOLLOW_UPS.items():
        facts = FollowUpFacts(
            key(name), territory, key("personne"), key(account), key(organization), frozen
        )
        if policy.decide(a_professional(role), facts, a_question(act="people.end_follow_up")):
            found.add(name)
    assert found == MAY_END.get(role, set())


@pytest.mark.parametrize("role", Role)
def test_a_draft_is_its_author_s(role: Role) -> None:
    outside = role in (Role.OBSERVER, Role.PLATFORM_ADMIN)
    actor = a_professional(role)
    own, others = (DraftFacts(key("d"), HERE, key(who)) for who in ("référente", COLLEAGUE))
    for level in Level:
        expected = level == Level.PRIVATE and not outside
        assert bool(policy.decide(actor, own, a_question(level))) == expected
        assert not policy.decide(actor, others, a_question(level))


@pytest.mark.parametrize("role", Role)
def test_structures_are_open_to_the_territory(role: Role) -> None:
    """An observer and a technical administrator hold no mandate in a territory."""
    here = OrganizationFacts(key("ccas"), HERE)
    elsewhere = OrganizationFacts(key("plie"), ELSEWHERE)
    actor = a_professional(role)
    outside = role in (Role.OBSERVER, Role.PLATFORM_ADMIN)
    assert bool(policy.decide(actor, here, a_question(Level.OPEN))) == (not outside)
    assert not policy.decide(actor, elsewhere, a_question(Level.OPEN))
    for level in set(Level) - {Level.OPEN}:
        assert not policy.decide(actor, here, a_question(level))


@pytest.mark.parametrize("act", [RECORD, INVITE])
@pytest.mark.parametrize("role", Role)
def test_structures_that_a_role_may_change(role: Role, act: str) -> None:
    """A coordinator and a dispatcher, all those of the territory; a manager, their own."""
    found = set()
    for name, territory in (("département", HERE), ("ccas", HERE), ("plie", ELSEWHERE)):
        facts = OrganizationFacts(key(name), territory)
        if policy.decide(a_professional(role), facts, a_question(act=act)):
            found.add(name)
    everywhere = {"département", "ccas"}
    may = {COORDINATOR: everywhere, DISPATCHER: everywhere, MANAGER: {"département"}}
    assert found == may.get(role, set())


@pytest.mark.parametrize("role", Role)
def test_terms_are_added_by_the_territory_s_coordinators(role: Role) -> None:
    question = a_question(act="nomenclature.add_term")
    here, elsewhere = TermFacts(key("t"), HERE), TermFacts(key("t"), ELSEWHERE)
    assert bool(policy.decide(a_professional(role), here, question)) == (role == COORDINATOR)
    assert not policy.decide(a_professional(role), elsewhere, question)


@pytest.mark.parametrize("role", Role)
def test_a_consortium_is_read_by_its_own_and_steered_by_its_coordinators(role: Role) -> None:
    here, elsewhere = ConsortiumFacts(HERE), ConsortiumFacts(ELSEWHERE)
    actor = a_professional(role)
    outside = role in (Role.OBSERVER, Role.PLATFORM_ADMIN)
    assert bool(policy.decide(actor, here, a_question(Level.OPEN))) == (not outside)
    assert not policy.decide(actor, elsewhere, a_question(Level.OPEN))
    for act in (STEER, SET, START, FINISH, DROP, REACH):
        assert bool(policy.decide(actor, here, a_question(act=act))) == (role == COORDINATOR)
        assert not policy.decide(actor, elsewhere, a_question(act=act))


@pytest.mark.parametrize("role", Role)
def test_memberships_are_changed_by_the_territory_s_coordinators(role: Role) -> None:
    question = a_question(act=MEMBERSHIP)
    here = OrganizationFacts(key("ccas"), HERE)
    elsewhere = OrganizationFacts(key("plie"), ELSEWHERE)
    assert bool(policy.decide(a_professional(role), here, question)) == (role == COORDINATOR)
    assert not policy.decide(a_professional(role), elsewhere, question)


@pytest.mark.parametrize("role", [*Role, None])
def test_territories_are_founded_by_the_technical_administrator(role: Role | None) -> None:
    """By role alone: nobody reaches a territory by sight."""
    actor, facts = a_professional(role), TerritoryFacts(key("territoire"))
    for act, level in ((READ, Level.OPEN), (FOUND, None)):
        assert not policy.decide(actor, facts, a_question(level, act=act))
    reads = policy.roles_for(READ, "territory", Level.OPEN)
    assert reads == {Role.OBSERVER, Role.PLATFORM_ADMIN}
    if role == Role.PLATFORM_ADMIN:
        require_of_platform(actor, FOUND, "territory")
        return
    with pytest.raises(Refused):
        require_of_platform(actor, FOUND, "territory")


def test_every_act_is_said_here() -> None:
    acts = {(row.kind, row.act) for row in ROWS if row.act not in (READ, REVEAL)}
    others = {
        ("follow_up", "people.end_follow_up"),
        ("term", "nomenclature.add_term"),
        ("organization", RECORD),
        ("organization", INVITE),
        ("organization", MEMBERSHIP),
        ("consortium", START),
        ("consortium", FINISH),
        ("consortium", DROP),
        ("consortium", REACH),
        ("territory", FOUND),
        ("consortium", STEER),
        ("consortium", SET),
    }
    assert acts == {("person", act) for act in MAY} | others


def test_the_table_names_only_what_is_registered() -> None:
    for row in ROWS:
        assert row.act in ACTS, row
        assert row.kind in KINDS, row
        assert row.relation in policy.relations, row
        assert policy.relations[row.relation].kind == row.kind, row
        assert ACTS[row.act].kind in ("", row.kind), row


def test_every_registered_thing_is_used() -> None:
    assert set(ACTS) == {row.act for row in ROWS}
    assert set(policy.relations) == {row.relation for row in ROWS}
    assert {limit.kind for limit in policy.limits} <= set(KINDS)


def test_no_row_is_written_twice() -> None:
    assert len({(row.act, row.kind, row.relation, row.roles) for row in ROWS}) == len(ROWS)
