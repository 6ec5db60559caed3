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
RECEIVING = (PRACTITIONER, MANAGER, CLERK, DISPATCHER)
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
ADD_DOCUMENT, REVEAL_DOCUMENT = "people.add_document", "people.reveal_document"
WITHDRAW_DOCUMENT = "people.withdraw_document"
RESTORE_DOCUMENT = "people.restore_document"
CHANGE_DOCUMENT_LEVEL = "people.change_document_level"
AT_EVERY_LEVEL = (IDENTITY, SHARED, RESTRICTED, SEALED, PRIVATE)
URGENT_ROLES = (PRACTITIONER, MANAGER, COORDINATOR)
CORRECT = "people.correct_identity"
CHANGE_CONTACTS, CHANGE_IDENTIFIERS = "people.change_contacts", "people.change_identifiers"
READ_ENTRY = "people.read_entry"
ASSIGN, CLOSE_ENTRY = "people.assign_entry", "people.close_entry"
APPOINT, HAND_OVER = "people.appoint_referent", "people.hand_over"
SEE_LOAD = "people.see_load"
ASK_REORIENTATION = "people.ask_reorientation"
ACCEPT_REORIENTATION = "people.accept_reorientation"
REFUSE_REORIENTATION = "people.refuse_reorientation"
WITHDRAW_REORIENTATION = "people.withdraw_reorientation"
TAKE_INTAKE, SET_INTAKE_ASIDE = "people.take_intake", "people.set_intake_aside"
RECORD_INTAKE = "people.record_intake"
SEND_SIGNAL_LINK, END_SIGNAL_LINK = "people.send_signal_link", "people.end_signal_link"
OPEN_ENTRY = "people.open_entry"
CREATE_FROM_FILE, TAKE_FROM_FILE = "people.create_from_file", "people.take_from_file"
ATTACH_FROM_FILE, RECEIVE_FROM_FILE = "people.attach_from_file", "people.receive_from_file"
AT_THE_DOOR = (PRACTITIONER, MANAGER, CLERK)
SIGNALLED_TO = (COORDINATOR, DISPATCHER)
SEE_UNREACHABLE = "people.see_unreachable"
SEE_UNCONFIRMED = "people.see_unconfirmed"
TELL_APART = "people.tell_apart"
MERGE, UNDO_MERGE = "people.merge_files", "people.undo_merge"
STEWARDS = (COORDINATOR, DISPATCHER)
IMPORTERS = (COORDINATOR, DISPATCHER, MANAGER)
CHANGE_PHASE = "pathways.change_phase"
SET_OBJECTIVE, REACH_OBJECTIVE = "pathways.set_objective", "pathways.reach_objective"
ABANDON_OBJECTIVE = "pathways.abandon_objective"
ADD_ACTION, FINISH_ACTION = "pathways.add_action", "pathways.finish_action"
ABANDON_ACTION = "pathways.abandon_action"
ADD_STEP, PLAN_STEP = "pathways.add_step", "pathways.plan_step"
START_STEP, END_STEP = "pathways.start_step", "pathways.end_step"
ABANDON_STEP, TELL_BLOCKER = "pathways.abandon_step", "pathways.tell_blocker"

READ_CONSULTATIONS = "rights.read_consultations"
EXPORT_FILE = "rights.export_file"
DOWNLOAD = "rights.download_export"
RECORD_REQUEST = "rights.record_request"
HANDLE_REQUEST = "rights.handle_request"
SEE_REQUESTS = "rights.see_requests"
SEE_EXPORTS, DESTROY_EXPORT = "rights.see_exports", "rights.destroy_export"
ERASE, HOLD, REOPEN = "rights.erase", "rights.hold", "rights.reopen"


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
    row("people.search", "consortium", SEARCHERS, "own_consortium"),
    row(READ, "search", SEARCHERS, "own_search", PRIVATE),
    row("people.receive", "search", RECEIVING, "own_search"),
    row(RECORD_INTAKE, "consortium", RECEIVING, "own_consortium"),
    row(READ, "intake", AT_THE_DOOR, "intake_at_door", IDENTITY),
    row(READ, "intake", (DISPATCHER,), "intake_of_territory", IDENTITY),
    row(TAKE_INTAKE, "intake", AT_THE_DOOR, "intake_at_door"),
    row(TAKE_INTAKE, "intake", (DISPATCHER,), "intake_of_territory"),
    row(SET_INTAKE_ASIDE, "intake", AT_THE_DOOR, "intake_at_door"),
    row(SET_INTAKE_ASIDE, "intake", (DISPATCHER,), "intake_of_territory"),
    row(SEND_SIGNAL_LINK, "organization", SIGNALLED_TO, "same_territory"),
    row(READ, "signal_link", SIGNALLED_TO, "own_signal_link", OPEN),
    row(END_SIGNAL_LINK, "signal_link", SIGNALLED_TO, "own_signal_link"),
    row(OPEN_ENTRY, "person", IMPORTERS, "in_consortium"),
    row(CREATE_FROM_FILE, "consortium", IMPORTERS, "own_consortium"),
    row(TAKE_FROM_FILE, "person", STEWARDS, "in_consortium"),
    row(TAKE_FROM_FILE, "person", (MANAGER,), "followed_by_organization"),
    row(TAKE_FROM_FILE, "person", (MANAGER,), "assigned_to_organization"),
    row(ATTACH_FROM_FILE, "person", STEWARDS, "in_consortium"),
    row(ATTACH_FROM_FILE, "person", (MANAGER,), "followed_by_organization"),
    row(ATTACH_FROM_FILE, "person", (MANAGER,), "assigned_to_organization"),
    row("people.ask_to_follow", "person", RECEIVING, "in_consortium"),
    row(READ, "follow_request", RECEIVING, "own_request", PRIVATE),
    row(READ, "follow_request", (PRACTITIONER,), "request_to_referent", IDENTITY),
    row(READ, "follow_request", (MANAGER,), "request_to_manager", IDENTITY),
    row(READ, "follow_request", (DISPATCHER,), "request_to_dispatcher", IDENTITY),
    row("people.accept_request", "follow_request", (PRACTITIONER,), "request_to_referent"),
    row("people.accept_request", "follow_request", (MANAGER,), "request_to_manager"),
    row("people.accept_request", "follow_request", (DISPATCHER,), "request_to_dispatcher"),
    row("people.refuse_request", "follow_request", (PRACTITIONER,), "request_to_referent"),
    row("people.refuse_request", "follow_request", (MANAGER,), "request_to_manager"),
    row("people.refuse_request", "follow_request", (DISPATCHER,), "request_to_dispatcher"),
    row("people.withdraw_request", "follow_request", RECEIVING, "own_request"),
    row(READ, "unusual_reading", (COORDINATOR,), "read_here", OPEN),
    row(READ_CONSULTATIONS, "person", (PRACTITIONER,), "is_referent"),
    row(EXPORT_FILE, "person", (PRACTITIONER,), "is_referent"),
    row(EXPORT_FILE, "person", IN_A_TERRITORY, "protects_data"),
    row(DOWNLOAD, "stored_export", IN_A_TERRITORY, "own_export"),
    row(READ, "list_export", IN_A_TERRITORY, "own_list", PRIVATE),
    row(READ, "list_export", (COORDINATOR,), "list_of_territory", OPEN),
    row(READ, "list_export", IN_A_TERRITORY, "list_of_protected_data", OPEN),
    row(DESTROY_EXPORT, "list_export", IN_A_TERRITORY, "own_list"),
    row(SEE_EXPORTS, "consortium", (COORDINATOR,), "own_consortium"),
    row(SEE_EXPORTS, "consortium", IN_A_TERRITORY, "protects_consortium"),
    row(RECORD_REQUEST, "person", (PRACTITIONER,), "is_referent"),
    row(RECORD_REQUEST, "person", (CLERK,), "followed_by_organization"),
    row(RECORD_REQUEST, "person", (CLERK,), "entered_at_organization"),
    row(HANDLE_REQUEST, "rights_request", IN_A_TERRITORY, "request_to_handle", MASKED),
    row(SEE_REQUESTS, "consortium", IN_A_TERRITORY, "protects_consortium"),
    row(ERASE, "person", IN_A_TERRITORY, "protects_data"),
    row(HOLD, "person", IN_A_TERRITORY, "protects_data"),
    row(REOPEN, "person", IN_A_TERRITORY, "protects_data", MASKED),
    row(ADD_DOCUMENT, "person", (PRACTITIONER,), "follows_to_write", *AT_EVERY_LEVEL),
    row(ADD_DOCUMENT, "person", (CLERK,), "followed_by_organization", IDENTITY),
    row(ADD_DOCUMENT, "person", (CLERK,), "entered_at_organization", IDENTITY),
    row("people.record_agreement", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.withdraw_agreement", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.record_objection", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.record_objection", "person", (CLERK,), "followed_by_organization"),
    row("people.lift_objection", "person", (PRACTITIONER,), "is_referent"),
    row("people.record_information", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.record_information", "person", (CLERK,), "followed_by_organization"),
    row("people.record_information", "person", (CLERK,), "entered_at_organization"),
    row(READ, "document", (PRACTITIONER,), "document_follows", IDENTITY, SHARED),
    row(READ, "document", (PRACTITIONER,), "document_reads_sealed", SEALED),
    row(READ, "document", (PRACTITIONER,), "private_document", PRIVATE),
    row(READ, "document", URGENT_ROLES, "document_broke_glass", IDENTITY, SHARED),
    row(READ, "document", (CLERK,), "document_followed_by_organization", IDENTITY),
    row(READ, "document", (CLERK,), "document_entered_at_organization", IDENTITY),
    row(REVEAL_DOCUMENT, "document", (PRACTITIONER,), "document_follows", RESTRICTED),
    row(REVEAL_DOCUMENT, "document", URGENT_ROLES, "document_broke_glass", RESTRICTED),
    row(WITHDRAW_DOCUMENT, "document", (PRACTITIONER,), "written_document"),
    row(WITHDRAW_DOCUMENT, "document", (PRACTITIONER,), "document_of_referent"),
    row(WITHDRAW_DOCUMENT, "document", (CLERK,), "front_desk_document"),
    row(RESTORE_DOCUMENT, "document", (PRACTITIONER, CLERK), "withdrew_document"),
    row(CHANGE_DOCUMENT_LEVEL, "document", (PRACTITIONER,), "written_document"),
    row(CHANGE_DOCUMENT_LEVEL, "document", (PRACTITIONER,), "document_of_referent"),
    row(CORRECT, "person", (PRACTITIONER,), "follows_to_write"),
    row(CORRECT, "person", (CLERK,), "followed_by_organization"),
    row(CORRECT, "person", (CLERK,), "entered_at_organization"),
    row(CHANGE_CONTACTS, "person", (PRACTITIONER,), "follows_to_write"),
    row(CHANGE_CONTACTS, "person", (CLERK,), "followed_by_organization"),
    row(CHANGE_CONTACTS, "person", (CLERK,), "entered_at_organization"),
    row(CHANGE_IDENTIFIERS, "person", (PRACTITIONER,), "follows_to_write"),
    row(CHANGE_IDENTIFIERS, "person", (CLERK,), "followed_by_organization"),
    row(CHANGE_IDENTIFIERS, "person", (CLERK,), "entered_at_organization"),
    row("people.hide_address", "person", (PRACTITIONER,), "is_referent"),
    row("people.be_discreet", "person", (PRACTITIONER,), "is_referent"),
    row("people.record_status", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.change_status", "person", (PRACTITIONER,), "follows_to_write"),
    row("people.name_reader", "person", (PRACTITIONER,), "is_referent", SEALED),
    row("people.accept_change", "proposed_change", (PRACTITIONER,), "change_to_referent"),
    row("people.accept_change", "proposed_change", (MANAGER,), "change_to_manager"),
    row("people.refuse_change", "proposed_change", (PRACTITIONER,), "change_to_referent"),
    row("people.refuse_change", "proposed_change", (MANAGER,), "change_to_manager"),
    row("people.withdraw_change", "proposed_change", (PRACTITIONER, CLERK), "own_change"),
    row(SEE_UNREACHABLE, "person", STEWARDS, "unreachable", IDENTITY),
    row(SEE_UNREACHABLE, "person", (PRACTITIONER,), "follows_to_write", IDENTITY),
    row(SEE_UNREACHABLE, "person", (MANAGER, CLERK), "followed_by_organization", IDENTITY),
    row(SEE_UNCONFIRMED, "person", STEWARDS, "unconfirmed", IDENTITY),
    row(SEE_UNCONFIRMED, "person", (PRACTITIONER,), "follows_to_write", IDENTITY),
    row(READ, "pair", STEWARDS, "pair_of_territory", MASKED, IDENTITY),
    row(READ, "pair", (PRACTITIONER,), "pair_of_referent", MASKED),
    row(READ, "pair", (PRACTITIONER,), "pair_of_both", MASKED, IDENTITY),
    row(READ, "pair", (PRACTITIONER,), "pair_of_owner", MASKED, IDENTITY),
    row(TELL_APART, "pair", STEWARDS, "pair_of_territory"),
    row(TELL_APART, "pair", (PRACTITIONER,), "pair_of_referent"),
    row(TELL_APART, "pair", (PRACTITIONER,), "pair_of_owner"),
    row(MERGE, "pair", STEWARDS, "pair_of_territory"),
    row(MERGE, "pair", (PRACTITIONER,), "pair_of_both"),
    row(MERGE, "pair", (PRACTITIONER,), "pair_of_owner"),
    row(READ, "merge", STEWARDS, "merge_of_territory", IDENTITY),
    row(READ, "merge", (PRACTITIONER,), "merge_of_referent", IDENTITY),
    row(UNDO_MERGE, "merge", STEWARDS, "merge_of_territory"),
    row(UNDO_MERGE, "merge", (PRACTITIONER,), "merge_of_referent"),
    row(CHANGE_PHASE, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(SET_OBJECTIVE, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(REACH_OBJECTIVE, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(ABANDON_OBJECTIVE, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(ADD_ACTION, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(FINISH_ACTION, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(ABANDON_ACTION, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(ADD_STEP, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(PLAN_STEP, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(START_STEP, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(END_STEP, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(ABANDON_STEP, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row(TELL_BLOCKER, "person", (PRACTITIONER,), "follows_to_write", SHARED),
    row("nomenclature.add_term", "term", (COORDINATOR,), "own_terms"),
    row("nomenclature.close_term", "term", (COORDINATOR,), "own_terms"),
    row(READ, "organization", IN_A_TERRITORY, "same_territory", OPEN),
    row(SEE_LOAD, "organization", (COORDINATOR, DISPATCHER), "same_territory", OPEN),
    row(SEE_LOAD, "organization", (MANAGER,), "own_organization", OPEN),
    row(RECEIVE_FROM_FILE, "organization", STEWARDS, "same_territory"),
    row(RECEIVE_FROM_FILE, "organization", (MANAGER,), "own_organization"),
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
    row("exchange.map_columns", "file_import", IMPORTERS, "own_import"),
    row("exchange.settle_row", "file_import", IMPORTERS, "own_import"),
    row("exchange.apply_import", "file_import", IMPORTERS, "own_import"),
    row("exchange.cancel_import", "file_import", IMPORTERS, "own_import"),
    row(READ, "file_import", IMPORTERS, "own_import", OPEN, PRIVATE),
    row(READ, "file_import", (COORDINATOR, DISPATCHER), "import_of_territory", OPEN),
    row(READ, "draft", IN_A_TERRITORY, "author", PRIVATE),
]

ON_FROZEN = frozenset({READ, ERASE})
"""What is done of a file that moved to another territory: reading what is left, erasing it."""

policy = Policy(ROWS, on_frozen=ON_FROZEN)
"""The one policy of the house."""
