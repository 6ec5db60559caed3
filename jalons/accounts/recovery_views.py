"""Without a password: asking for a link, opening it, choosing a password."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.kernel import jobs

from . import devices, pending, throttle
from .actions import links
from .actions.open_account import open_account
from .actions.set_password import set_password
from .entering import next_step
from .federation.clients import offered
from .forms import EmailForm, NewPasswordForm, OpenAccountForm
from .login_views import refuse
from .models import Account, AccountLink
from .origin import address_of
from .throttle import TooMany

RECOVERY, INVITATION = AccountLink.Purpose.RECOVERY, AccountLink.Purpose.INVITATION
FEDERATION, FACTOR = AccountLink.Purpose.FEDERATION, AccountLink.Purpose.FACTOR


def forgotten(request: Any) -> HttpResponse:
    """The same answer whoever asks: it does not say whether an account exists."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    status, sent = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status, sent = ask_for_link(request, form, RECOVERY)
    return render(request, "accounts/forgotten.html", {"form": form, "sent": sent}, status=status)


def link(request: Any, token: str) -> HttpResponse:
    """GET shows a button and changes nothing: mail scanners follow addresses.

    A link that links an identity serves in the browser that holds it, and waits for it elsewhere.
    """
    found = links.find(token)
    elsewhere = bool(found and found.purpose == FEDERATION and not pending.held_told(request))
    if request.method == "POST" and found and not elsewhere:
        try:
            return _opened(request, links.consume(token))
        except links.Unusable:
            found = None
    context = {"found": found, "purpose": found and found.purpose, "elsewhere": elsewhere}
    return render(request, "accounts/link.html", context, status=200 if found else 410)


def _opened(request: Any, opened: AccountLink) -> HttpResponse:
    """Where a link that was just used leads; its holder has the account's mailbox."""
    held = pending.held_told(request)
    if opened.purpose == FEDERATION and held:
        return next_step(request, opened.account, held[1], held[0])
    if opened.purpose == FACTOR:
        pending.allow_new_factor(request, opened.account)
        response = redirect("accounts:login")
    else:
        pending.hold_link(request, opened)
        response = redirect("accounts:choose_password")
    devices.remember(response, opened.account_id)
    return response


def choose_password(request: Any) -> HttpResponse:
    """For the holder of a link just opened; the second factor comes next."""
    opened = pending.opened_by_link(request)
    if opened is None:
        return render(request, "accounts/link.html", {"found": None}, status=410)
    account, purpose = opened
    new = purpose == INVITATION and not account.has_usable_password()
    data = request.POST if request.method == "POST" else None
    form = _form(account, data, new=new)
    if request.method == "POST" and form.is_valid():
        _set(account, form.cleaned_data, new=new)
        return next_step(request, account, "/")
    clients = offered() if new else []
    context = {"form": form, "new": new, "email": account.email, "clients": clients}
    return render(
        request, "accounts/choose_password.html", context, status=422 if form.errors else 200
    )


def ask_for_link(request: Any, form: forms.Form, purpose: AccountLink.Purpose) -> tuple[int, bool]:
    """Asks for a link to the form's address, whoever's it is: a status, whether it was asked."""
    email = form.cleaned_data["email"]
    address = throttle.of_address("link", address_of(request))
    try:
        throttle.take(throttle.of_account("link", email), address)
    except TooMany as error:
        return refuse(form, error), False
    account = Account.objects.filter(email__iexact=email.strip(), disabled_at=None).first()
    key = str(account.pk) if account else None
    jobs.enqueue("accounts.send_link", account=key, purpose=purpose.value)
    return 200, True


def _form(account: Account, data: Any, *, new: bool) -> forms.Form:
    if not new:
        return NewPasswordForm(account, data)
    names = {"given_name": account.given_name, "family_name": account.family_name}
    return OpenAccountForm(account, data, initial=names)


def _set(account: Account, values: dict[str, Any], *, new: bool) -> None:
    if new:
        open_account(account, values["given_name"], values["family_name"], values["password"])
    else:
        set_password(account, values["password"])
