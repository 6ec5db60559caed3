"""The requests that wait: their list, their page, and the ways out of it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.access.decisions import Refused
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import SEND_SIGNAL_LINK, policy
from jalons.access.transitions import Impossible
from jalons.kernel.notices import done
from jalons.kernel.pagination import keyset_page
from jalons.territories.queries import organizations

from ..front_door.actions.search import TooManySearches, search
from ..front_door.forms import SearchForm
from ..front_door.typed import Typed
from . import places, queries
from .actions.attach import SearchEnded, attach_intake
from .actions.receive import AlreadyReceived, record_meeting
from .actions.settle import set_intake_aside
from .actions.signal_links import end_signal_link, send_signal_link
from .facts import IntakeFacts, SignalLinkFacts
from .forms import AsideForm, LinkForm, MeetingForm

SIZE = 30


def intakes(request: Any) -> HttpResponse:
    page = keyset_page(
        queries.intakes(request.actor),
        ("received_at", "id"),
        SIZE,
        cursor=request.GET.get("page"),
    )
    consultations.record_list(request, [])
    context = {
        "page": page,
        "rows": queries.lines(request.actor, page.items),
        "days": places.answer_days(request.actor.territory),
        "may_link": _may(request.actor, SEND_SIGNAL_LINK, "organization"),
    }
    return render(request, "people/intakes.html", context)


def intake(request: Any, intake: IntakeFacts) -> HttpResponse:
    context = {
        "intake": queries.one(request.actor, intake.key),
        "days": places.answer_days(intake.territory),
    }
    return render(request, "people/intake.html", context)


def search_intake(request: Any, intake: IntakeFacts) -> HttpResponse:
    """Searches what was typed; without a birth date, the front door asks for what is missing."""
    said = queries.one(request.actor, intake.key).said
    if said.birth_date is None:
        form = SearchForm(initial=SearchForm.asked(said))
        context = {"form": form, "asked": intake.key}
        return render(request, "people/front_door.html", context)
    typed = Typed(said.family_name, said.given_name, said.birth_date, said.phone or said.email)
    try:
        made = search(request.actor, typed, intake.key)
    except TooManySearches:
        messages.error(request, "Trop de recherches en une heure. Réessayez plus tard.")
        return redirect("people:intake", intake.key)
    return redirect("people:found", made.pk)


def set_aside(request: Any, intake: IntakeFacts) -> HttpResponse:
    form = AsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            event = set_intake_aside(request.actor, intake.key, form.cleaned_data["motive"])
        except Impossible as error:
            messages.error(request, str(error))
        else:
            done(request, "Demande mise de côté.", undo=reverse("access:undo", args=[event.pk]))
        return redirect("people:intakes")
    context = {
        "form": form,
        "title": "Mettre de côté",
        "lead": "La demande quitte la liste, puis elle est détruite. Vous pourrez annuler pendant"
        " dix minutes.",
        "submit": "Mettre de côté",
        "back": reverse("people:intake", args=[intake.key]),
    }
    status = 422 if form.errors else 200
    return render(request, "people/form.html", context, status=status)


def attach(request: Any) -> HttpResponse:
    """The request of a search is that of one of those it found."""
    try:
        made, person = (UUID(request.POST.get(name, "")) for name in ("search", "person"))
        attached = attach_intake(request.actor, made, person)
    except (ValueError, SearchEnded):
        messages.info(request, "Cette recherche est terminée : recommencez-la depuis la demande.")
        return redirect("people:intakes")
    except Impossible:
        messages.info(request, "Quelqu’un a déjà traité cette demande.")
        return redirect("people:intakes")
    except Refused as error:
        raise Http404 from error
    done(request, "La demande est rattachée à cette personne.")
    if attached.opens:
        return redirect("people:identity", attached.person)
    return redirect("people:intakes")


def meeting(request: Any) -> HttpResponse:
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        key = form.sent_ticket.key
        try:
            record_meeting(request.actor, form.said(), key)
        except AlreadyReceived:
            messages.info(request, "Cette rencontre est déjà notée.")
            return redirect("people:intakes")
        done(request, "La rencontre est notée.")
        return redirect("people:intake", key)
    status = 422 if form.errors else 200
    return render(request, "people/meeting.html", {"form": form}, status=status)


def signal_links(request: Any) -> HttpResponse:
    """The links that one gave; POST gives another and shows it, once."""
    named = [(str(row.pk), row.name) for row in organizations(request.actor)]
    form = LinkForm(request.POST if request.method == "POST" else None, structures=named)
    if request.method == "POST" and form.is_valid():
        sent = send_signal_link(request.actor, UUID(form.cleaned_data["organization"]))
        address = settings.BASE_URL + reverse("access:link", args=[sent.token])
        context = {"address": address, "code": sent.code, "link": sent.link}
        context["partner"] = dict(named)[form.cleaned_data["organization"]]
        return render(request, "people/signal_link_sent.html", context)
    context = {
        "form": form,
        "given": queries.given_links(request.actor),
        "receives": _may(request.actor, READ, "intake", Level.IDENTITY),
    }
    status = 422 if form.errors else 200
    return render(request, "people/signal_links.html", context, status=status)


def end_link(request: Any, signal_link: SignalLinkFacts) -> HttpResponse:
    try:
        end_signal_link(request.actor, signal_link.key)
    except Impossible:
        messages.info(request, "Ce lien ne servait déjà plus.")
    else:
        done(request, "Le lien est fermé.")
    return redirect("people:signal_links")


def _may(actor: Any, act: str, kind: str, level: Level | None = None) -> bool:
    """Whether the page of this act is for the actor's role."""
    return actor.role in policy.roles_for(act, kind, level)
