"""Without a password: asking for a link, opening it, choosing a password."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.kernel import jobs

from . import devices, pending, second_factor, throttle
from .actions import links
from .actions.open_account import open_account
from .actions.set_password import set_password
from .forms import EmailForm, NewPasswordForm, OpenAccountForm
from .login_views import refuse
from .models import Account, AccountLink
from .origin import address_of
from .throttle import TooMany

RECOVERY, INVITATION = AccountLink.Purpose.RECOVERY, AccountLink.Purpose.INVITATION


def forgotten(request: Any) -> HttpResponse:
    """The same answer whoever asks: it does not say whether an account exists."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    status, sent = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status, sent = _ask(request, form)
    return render(request, "accounts/forgotten.html", {"form": form, "sent": sent}, status=status)


def link(request: Any, token: str) -> HttpResponse:
    """GET shows a button and changes nothing: mail scanners follow addresses."""
    found = links.find(token)
    if request.method == "POST" and found:
        try:
            opened = links.consume(token)
        except links.Unusable:
            found = None
        else:
            pending.hold_link(request, opened)
            response = redirect("accounts:choose_password")
            devices.remember(response, opened.account_id)
            return response
    context = {"found": found, "invitation": found and found.purpose == INVITATION}
    return render(request, "accounts/link.html", context, status=200 if found else 410)


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
        pending.hold(request, account)
        enrolled = second_factor.enrolled(account)
        return redirect("accounts:code" if enrolled else "accounts:enrolment")
    context = {"form": form, "new": new, "email": account.email}
    return render(
        request, "accounts/choose_password.html", context, status=422 if form.errors else 200
    )


def _ask(request: Any, form: forms.Form) -> tuple[int, bool]:
    email = form.cleaned_data["email"]
    address = throttle.of_address("link", address_of(request))
    try:
        throttle.take(throttle.of_account("link", email), address)
    except TooMany as error:
        return refuse(form, error), False
    account = Account.objects.filter(email__iexact=email.strip(), disabled_at=None).first()
    key = str(account.pk) if account else None
    jobs.enqueue("accounts.send_link", account=key, purpose=RECOVERY.value)
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
