"""The table of product.md §5, said again from the design and not from the code.

Each situation is one person; each role has the levels that it reads there. What stands here and
not in `access.table`, or the reverse, fails.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

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
    DESTROY_EXPORT,
    DOWNLOAD,
    DROP,
    END_MANDATE,
    ERASE,
    EXPORT_FILE,
    FINISH,
    FOUND,
    GIVE_OFFICE,
    HABILITATE,
    HANDLE_REQUEST,
    HOLD,
    INVITE,
    MEMBERSHIP,
    MERGE,
    REACH,
    READ_CONSULTATIONS,
    READ_INSTALLATION,
    RECORD,
    RECORD_REQUEST,
    REOPEN,
    REPLACE_MANDATE,
    REVEAL,
    REVEAL_CONTACT,
    REVEAL_DOCUMENT,
    ROWS,
    SEE_EXPORTS,
    SEE_LOAD,
    SEE_REQUESTS,
    SEE_TEAM,
    SEND,
    SET,
    START,
    STEER,
    TELL_APART,
    UNDO_MERGE,
    WITHDRAW,
    policy,
)
from jalons.accounts.administration import AccountFacts
from jalons.exchange.relations import ImportFacts
from jalons.nomenclature.rights import TermFacts
from jalons.people.circle import Access, Circle
from jalons.people.documents.facts import DocumentFacts
from jalons.people.follow_ups.facts import FollowUpFacts
from jalons.people.front_door.relations import FollowRequestFacts, SearchFacts
from jalons.people.identity.proposals import ChangeFacts
from jalons.people.intakes.facts import IntakeFacts, SignalLinkFacts
from jalons.people.merging.facts import MergeFacts
from jalons.people.pairs.facts import PairFacts
from jalons.people.reorientations.facts import ReorientationFacts
from jalons.people.vigilance.relations import ReadingFacts
from jalons.rights.copies.facts import ExportFacts
from jalons.rights.exported.facts import ListExportFacts
from jalons.rights.requests.facts import RequestFacts
from jalons.territories.relations import ConsortiumFacts, OrganizationFacts
from jalons.territories.team.relations import InvitationFacts, MandateFacts
from tests.circles import (
    ELSEWHERE,
    HERE,
    NOON,
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

IMPORTING = tuple(
    f"exchange.{act}"
    for act in ("upload_file", "map_columns", "settle_row", "apply_import", "cancel_import")
)
ON_PATHWAYS = (
    *("change_phase", "set_objective", "reach_objective", "abandon_objective"),
    *("add_action", "finish_action", "abandon_action"),
    *("add_step", "plan_step", "start_step", "end_step", "abandon_step", "tell_blocker"),
)
ADD = "people.add_document"
ASKED_DOMAIN = "justice"
COLLEAGUE = "collègue"
ELSEWHERE_ORGANIZATION = "ccas"
OWN = a_follower()
OWN_SEAL = frozenset({(ASKED_DOMAIN, key("référente"))})

SITUATIONS: dict[str, Circle] = {
    "unknown to the actor": a_circle(),
    "protected": a_circle(protected=True),
    "archived": a_circle(archived=True),
    "followed and archived": a_circle(followers=(OWN,), archived=True),
    "urgent access and archived": a_circle(break_glass=(an_access(),), archived=True),
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
    "unreachable": a_circle(unreachable=True, followers=(a_follower("p", ELSEWHERE_ORGANIZATION),)),
    "unreachable, followed by nobody": a_circle(unreachable=True),
    "unreachable and protected": a_circle(
        unreachable=True, followers=(a_follower("p", ELSEWHERE_ORGANIZATION),), protected=True
    ),
    "unconfirmed": a_circle(unconfirmed=True, followers=(a_follower("p", ELSEWHERE_ORGANIZATION),)),
    "unconfirmed and protected": a_circle(
        unconfirmed=True, followers=(a_follower("p", ELSEWHERE_ORGANIZATION),), protected=True
    ),
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

INSIDE = set(Role) - {Role.OBSERVER, Role.PLATFORM_ADMIN}
SEARCHED = {role: {MASKED} for role in (PRACTITIONER, MANAGER, CLERK, DISPATCHER, COORDINATOR)}
FOLLOWED = {MASKED, IDENTITY, SHARED, RESTRICTED}
URGENT = dict.fromkeys((PRACTITIONER, MANAGER, COORDINATOR), FOLLOWED)
OF_THE_ORGANIZATION = {MANAGER: {MASKED, IDENTITY}, CLERK: {MASKED, IDENTITY}}
TO_DISPATCH = {DISPATCHER: {MASKED, IDENTITY}}

READ_AT: dict[str, dict[Role, set[Level]]] = {
    "unknown to the actor": SEARCHED,
    "protected": {},
    "archived": {},
    "followed and archived": {},
    "urgent access and archived": {},
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
    "unreachable": SEARCHED,
    "unreachable, followed by nobody": SEARCHED,
    "unreachable and protected": {},
    "unconfirmed": SEARCHED,
    "unconfirmed and protected": {},
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
    "référent is a colleague": a_circle(followers=(a_follower(COLLEAGUE, role="referent"),)),
    "référente, archived": a_circle(followers=REFERENTE.followers, archived=True),
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
    "référent is a colleague",
}
CLOSED = {
    *(name for name in ACT_SITUATIONS if "protected" in name or "archived" in name),
    "in another territory",
    "référente, frozen file",
}
SEARCHABLE = set(ACT_SITUATIONS) - CLOSED
OWN_FILES = {"référente", "référente, protected"}
FILED = dict.fromkeys((DISPATCHER, COORDINATOR), SEARCHABLE)
FILED |= {MANAGER: OF_ORGANIZATION | {"given here"}}
"""Of whom a file may change something."""
DISPATCHED = {DISPATCHER: {"entered here", "entered elsewhere", "given here"}}

MAY: dict[str, dict[Role, set[str]]] = {
    BREAK_GLASS: dict.fromkeys((PRACTITIONER, MANAGER, COORDINATOR), SEARCHABLE),
    "people.start_follow_up": {PRACTITIONER: FOLLOWING, MANAGER: OF_ORGANIZATION},
    "people.ask_to_follow": dict.fromkeys((PRACTITIONER, MANAGER, CLERK, DISPATCHER), SEARCHABLE),
    "people.appoint_referent": DISPATCHED
    | {PRACTITIONER: OWN_FILES, MANAGER: OF_ORGANIZATION | {"given here"}},
    "people.hand_over": {
        PRACTITIONER: OWN_FILES,
        MANAGER: OWN_FILES | {"référent is a colleague"},
    },
    "people.ask_reorientation": {PRACTITIONER: FOLLOWING, MANAGER: {"given here"}},
    "people.open_entry": dict.fromkeys((MANAGER, DISPATCHER, COORDINATOR), SEARCHABLE),
    "people.take_from_file": FILED,
    "people.attach_from_file": FILED,
    "people.read_entry": DISPATCHED | {CLERK: {"entered here"}, MANAGER: {"given here"}},
    "people.assign_entry": DISPATCHED,
    "people.close_entry": DISPATCHED,
    "people.hold_first_interview": {PRACTITIONER: FOLLOWING},
    "people.send_link": {PRACTITIONER: FOLLOWING},
    "people.protect": {PRACTITIONER: OWN_FILES},
    READ_CONSULTATIONS: {PRACTITIONER: OWN_FILES},
    EXPORT_FILE: {PRACTITIONER: OWN_FILES},
    RECORD_REQUEST: {PRACTITIONER: OWN_FILES, CLERK: OF_ORGANIZATION | {"entered here"}},
    ERASE: {},
    HOLD: {},
    REOPEN: {},
    "people.record_agreement": {PRACTITIONER: FOLLOWING},
    "people.withdraw_agreement": {PRACTITIONER: FOLLOWING},
    "people.record_objection": {PRACTITIONER: FOLLOWING, CLERK: OF_ORGANIZATION},
    "people.lift_objection": {PRACTITIONER: OWN_FILES},
    "people.record_information": {
        PRACTITIONER: FOLLOWING,
        CLERK: OF_ORGANIZATION | {"entered here"},
    },
    "people.add_document": {PRACTITIONER: FOLLOWING, CLERK: OF_ORGANIZATION | {"entered here"}},
    "people.hide_address": {PRACTITIONER: OWN_FILES},
    "people.be_discreet": {PRACTITIONER: OWN_FILES},
    "people.name_reader": {PRACTITIONER: OWN_FILES},
    "people.see_unreachable": {
        COORDINATOR: {"unreachable"},
        DISPATCHER: {"unreachable"},
        PRACTITIONER: FOLLOWING,
        MANAGER: OF_ORGANIZATION,
        CLERK: OF_ORGANIZATION,
    },
    "people.see_unconfirmed": {
        COORDINATOR: {"unconfirmed"},
        DISPATCHER: {"unconfirmed"},
        PRACTITIONER: FOLLOWING,
    },
    **{f"pathways.{act}": {PRACTITIONER: FOLLOWING} for act in ON_PATHWAYS},
    "people.record_status": {PRACTITIONER: FOLLOWING},
    "people.change_status": {PRACTITIONER: FOLLOWING},
    **{
        f"people.{act}": {PRACTITIONER: FOLLOWING, CLERK: OF_ORGANIZATION | {"entered here"}}
        for act in ("correct_identity", "change_contacts", "change_identifiers")
    },
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


@pytest.mark.parametrize(("act", "role"), list(product((EXPORT_FILE, ERASE, HOLD, REOPEN), Role)))
def test_persons_whose_data_an_officer_answers_for(act: str, role: Role) -> None:
    officer = replace(a_professional(role), data_protection=True)
    levels = (None, MASKED) if act == REOPEN else (None,)
    for level in (*Level, None):
        question = a_question(level, act=act)
        found = {
            name
            for name, circle in ACT_SITUATIONS.items()
            if policy.decide(officer, circle, question)
        }
        may = role in INSIDE and level in levels
        closed = {"in another territory"} | ({"référente, frozen file"} if act != ERASE else set())
        assert found == (set(ACT_SITUATIONS) - closed if may else set())


@pytest.mark.parametrize(("role", "situation"), list(product(Role, SITUATIONS)))
def test_an_officer_reads_no_more_than_others(role: Role, situation: str) -> None:
    officer = replace(a_professional(role), data_protection=True)
    for level, act in product((*Level, None), (READ, REVEAL, READ_CONSULTATIONS)):
        question = a_question(level, act=act)
        by_office = bool(policy.decide(officer, SITUATIONS[situation], question))
        assert by_office == bool(
            policy.decide(a_professional(role), SITUATIONS[situation], question)
        )


@pytest.mark.parametrize("role", Role)
def test_requests_and_copies_have_their_own_readers(role: Role) -> None:
    actor, inside = a_professional(role), role in INSIDE
    officer = replace(actor, data_protection=True)
    request = RequestFacts(key("demande"), HERE, key("personne"))
    far = RequestFacts(key("demande"), ELSEWHERE, key("personne"))
    for level in (*Level, None):
        question = a_question(level, act=HANDLE_REQUEST)
        may = inside and level in {None, MASKED}
        assert bool(policy.decide(officer, request, question)) == may
        assert not policy.decide(actor, request, question)
        assert not policy.decide(officer, far, question)
    see = a_question(act=SEE_REQUESTS)
    assert bool(policy.decide(officer, ConsortiumFacts(HERE), see)) == inside
    assert not policy.decide(actor, ConsortiumFacts(HERE), see)
    assert not policy.decide(officer, ConsortiumFacts(ELSEWHERE), see)
    own, others = (
        ExportFacts(key("copie"), HERE, key("personne"), key(who))
        for who in ("référente", COLLEAGUE)
    )
    download = a_question(act=DOWNLOAD)
    assert bool(policy.decide(actor, own, download)) == inside
    assert not policy.decide(officer, others, download)


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


ON_INTAKES = ("people.take_intake", "people.set_intake_aside")


@pytest.mark.parametrize("role", Role)
def test_a_request_is_its_door_s_and_the_dispatcher_s(role: Role) -> None:
    """Once it is somebody's, nobody has it: their file alone says who reads it."""
    actor = a_professional(role)
    here = IntakeFacts(key("i"), HERE, key("département"))
    nowhere, elsewhere = replace(here, door=None), replace(here, door=key(ELSEWHERE_ORGANIZATION))
    at_the_door, dispatches = role in {PRACTITIONER, MANAGER, CLERK}, role == DISPATCHER
    for facts, may in (
        (here, at_the_door or dispatches),
        (nowhere, dispatches),
        (elsewhere, dispatches),
        (replace(here, person=key("personne")), False),
        (replace(here, territory=ELSEWHERE), False),
    ):
        assert bool(policy.decide(actor, facts, a_question(IDENTITY))) == may
        for act in ON_INTAKES:
            assert bool(policy.decide(actor, facts, a_question(act=act))) == may
        for level in set(Level) - {IDENTITY}:
            assert not policy.decide(actor, facts, a_question(level))
    meets = role in {PRACTITIONER, MANAGER, CLERK, DISPATCHER}
    for territory, may in ((HERE, meets), (ELSEWHERE, False)):
        question = a_question(act="people.record_intake")
        assert bool(policy.decide(actor, ConsortiumFacts(territory), question)) == may


@pytest.mark.parametrize("role", Role)
def test_a_file_of_persons_creates_here_and_gives_where_its_author_answers(role: Role) -> None:
    """A manager speaks for their own structure, who steers for all those of the territory."""
    actor = a_professional(role)
    steers, imports = role in {COORDINATOR, DISPATCHER}, role in {COORDINATOR, DISPATCHER, MANAGER}
    question = a_question(act="people.create_from_file")
    assert bool(policy.decide(actor, ConsortiumFacts(HERE), question)) == imports
    assert not policy.decide(actor, ConsortiumFacts(ELSEWHERE), question)
    question = a_question(act="people.receive_from_file")
    for organization, territory, may in (
        ("département", HERE, imports),
        (ELSEWHERE_ORGANIZATION, HERE, steers),
        (ELSEWHERE_ORGANIZATION, ELSEWHERE, False),
    ):
        facts = OrganizationFacts(key(organization), territory)
        assert bool(policy.decide(actor, facts, question)) == may


@pytest.mark.parametrize("role", Role)
def test_a_partner_s_link_is_ended_by_who_gave_it(role: Role) -> None:
    actor, gives = a_professional(role), role in {COORDINATOR, DISPATCHER}
    own = SignalLinkFacts(key("l"), HERE, key("référente"))
    for facts, may in (
        (own, gives),
        (replace(own, author=key(COLLEAGUE)), False),
        (replace(own, author=None), False),
        (replace(own, territory=ELSEWHERE), False),
    ):
        question = a_question(act="people.end_signal_link")
        assert bool(policy.decide(actor, facts, question)) == may
        assert bool(policy.decide(actor, facts, a_question(Level.OPEN))) == may
    for territory, may in ((HERE, gives), (ELSEWHERE, False)):
        partner = OrganizationFacts(key("épicerie"), territory)
        question = a_question(act="people.send_signal_link")
        assert bool(policy.decide(actor, partner, question)) == may


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
        question = a_question(act="people.end_follow_up")
        if policy.decide(a_professional(role), facts, question):
            found.add(name)
        assert not policy.decide(a_professional(role), replace(facts, archived=True), question)
    assert found == MAY_END.get(role, set())


DOCUMENTS: dict[str, dict[str, Any]] = {
    "mine": {},
    "of a colleague": {"account": key(COLLEAGUE)},
    "mine, elsewhere": {"organization": key(ELSEWHERE_ORGANIZATION)},
    "mine, withdrawn": {"withdrawn_at": NOON, "withdrawn_by": key("référente")},
    "withdrawn by a colleague": {"withdrawn_at": NOON, "withdrawn_by": key(COLLEAGUE)},
    "withdrawn long ago": {
        "withdrawn_at": NOON - timedelta(minutes=10, seconds=1),
        "withdrawn_by": key("référente"),
    },
}


def a_document(situation: str, level: Level = SHARED, **values: Any) -> DocumentFacts:
    known: dict[str, Any] = {
        "account": key("référente"),
        "organization": key("département"),
        "domain": "",
    }
    if level == SEALED:
        known["domain"] = ASKED_DOMAIN
    circle = ACT_SITUATIONS[situation]
    return DocumentFacts(key("document"), circle.territory, circle, level, **known | values)


@pytest.mark.parametrize(("role", "situation"), list(product(Role, SITUATIONS)))
def test_a_document_is_read_as_the_person_s_file_at_its_level(role: Role, situation: str) -> None:
    """Managers, dispatchers and coordinators read no document, but in an emergency."""
    actor = a_professional(role)
    for level in (IDENTITY, SHARED, RESTRICTED, SEALED, Level.PRIVATE):
        act = REVEAL_DOCUMENT if level == RESTRICTED else READ
        facts = a_document(situation, level)
        found = bool(policy.decide(actor, facts, a_question(level, act=act)))
        may = level in READ_AT[situation].get(role, set())
        if role in (MANAGER, DISPATCHER, COORDINATOR):
            may = may and situation == "urgent access"
        if level == Level.PRIVATE:
            may = role == PRACTITIONER and SHARED in READ_AT[situation].get(role, set())
            may = may and situation != "urgent access"
        assert found == may, level
        for other in set(Level) - {level}:
            assert not policy.decide(actor, facts, a_question(other)), "not at another level"
        assert not policy.decide(actor, facts, a_question(None)), "nor without one"


@pytest.mark.parametrize("role", Role)
def test_what_is_private_or_withdrawn_is_not_read(role: Role) -> None:
    others = a_document("référente", Level.PRIVATE, account=key(COLLEAGUE))
    assert not policy.decide(a_professional(role), others, a_question(Level.PRIVATE))
    for level in (IDENTITY, SHARED, RESTRICTED, SEALED, Level.PRIVATE):
        gone = a_document("référente", level, **DOCUMENTS["mine, withdrawn"])
        for act in (READ, REVEAL_DOCUMENT):
            assert not policy.decide(a_professional(role), gone, a_question(level, act=act))


CLOSE = ("référente", "followed", "followed, read only", "followed by a colleague", "entered here")
OWN_DOCUMENTS = {"mine", "mine, elsewhere", "of a colleague"}
ON_DOCUMENTS: dict[str, dict[str, dict[Role, set[str]]]] = {
    "people.withdraw_document": {
        "référente": {PRACTITIONER: OWN_DOCUMENTS, CLERK: {"mine"}},
        "followed": {PRACTITIONER: {"mine"}, CLERK: {"mine"}},
        "followed, read only": {CLERK: {"mine"}},
        "followed by a colleague": {CLERK: {"mine"}},
        "entered here": {CLERK: {"mine"}},
    },
    "people.change_document_level": {
        "référente": {PRACTITIONER: OWN_DOCUMENTS},
        "followed": {PRACTITIONER: {"mine"}},
    },
    "people.restore_document": {
        name: {PRACTITIONER: {"mine, withdrawn"}, CLERK: {"mine, withdrawn"}}
        for name in (
            "référente",
            "followed",
            "followed, read only",
            "followed by a colleague",
            "entered here",
        )
    },
}
WATCHED = (*CLOSE, "entered here and protected", "unknown to the actor", "urgent access")


@pytest.mark.parametrize(("act", "role"), list(product(ON_DOCUMENTS, Role)))
def test_documents_that_a_role_changes(act: str, role: Role) -> None:
    for situation in (*WATCHED, "référente, frozen file"):
        found = {
            name
            for name, values in DOCUMENTS.items()
            if policy.decide(
                a_professional(role), a_document(situation, **values), a_question(act=act)
            )
        }
        assert found == ON_DOCUMENTS[act].get(situation, {}).get(role, set()), situation


def test_a_private_document_is_not_the_referent_s() -> None:
    others = a_document("référente", Level.PRIVATE, account=key(COLLEAGUE))
    for act in ("people.withdraw_document", "people.change_document_level"):
        assert not policy.decide(a_professional(PRACTITIONER), others, a_question(act=act))


@pytest.mark.parametrize("role", [PRACTITIONER, CLERK])
def test_a_document_is_added_at_the_levels_that_its_author_reads(role: Role) -> None:
    found = {
        level
        for level in Level
        if policy.decide(
            a_professional(role), ACT_SITUATIONS["followed"], a_question(level, act=ADD)
        )
    }
    everything = {IDENTITY, SHARED, RESTRICTED, SEALED, Level.PRIVATE}
    assert found == (everything if role == PRACTITIONER else {IDENTITY})


@pytest.mark.parametrize("role", Role)
def test_a_search_is_its_author_s_until_it_expires(role: Role) -> None:
    """Whoever searches reads their own answer; four roles create somebody from it."""
    actor, receives = a_professional(role), {PRACTITIONER, MANAGER, CLERK, DISPATCHER}
    asked = a_question(Level.PRIVATE)
    own = SearchFacts(key("s"), HERE, key("référente"), asked.at + timedelta(seconds=1))
    searches = role in {*receives, COORDINATOR}
    assert bool(policy.decide(actor, own, asked)) == searches
    consortium = ConsortiumFacts(HERE)
    assert bool(policy.decide(actor, consortium, a_question(act="people.search"))) == searches
    question = a_question(act="people.receive")
    assert bool(policy.decide(actor, own, question)) == (role in receives)
    for other in (replace(own, account=key(COLLEAGUE)), replace(own, expires_at=asked.at)):
        assert not policy.decide(actor, other, asked)
        assert not policy.decide(actor, other, question)


@pytest.mark.parametrize("role", Role)
def test_unusual_readings_are_read_by_the_territory_s_coordinators(role: Role) -> None:
    actor = a_professional(role)
    for level in Level:
        here = policy.decide(actor, ReadingFacts(key("r"), HERE), a_question(level))
        assert bool(here) == (role == COORDINATOR and level == Level.OPEN)
        assert not policy.decide(actor, ReadingFacts(key("r"), ELSEWHERE), a_question(level))


ANSWERS = ("people.accept_request", "people.refuse_request")
HELPING = a_circle(followers=(a_follower(COLLEAGUE),))
ASKED_FOR = {
    "référente": (REFERENTE, {PRACTITIONER}),
    "followed, without référent": (HELPING, {MANAGER}),
    "followed elsewhere": (a_circle(followers=(a_follower("p", "ccas"),)), set()),
    "référent elsewhere": (a_circle(followers=(a_follower("p", "ccas", role="referent"),)), set()),
    "followed by nobody": (a_circle(), {DISPATCHER}),
}


@pytest.mark.parametrize(("role", "name"), list(product(Role, ASKED_FOR)))
def test_who_answers_a_request_to_follow(role: Role, name: str) -> None:
    circle, answering = ASKED_FOR[name]
    actor = a_professional(role)
    facts = FollowRequestFacts(key("r"), HERE, key("autrice"), key("plie"), True, circle)
    for question in (a_question(IDENTITY), *(a_question(act=act) for act in ANSWERS)):
        assert bool(policy.decide(actor, facts, question)) == (role in answering)
        assert not policy.decide(actor, replace(facts, waiting=False), question)
        assert not policy.decide(actor, replace(facts, territory=ELSEWHERE), question)


@pytest.mark.parametrize(("role", "level"), list(product(Role, Level)))
def test_a_request_is_read_by_who_answers_as_an_identity_only(role: Role, level: Level) -> None:
    for circle, _ in ASKED_FOR.values():
        facts = FollowRequestFacts(key("r"), HERE, key("autrice"), key("plie"), True, circle)
        if level != IDENTITY:
            assert not policy.decide(a_professional(role), facts, a_question(level))


@pytest.mark.parametrize(("role", "level"), list(product(Role, set(Level) - {RESTRICTED})))
def test_nothing_but_a_restricted_document_is_revealed(role: Role, level: Level) -> None:
    for situation in SITUATIONS:
        question = a_question(level, act=REVEAL_DOCUMENT)
        assert not policy.decide(a_professional(role), a_document(situation, level), question)


@pytest.mark.parametrize("level", Level)
def test_the_front_desk_adds_only_what_it_copies(level: Level) -> None:
    question = a_question(level, act=ADD)
    for situation in ("entered here", "followed by a colleague"):
        added = policy.decide(a_professional(CLERK), SITUATIONS[situation], question)
        assert bool(added) == (level == IDENTITY)


@pytest.mark.parametrize("role", Role)
def test_a_request_to_follow_is_read_and_taken_back_by_its_author(role: Role) -> None:
    actor, asks = a_professional(role), role in {PRACTITIONER, MANAGER, CLERK, DISPATCHER}
    facts = FollowRequestFacts(key("r"), HERE, key("référente"), key("département"), False, HELPING)
    for question in (a_question(Level.PRIVATE), a_question(act="people.withdraw_request")):
        assert bool(policy.decide(actor, facts, question)) == asks
        for other in (
            replace(facts, account=key(COLLEAGUE)),
            replace(facts, organization=key(ELSEWHERE_ORGANIZATION)),
        ):
            assert not policy.decide(actor, other, question)
    frozen = replace(facts, circle=a_circle(frozen=True))
    assert not policy.decide(actor, frozen, a_question(act="people.withdraw_request"))


CIRCLES = {
    "ours": a_circle(followers=(a_follower(role="referent"),)),
    "a colleague is référente": a_circle(followers=(a_follower(COLLEAGUE, role="referent"),)),
    "référent elsewhere": a_circle(
        followers=(OWN, a_follower("p", ELSEWHERE_ORGANIZATION, role="referent"))
    ),
    "without référent": a_circle(followers=(OWN,)),
    "closed to the structure": a_circle(
        followers=(a_follower(role="referent"),), objections=(("", key("département")),)
    ),
    "frozen": a_circle(followers=(a_follower(role="referent"),), frozen=True),
}
OF_REFERENT = {"ours", "a colleague is référente", "without référent"}


@pytest.mark.parametrize("level", [IDENTITY, SHARED])
@pytest.mark.parametrize("role", Role)
def test_who_answers_a_proposed_correction(role: Role, level: Level) -> None:
    """The référente; a manager of her structure, of what a manager reads; its author withdraws."""
    found: dict[str, set[str]] = {}
    for name, circle in CIRCLES.items():
        for author in ("référente", "autrice"):
            facts = ChangeFacts(
                key("change"), HERE, circle.key, key(author), key("département"), level, circle
            )
            for act in ("accept", "refuse", "withdraw"):
                question = a_question(act=f"people.{act}_change")
                if policy.decide(a_professional(role), facts, question):
                    found.setdefault(f"{act} {author}", set()).add(name)
    own = set(CIRCLES) - {"closed to the structure", "frozen"}
    answered = {PRACTITIONER: {"ours"}, MANAGER: OF_REFERENT if level == IDENTITY else set()}
    for author in ("référente", "autrice"):
        for act in ("accept", "refuse"):
            assert found.get(f"{act} {author}", set()) == answered.get(role, set())
    writers = (PRACTITIONER, CLERK)
    assert found.get("withdraw référente", set()) == (own if role in writers else set())
    assert "withdraw autrice" not in found


@pytest.mark.parametrize("role", Role)
def test_what_may_be_a_protected_person_is_her_referent_s(role: Role) -> None:
    for question in (a_question(IDENTITY), a_question(act=TELL_APART), a_question(act=MERGE)):
        found = {
            name
            for name, circle in CIRCLES.items()
            if policy.decide(
                a_professional(role),
                PairFacts(key("m"), HERE, circle, OTHER, owner=circle.key),
                question,
            )
        }
        assert found == ({"ours"} if role == PRACTITIONER else set())


@pytest.mark.parametrize("role", Role)
def test_who_undoes_a_merge(role: Role) -> None:
    """The référent of the file made one; who looks after the data, while it may be undone."""
    day = a_question().at.date()
    for question in (a_question(IDENTITY), a_question(act=UNDO_MERGE)):
        for until, open_ in ((day + timedelta(days=1), True), (day, False)):
            found = {
                name
                for name, circle in CIRCLES.items()
                if policy.decide(
                    a_professional(role),
                    MergeFacts(key("m"), HERE, circle, "done", until),
                    question,
                )
            }
            known = set(CIRCLES) - {"closed to the structure", "frozen"}
            stewards = known if open_ else set()
            expected = {PRACTITIONER: {"ours"}, COORDINATOR: stewards, DISPATCHER: stewards}
            if question.level:
                expected = {
                    one: names | ({"frozen"} if names else set()) for one, names in expected.items()
                }
            assert found == expected.get(role, set())


@pytest.mark.parametrize("role", Role)
def test_exports_are_one_s_own_and_watched_by_two(role: Role) -> None:
    outside = role in (Role.OBSERVER, Role.PLATFORM_ADMIN)
    actor, officer = a_professional(role), replace(a_professional(role), data_protection=True)
    own, others, far = (
        ListExportFacts(key("e"), place, key(who))
        for place, who in ((HERE, "référente"), (HERE, COLLEAGUE), (ELSEWHERE, "référente"))
    )
    for question in (a_question(Level.PRIVATE), a_question(act=DESTROY_EXPORT)):
        assert bool(policy.decide(actor, own, question)) == (not outside)
        assert not policy.decide(officer, others, question)
        assert not policy.decide(officer, far, question)
    see, watch = a_question(act=SEE_EXPORTS), a_question(Level.OPEN)
    for facts, question in ((ConsortiumFacts(HERE), see), (others, watch)):
        assert bool(policy.decide(actor, facts, question)) == (role == COORDINATOR)
        assert bool(policy.decide(officer, facts, question)) == (not outside)
    assert not policy.decide(officer, far, watch)


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


OTHER = a_circle(key=key("une autre"))
PAIRS: dict[str, tuple[Circle, Circle]] = {
    "of strangers": (a_circle(), OTHER),
    "one is mine": (a_circle(followers=REFERENTE.followers), OTHER),
    "the other is mine": (OTHER, a_circle(followers=REFERENTE.followers)),
    "one is followed only": (a_circle(followers=(OWN,)), OTHER),
    "one is mine, protected": (a_circle(followers=REFERENTE.followers, protected=True), OTHER),
    "the other is protected": (
        a_circle(followers=REFERENTE.followers),
        replace(OTHER, protected=True),
    ),
    "mine, and protected whom I follow": (
        a_circle(followers=REFERENTE.followers),
        replace(OTHER, protected=True, followers=(OWN,)),
    ),
    "one objects": (
        a_circle(followers=REFERENTE.followers, objections=(("", key("département")),)),
        OTHER,
    ),
    "one is frozen": (a_circle(followers=REFERENTE.followers, frozen=True), OTHER),
    "both are mine": (
        a_circle(followers=REFERENTE.followers),
        replace(OTHER, followers=REFERENTE.followers),
    ),
    "one was absorbed": (
        a_circle(followers=REFERENTE.followers),
        replace(OTHER, merged_into=key("une troisième")),
    ),
    "one is archived": (a_circle(followers=REFERENTE.followers), replace(OTHER, archived=True)),
}
MINE = {"one is mine", "the other is mine", "one is mine, protected"}
MINE |= {"mine, and protected whom I follow", "both are mine"}
OF_TERRITORY = {"of strangers", "one is mine", "the other is mine", "one is followed only"}
OF_TERRITORY |= {"both are mine"}
PAIRS_AT: dict[Level | None, dict[Role, set[str]]] = {
    MASKED: dict.fromkeys((COORDINATOR, DISPATCHER), OF_TERRITORY | {"one objects"})
    | {PRACTITIONER: MINE | {"one objects"}},
    IDENTITY: dict.fromkeys((COORDINATOR, DISPATCHER), OF_TERRITORY)
    | {PRACTITIONER: {"both are mine"}},
    None: dict.fromkeys((COORDINATOR, DISPATCHER), OF_TERRITORY) | {PRACTITIONER: MINE},
}
"""Pairs that a role reads at a level; without one, those that it tells apart."""


@pytest.mark.parametrize(("level", "role"), list(product([*Level, None], Role)))
def test_pairs_of_files_that_a_role_reads_and_tells_apart(level: Level | None, role: Role) -> None:
    question = a_question(level, act=READ if level else TELL_APART)
    found = {
        name
        for name, (one, other) in PAIRS.items()
        if policy.decide(a_professional(role), PairFacts(key(name), HERE, one, other), question)
    }
    assert found == PAIRS_AT.get(level, {}).get(role, set())
    merged = {
        name
        for name, (one, other) in PAIRS.items()
        if policy.decide(
            a_professional(role), PairFacts(key(name), HERE, one, other), a_question(act=MERGE)
        )
    }
    assert merged == PAIRS_AT[IDENTITY].get(role, set())


AT_LEVELS: dict[tuple[str, str], dict[str, set[Level]]] = {
    (READ, "pair"): {
        "pair_of_territory": {MASKED, IDENTITY},
        "pair_of_referent": {MASKED},
        "pair_of_both": {MASKED, IDENTITY},
        "pair_of_owner": {MASKED, IDENTITY},
    },
    (READ, "merge"): {"merge_of_territory": {IDENTITY}, "merge_of_referent": {IDENTITY}},
    ("people.see_unreachable", "person"): {
        "unreachable": {IDENTITY},
        "follows_to_write": {IDENTITY},
        "followed_by_organization": {IDENTITY},
    },
    ("people.see_unconfirmed", "person"): {
        "unconfirmed": {IDENTITY},
        "follows_to_write": {IDENTITY},
    },
    (READ, "reorientation"): {
        "own_reorientation": {SHARED},
        "reorientation_of_territory": {SHARED},
    },
    ("people.read_entry", "person"): {
        "entered_at_organization": {IDENTITY},
        "assigned_to_organization": {IDENTITY},
        "open_entry": {IDENTITY, SHARED},
    },
    (READ, "list_export"): {
        "own_list": {Level.PRIVATE},
        "list_of_territory": {Level.OPEN},
        "list_of_protected_data": {Level.OPEN},
    },
    (READ, "search"): {"own_search": {Level.PRIVATE}},
    (READ, "intake"): {"intake_at_door": {IDENTITY}, "intake_of_territory": {IDENTITY}},
    (READ, "signal_link"): {"own_signal_link": {Level.OPEN}},
    (READ, "follow_request"): {
        "own_request": {Level.PRIVATE},
        "request_to_referent": {IDENTITY},
        "request_to_manager": {IDENTITY},
        "request_to_dispatcher": {IDENTITY},
    },
    (READ, "document"): {
        "document_follows": {IDENTITY, SHARED},
        "document_reads_sealed": {SEALED},
        "private_document": {Level.PRIVATE},
        "document_broke_glass": {IDENTITY, SHARED},
        "document_followed_by_organization": {IDENTITY},
        "document_entered_at_organization": {IDENTITY},
    },
    ("people.reveal_document", "document"): {
        "document_follows": {RESTRICTED},
        "document_broke_glass": {RESTRICTED},
    },
    ("people.name_reader", "person"): {"is_referent": {SEALED}},
    **{(f"pathways.{act}", "person"): {"follows_to_write": {SHARED}} for act in ON_PATHWAYS},
    ("people.see_load", "organization"): {
        "same_territory": {Level.OPEN},
        "own_organization": {Level.OPEN},
    },
    ("rights.handle_request", "rights_request"): {"request_to_handle": {MASKED}},
    ("rights.reopen", "person"): {"protects_data": {MASKED}},
}
"""Acts asked at a level: which, by the relation that gives them (product.md §5)."""


@pytest.mark.parametrize(("act", "kind"), AT_LEVELS)
def test_an_act_asked_at_a_level_is_given_at_those_levels_only(act: str, kind: str) -> None:
    found: dict[str, set[Level]] = {}
    for row in policy.rows:
        if (row.act, row.kind) == (act, kind):
            found.setdefault(row.relation, set()).update(row.levels)
    assert found == AT_LEVELS[act, kind]


def test_every_act_is_said_here() -> None:
    acts = {(row.kind, row.act) for row in ROWS if row.act not in (READ, REVEAL)}
    others = {
        ("follow_up", "people.end_follow_up"),
        ("consortium", "people.search"),
        ("search", "people.receive"),
        ("consortium", "people.record_intake"),
        ("consortium", "people.create_from_file"),
        ("organization", "people.receive_from_file"),
        *(("intake", act) for act in ON_INTAKES),
        ("organization", "people.send_signal_link"),
        ("signal_link", "people.end_signal_link"),
        *(("follow_request", act) for act in (*ANSWERS, "people.withdraw_request")),
        ("proposed_change", "people.accept_change"),
        ("proposed_change", "people.refuse_change"),
        ("proposed_change", "people.withdraw_change"),
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
        ("document", REVEAL_DOCUMENT),
        *(("document", act) for act in ON_DOCUMENTS),
        *(("mandate", act) for act in ON_MANDATES if act != READ),
        *(("invitation", act) for act in ON_INVITATIONS),
        *(("file_import", act) for act in IMPORTING),
        ("pair", TELL_APART),
        ("pair", MERGE),
        ("merge", UNDO_MERGE),
        ("stored_export", DOWNLOAD),
        ("rights_request", HANDLE_REQUEST),
        ("consortium", SEE_REQUESTS),
        ("consortium", SEE_EXPORTS),
        ("list_export", DESTROY_EXPORT),
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
