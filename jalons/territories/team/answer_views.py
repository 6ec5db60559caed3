"""The invited person's door: the link, the answer, another link."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.access.transitions import Impossible
from jalons.accounts import pending, second_factor, throttle
from jalons.accounts.forms import EmailForm
from jalons.accounts.login_views import refuse
from jalons.accounts.models import AccountLink
from jalons.accounts.origin import address_of
from jalons.accounts.throttle import TooMany

from ..actors import MANDATE_KEY
from ..models import Invitation
from . import invitation_cookie
from .actions import answer_invitation as acts
from .forms import AnswerForm
from .rules import needs_field

REASONS = {
    "unknown": "Ce lien est incomplet, ou un lien plus récent l’a remplacé.",
    "sent": "Ce lien a déjà servi.",
    "expired": "Son délai de sept jours est passé, ou la personne qui l’a envoyé est partie.",
    "accepted": "Cette invitation a déjà été acceptée. Connectez-vous avec votre courriel.",
    "withdrawn": "La structure a retiré cette invitation. Voyez avec elle.",
    "prepared": "Ce lien est incomplet, ou un lien plus récent l’a remplacé.",
}
"""Why a link no longer serves, by the state of its invitation."""


def link(request: Any, token: str) -> HttpResponse:
    """GET shows a button and changes nothing: mail scanners follow addresses."""
    found = acts.find(token)
    if request.method == "POST":
        try:
            session = acts.open_link(token)
        except acts.Unusable:
            return _unusable(request, found)
        response = redirect("territories:invitation_answer")
        invitation_cookie.keep(response, session)
        return response
    if found is None or found.session_digest or found.state != "sent":
        return _unusable(request, found)
    return render(request, "territories/invitation_link.html")


def answer(request: Any) -> HttpResponse:
    """Accepting, for whoever is signed in under the invited e-mail; else how to get there."""
    held = invitation_cookie.held_by(request)
    if held is None or held.state != "sent":
        return _unusable(request, held)
    if request.actor.account is None:
        return _open_account(request, held) if request.method == "POST" else _way_in(request, held)
    if request.identity.email.casefold() != held.email.casefold():
        return render(request, "territories/invitation_another.html", status=409)
    asked = needs_field(held.role) and not held.field
    form = AnswerForm(request.POST if request.method == "POST" else None, asked=asked)
    if form.is_bound and form.is_valid():
        return _accept(request, held, form)
    context = {"invitation": held, "form": form}
    status = 422 if form.errors else 200
    return render(request, "territories/invitation_answer.html", context, status=status)


def again(request: Any) -> HttpResponse:
    """Asking for another link: the same answer whoever asks."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    status, asked = 200, False
    if form.is_bound:
        status = 422
        if form.is_valid():
            status, asked = _ask_again(request, form)
    context = {"form": form, "asked": asked}
    return render(request, "territories/invitation_again.html", context, status=status)


def _ask_again(request: Any, form: EmailForm) -> tuple[int, bool]:
    email = form.cleaned_data["email"]
    try:
        throttle.take(
            throttle.of_account("invitation", email),
            throttle.of_address("invitation", address_of(request)),
        )
    except TooMany as error:
        return refuse(form, error), False
    acts.ask_again(email)
    return 200, True


def _unusable(request: Any, found: Invitation | None) -> HttpResponse:
    state = found.state if found else "unknown"
    context = {"reason": REASONS[state], "state": state}
    return render(request, "territories/invitation_unusable.html", context, status=410)


def _way_in(request: Any, held: Invitation) -> HttpResponse:
    """Whoever has an account signs in; somebody new chooses a password first."""
    account = acts.known_account(held)
    known = account is not None and (
        account.has_usable_password() or second_factor.enrolled(account)
    )
    return render(request, "territories/invitation_way_in.html", {"known": known})


def _open_account(request: Any, held: Invitation) -> HttpResponse:
    """The link proved the mailbox: its holder chooses a password, then a second factor."""
    try:
        account = acts.account_for(held)
    except acts.Unusable:
        return _unusable(request, None)
    if account.has_usable_password() or second_factor.enrolled(account):
        return redirect("accounts:login")
    pending.hold_link(request, AccountLink(account=account, purpose=AccountLink.Purpose.INVITATION))
    return redirect("accounts:choose_password")


def _accept(request: Any, held: Invitation, form: AnswerForm) -> HttpResponse:
    competence = form.cleaned_data.get("field", "")
    try:
        mandate = acts.accept_invitation(request.actor.account, held.pk, competence)
    except acts.AlreadyThere:
        messages.info(request, "Vous avez déjà ce rôle dans cette structure.")
    except (acts.AnotherAccount, acts.FieldMissing, Impossible):
        return redirect("territories:invitation_answer")
    else:
        request.session[MANDATE_KEY] = str(mandate.pk)
        messages.success(request, "Votre mandat commence aujourd’hui.")
    response = redirect("desk:home")
    invitation_cookie.forget(response)
    return response
