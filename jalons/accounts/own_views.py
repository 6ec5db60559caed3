"""One's own pages: the charter, the sessions, the password, the codes, the second factor again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from . import charter as charter_of
from . import queries, reauthentication, second_factor, sessions, throttle
from .actions.accept_charter import accept_charter
from .actions.close_sessions import close_others, close_session
from .actions.enrol import renew_recovery_codes
from .actions.set_password import set_password
from .federation.clients import Client, offered
from .forms import ChangePasswordForm, CodeForm
from .login_views import refuse, try_code
from .models import Account, FederatedIdentity
from .returning import asked
from .throttle import TooMany


def charter(request: Any) -> HttpResponse:
    """Read again at any time; a version that is not accepted yet is asked for before any page."""
    if request.method == "POST":
        accept_charter(queries.own_account(request.actor))
        sessions.note(request.session, charter=charter_of.VERSION)
        return redirect(asked(request))
    accepted = charter_of.acceptance(request.actor.account)
    if accepted:
        sessions.note(request.session, charter=charter_of.VERSION)
    context = {"accepted": accepted, "next": asked(request)}
    return render(request, "accounts/charter.html", context)


def own_sessions(request: Any) -> HttpResponse:
    """POST `session` ends one, `others` ends all but this one."""
    account, key = request.actor.account, request.session.session_key
    if request.method == "POST":
        if "others" in request.POST:
            ended = close_others(account, key)
        else:
            ended = close_session(account, request.POST.get("session", ""))
        if ended:
            messages.success(request, "La session est fermée." if ended == 1 else _closed(ended))
        return redirect("accounts:sessions")
    owner, identities = queries.own_account(request.actor), queries.identities_of(account)
    context = {
        "sessions": sessions.own_sessions(account, key),
        "enrolled": second_factor.enrolled(owner),
        "codes_left": second_factor.codes_left(owner),
        "has_password": owner.has_usable_password(),
        "identities": identities,
        "used": sessions.sign_in_of(request.session).get("identity", ""),
        "clients": _others(identities),
    }
    return render(request, "accounts/sessions.html", context)


def change_password(request: Any) -> HttpResponse:
    account = queries.own_account(request.actor)
    form = ChangePasswordForm(account, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _change(request, account, form)
        if status == 302:
            messages.success(
                request, "Votre mot de passe est changé. Les autres sessions sont fermées."
            )
            return redirect("accounts:sessions")
    return render(request, "accounts/change_password.html", {"form": form}, status=status)


def recovery_codes(request: Any) -> HttpResponse:
    account = queries.own_account(request.actor)
    if not second_factor.enrolled(account):
        return redirect("accounts:sessions")
    context = {"codes": renew_recovery_codes(account), "next": "/"}
    return render(request, "accounts/recovery_codes.html", context)


def confirm(request: Any) -> HttpResponse:
    """The second factor again, before what carries data away."""
    account = queries.own_account(request.actor)
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = try_code(request, account, form)
    if status == 302:
        reauthentication.confirm(request)
        messages.success(request, "Vous pouvez continuer pendant dix minutes.")
        return redirect(asked(request))
    context = {
        "form": form,
        "next": asked(request),
        "enrolled": second_factor.enrolled(account),
        "clients": _confirming(account),
    }
    return render(request, "accounts/confirm.html", context, status=status)


def _others(identities: list[FederatedIdentity]) -> list[Client]:
    """The providers that none of one's identities is of."""
    linked = {identity.provider_id for identity in identities}
    return [client for client in offered() if client.key not in linked]


def _confirming(account: Account) -> list[Client]:
    """The providers of one's identities that can ask for the two factors again."""
    linked = {identity.provider_id for identity in queries.identities_of(account.pk)}
    return [client for client in offered() if client.key in linked and client.assures]


def _closed(ended: int) -> str:
    return f"{ended} sessions sont fermées."


def _change(request: Any, account: Account, form: ChangePasswordForm) -> int:
    if not form.is_valid():
        return 422
    counter = throttle.of_account("change", str(account.pk))
    try:
        throttle.take(counter)
    except TooMany as error:
        return refuse(form, error)
    if not account.check_password(form.cleaned_data["current"]):
        form.add_error("current", "Ce n’est pas votre mot de passe actuel.")
        return 422
    throttle.succeed(counter)
    set_password(account, form.cleaned_data["password"])
    sessions.open_again(request, account)
    return 302
