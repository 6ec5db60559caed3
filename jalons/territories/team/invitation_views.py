"""Inviting, and what becomes of an invitation, for those who look after a team."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.access.decisions import decide
from jalons.access.roles import Role
from jalons.access.table import GIVE_OFFICE
from jalons.access.transitions import Impossible
from jalons.kernel.pagination import keyset_page
from jalons.kernel.templatetags.french import plural

from ..actions.outcomes import Outcome
from ..relations import OrganizationFacts
from . import queries
from .actions.prepare_invitation import Guest, prepare_invitation, waiting
from .actions.send_invitation import (
    complete_invitation,
    send_all,
    send_invitation,
    withdraw_invitation,
)
from .forms import InvitationForm, InviteForm
from .relations import InvitationFacts
from .rules import INVITATION, VALIDITY, needs_field

FILTERS = [("", "Toutes"), ("prepared", "Préparées"), ("sent", "Envoyées"), ("expired", "Expirées")]


def invitations(request: Any) -> HttpResponse:
    """GET lists those that wait; POST sends all that are prepared."""
    if request.method == "POST":
        keys = list(queries.invitations(request.actor, "prepared").values_list("pk", flat=True))
        sent = send_all(request.actor, keys)
        word = plural(sent, "invitation part/invitations partent")
        messages.success(request, f"{word} par courriel.")
        return redirect("territories:invitations")
    state = request.GET.get("etat", "")
    state = state if state in dict(FILTERS) else ""
    found = queries.invitations(request.actor, state)
    page = keyset_page(found, ("recorded_at", "id"), cursor=request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "filters": FILTERS,
        "states": INVITATION.states,
        "validity": VALIDITY,
        "prepared": queries.invitations(request.actor, "prepared").count(),
        "several": request.actor.role != Role.MANAGER,
    }
    return render(request, "territories/invitations.html", context)


def invite(request: Any) -> HttpResponse:
    organizations = queries.organizations_to_manage(request.actor)
    offices = _gives_offices(request)
    data = request.POST if request.method == "POST" else None
    form = InviteForm(organizations, data, offices=offices)
    if data is not None and form.is_valid():
        by_key = {str(row.pk): row for row in organizations}
        if _invite(request, form, by_key[form.cleaned_data["organization"]]):
            return redirect("territories:invitations")
    status = 422 if form.errors else 200
    return render(request, "territories/invite.html", {"form": form}, status=status)


def _gives_offices(request: Any) -> bool:
    actor = request.actor
    facts = OrganizationFacts(actor.organization, actor.territory)
    return bool(decide(actor, GIVE_OFFICE, facts))


def _invite(request: Any, form: InviteForm, organization: Any) -> bool:
    values = form.cleaned_data
    role = Role(values["role"])
    competence = values["field"] if needs_field(role) else ""
    names = (values["given_name"], values["family_name"], values["function"])
    guest = Guest(values["email"], *names, competence=competence)
    outcome = prepare_invitation(request.actor, organization, role, guest)
    held = waiting(organization, role, guest.email)
    if held is None or (outcome is Outcome.UNCHANGED and held.sent_at):
        form.add_error("email", _why(held))
        return False
    if "prepare" in request.POST:
        messages.success(request, "L’invitation est prête. Elle partira quand vous l’enverrez.")
    else:
        send_invitation(request.actor, held.pk)
        messages.success(request, "L’invitation part par courriel. Son lien sert sept jours.")
    return True


def _why(held: Any) -> str:
    if held is None:
        return "Cette personne a déjà ce rôle dans cette structure."
    return "Une invitation a déjà été envoyée à ce courriel. Renvoyez-la depuis la liste."


def invitation(request: Any, invitation: InvitationFacts) -> HttpResponse:
    """What is known of somebody expected; POST changes it."""
    row = queries.invitation(invitation.key)
    names = ("given_name", "family_name", "function", "field")
    initial = {name: getattr(row, name) for name in names}
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, initial=initial)
    if not needs_field(row.role):
        del form.fields["field"]
    if data is not None and form.is_valid():
        _done(request, complete_invitation, invitation, "C’est enregistré.", form.said)
        return redirect("territories:invitation", invitation.key)
    context = {"row": row, "form": form, "label": INVITATION.states[row.state]}
    context |= {"open": row.state in ("prepared", "sent", "expired"), "validity": VALIDITY}
    status = 422 if form.errors else 200
    return render(request, "territories/invitation.html", context, status=status)


def send(request: Any, invitation: InvitationFacts) -> HttpResponse:
    said = "L’invitation part par courriel. Son lien sert sept jours."
    _done(request, send_invitation, invitation, said)
    return redirect("territories:invitations")


def withdraw(request: Any, invitation: InvitationFacts) -> HttpResponse:
    _done(request, withdraw_invitation, invitation, "L’invitation est retirée. Son lien est fermé.")
    return redirect("territories:invitations")


def _done(request: Any, act: Any, facts: InvitationFacts, said: str, *more: Any) -> None:
    try:
        act(request.actor, facts.key, *more)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
