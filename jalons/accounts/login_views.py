"""The door: a password, then a second factor; no session before both."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from . import departure, pending, second_factor
from .actions.enrol import WrongCode, enrol
from .actions.sign_in import check_password, check_second_factor
from .entering import next_step, signed_in
from .federation.clients import offered
from .forms import CodeForm, EnrolForm, LoginForm
from .models import Account
from .returning import asked, destination
from .throttle import TooMany

NOT_OPENED = "Ce courriel ou ce mot de passe n’est pas le bon."
WRONG_CODE = "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant."


def login(request: Any) -> HttpResponse:
    if request.actor.account:
        return redirect("desk:home")
    form = LoginForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        account, status = with_password(request, form)
        if account:
            return next_step(request, account, asked(request))
    context = {"form": form, "demo": settings.DEMO, "next": asked(request), "clients": offered()}
    return render(request, "accounts/login.html", context, status=status)


def second(request: Any) -> HttpResponse:
    """The code of whoever is enrolled."""
    account = pending.account_of(request)
    if account is None:
        return redirect("accounts:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = try_code(request, account, form)
    if status != 302:
        return render(request, "accounts/code.html", {"form": form}, status=status)
    after, told = pending.after(request), pending.told_of(request)
    return signed_in(request, account, redirect(after), told)


def enrolment(request: Any) -> HttpResponse:
    """The QR code for whoever has no second factor yet, then the ten codes to keep on paper."""
    account = pending.account_of(request)
    replacing = account is not None and pending.replaces_factor(request, account)
    if account is None or (second_factor.enrolled(account) and not replacing):
        return redirect("accounts:login")
    secret, after = pending.offered_secret(request), pending.after(request)
    form = EnrolForm(request.POST if request.method == "POST" else None)
    codes, status = _enrol(account, secret, form, replacing=replacing)
    if codes:
        shown = {"codes": codes, "next": destination(request, after)}
        page = render(request, "accounts/recovery_codes.html", shown)
        return signed_in(request, account, page, pending.told_of(request))
    context = {
        "form": form,
        "drawing": mark_safe(second_factor.drawing(account, secret)),  # noqa: S308 - drawn here
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "accounts/enrolment.html", context, status=status)


def logout(request: Any) -> HttpResponse:
    """Ends the session here, then at the provider that opened it."""
    address = departure.prepare(request)
    auth.logout(request)
    return departure.leave(request, address) if address else redirect("accounts:login")


def try_code(request: Any, account: Account, form: forms.Form) -> int:
    """302 when the form holds a good code; else the status of the form shown again."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return 422
    try:
        if check_second_factor(request, account, form.cleaned_data["code"]):
            return 302
    except TooMany as error:
        return refuse(form, error)
    form.add_error("code", WRONG_CODE)
    return 422


def refuse(form: forms.Form, error: TooMany) -> int:
    """Says in the form how long to wait."""
    minutes = -(-error.wait.total_seconds() // 60)
    wait = "une minute" if minutes <= 1 else f"{minutes:.0f} minutes"
    form.add_error(None, f"Trop d’essais de suite. Attendez {wait}, puis recommencez.")
    return 429


def with_password(request: Any, form: forms.Form) -> tuple[Account | None, int]:
    """The account that the form opens, or the status of the form shown again."""
    if not form.is_valid():
        return None, 422
    values = form.cleaned_data
    try:
        account = check_password(request, values["email"], values["password"])
    except TooMany as error:
        return None, refuse(form, error)
    if account is None:
        form.add_error(None, NOT_OPENED)
    return account, 422


def _enrol(
    account: Account, secret: str, form: forms.Form, *, replacing: bool
) -> tuple[list[str], int]:
    if not form.is_bound:
        return [], 200
    if not form.is_valid():
        return [], 422
    try:
        return enrol(account, secret, form.cleaned_data["code"], replacing=replacing), 200
    except TooMany as error:
        return [], refuse(form, error)
    except WrongCode:
        form.add_error("code", WRONG_CODE)
        return [], 422
