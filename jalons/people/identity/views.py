from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.access.consultations import Opened
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import APPOINT, ASK_REORIENTATION, BREAK_GLASS, HAND_OVER, REVEAL
from jalons.access.transitions import Impossible
from jalons.kernel import clock
from jalons.kernel.notices import done
from jalons.territories.team.actions.mandates import MandateEnded
from jalons.territories.team.actions.reveal_contact import TooMany, reveal_contact

from .. import queries
from ..circle import Circle
from ..intakes.queries import asked_by
from ..pairs.queries import other_file
from ..statuses import queries as statuses
from . import queries as tab_queries
from .actions.discretion import be_discreet as be_discreet_with
from .actions.discretion import hide_address as hide_address_of
from .actions.protect import protect as protect_person
from .actions.send_link import end_link as end_link_of
from .actions.send_link import send_link as send_link_to
from .sent_links import sent_links
from .team import companion, team, with_contact

ACTS = {
    "may_correct": "people.correct_identity",
    "may_change_contacts": "people.change_contacts",
    "may_change_identifiers": "people.change_identifiers",
    "may_record_status": "people.record_status",
    "may_name_reader": "people.name_reader",
    "may_hide": "people.hide_address",
    "may_send_link": "people.send_link",
    "may_protect": "people.protect",
}


def identity(request: Any, person: Circle) -> HttpResponse:
    return render(request, "people/identity.html", _identity(request, person))


def reveal(request: Any, person: Circle) -> HttpResponse:
    """The same page with what is restricted or sealed, once: the route recorded the consultation.

    What is sealed has a consultation of its own.
    """
    context = _identity(request, person)
    row = context["person"]
    revealed = statuses.revealed_statuses(request.actor, person, clock.today())
    sealed = tab_queries.sealed_contacts(request.actor, person, row)
    commune = tab_queries.hidden_commune(request.actor, person, row)
    if sealed or commune or any(status.level == Level.SEALED for status in revealed):
        opened = Opened("people:reveal", READ, Level.SEALED, "reads_sealed")
        consultations.record(request.actor, opened, person=person.key)
    context |= {"revealed": revealed, "is_revealed": True, "sealed_contacts": sealed}
    return render(request, "people/identity.html", context | {"hidden_commune": commune})


def reveal_identifier(request: Any, person: Circle, identifier: UUID) -> HttpResponse:
    """The same page with one number; the route recorded the consultation."""
    context = _identity(request, person)
    numbers = tab_queries.revealed(person, context["tab"].numbers, identifier)
    return render(request, "people/identity.html", context | {"numbers": numbers})


def reveal_companion(request: Any, person: Circle, follow_up: UUID) -> HttpResponse:
    """The same page with the contact of one professional; scripts take the part they asked for."""
    context = _identity(request, person)
    one = companion(context["team"], follow_up)
    if one is None or one.mandate is None:
        raise Http404
    try:
        contact = reveal_contact(request.actor, one.mandate)
    except TooMany:
        return render(request, "people/identity.html", context | {"too_many": one.key}, status=422)
    except MandateEnded:
        raise Http404 from None
    context["team"] = with_contact(context["team"], one.key, contact)
    return render(request, "people/identity.html", context)


def masked(request: Any, person: Circle) -> HttpResponse:
    may_read = decide(request.actor, READ, person, Level.IDENTITY)
    context = {
        "line": queries.masked_line(request.actor, person),
        "person": person,
        "may_break_glass": decide(request.actor, BREAK_GLASS, person),
        "may_read": may_read,
        "team": team(request.actor, person) if may_read else [],
        "circle": person,
    }
    return render(request, "people/masked.html", context)


def protect(request: Any, person: Circle) -> HttpResponse:
    wanted = _wanted(request, "protected")
    protect_person(request.actor, person.key, wanted)
    done(request, "Protection activée." if wanted else "Protection levée.")
    return redirect("people:identity", person.key)


def hide_address(request: Any, person: Circle) -> HttpResponse:
    wanted = _wanted(request, "hidden")
    hide_address_of(request.actor, person.key, wanted)
    done(request, "L’adresse est cachée." if wanted else "L’adresse n’est plus cachée.")
    return redirect("people:identity", person.key)


def be_discreet(request: Any, person: Circle) -> HttpResponse:
    wanted = _wanted(request, "discreet")
    be_discreet_with(request.actor, person.key, wanted)
    done(request, "Les contacts sont discrets." if wanted else "Les contacts sont de nouveau lus.")
    return redirect("people:identity", person.key)


def _wanted(request: Any, name: str) -> bool:
    if request.POST.get(name) not in {"0", "1"}:
        raise BadRequest("Ce qui est voulu manque.")
    return bool(request.POST[name] == "1")


def send_link(request: Any, person: Circle) -> HttpResponse:
    """Shows the address and the code, once: they are not stored."""
    sent = send_link_to(request.actor, person.key)
    address = settings.BASE_URL + reverse("access:link", args=[sent.token])
    context = {"address": address, "code": sent.code, "person": person, "link": sent.link}
    return render(request, "people/link_sent.html", context)


def end_link(request: Any, person: Circle) -> HttpResponse:
    try:
        end_link_of(request.actor, person.key, UUID(request.POST.get("link", "")))
    except (Impossible, ValueError):
        messages.error(request, "Ce lien est déjà terminé.")
    else:
        done(request, "Le lien est terminé : il n’ouvre plus rien.")
    return redirect("people:identity", person.key)


def own_identity(request: Any, person: Circle) -> HttpResponse:
    row = queries.person(person)
    context = {"person": row, "commune": queries.shown_communes([row])[row.pk]}
    return render(request, "people/own_identity.html", context)


def _waits_for_them(actor: Any, circle: Circle) -> bool:
    """Whether an entry given to a structure waits for the first interview that the actor holds."""
    given = any(door.waiting and door.opened and door.assigned for door in circle.doors)
    return given and bool(decide(actor, "people.hold_first_interview", circle))


def _identity(request: Any, circle: Circle) -> dict[str, Any]:
    actor, row = request.actor, queries.person(circle)
    tab = tab_queries.tab(actor, circle, row, clock.today())
    shared = decide(actor, READ, circle, Level.SHARED)
    return {
        "circle": circle,
        "person": row,
        "name": str(row),
        "tab": tab,
        "numbers": tab.numbers,
        "commune": next((fact.value for fact in tab.identity if fact.label == "Commune"), ""),
        "team": team(actor, circle),
        "follow_up": queries.own_follow_up(actor, circle),
        "urgent": queries.urgent_accesses(actor, circle),
        "asked": asked_by(actor, circle),
        "reason": request.decision.reason,
        "shared": shared,
        "is_sealed": bool(shared) and (row.hidden_address or row.discreet_contact),
        "may_choose_referent": decide(actor, HAND_OVER if circle.referent else APPOINT, circle),
        "may_reorient": not circle.reorientation and decide(actor, ASK_REORIENTATION, circle),
        "may_interview": _waits_for_them(actor, circle),
        "may_reveal": decide(actor, REVEAL, circle, Level.RESTRICTED),
        "may_open_rights": decide(actor, "rights.record_request", circle),
        "sent_links": sent_links(actor, circle),
        "other_file": other_file(actor, row) if circle.protected else None,
        "seals": statuses.sealed_domains(actor, circle),
        **{name: decide(actor, act, circle) for name, act in ACTS.items()},
    }
