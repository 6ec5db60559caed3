"""The table of product.md §5, said again from the design and not from the code.

Each situation is one person; each role has the levels that it reads there. What stands here and
not in `access.table`, or the reverse, fails.
"""

from dataclasses import replace
from itertools import product

import pytest

from jalons.access.drafts import DraftFacts
from jalons.access.levels import Level
from jalons.access.objects import ACTS, KINDS
from jalons.access.platform import PLATFORM
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.access.table import (
    BREAK_GLASS,
    CHANGE_MANDATE,
    COMPLETE,
    DESCRIBE_ONESELF,
    DROP,
    END_MANDATE,
    FINISH,
    FOUND,
    GIVE_OFFICE,
    HABILITATE,
    INVITE,
    MEMBERSHIP,
    REACH,
    READ_INSTALLATION,
    RECORD,
    REPLACE_MANDATE,
    REVEAL,
    REVEAL_CONTACT,
    ROWS,
    SEE_LOAD,
    SEE_TEAM,
    SEND,
    SET,
    START,
    STEER,
    WITHDRAW,
    policy,
)
from jalons.accounts.administration import AccountFacts
from jalons.exchange.relations import ImportFacts
from jalons.nomenclature.rights import TermFacts
from jalons.people.circle import Access, Circle
from jalons.people.follow_ups.facts import FollowUpFacts
from jalons.people.reorientations.facts import ReorientationFacts
from jalons.territories.relations import ConsortiumFacts, OrganizationFacts
from jalons.territories.team.relations import InvitationFacts, MandateFacts
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

IMPORTING = ("exchange.upload_file", "exchange.apply_import", "exchange.cancel_import")
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
    "given here": a_circle(doors=(a_door(ELSEWHERE_ORGANIZATION, assigned="département"),)),
    "given here and protected": a_circle(
        doors=(a_door(ELSEWHERE_ORGANIZATION, assigned="département"),), protected=True
    ),
    "réorientation asked": a_circle(reorientation=True),
    "réorientation asked and protected": a_circle(reorientation=True, protected=True),
    "given here, met": a_circle(
        doors=(a_door(ELSEWHERE_ORGANIZATION, assigned="département", waiting=False),)
    ),
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
    "given here": SEARCHED | TO_DISPATCH | {MANAGER: {MASKED, IDENTITY}},
    "given here and protected": {},
    "given here, met": SEARCHED,
    "réorientation asked": SEARCHED | TO_DISPATCH,
    "réorientation asked and protected": {},
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
DISPATCHED = {DISPATCHER: {"entered here", "entered elsewhere", "given here"}}
IS_REFERENT = {"référente", "référente, protected"}

MAY: dict[str, dict[Role, set[str]]] = {
    BREAK_GLASS: dict.fromkeys((PRACTITIONER, MANAGER, COORDINATOR), SEARCHABLE),
    "people.start_follow_up": {PRACTITIONER: FOLLOWING, MANAGER: OF_ORGANIZATION},
    "people.appoint_referent": DISPATCHED
    | {PRACTITIONER: IS_REFERENT, MANAGER: OF_ORGANIZATION | {"given here"}},
    "people.hand_over": {PRACTITIONER: IS_REFERENT, MANAGER: IS_REFERENT},
    "people.ask_reorientation": {PRACTITIONER: FOLLOWING, MANAGER: {"given here"}},
    "people.read_entry": DISPATCHED | {CLERK: {"entered here"}, MANAGER: {"given here"}},
    "people.assign_entry": DISPATCHED,
    "people.close_entry": DISPATCHED,
    "people.hold_first_interview": {PRACTITIONER: FOLLOWING},
    "people.send_link": {PRACTITIONER: FOLLOWING},
    "people.protect": {PRACTITIONER: IS_REFERENT},
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


ACCEPT_REORIENTATION = "people.accept_reorientation"
REFUSE_REORIENTATION = "people.refuse_reorientation"
WITHDRAW_REORIENTATION = "people.withdraw_reorientation"
ON_REORIENTATIONS = (ACCEPT_REORIENTATION, REFUSE_REORIENTATION, WITHDRAW_REORIENTATION)


@pytest.mark.parametrize("role", Role)
def test_a_reorientation_is_its_author_s_and_the_dispatcher_s(role: Role) -> None:
    actor = a_professional(role)
    own = ReorientationFacts(
        key("r"), HERE, key("personne"), key("référente"), key("département"), is_open=True
    )
    colleague = replace(own, account=key(COLLEAGUE))
    under_another = replace(own, organization=key(ELSEWHERE_ORGANIZATION))
    protected, closed = replace(colleague, protected=True), replace(colleague, is_open=False)
    asks, decides = role in {PRACTITIONER, MANAGER}, role == DISPATCHER
    for facts, read, decided, withdrawn in (
        (own, asks or decides, decides, asks),
        (colleague, decides, decides, False),
        (under_another, decides, decides, False),
        (protected, False, False, False),
        (closed, decides, decides, False),
        (replace(own, territory=ELSEWHERE), False, False, False),
        (replace(own, frozen=True), asks or decides, False, False),
    ):
        assert bool(policy.decide(actor, facts, a_question(SHARED))) == read
        for act in (ACCEPT_REORIENTATION, REFUSE_REORIENTATION):
            assert bool(policy.decide(actor, facts, a_question(act=act))) == decided
        found = policy.decide(actor, facts, a_question(act=WITHDRAW_REORIENTATION))
        assert bool(found) == withdrawn
        for level in set(Level) - {SHARED}:
            assert not policy.decide(actor, facts, a_question(level))


@pytest.mark.parametrize("role", Role)
def test_the_load_is_read_by_who_shares_out(role: Role) -> None:
    """A coordinator and a dispatcher, of all structures; a manager, of their own."""
    found = set()
    for name, territory in (("département", HERE), ("ccas", HERE), ("plie", ELSEWHERE)):
        facts = OrganizationFacts(key(name), territory)
        if policy.decide(a_professional(role), facts, a_question(Level.OPEN, act=SEE_LOAD)):
            found.add(name)
    everywhere = {"département", "ccas"}
    may = {COORDINATOR: everywhere, DISPATCHER: everywhere, MANAGER: {"département"}}
    assert found == may.get(role, set())


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
def test_the_installation_is_read_by_who_administers_it(role: Role) -> None:
    actor = replace(a_professional(role), territory=None, territories=())
    may = bool(policy.decide(actor, PLATFORM, a_question(act=READ_INSTALLATION)))
    assert may == (role == Role.PLATFORM_ADMIN)
    assert not policy.decide(actor, ConsortiumFacts(HERE), a_question(Level.OPEN))


@pytest.mark.parametrize("act", ["nomenclature.add_term", "nomenclature.close_term"])
@pytest.mark.parametrize("role", Role)
def test_terms_are_added_and_closed_by_the_territory_s_coordinators(role: Role, act: str) -> None:
    question = a_question(act=act)
    here, elsewhere = TermFacts(key("t"), HERE), TermFacts(key("t"), ELSEWHERE)
    assert bool(policy.decide(a_professional(role), here, question)) == (role == COORDINATOR)
    assert not policy.decide(a_professional(role), elsewhere, question)


@pytest.mark.parametrize("role", Role)
def test_a_role_of_the_territory_is_given_by_its_coordinators(role: Role) -> None:
    actor, question = a_professional(role), a_question(act=GIVE_OFFICE)
    for name, territory in (("département", HERE), ("ccas", HERE), ("plie", ELSEWHERE)):
        found = bool(policy.decide(actor, OrganizationFacts(key(name), territory), question))
        assert found == (role == COORDINATOR and territory == HERE)


MANDATES = {
    "own": ("référente département", "référente", "département", HERE),
    "own, not active": ("référente ccas", "référente", "ccas", HERE),
    "of a colleague": ("c", COLLEAGUE, "département", HERE),
    "of a partner": ("p", "p", "ccas", HERE),
    "in another territory": ("e", "e", "plie", ELSEWHERE),
    "key of another account": ("référente département", COLLEAGUE, "ccas", HERE),
}
ALL_HERE = set(MANDATES) - {"in another territory"}
IN_THE_HOUSE = {"own", "of a colleague"}
INSIDE = set(Role) - {Role.OBSERVER, Role.PLATFORM_ADMIN}
TEAM = {COORDINATOR: ALL_HERE, DISPATCHER: ALL_HERE, MANAGER: IN_THE_HOUSE}
ON_MANDATES: dict[str, dict[Role, set[str]]] = {
    READ: dict.fromkeys(INSIDE, ALL_HERE),
    REVEAL_CONTACT: dict.fromkeys(INSIDE, ALL_HERE),
    DESCRIBE_ONESELF: {role: {"own"} for role in INSIDE},
    SEE_TEAM: TEAM,
    CHANGE_MANDATE: TEAM,
    END_MANDATE: TEAM,
    REPLACE_MANDATE: TEAM,
    HABILITATE: {COORDINATOR: ALL_HERE},
}
LISTED = {READ, SEE_TEAM}
"""The acts that a list asks for, at the level of what is open."""


@pytest.mark.parametrize(("act", "role"), list(product(ON_MANDATES, Role)))
def test_mandates_on_which_a_role_may_act(act: str, role: Role) -> None:
    question = a_question(Level.OPEN if act in LISTED else None, act=act)
    found = set()
    for name, (mandate, account, organization, territory) in MANDATES.items():
        facts = MandateFacts(key(mandate), territory, key(organization), key(account))
        if policy.decide(a_professional(role), facts, question):
            found.add(name)
    assert found == ON_MANDATES[act].get(role, set())
    others = [level for level in Level if level != Level.OPEN]
    facts = MandateFacts(key("référente département"), HERE, key("département"), key("référente"))
    for level in others if act in LISTED else list(Level):
        assert not policy.decide(a_professional(role), facts, a_question(level, act=act))


INVITATIONS = {"here": ("département", HERE), "there": ("ccas", HERE), "far": ("plie", ELSEWHERE)}
ON_INVITATIONS = (SEND, COMPLETE, WITHDRAW)


@pytest.mark.parametrize(("act", "role"), list(product(ON_INVITATIONS, Role)))
def test_invitations_on_which_a_role_may_act(act: str, role: Role) -> None:
    found = {
        name
        for name, (organization, territory) in INVITATIONS.items()
        if policy.decide(
            a_professional(role),
            InvitationFacts(key(name), territory, key(organization)),
            a_question(act=act),
        )
    }
    everywhere = {"here", "there"}
    may = {COORDINATOR: everywhere, DISPATCHER: everywhere, MANAGER: {"here"}}
    assert found == may.get(role, set())


@pytest.mark.parametrize(("role", "level"), list(product(TEAM, Level)))
def test_invitations_are_listed_as_open_things_only(role: Role, level: Level) -> None:
    invitation = InvitationFacts(key("here"), HERE, key("département"))
    found = policy.decide(a_professional(role), invitation, a_question(level, act=SEND))
    assert bool(found) == (level == Level.OPEN)


@pytest.mark.parametrize("role", Role)
def test_a_consortium_is_read_by_its_own_and_steered_by_its_coordinators(role: Role) -> None:
    here, elsewhere = ConsortiumFacts(HERE), ConsortiumFacts(ELSEWHERE)
    actor = a_professional(role)
    outside = role in (Role.OBSERVER, Role.PLATFORM_ADMIN)
    for level in Level:
        found = bool(policy.decide(actor, here, a_question(level)))
        assert found == (not outside and level == Level.OPEN)
        assert not policy.decide(actor, elsewhere, a_question(level))
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
def test_the_platform_is_read_by_two_roles_and_founds_by_one(role: Role | None) -> None:
    actor = a_professional(role)
    reads = role in (Role.OBSERVER, Role.PLATFORM_ADMIN)
    for level in Level:
        found = bool(policy.decide(actor, PLATFORM, a_question(level)))
        assert found == (reads and level == Level.OPEN)
    founds = bool(policy.decide(actor, PLATFORM, a_question(act=FOUND)))
    assert founds == (role == Role.PLATFORM_ADMIN)


@pytest.mark.parametrize("role", [*Role, None])
def test_accounts_are_the_technical_administrator_s(role: Role | None) -> None:
    """By role alone: an account is of no territory, and nobody reaches one by sight."""
    account, actor = AccountFacts(key("compte")), a_professional(role)
    for row in (row for row in ROWS if row.kind == "account"):
        assert row.roles == {Role.PLATFORM_ADMIN}
        question = a_question(Level.OPEN if row.levels else None, act=row.act)
        assert bool(policy.decide(actor, account, question)) == (role == Role.PLATFORM_ADMIN)
    for level in set(Level) - {Level.OPEN}:
        assert not policy.decide(actor, account, a_question(level))


@pytest.mark.parametrize("role", Role)
def test_an_import_is_its_author_s_under_one_mandate(role: Role) -> None:
    """Who steers the territory reads of the others' how much, and nothing else."""
    actor = a_professional(role)
    sender = (actor.account, actor.mandate, actor.role)
    own = ImportFacts(key("f"), HERE, *sender)  # type: ignore[arg-type]
    steers, imports = role in {COORDINATOR, DISPATCHER}, role in {COORDINATOR, DISPATCHER, MANAGER}
    others = [
        replace(own, account=key(COLLEAGUE)),
        replace(own, mandate=key("another")),
        replace(own, role="another"),
    ]
    for act in IMPORTING:
        assert bool(policy.decide(actor, own, a_question(act=act))) == imports
        assert not any(policy.decide(actor, other, a_question(act=act)) for other in others)
    for level in Level:
        may = imports and level in {Level.OPEN, Level.PRIVATE}
        assert bool(policy.decide(actor, own, a_question(level))) == may
        for other in others:
            read = policy.decide(actor, other, a_question(level))
            assert bool(read) == (steers and level == Level.OPEN)
    assert not policy.decide(actor, replace(own, territory=ELSEWHERE), a_question(Level.OPEN))


def test_every_act_is_said_here() -> None:
    acts = {(row.kind, row.act) for row in ROWS if row.act not in (READ, REVEAL)}
    others = {
        ("follow_up", "people.end_follow_up"),
        ("term", "nomenclature.add_term"),
        ("term", "nomenclature.close_term"),
        ("organization", RECORD),
        ("organization", INVITE),
        ("organization", MEMBERSHIP),
        ("organization", SEE_LOAD),
        *(("reorientation", act) for act in ON_REORIENTATIONS),
        ("consortium", START),
        ("consortium", FINISH),
        ("consortium", DROP),
        ("consortium", REACH),
        ("platform", FOUND),
        ("consortium", STEER),
        ("consortium", SET),
        ("platform", READ_INSTALLATION),
        ("account", "accounts.disable_account"),
        ("account", "accounts.enable_account"),
        ("account", "accounts.reset_second_factor"),
        ("organization", GIVE_OFFICE),
        *(("mandate", act) for act in ON_MANDATES if act != READ),
        *(("invitation", act) for act in ON_INVITATIONS),
        *(("file_import", act) for act in IMPORTING),
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
