"""The rows of the policy (product.md §5): read it as a table, it is printed in docs/policy.md."""

from .levels import Level
from .policy import READ, Policy, Row
from .roles import Role

PRACTITIONER, MANAGER, CLERK = Role.PRACTITIONER, Role.MANAGER, Role.CLERK
DISPATCHER, COORDINATOR = Role.DISPATCHER, Role.COORDINATOR
PLATFORM_ADMIN = Role.PLATFORM_ADMIN
MASKED, IDENTITY, SHARED = Level.MASKED, Level.IDENTITY, Level.SHARED
RESTRICTED, SEALED, PRIVATE, OPEN = Level.RESTRICTED, Level.SEALED, Level.PRIVATE, Level.OPEN

SEARCHERS = (PRACTITIONER, MANAGER, CLERK, DISPATCHER, COORDINATOR)
IN_A_TERRITORY = tuple(set(Role) - {Role.OBSERVER, Role.PLATFORM_ADMIN})
REVEAL = "access.reveal"
BREAK_GLASS = "access.break_glass"
RECORD = "territories.record_organization"
INVITE = "territories.prepare_invitation"
GIVE_OFFICE = "territories.give_office"
SEND = "territories.send_invitation"
COMPLETE = "territories.complete_invitation"
WITHDRAW = "territories.withdraw_invitation"
SEE_TEAM = "territories.see_team"
CHANGE_MANDATE = "territories.change_mandate"
HABILITATE = "territories.habilitate"
END_MANDATE = "territories.end_mandate"
REPLACE_MANDATE = "territories.replace_mandate"
REVEAL_CONTACT = "territories.reveal_contact"
DESCRIBE_ONESELF = "territories.describe_oneself"
STEER = "territories.steer"
SET = "territories.change_setting"
READ_INSTALLATION = "territories.read_installation"
START, FINISH = "territories.start_action", "territories.finish_action"
DROP, REACH = "territories.drop_action", "territories.reach_milestone"
MEMBERSHIP = "territories.change_membership"
FOUND = "territories.found"
READ_ENTRY = "people.read_entry"
ASSIGN, CLOSE_ENTRY = "people.assign_entry", "people.close_entry"
APPOINT, HAND_OVER = "people.appoint_referent", "people.hand_over"
SEE_LOAD = "people.see_load"
ASK_REORIENTATION = "people.ask_reorientation"
ACCEPT_REORIENTATION = "people.accept_reorientation"
REFUSE_REORIENTATION = "people.refuse_reorientation"
WITHDRAW_REORIENTATION = "people.withdraw_reorientation"
IMPORTERS = (COORDINATOR, DISPATCHER, MANAGER)


def row(act: str, kind: str, roles: tuple[Role, ...], relation: str, *levels: Level) -> Row:
    return Row(act, kind, frozenset(roles), relation, frozenset(levels))


ROWS = [
    row(READ, "person", SEARCHERS, "in_consortium", MASKED),
    row(READ, "person", (PRACTITIONER,), "follows", MASKED, IDENTITY, SHARED),
    row(READ, "person", (PRACTITIONER,), "reads_sealed", SEALED),
    row(READ, "person", (PRACTITIONER, MANAGER, COORDINATOR), "broke_glass", IDENTITY, SHARED),
    row(READ, "person", (MANAGER, CLERK), "followed_by_organization", MASKED, IDENTITY),
    row(READ, "person", (CLERK,), "entered_at_organization", MASKED, IDENTITY),
    row(READ, "person", (MANAGER,), "assigned_to_organization", MASKED, IDENTITY),
    row(READ, "person", (DISPATCHER,), "open_entry", MASKED, IDENTITY),
    row(READ, "person", (DISPATCHER,), "open_reorientation", MASKED, IDENTITY),
    row(ASK_REORIENTATION, "person", (PRACTITIONER,), "follows_to_write"),
    row(ASK_REORIENTATION, "person", (MANAGER,), "assigned_to_organization"),
    row(READ, "reorientation", (PRACTITIONER, MANAGER), "own_reorientation", SHARED),
    row(READ, "reorientation", (DISPATCHER,), "reorientation_of_territory", SHARED),
    row(ACCEPT_REORIENTATION, "reorientation", (DISPATCHER,), "reorientation_of_territory"),
    row(REFUSE_REORIENTATION, "reorientation", (DISPATCHER,), "reorientation_of_territory"),
    row(WITHDRAW_REORIENTATION, "reorientation", (PRACTITIONER, MANAGER), "own_reorientation"),
    row(READ_ENTRY, "person", (CLERK,), "entered_at_organization", IDENTITY),
    row(READ_ENTRY, "person", (MANAGER,), "assigned_to_organization", IDENTITY),
    row(READ_ENTRY, "person", (DISPATCHER,), "open_entry", IDENTITY, SHARED),
    row(READ, "person", (COORDINATOR,), "to_unblock", MASKED, IDENTITY),
    row(REVEAL, "person", (PRACTITIONER,), "follows", RESTRICTED),
    row(REVEAL, "person", (PRACTITIONER, MANAGER, COORDINATOR), "broke_glass", RESTRICTED),
    row(BREAK_GLASS, "person", (PRACTITIONER, MANAGER, COORDINATOR), "in_consortium"),
    row("people.start_follow_up", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.start_follow_up", "person", (MANAGER,), "followed_by_organization"),
    row(APPOINT, "person", (PRACTITIONER,), "is_referent"),
    row(APPOINT, "person", (MANAGER,), "followed_by_organization"),
    row(APPOINT, "person", (MANAGER,), "assigned_to_organization"),
    row(APPOINT, "person", (DISPATCHER,), "open_entry"),
    row(HAND_OVER, "person", (PRACTITIONER,), "is_referent"),
    row(HAND_OVER, "person", (MANAGER,), "referent_of_organization"),
    row("people.end_follow_up", "follow_up", (PRACTITIONER,), "own_follow_up"),
    row("people.end_follow_up", "follow_up", (MANAGER,), "follow_up_of_organization"),
    row(ASSIGN, "person", (DISPATCHER,), "open_entry"),
    row(CLOSE_ENTRY, "person", (DISPATCHER,), "open_entry"),
    row("people.hold_first_interview", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.send_link", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.protect", "person", (PRACTITIONER,), "is_referent"),
    row("nomenclature.add_term", "term", (COORDINATOR,), "own_terms"),
    row("nomenclature.close_term", "term", (COORDINATOR,), "own_terms"),
    row(READ, "organization", IN_A_TERRITORY, "same_territory", OPEN),
    row(SEE_LOAD, "organization", (COORDINATOR, DISPATCHER), "same_territory", OPEN),
    row(SEE_LOAD, "organization", (MANAGER,), "own_organization", OPEN),
    row(RECORD, "organization", (COORDINATOR, DISPATCHER), "same_territory"),
    row(RECORD, "organization", (MANAGER,), "own_organization"),
    row(INVITE, "organization", (COORDINATOR, DISPATCHER), "same_territory"),
    row(INVITE, "organization", (MANAGER,), "own_organization"),
    row(MEMBERSHIP, "organization", (COORDINATOR,), "same_territory"),
    row(GIVE_OFFICE, "organization", (COORDINATOR,), "same_territory"),
    row(SEND, "invitation", (COORDINATOR, DISPATCHER), "invitation_of_territory", OPEN),
    row(SEND, "invitation", (MANAGER,), "invitation_of_organization", OPEN),
    row(COMPLETE, "invitation", (COORDINATOR, DISPATCHER), "invitation_of_territory"),
    row(COMPLETE, "invitation", (MANAGER,), "invitation_of_organization"),
    row(WITHDRAW, "invitation", (COORDINATOR, DISPATCHER), "invitation_of_territory"),
    row(WITHDRAW, "invitation", (MANAGER,), "invitation_of_organization"),
    row(READ, "mandate", IN_A_TERRITORY, "mandate_of_territory", OPEN),
    row(REVEAL_CONTACT, "mandate", IN_A_TERRITORY, "mandate_of_territory"),
    row(DESCRIBE_ONESELF, "mandate", IN_A_TERRITORY, "own_mandate"),
    row(SEE_TEAM, "mandate", (COORDINATOR, DISPATCHER), "mandate_of_territory", OPEN),
    row(SEE_TEAM, "mandate", (MANAGER,), "mandate_of_organization", OPEN),
    row(CHANGE_MANDATE, "mandate", (COORDINATOR, DISPATCHER), "mandate_of_territory"),
    row(CHANGE_MANDATE, "mandate", (MANAGER,), "mandate_of_organization"),
    row(HABILITATE, "mandate", (COORDINATOR,), "mandate_of_territory"),
    row(END_MANDATE, "mandate", (COORDINATOR, DISPATCHER), "mandate_of_territory"),
    row(END_MANDATE, "mandate", (MANAGER,), "mandate_of_organization"),
    row(REPLACE_MANDATE, "mandate", (COORDINATOR, DISPATCHER), "mandate_of_territory"),
    row(REPLACE_MANDATE, "mandate", (MANAGER,), "mandate_of_organization"),
    row(READ, "consortium", IN_A_TERRITORY, "own_consortium", OPEN),
    row(STEER, "consortium", (COORDINATOR,), "own_consortium"),
    row(SET, "consortium", (COORDINATOR,), "own_consortium"),
    row(READ_INSTALLATION, "platform", (PLATFORM_ADMIN,), "of_the_platform"),
    row(START, "consortium", (COORDINATOR,), "own_consortium"),
    row(FINISH, "consortium", (COORDINATOR,), "own_consortium"),
    row(DROP, "consortium", (COORDINATOR,), "own_consortium"),
    row(REACH, "consortium", (COORDINATOR,), "own_consortium"),
    row(READ, "platform", (Role.OBSERVER, PLATFORM_ADMIN), "of_the_platform", OPEN),
    row(FOUND, "platform", (PLATFORM_ADMIN,), "of_the_platform"),
    row(READ, "account", (PLATFORM_ADMIN,), "on_the_platform", OPEN),
    row("accounts.disable_account", "account", (PLATFORM_ADMIN,), "on_the_platform"),
    row("accounts.enable_account", "account", (PLATFORM_ADMIN,), "on_the_platform"),
    row("accounts.reset_second_factor", "account", (PLATFORM_ADMIN,), "on_the_platform"),
    row("exchange.upload_file", "file_import", IMPORTERS, "own_import"),
    row("exchange.apply_import", "file_import", IMPORTERS, "own_import"),
    row("exchange.cancel_import", "file_import", IMPORTERS, "own_import"),
    row(READ, "file_import", IMPORTERS, "own_import", OPEN, PRIVATE),
    row(READ, "file_import", (COORDINATOR, DISPATCHER), "import_of_territory", OPEN),
    row(READ, "draft", IN_A_TERRITORY, "author", PRIVATE),
]

policy = Policy(ROWS)
"""The one policy of the house."""
