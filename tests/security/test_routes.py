"""Row 2: every address and every verb, asked by everybody; what is not written here fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from jalons.access.actor import system
from jalons.access.models import Export
from jalons.access.routes import declare, lines_of
from jalons.accounts.federation import discovery
from jalons.exchange.files.remarks import OUTCOMES
from jalons.journal import events
from jalons.kernel import clock, crypto
from jalons.people.front_door.actions.ask_to_follow import Asked as FollowAsked
from jalons.people.front_door.actions.ask_to_follow import ask_to_follow
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.typed import Typed
from jalons.people.intakes.actions.receive import receive_intake
from jalons.people.intakes.actions.signal_links import send_signal_link
from jalons.people.intakes.said import Said
from jalons.people.models.entry import Origin
from jalons.people.reorientations.actions.ask import Request, ask_reorientation
from jalons.rights.copies.ask import ask_export, purpose
from jalons.rights.requests.actions import Asked, record_request
from jalons.territories.models import Action, Axis, Milestone, Reception
from tests.clients import PURPOSE, client_for, nobody
from tests.exchange.files import an_import
from tests.sampling import Some
from tests.security.addresses import VERBS, Address, addresses
from tests.security.cast import Cast, a_cast
from tests.worlds import a_document, a_match, a_merge, a_pair, a_person, an_invitation, within

PRACTITIONERS = {
    "référente",
    "collègue",
    "partenaire",
    "intervenante en lecture",
    "ancienne référente",
    "en urgence",
}
MANAGERS = {"responsable", "responsable du partenaire"}
CLERKS = {"accueil", "accueil du partenaire"}
SEARCHERS = PRACTITIONERS | MANAGERS | CLERKS | {"orientation", "coordination"}
URGENT = PRACTITIONERS | MANAGERS | {"coordination"}
RECEIVING = SEARCHERS - {"coordination"}
OTHERS = {"animation", "entreprises", "partenariats", "pilotage"}
OTHERS = {"animation", "entreprises", "partenariats", "pilotage", "protection des données"}
OUTSIDE = {"observatrice", "administration", "sans mandat"}
EVERYBODY = SEARCHERS | OTHERS | OUTSIDE | {"étrangère"}

HOME = {"référente", "responsable", "accueil"}
FOLLOWED = HOME | {"intervenante en lecture", "en urgence"}
AT_CCAS = {"accueil du partenaire", "orientation"}
BLOCKED = AT_CCAS | {"coordination"}
AT_THE_PARTNER = AT_CCAS | {"partenaire", "responsable du partenaire", "en urgence"}
NOBODY: set[str] = set()
OFFICER = {"protection des données"}
ADDING = {
    "followed": {"référente", "accueil"},
    "received": {"accueil du partenaire"},
    "blocked": {"accueil du partenaire"},
    "protected": {"référente", "accueil"},
}
AGREEING = {
    "followed": {"référente"},
    "received": NOBODY,
    "blocked": NOBODY,
    "protected": {"référente"},
}
OBJECTING = {
    "followed": {"référente", "accueil"},
    "received": NOBODY,
    "blocked": NOBODY,
    "protected": {"référente", "accueil"},
}

PERSONS = ("followed", "received", "blocked", "protected")
ENTERED = {
    "received": AT_CCAS | {"responsable du partenaire"},
    "blocked": AT_CCAS,
}
TO_ASSIGN = {"received": {"orientation"}, "blocked": {"orientation"}}
REFERENT = {
    "followed": {"référente", "responsable"},
    "received": {"orientation", "responsable du partenaire"},
    "blocked": {"orientation"},
    "protected": {"référente", "responsable"},
}
REORIENTED = {
    "followed": {"référente"},
    "received": {"responsable du partenaire"},
    "protected": {"référente"},
}

PATHWAY_PAGES = ("set_objective", "add_action", "add_step", "phase")
PERSON_ROUTES: dict[tuple[str, str], dict[str, set[str]]] = {
    ("GET", "people:identity"): {
        "followed": FOLLOWED,
        "received": AT_CCAS | {"responsable du partenaire"},
        "blocked": BLOCKED,
        "protected": HOME,
    },
    ("GET", "people:documents"): {
        "followed": FOLLOWED,
        "received": AT_CCAS | {"responsable du partenaire"},
        "blocked": BLOCKED,
        "protected": HOME,
    },
    ("POST", "people:reveal_documents"): {
        "followed": {"référente", "intervenante en lecture", "en urgence"},
        "received": NOBODY,
        "blocked": NOBODY,
        "protected": {"référente"},
    },
    ("GET", "people:agreements"): {
        "followed": FOLLOWED,
        "received": AT_CCAS | {"responsable du partenaire"},
        "blocked": BLOCKED,
        "protected": HOME,
    },
    ("GET", "pathways:pathway"): {
        "followed": {"référente", "intervenante en lecture", "en urgence"},
        "received": NOBODY,
        "blocked": NOBODY,
        "protected": {"référente"},
    },
    **{(verb, f"pathways:{name}"): AGREEING for name in PATHWAY_PAGES for verb in ("GET", "POST")},
    ("POST", "people:record_information"): ADDING,
    ("GET", "people:add_agreement"): AGREEING,
    ("POST", "people:add_agreement"): AGREEING,
    ("POST", "people:withdraw_agreement"): AGREEING,
    ("GET", "people:add_objection"): OBJECTING,
    ("POST", "people:add_objection"): OBJECTING,
    ("POST", "people:lift_objection"): AGREEING,
    ("GET", "people:add_document"): ADDING,
    ("POST", "people:add_document"): ADDING,
    ("GET", "people:masked"): {
        "followed": SEARCHERS,
        "received": SEARCHERS,
        "blocked": SEARCHERS,
        "protected": HOME,
    },
    ("GET", "access:why"): {
        "followed": FOLLOWED,
        "received": AT_CCAS | {"responsable du partenaire"},
        "blocked": BLOCKED,
        "protected": HOME,
    },
    ("GET", "access:break_glass"): {
        "followed": SEARCHERS,
        "received": SEARCHERS,
        "blocked": SEARCHERS,
        "protected": HOME,
    },
    ("POST", "access:break_glass"): {
        "followed": URGENT,
        "received": URGENT,
        "blocked": URGENT,
        "protected": NOBODY,
    },
    ("GET", "people:ask_to_follow"): {
        "followed": SEARCHERS,
        "received": SEARCHERS,
        "blocked": SEARCHERS,
        "protected": HOME,
    },
    ("POST", "people:ask_to_follow"): {
        "followed": RECEIVING,
        "received": RECEIVING,
        "blocked": RECEIVING,
        "protected": NOBODY,
    },
    ("POST", "people:reveal"): {
        "followed": {"référente", "intervenante en lecture", "en urgence"},
        "received": NOBODY,
        "blocked": NOBODY,
        "protected": {"référente"},
    },
    ("GET", "people:entry"): ENTERED,
    ("POST", "people:entry"): TO_ASSIGN,
    ("GET", "people:close_entry"): TO_ASSIGN,
    ("POST", "people:close_entry"): TO_ASSIGN,
    ("GET", "people:interview"): dict.fromkeys(PERSONS, NOBODY),
    ("POST", "people:interview"): dict.fromkeys(PERSONS, NOBODY),
    ("GET", "people:referent"): REFERENT,
    ("POST", "people:referent"): REFERENT,
    ("GET", "people:ask_reorientation"): REORIENTED,
    ("POST", "people:ask_reorientation"): REORIENTED,
    ("POST", "people:end_link"): {
        "followed": {"référente"},
        "received": NOBODY,
        "blocked": NOBODY,
        "protected": {"référente"},
    },
    ("POST", "people:send_link"): {
        "followed": {"référente"},
        "received": NOBODY,
        "blocked": NOBODY,
        "protected": {"référente"},
    },
    **{
        line: {
            "followed": {"référente"},
            "received": NOBODY,
            "blocked": NOBODY,
            "protected": {"référente"},
        }
        for line in [
            ("POST", "people:protect"),
            ("POST", "people:hide_address"),
            ("POST", "people:be_discreet"),
            ("GET", "people:add_status"),
            ("POST", "people:add_status"),
            ("GET", "people:readers"),
            ("POST", "people:readers"),
        ]
    },
    **{
        line: {
            "followed": {"référente", "accueil"},
            "received": {"accueil du partenaire"},
            "blocked": {"accueil du partenaire"},
            "protected": {"référente", "accueil"},
        }
        for line in [
            ("GET", "people:correct"),
            ("POST", "people:correct"),
            ("GET", "people:add_contact"),
            ("POST", "people:add_contact"),
            ("POST", "people:say_without"),
            ("GET", "people:add_identifier"),
            ("POST", "people:add_identifier"),
        ]
    },
    ("GET", "rights:person"): {
        "followed": {"référente", "accueil"},
        "received": {"accueil du partenaire"},
        "blocked": {"accueil du partenaire"},
        "protected": {"référente", "accueil"},
    },
    ("POST", "rights:person"): {
        "followed": {"référente", "accueil"},
        "received": {"accueil du partenaire"},
        "blocked": {"accueil du partenaire"},
        "protected": {"référente", "accueil"},
    },
    ("POST", "rights:export"): {
        "followed": {"référente"} | OFFICER,
        "received": OFFICER,
        "blocked": OFFICER,
        "protected": {"référente"} | OFFICER,
    },
    ("GET", "rights:consultations"): {
        "followed": {"référente"},
        "received": NOBODY,
        "blocked": NOBODY,
        "protected": {"référente"},
    },
    ("POST", "rights:consultations_export"): {
        "followed": {"référente"},
        "received": NOBODY,
        "blocked": NOBODY,
        "protected": {"référente"},
    },
    ("POST", "rights:erase"): {
        "followed": OFFICER,
        "received": OFFICER,
        "blocked": OFFICER,
        "protected": OFFICER,
    },
    ("POST", "rights:hold"): {
        "followed": OFFICER,
        "received": OFFICER,
        "blocked": OFFICER,
        "protected": OFFICER,
    },
    ("POST", "rights:reopen"): {
        "followed": OFFICER,
        "received": OFFICER,
        "blocked": OFFICER,
        "protected": OFFICER,
    },
}
"""Verb and address → who is let in, person by person. Everybody else meets « introuvable »."""

FOLLOW_UP_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "people:end_follow_up"): {"référente", "responsable"},
    ("POST", "people:end_follow_up"): {"référente", "responsable"},
}

MATCH_ROUTES: dict[tuple[str, str], set[str]] = {
    ("POST", "people:tell_apart"): {"référente"},
    ("POST", "people:postpone_pair"): {"référente"},
    ("GET", "people:merge"): {"référente"},
    ("POST", "people:merge"): {"référente"},
}
"""Who is let in on the match of the protected person: her référente alone."""
EXPORT_ROUTES: dict[tuple[str, str], set[str]] = {
    ("POST", "rights:destroy_export"): {"référente"},
}
"""Who is let in on the list that the référente exported."""

FRONT_DOOR_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "people:found"): SEARCHERS | {"étrangère"},
    ("GET", "people:receive"): {"partenaire"},
    ("POST", "people:receive"): {"partenaire"},
    ("POST", "people:answer_request"): {"référente"},
    ("POST", "people:withdraw_request"): {"partenaire"},
}
"""On the partenaire's search and request. Another's search leads back to the front door."""
DOCUMENT_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "people:document"): {"référente", "intervenante en lecture", "en urgence"},
    ("POST", "people:document"): NOBODY,
    ("POST", "people:withdraw_document"): {"référente"},
    ("POST", "people:restore_document"): NOBODY,
    ("GET", "people:change_document_level"): {"référente"},
    ("POST", "people:change_document_level"): {"référente"},
}
"""Who is let in on a shared document that the référente added, and that nobody withdrew."""
STEP_PAGES = ("plan_step", "start_step", "end_step", "tell_blocker")
PATHWAY_ACTS = ("reach_objective", "abandon_objective", "finish_action", "abandon_action")
FACT_ROUTES: dict[tuple[str, str], set[str]] = {
    ("POST", "people:reveal_identifier"): FOLLOWED,
    ("POST", "people:companion"): FOLLOWED - {"référente"},
    ("POST", "people:confirm_status"): {"référente"},
    ("GET", "people:change_contact"): {"référente", "accueil"},
    ("POST", "people:change_contact"): {"référente", "accueil"},
    ("POST", "people:remove_contact"): {"référente", "accueil"},
    ("GET", "people:change_identifier"): {"référente", "accueil"},
    ("POST", "people:change_identifier"): {"référente", "accueil"},
    ("POST", "people:remove_identifier"): {"référente", "accueil"},
    ("GET", "people:change_status"): {"référente"},
    ("POST", "people:change_status"): {"référente"},
    ("GET", "people:end_status"): {"référente"},
    ("POST", "people:end_status"): {"référente"},
    ("POST", "people:remove_reader"): NOBODY,
    ("GET", "people:change"): {"référente", "responsable"},
    ("POST", "people:change"): {"référente", "responsable"},
    ("POST", "people:withdraw_change"): {"intervenante en lecture"},
    **{
        (verb, f"pathways:{name}"): {"référente"} for name in STEP_PAGES for verb in ("GET", "POST")
    },
    **{("POST", f"pathways:{name}"): {"référente"} for name in (*PATHWAY_ACTS, "abandon_step")},
}
"""Who is let in on a fact of the followed person; nobody was named to read what is sealed."""

COORDINATORS = {"coordination"}
RECORDERS = {"coordination", "orientation", "responsable du partenaire"}
READERS = EVERYBODY - OUTSIDE - {"étrangère"}
ORGANIZATION_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "territories:structure"): READERS,
    ("GET", "territories:edit_structure"): RECORDERS,
    ("POST", "territories:edit_structure"): RECORDERS,
    ("GET", "territories:change_sensitive"): RECORDERS,
    ("POST", "territories:change_sensitive"): RECORDERS,
    ("GET", "territories:add_place"): RECORDERS,
    ("POST", "territories:add_place"): RECORDERS,
    ("GET", "territories:change_place"): RECORDERS,
    ("POST", "territories:change_place"): RECORDERS,
    ("POST", "territories:close_place"): RECORDERS,
    ("GET", "territories:join"): COORDINATORS,
    ("POST", "territories:join"): COORDINATORS,
    ("GET", "territories:leave"): COORDINATORS,
    ("POST", "territories:leave"): COORDINATORS,
}
"""Who is let in on the CCAS; `place` is one of its own."""

ITEM_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "territories:change_action"): COORDINATORS,
    ("POST", "territories:change_action"): COORDINATORS,
    ("POST", "territories:start_action"): COORDINATORS,
    ("POST", "territories:finish_action"): COORDINATORS,
    ("GET", "territories:drop_action"): COORDINATORS,
    ("POST", "territories:drop_action"): COORDINATORS,
    ("GET", "territories:change_milestone"): COORDINATORS,
    ("POST", "territories:change_milestone"): COORDINATORS,
    ("POST", "territories:reach_milestone"): COORDINATORS,
}
"""Who is let in on an action or a milestone of the territory."""

STEERED = {
    ("GET", "territories:setup"),
    ("GET", "territories:communes"),
    ("POST", "territories:communes"),
    ("GET", "territories:members"),
    ("GET", "territories:add_member"),
    ("POST", "territories:add_member"),
    ("GET", "territories:convention"),
    ("POST", "territories:convention"),
    ("GET", "territories:new_convention"),
    ("POST", "territories:new_convention"),
    ("GET", "territories:axes"),
    ("POST", "territories:axes"),
    ("GET", "territories:goal"),
    ("POST", "territories:goal"),
    ("GET", "territories:proposals"),
    ("POST", "territories:proposals"),
    ("GET", "territories:colleagues"),
    ("GET", "territories:add_action"),
    ("POST", "territories:add_action"),
    ("GET", "territories:add_milestone"),
    ("POST", "territories:add_milestone"),
}
INSIDE = EVERYBODY - OUTSIDE
HERE = INSIDE - {"étrangère"}
STEWARDS = {"orientation", "coordination"}
AT_HOME = STEWARDS | {"responsable"}
"""Those who look after a team of the département, where the mandate and the invitation are."""
TEAM_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "territories:mandate"): AT_HOME,
    ("POST", "territories:mandate"): AT_HOME,
    ("POST", "territories:end_mandate"): AT_HOME,
    ("POST", "territories:replace_mandate"): AT_HOME,
    ("POST", "territories:reveal_contact"): HERE,
    ("GET", "territories:invitation"): AT_HOME,
    ("POST", "territories:invitation"): AT_HOME,
    ("POST", "territories:send_invitation"): AT_HOME,
    ("POST", "territories:withdraw_invitation"): AT_HOME,
    ("GET", "territories:professionals"): HERE,
}
"""Verb and address → who is let in, on a mandate, an invitation, a structure of the territory."""

IMPORT_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "exchange:file_import"): {"coordination"},
    ("POST", "exchange:map_columns"): {"coordination"},
    ("GET", "exchange:differences"): {"coordination"},
    ("GET", "exchange:doubtful"): {"coordination"},
    ("POST", "exchange:settle"): {"coordination"},
    ("POST", "exchange:apply"): {"coordination"},
    ("POST", "exchange:cancel"): {"coordination"},
    ("POST", "exchange:left_out"): {"coordination"},
}
"""Who is let in on the file that the coordinator sent: nobody else, whatever their role."""

RIGHTS_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "rights:request"): OFFICER,
    ("POST", "rights:request"): OFFICER,
    ("POST", "rights:download"): {"référente"},
}
"""Who is let in on a person's request, and on the copy that the référente asked for."""
PAIR_ROUTES: dict[tuple[str, str], set[str]] = {
    ("POST", "people:tell_apart"): {"référente", "orientation", "coordination"},
    ("POST", "people:postpone_pair"): {"référente", "orientation", "coordination"},
    ("GET", "people:merge"): {"orientation", "coordination"},
    ("POST", "people:merge"): {"orientation", "coordination"},
}
"""Who tells apart, or makes one, the files of the followed person and of another."""
MERGE_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "people:merged"): {"référente", "orientation", "coordination"},
    ("POST", "people:undo_merge"): {"référente", "orientation", "coordination"},
}
"""Who reads and undoes what was made one with the followed person's file."""
REORIENTATION_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "people:reorientation"): {"référente", "orientation"},
    ("POST", "people:decide_reorientation"): {"orientation"},
    ("POST", "people:withdraw_reorientation"): {"référente"},
}
"""Who is let in on what the référente asked."""
INTAKE_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "people:intake"): AT_THE_PARTNER,
    ("POST", "people:search_intake"): AT_THE_PARTNER,
    ("GET", "people:set_intake_aside"): AT_THE_PARTNER,
    ("POST", "people:set_intake_aside"): AT_THE_PARTNER,
    ("POST", "people:end_signal_link"): {"orientation"},
}
"""Who is let in on a request at the partner's door, and on the link that the dispatcher gave."""

IMPORTERS = MANAGERS | {"orientation", "coordination"}
CASELOAD = SEARCHERS | {"étrangère"}
LISTS: dict[tuple[str, str], set[str]] = {
    ("GET", "desk:caseload"): CASELOAD,
    ("POST", "desk:caseload_export"): CASELOAD,
    ("GET", "people:front_door"): CASELOAD,
    ("POST", "people:front_door"): CASELOAD,
    ("GET", "people:vigilance"): {"coordination"},
    ("GET", "people:intakes"): CASELOAD - {"coordination"},
    ("POST", "people:attach_intake"): CASELOAD - {"coordination"},
    ("GET", "people:meeting"): CASELOAD - {"coordination"},
    ("POST", "people:meeting"): CASELOAD - {"coordination"},
    ("GET", "people:signal_links"): STEWARDS,
    ("POST", "people:signal_links"): STEWARDS,
    ("GET", "people:matches"): CASELOAD - MANAGERS - CLERKS,
    ("GET", "people:review"): CASELOAD - MANAGERS - CLERKS,
    ("GET", "rights:exports"): INSIDE,
    ("GET", "rights:territory_exports"): COORDINATORS | OFFICER,
    ("GET", "people:follow_requests"): CASELOAD - {"coordination"},
    ("GET", "people:entries"): MANAGERS | CLERKS | {"orientation"},
    ("POST", "people:entries_export"): MANAGERS | CLERKS | {"orientation"},
    ("GET", "people:distribute"): {"orientation"},
    ("GET", "people:confirm_distribution"): {"orientation"},
    ("GET", "people:confirm_relay"): PRACTITIONERS | MANAGERS | {"étrangère"},
    ("POST", "people:distribute"): {"orientation"},
    ("POST", "people:confirm_distribution"): {"orientation"},
    ("GET", "people:relay"): PRACTITIONERS | MANAGERS | {"étrangère"},
    ("POST", "people:confirm_relay"): PRACTITIONERS | MANAGERS | {"étrangère"},
    ("GET", "people:reorientations"): PRACTITIONERS | MANAGERS | {"orientation", "étrangère"},
    ("GET", "people:quality"): CASELOAD,
    ("POST", "people:quality_export"): CASELOAD,
    ("GET", "people:load"): STEWARDS | MANAGERS,
    ("POST", "people:load_export"): STEWARDS | MANAGERS,
    ("GET", "territories:organizations"): EVERYBODY - OUTSIDE,
    ("GET", "territories:settings"): {"coordination"},
    ("GET", "territories:setting"): {"coordination"},
    ("POST", "territories:setting"): {"coordination"},
    ("POST", "territories:setting_withdraw"): {"coordination"},
    ("GET", "territories:installation"): {"administration"},
    ("GET", "nomenclature:lists"): {"coordination"},
    ("GET", "nomenclature:list"): {"coordination"},
    ("POST", "nomenclature:list"): {"coordination"},
    ("POST", "nomenclature:list_close"): {"coordination"},
    ("GET", "territories:consortium"): EVERYBODY - OUTSIDE,
    ("GET", "territories:calendar"): EVERYBODY - OUTSIDE,
    ("POST", "territories:calendar_export"): EVERYBODY - OUTSIDE,
    ("GET", "territories:territories"): {"observatrice", "administration"},
    ("GET", "territories:found"): {"administration"},
    ("POST", "territories:found"): {"administration"},
    ("GET", "territories:team"): STEWARDS | MANAGERS,
    ("POST", "territories:team_export"): STEWARDS | MANAGERS,
    ("GET", "territories:invitations"): STEWARDS | MANAGERS,
    ("POST", "territories:invitations"): STEWARDS | MANAGERS,
    ("GET", "territories:invite"): STEWARDS | MANAGERS,
    ("POST", "territories:invite"): STEWARDS | MANAGERS,
    ("GET", "territories:own_sheet"): INSIDE,
    ("POST", "territories:own_sheet"): INSIDE,
    ("GET", "rights:requests"): OFFICER,
    ("GET", "rights:archives"): OFFICER,
    ("GET", "exchange:organizations"): EVERYBODY - OUTSIDE,
    ("GET", "exchange:imports"): IMPORTERS,
    ("GET", "exchange:upload"): IMPORTERS,
    ("POST", "exchange:upload"): IMPORTERS,
    ("POST", "exchange:model"): IMPORTERS,
} | dict.fromkeys(STEERED, COORDINATORS)

ADMINISTERED: dict[tuple[str, str], set[str]] = {
    ("GET", "accounts:accounts"): {"administration"},
    ("GET", "accounts:account"): {"administration"},
    ("GET", "accounts:providers"): {"administration"},
    ("POST", "accounts:disable"): {"administration"},
    ("POST", "accounts:enable"): {"administration"},
    ("POST", "accounts:reset_second_factor"): {"administration"},
}
"""Objects of the platform, of no territory: by role alone."""

POLICY = {
    *PERSON_ROUTES,
    *FOLLOW_UP_ROUTES,
    *FRONT_DOOR_ROUTES,
    *MATCH_ROUTES,
    *EXPORT_ROUTES,
    *DOCUMENT_ROUTES,
    *FACT_ROUTES,
    *REORIENTATION_ROUTES,
    *INTAKE_ROUTES,
    *PAIR_ROUTES,
    *MERGE_ROUTES,
    *ORGANIZATION_ROUTES,
    *ITEM_ROUTES,
    *TEAM_ROUTES,
    *IMPORT_ROUTES,
    *RIGHTS_ROUTES,
    *LISTS,
    *ADMINISTERED,
}

SIGNED_IN = {
    ("GET", "desk:home"),
    ("GET", "desk:alerts"),
    ("POST", "desk:alerts"),
    ("GET", "territories:account"),
    ("POST", "territories:choose_mandate"),
    ("POST", "access:draft"),
    ("POST", "access:undo"),
    ("POST", "accounts:logout"),
    ("GET", "accounts:charter"),
    ("POST", "accounts:charter"),
    ("GET", "accounts:sessions"),
    ("POST", "accounts:sessions"),
    ("GET", "accounts:change_password"),
    ("POST", "accounts:change_password"),
    ("POST", "accounts:recovery_codes"),
    ("GET", "accounts:confirm"),
    ("POST", "accounts:confirm"),
    ("POST", "accounts:confirm_federation"),
    ("POST", "accounts:link_identity"),
    ("POST", "accounts:forget_identity"),
    ("GET", "nomenclature:communes"),
    ("GET", "nomenclature:occupations"),
}
PUBLIC = {
    ("GET", "people:ask_territory"),
    ("GET", "people:ask"),
    ("POST", "people:ask"),
    ("GET", "people:asked"),
    ("GET", "people:current_notice"),
    ("GET", "people:notice"),
    ("GET", "people:notice_pdf"),
    ("GET", "accounts:login"),
    ("POST", "accounts:login"),
    ("GET", "accounts:code"),
    ("POST", "accounts:code"),
    ("GET", "accounts:enrolment"),
    ("POST", "accounts:enrolment"),
    ("GET", "accounts:forgotten"),
    ("POST", "accounts:forgotten"),
    ("GET", "accounts:link"),
    ("POST", "accounts:link"),
    ("GET", "accounts:choose_password"),
    ("POST", "accounts:choose_password"),
    ("GET", "accounts:federation"),
    ("GET", "accounts:federation_return"),
    ("GET", "accounts:reconcile"),
    ("POST", "accounts:reconcile"),
    ("GET", "accounts:signed_out"),
    ("GET", "provider:discovery"),
    ("GET", "provider:keys"),
    ("GET", "provider:authorize"),
    ("POST", "provider:authorize"),
    ("POST", "provider:token"),
    ("GET", "provider:userinfo"),
    ("GET", "provider:end_session"),
    ("GET", "access:link"),
    ("POST", "access:link"),
    ("GET", "access:link_code"),
    ("POST", "access:link_code"),
    ("GET", "territories:demo_login"),
    ("POST", "territories:demo_login"),
    ("GET", "territories:invitation_answer"),
    ("POST", "territories:invitation_answer"),
    ("GET", "territories:invitation_again"),
    ("POST", "territories:invitation_again"),
    ("GET", "territories:invitation_link"),
    ("POST", "territories:invitation_link"),
    ("GET", "kernel:components"),
    ("GET", "kernel:time_travel"),
    ("POST", "kernel:time_travel"),
    ("GET", "kernel:sent_mails"),
    ("GET", "kernel:sent_mail"),
}
LINK = {
    ("GET", "people:own_identity"),
    ("GET", "people:own_agreement"),
    ("POST", "people:own_agreement"),
    ("GET", "people:signal"),
    ("POST", "people:signal"),
    ("GET", "people:signalled"),
}
DEMO = {
    "territories:demo_login",
    "provider:discovery",
    "provider:keys",
    "provider:authorize",
    "provider:token",
    "provider:userinfo",
    "provider:end_session",
    "kernel:components",
    "kernel:time_travel",
    "kernel:sent_mails",
    "kernel:sent_mail",
}
"""Addresses that exist in the demo only."""

Clients = dict[str, Client]
LetsIn = Callable[..., None]
KEPT_OUT = 8
"""Of those who must be kept out of an address, one in so many is asked, in the suite's time."""
DATA = {
    "reason": "La personne est à l’accueil sans solution",
    "protected": "1",
    "hidden": "1",
    "discreet": "1",
    "without": "1",
    "format": "csv",
    "kind": "structures",
    "answer": "accept",
    "orientation_type": "social",
    **PURPOSE,
}


def declared() -> set[tuple[str, str]]:
    return {
        (verb, address.name)
        for address in addresses()
        for verb in address.lines or {}
        if verb != "HEAD"
    }


def test_every_address_has_its_lines() -> None:
    without = [address.name for address in addresses() if not address.lines]
    assert without == []
    assert len(addresses()) == len({address.name for address in addresses()})


def test_every_route_and_verb_is_said_here() -> None:
    said = POLICY | SIGNED_IN | PUBLIC | LINK
    assert declared() == said


def test_each_line_has_the_audience_said_here() -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for address in addresses():
        for verb, line in (address.lines or {}).items():
            if verb != "HEAD":
                found.setdefault(line.audience, set()).add((verb, address.name))
    assert found["public"] == PUBLIC
    assert found["signed_in"] == SIGNED_IN
    assert found["link"] == LINK
    assert found["policy"] == POLICY


def test_what_is_of_the_demo_only() -> None:
    lines = {address.name: address.lines or {} for address in addresses()}
    demo = {name for name, found in lines.items() if any(line.demo for line in found.values())}
    assert demo == {name for name in DEMO if name in lines}
    for name in demo:
        assert all(line.demo for line in lines[name].values())


def test_a_head_needs_what_the_get_needs() -> None:
    for address in addresses():
        assert address.line("HEAD") == address.line("GET")


@pytest.fixture
def cast(db: None) -> Cast:
    return a_cast()


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Everybody's, signed in once: whatever they do is taken back."""
    return {name: client_for(actor) for name, actor in cast.actors.items()}


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _ask(client: Client, verb: str, url: str) -> Any:
    with _taken_back():
        response = client.generic(
            verb,
            url,
            "&".join(f"{name}={value}" for name, value in DATA.items()),
            content_type="application/x-www-form-urlencoded",
        )
        if response.streaming:
            response.getvalue()
        return response


def _let_in(response: Any) -> bool:
    """Out of sight is 404; whoever is let in gets a page, a redirection or the form again."""
    assert response.status_code in (200, 302, 404, 422), response.request["PATH_INFO"]
    return bool(response.status_code != 404)


def _by_name(name: str) -> Address:
    return next(address for address in addresses() if address.name == name)


@pytest.fixture
def lets_in(clients: Clients, some: Some) -> LetsIn:
    """`lets_in(verb, route, expected, **keys)`: these and nobody else, of whom some are asked;
    fewer of them when the object is one `among` several."""

    def check(verb: str, route: str, expected: set[str], *, among: str = "", **keys: Any) -> None:
        url, one_in = _by_name(route).url(**keys), KEPT_OUT * (len(PERSONS) if among else 1)
        drawn = {name for name in clients if some(f"{verb} {route} {among} {name}", one_in)}
        found = {name for name in drawn | expected if _let_in(_ask(clients[name], verb, url))}
        assert found == expected, (verb, route)

    return check


def test_who_is_let_in_on_each_person(cast: Cast, lets_in: LetsIn) -> None:
    for ((verb, route), let_in), name in product(PERSON_ROUTES.items(), PERSONS):
        person = cast.persons[name].pk
        lets_in(verb, route, let_in.get(name, NOBODY), among=name, person=person)


def test_who_ends_a_follow_up(cast: Cast, lets_in: LetsIn) -> None:
    for (verb, route), expected in FOLLOW_UP_ROUTES.items():
        for follow_up in (cast.follow_up, cast.protected_follow_up):
            lets_in(verb, route, expected, follow_up=follow_up.pk)


def test_who_uses_a_search_and_a_request(cast: Cast, lets_in: LetsIn) -> None:
    author = cast.actors["partenaire"]
    with within(cast.territory.pk, account=author.account):
        typed = Typed("Nouvelle", "Zoé", date(2001, 2, 3))
        made = search(author, typed)
        asked = ask_to_follow(author, cast.followed.pk, FollowAsked("Elle vient chez nous", typed))
    for (verb, route), expected in FRONT_DOOR_ROUTES.items():
        lets_in(verb, route, expected, search=made.pk, follow_request=asked.object_key)


def test_who_answers_a_match(cast: Cast, lets_in: LetsIn) -> None:
    match = a_match(cast.protected, a_person(cast.territory))
    for (verb, route), expected in MATCH_ROUTES.items():
        lets_in(verb, route, expected, pair=match.pk)


def test_who_says_that_a_file_is_destroyed(cast: Cast, clients: Clients, lets_in: LetsIn) -> None:
    clients["référente"].post("/file-active/export/", DATA).getvalue()
    with within(cast.territory.pk):
        export = Export.objects.get()
    for (verb, route), expected in EXPORT_ROUTES.items():
        lets_in(verb, route, expected, list_export=export.pk)


def test_who_opens_and_changes_a_document(cast: Cast, lets_in: LetsIn) -> None:
    document = a_document(cast.followed, cast.actors["référente"])
    for (verb, route), expected in DOCUMENT_ROUTES.items():
        lets_in(verb, route, expected, document=document.pk)


def test_who_acts_on_a_fact(cast: Cast, lets_in: LetsIn) -> None:
    for (verb, route), expected in FACT_ROUTES.items():
        lets_in(verb, route, expected, **cast.keys)


def test_who_opens_a_reorientation(cast: Cast, lets_in: LetsIn) -> None:
    referente = cast.actors["référente"]
    with within(cast.territory.pk, account=referente.account):
        asked = ask_reorientation(referente, cast.followed.pk, Request("blocked"))
    for (verb, route), expected in REORIENTATION_ROUTES.items():
        lets_in(verb, route, expected, reorientation=asked.pk)


def test_who_opens_a_request_and_ends_a_link(cast: Cast, lets_in: LetsIn) -> None:
    partner, dispatcher = cast.actors["partenaire"], cast.actors["orientation"]
    with within(cast.territory.pk, account=dispatcher.account):
        made = receive_intake(
            system(cast.territory.pk),
            Said("Nouvelle", "Zoé", date(2001, 2, 3)),
            origin=Origin.SELF,
            door=partner.organization,
        )
        assert partner.organization
        sent = send_signal_link(dispatcher, partner.organization)
    for (verb, route), expected in INTAKE_ROUTES.items():
        lets_in(verb, route, expected, intake=made.pk, signal_link=sent.link.pk)


def test_who_tells_two_persons_apart(cast: Cast, lets_in: LetsIn) -> None:
    pair = a_pair(cast.followed, cast.received)
    for (verb, route), expected in PAIR_ROUTES.items():
        lets_in(verb, route, expected, pair=pair.pk)


def test_who_undoes_a_merge(cast: Cast, lets_in: LetsIn) -> None:
    merge = a_merge(cast.followed, a_person(cast.territory), cast.actors["référente"])
    for (verb, route), expected in MERGE_ROUTES.items():
        lets_in(verb, route, expected, merge=merge.pk)


def _keys(cast: Cast) -> dict[str, Any]:
    """What the addresses of the teams are about, at the département."""
    referente = cast.actors["référente"]
    invited = an_invitation(referente.organization, sent_by=None)
    return {
        "mandate": referente.mandate,
        "invitation": invited.pk,
        "organization": referente.organization,
    }


def test_who_acts_on_a_team(cast: Cast, lets_in: LetsIn) -> None:
    keys = _keys(cast)
    for (verb, route), expected in TEAM_ROUTES.items():
        lets_in(verb, route, expected, **keys)


def test_who_opens_an_import(cast: Cast, lets_in: LetsIn) -> None:
    sender = cast.actors["coordination"]
    with within(cast.territory.pk, account=sender.account):
        sent = an_import(sender, counts=dict.fromkeys((*OUTCOMES, "errors", "warnings"), 0))
    for (verb, route), expected in IMPORT_ROUTES.items():
        lets_in(verb, route, expected, file_import=sent.pk)


def test_who_answers_for_the_data(cast: Cast, lets_in: LetsIn) -> None:
    referente = cast.actors["référente"]
    with within(cast.territory.pk, account=referente.account):
        asked = Asked("access", "letter", clock.today())
        request = record_request(referente, cast.followed.pk, asked)
        copy = ask_export(referente, cast.followed.pk)
        copy.cipher, copy.ready_at = crypto.encrypt(b"zip", purpose(copy.pk)), clock.now()
        copy.save()
    for (verb, route), expected in RIGHTS_ROUTES.items():
        lets_in(verb, route, expected, rights_request=request.pk, stored_export=copy.pk)


def test_who_reads_each_list(lets_in: LetsIn) -> None:
    for (verb, route), expected in LISTS.items():
        lets_in(verb, route, expected)


def test_a_team_out_of_sight_does_not_exist(cast: Cast) -> None:
    """A real key, a random one, a key of another kind of object: the same 404."""
    keys = _keys(cast)
    for name in ("étrangère", "observatrice", "sans mandat"):
        client = client_for(cast.actors[name])
        for verb, route in TEAM_ROUTES:
            address = _by_name(route)
            kind = address.converters[0]
            answers = [
                _ask(client, verb, address.url(**{kind: key}))
                for key in (keys[kind], uuid4(), cast.followed.pk)
            ]
            assert {answer.status_code for answer in answers} == {404}
            assert len({answer.content for answer in answers}) == 1


def test_who_is_let_in_on_a_structure(cast: Cast, lets_in: LetsIn) -> None:
    ccas = cast.actors["partenaire"].organization
    assert ccas
    with within(cast.territory.pk):
        events.append("territories.place_added", territory=cast.territory.pk)
        place = Reception.objects.create(
            territory=cast.territory, organization_id=ccas, name="Antenne"
        )
    for (verb, route), expected in ORGANIZATION_ROUTES.items():
        lets_in(verb, route, expected, organization=ccas, place=place.pk)


def test_who_is_let_in_on_an_action_of_the_calendar(cast: Cast, lets_in: LetsIn) -> None:
    own = {"territory": cast.territory}
    today = clock.today()
    with within(cast.territory.pk):
        events.append("territories.action_added", territory=cast.territory.pk)
        axis = Axis.objects.create(national="method", title="Méthode", **own)
        action = Action.objects.create(axis=axis, title="A", starts_on=today, due_on=today, **own)
        stone = Milestone.objects.create(title="Jalon", due_on=today, **own)
    for (verb, route), expected in ITEM_ROUTES.items():
        lets_in(verb, route, expected, action=action.pk, milestone=stone.pk)


def test_who_administers_accounts(cast: Cast, lets_in: LetsIn) -> None:
    key = cast.actors["référente"].account
    for (verb, route), expected in ADMINISTERED.items():
        lets_in(verb, route, expected, account_id=key)


def test_outside_one_s_sight_is_exactly_what_does_not_exist(cast: Cast, some: Some) -> None:
    """A real person, a random key, a key of another kind of object: the same 404."""
    of_somebody = (*PERSON_ROUTES, *FOLLOW_UP_ROUTES, *DOCUMENT_ROUTES, *IMPORT_ROUTES)
    routes = [(verb, _by_name(route)) for verb, route in of_somebody]
    for name in ("étrangère", "pilotage", "observatrice", "sans mandat"):
        client = client_for(cast.actors[name])
        for verb, address in routes:
            if not some(f"{verb} {address.name} {name}", KEPT_OUT):
                continue
            kind = address.converters[0]
            real = cast.follow_up.pk if kind == "follow_up" else cast.followed.pk
            keys = [real, uuid4(), cast.actors["référente"].organization]
            answers = [_ask(client, verb, address.url(**{kind: key})) for key in keys]
            assert {answer.status_code for answer in answers} == {404}
            assert len({answer.content for answer in answers}) == 1
            assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_nobody_meets_the_login_page(cast: Cast) -> None:
    client = nobody()
    for verb, route in POLICY | SIGNED_IN:
        keys = {name: uuid4() for name in _by_name(route).converters}
        known = {"person": cast.followed.pk, "follow_up": cast.follow_up.pk}
        url = _by_name(route).url(**keys | known)
        response = _ask(client, verb, url)
        assert response.status_code == 302, (verb, route)
        after = url if verb == "GET" else "/"
        assert response.url == f"/connexion/?next={after}"


def test_nobody_holds_no_link(cast: Cast) -> None:
    for verb, route in LINK:
        assert _ask(nobody(), verb, _by_name(route).url()).status_code == 404


def test_whoever_is_signed_in_uses_their_own_pages(
    cast: Cast, some: Some, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = {"authorization_endpoint": "https://identite.example/"}
    monkeypatch.setattr(discovery, "metadata_of", lambda issuer: published)
    for name, (verb, route) in product(cast.actors, SIGNED_IN):
        if not some(f"{verb} {route} {name}", 3):
            continue
        url = _by_name(route).url(event=uuid4(), identity=uuid4(), slug="demo")
        response = _ask(client_for(cast.actors[name]), verb, url)
        assert response.status_code in (200, 302, 400, 422), (name, route)
        assert "/connexion/" not in response.headers.get("Location", "") or route.endswith("logout")


def test_public_pages_are_for_everybody(cast: Cast) -> None:
    for client in (nobody(), client_for(cast.actors["référente"])):
        for verb, route in sorted(PUBLIC & declared()):
            url = _by_name(route).url(token="inconnu", mail_id=uuid4(), slug="inconnu")
            response = _ask(client, verb, url)
            assert response.status_code < 500, route
            assert "next=" not in response.headers.get("Location", "")


def test_a_verb_that_is_not_declared_is_refused(cast: Cast, some: Some) -> None:
    signed_in, anonymous = client_for(cast.actors["référente"]), nobody()
    asked = 0
    for address in addresses():
        values = {"person": cast.followed.pk, "follow_up": cast.follow_up.pk}
        url = address.url(**values | dict.fromkeys({*address.converters} - set(values), uuid4()))
        for verb in set(VERBS) - set(address.lines or {}):
            for client in (signed_in, anonymous) if some(f"{verb} {address.name}", 4) else ():
                response = _ask(client, verb, url)
                assert response.status_code == 405, (verb, address.name)
                assert response.headers["Allow"] == ", ".join(address.lines or {})
                asked += 1
    assert asked > 200


def test_a_demo_page_is_absent_elsewhere(cast: Cast, settings: Any) -> None:
    settings.DEMO = False
    for verb, route in sorted(declared()):
        if route in DEMO:
            url = _by_name(route).url(mail_id=uuid4())
            assert _ask(nobody(), verb, url).status_code == 404, route


def test_a_view_without_line_has_none() -> None:
    pattern = path("oubliee/", lambda request: HttpResponse(), name="forgotten")
    assert lines_of(pattern.callback, "people:forgotten") is None
    declare("people:remembered")
    assert lines_of(pattern.callback, "people:remembered") is not None
