"""The rows of the policy (product.md §5): read it as a table, it is printed in docs/policy.md."""

from .levels import Level
from .policy import READ, Policy, Row
from .roles import Role

PRACTITIONER, MANAGER, CLERK = Role.PRACTITIONER, Role.MANAGER, Role.CLERK
DISPATCHER, COORDINATOR = Role.DISPATCHER, Role.COORDINATOR
MASKED, IDENTITY, SHARED = Level.MASKED, Level.IDENTITY, Level.SHARED
RESTRICTED, SEALED, PRIVATE, OPEN = Level.RESTRICTED, Level.SEALED, Level.PRIVATE, Level.OPEN

SEARCHERS = (PRACTITIONER, MANAGER, CLERK, DISPATCHER, COORDINATOR)
IN_A_TERRITORY = tuple(set(Role) - {Role.OBSERVER, Role.PLATFORM_ADMIN})
REVEAL = "access.reveal"
BREAK_GLASS = "access.break_glass"
RECORD = "territories.record_organization"
INVITE = "territories.prepare_invitation"
STEER = "territories.steer"
SET = "territories.change_setting"
START, FINISH = "territories.start_action", "territories.finish_action"
DROP, REACH = "territories.drop_action", "territories.reach_milestone"
MEMBERSHIP = "territories.change_membership"
FOUND = "territories.found"


def row(act: str, kind: str, roles: tuple[Role, ...], relation: str, *levels: Level) -> Row:
    return Row(act, kind, frozenset(roles), relation, frozenset(levels))


ROWS = [
    row(READ, "person", SEARCHERS, "in_consortium", MASKED),
    row(READ, "person", (PRACTITIONER,), "follows", MASKED, IDENTITY, SHARED),
    row(READ, "person", (PRACTITIONER,), "reads_sealed", SEALED),
    row(READ, "person", (PRACTITIONER, MANAGER, COORDINATOR), "broke_glass", IDENTITY, SHARED),
    row(READ, "person", (MANAGER, CLERK), "followed_by_organization", MASKED, IDENTITY),
    row(READ, "person", (CLERK,), "entered_at_organization", MASKED, IDENTITY),
    row(READ, "person", (DISPATCHER,), "open_entry", MASKED, IDENTITY),
    row(READ, "person", (COORDINATOR,), "to_unblock", MASKED, IDENTITY),
    row(REVEAL, "person", (PRACTITIONER,), "follows", RESTRICTED),
    row(REVEAL, "person", (PRACTITIONER, MANAGER, COORDINATOR), "broke_glass", RESTRICTED),
    row(BREAK_GLASS, "person", (PRACTITIONER, MANAGER, COORDINATOR), "in_consortium"),
    row("people.start_follow_up", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.start_follow_up", "person", (MANAGER,), "followed_by_organization"),
    row("people.appoint_referent", "person", (PRACTITIONER,), "is_referent"),
    row("people.appoint_referent", "person", (MANAGER,), "followed_by_organization"),
    row("people.appoint_referent", "person", (DISPATCHER,), "open_entry"),
    row("people.end_follow_up", "follow_up", (PRACTITIONER,), "own_follow_up"),
    row("people.end_follow_up", "follow_up", (MANAGER,), "follow_up_of_organization"),
    row("people.assign_entry", "person", (DISPATCHER,), "open_entry"),
    row("people.close_entry", "person", (DISPATCHER,), "open_entry"),
    row("people.hold_first_interview", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.send_link", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.protect", "person", (PRACTITIONER,), "is_referent"),
    row("nomenclature.add_term", "term", (COORDINATOR,), "own_terms"),
    row(READ, "organization", IN_A_TERRITORY, "same_territory", OPEN),
    row(RECORD, "organization", (COORDINATOR, DISPATCHER), "same_territory"),
    row(RECORD, "organization", (MANAGER,), "own_organization"),
    row(INVITE, "organization", (COORDINATOR, DISPATCHER), "same_territory"),
    row(INVITE, "organization", (MANAGER,), "own_organization"),
    row(MEMBERSHIP, "organization", (COORDINATOR,), "same_territory"),
    row(READ, "consortium", IN_A_TERRITORY, "own_consortium", OPEN),
    row(STEER, "consortium", (COORDINATOR,), "own_consortium"),
    row(SET, "consortium", (COORDINATOR,), "own_consortium"),
    row(START, "consortium", (COORDINATOR,), "own_consortium"),
    row(FINISH, "consortium", (COORDINATOR,), "own_consortium"),
    row(DROP, "consortium", (COORDINATOR,), "own_consortium"),
    row(REACH, "consortium", (COORDINATOR,), "own_consortium"),
    row(READ, "territory", (Role.OBSERVER, Role.PLATFORM_ADMIN), "of_all_territories", OPEN),
    row(FOUND, "territory", (Role.PLATFORM_ADMIN,), "of_all_territories"),
    row(READ, "draft", IN_A_TERRITORY, "author", PRIVATE),
]

policy = Policy(ROWS)
"""The one policy of the house."""
