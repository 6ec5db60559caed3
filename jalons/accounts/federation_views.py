"""Signing in by a provider: going there, coming back, and saying which account is one's own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from . import departure, pending, reauthentication, sessions
from .actions.federate import InUse, LastWay, Taken, forget_identity, link_identity, note_email
from .entering import next_step, stopped
from .federation import flow, tokens
from .federation.clients import Client, client_of
from .federation.flow import Flow, Purpose
from .federation.refusals import Refused
from .federation.tokens import Told
from .forms import EmailForm, LoginForm
from .login_views import with_password
from .models import AccountLink, FederatedIdentity
from .queries import identity_told, own_account
from .recovery_views import ask_for_link
from .returning import asked, destination

GIVEN_UP = {"access_denied", "login_required", "interaction_required", "consent_required"}


def start(request: Any, slug: str) -> HttpResponse:
    """A link of the login page: it leads to the provider."""
    if request.actor.account:
        return redirect(asked(request))
    client = _client(slug)
    try:
        return redirect(flow.begin(request, client, "sign_in", asked(request)))
    except Refused as refusal:
        return stopped(request, refusal, client.label)


def confirm(request: Any, slug: str) -> HttpResponse:
    """To the provider, which asks for both factors again."""
    return _depart(request, slug, "confirm", asked(request))


def link(request: Any, slug: str) -> HttpResponse:
    """To the provider, whose identity will open one's own account."""
    return _depart(request, slug, "link", "/")


def returned(request: Any, slug: str) -> HttpResponse:
    """The provider's answer: the one GET that may write."""
    client = _client(slug)
    try:
        demand = flow.take(request, slug)
        told = tokens.redeem(client, demand, _code(request, client))
        return ENDS[demand.purpose](request, told, demand)
    except Refused as refusal:
        return stopped(request, refusal, client.label)
    except Taken:
        return stopped(request, Refused("taken"), client.label)


def reconcile(request: Any) -> HttpResponse:
    """Whose account is it? POST `changed`, `password` or `mail` says how it is proved.

    The page is the same whether or not an account has the e-mail that the provider gave.
    """
    held = pending.held_told(request)
    if held is None:
        return stopped(request, Refused("expired"))
    told, after = held
    identity = identity_told(told.provider, told.sub)
    if identity:
        return _changed(request, told, after, identity)
    return _unknown(request, told, after)


def forget(request: Any, identity: UUID) -> HttpResponse:
    """Takes one of one's own identities away."""
    account = own_account(request.actor)
    try:
        forget_identity(account, identity, sessions.identity_of(request.session))
        messages.success(request, "Cette identité n’ouvre plus votre compte.")
    except LastWay:
        messages.error(
            request,
            "C’est votre seule façon d’entrer. Choisissez d’abord un mot de passe, par « Mot de"
            " passe oublié » de la page de connexion.",
        )
    except InUse:
        messages.error(
            request, "Vous êtes entré par cette identité. Connectez-vous autrement pour la retirer."
        )
    return redirect("accounts:sessions")


def signed_out(request: Any) -> HttpResponse:
    """Where a provider sends back whoever left it."""
    return render(request, "accounts/signed_out.html", {"label": departure.left(request)})


def _depart(request: Any, slug: str, purpose: Purpose, after: str) -> HttpResponse:
    client = _client(slug)
    try:
        url = flow.begin(request, client, purpose, after)
    except Refused as refusal:
        return stopped(request, refusal, client.label)
    return departure.go(request, departure.Address(client.label, url))


def _client(slug: str) -> Client:
    client = client_of(slug)
    if client is None:
        raise Http404
    return client


def _code(request: Any, client: Client) -> str:
    """The code of a good answer. Raises Refused."""
    answer = request.GET
    if answer.get("iss", client.issuer) != client.issuer:
        raise Refused("issuer")
    if "error" in answer:
        raise Refused("denied" if answer["error"] in GIVEN_UP else "answer")
    if not answer.get("code"):
        raise Refused("answer")
    return str(answer["code"])


def _enter(request: Any, told: Told, demand: Flow) -> HttpResponse:
    after = destination(request, demand.after)
    identity = identity_told(told.provider, told.sub)
    opened = pending.opened_by_link(request)
    if identity is None and opened:
        return next_step(request, opened[0], after, told)
    if identity and not identity.account.is_active:
        raise Refused("closed")
    if identity is None or identity.email.lower() != told.email.lower():
        pending.hold_told(request, told, after)
        return redirect("accounts:reconcile")
    return next_step(request, identity.account, after, told, known=True)


def _confirm(request: Any, told: Told, demand: Flow) -> HttpResponse:
    """The two factors again: the same person, just now."""
    identity = identity_told(told.provider, told.sub)
    own = identity and identity.account_id == request.actor.account
    if not own or not told.assured or not _just_now(told.authenticated_at):
        raise Refused("other")
    reauthentication.confirm(request)
    messages.success(request, "Vous pouvez continuer pendant dix minutes.")
    return redirect(destination(request, demand.after))


def _just_now(when: datetime | None) -> bool:
    return when is not None and sessions.moment() - when < flow.FRESH


def _link(request: Any, told: Told, demand: Flow) -> HttpResponse:
    if request.actor.account is None:
        raise Refused("expired")
    link_identity(own_account(request.actor), told)
    messages.success(request, "Cette identité ouvre maintenant votre compte.")
    return redirect("accounts:sessions")


ENDS = {"sign_in": _enter, "confirm": _confirm, "link": _link}


def _changed(request: Any, told: Told, after: str, identity: FederatedIdentity) -> HttpResponse:
    if request.method == "POST" and "changed" in request.POST:
        note_email(identity, told)
        return next_step(request, identity.account, after, told, known=True)
    context = {"told": told, "identity": identity, "provider": identity.provider}
    return render(request, "accounts/changed_email.html", context)


def _unknown(request: Any, told: Told, after: str) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    by_mail = posted is not None and "mail" in posted
    initial = {"email": told.email}
    login = LoginForm(None if by_mail else posted, initial=initial)
    mail = EmailForm(posted if by_mail else None, initial=initial, prefix="link")
    status, sent = 200, False
    if by_mail:
        status = 422
        if mail.is_valid():
            status, sent = ask_for_link(request, mail, AccountLink.Purpose.FEDERATION)
    elif posted is not None:
        account, status = with_password(request, login)
        if account:
            return next_step(request, account, after, told)
    context = {
        "told": told,
        "login": login,
        "mail": mail,
        "sent": sent,
        "client": client_of(told.provider),
    }
    return render(request, "accounts/reconcile.html", context, status=status)
