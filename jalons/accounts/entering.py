"""What comes after the first factor: a code, an application to enrol, or the session."""

import logging
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from . import devices, pending, second_factor
from .actions.federate import Taken, name_account
from .actions.sign_in import sign_in
from .federation.refusals import Refused
from .federation.tokens import Told
from .models import Account

log = logging.getLogger(__name__)


def stopped(request: Any, refusal: Refused, provider: str = "") -> HttpResponse:
    """What happened and what to do; the log keeps the reason, and nobody's name."""
    log.warning("sign-in by %s stopped: %s", provider or "a provider", refusal)
    context = {"reason": refusal.reason, "provider": provider}
    page = "accounts/federation_refused.html"
    return render(request, page, context, status=refusal.reason.status)


def next_step(
    request: Any, account: Account, after: str, told: Told | None = None, *, known: bool = False
) -> HttpResponse:
    """Where whoever gave a first factor goes.

    `known`: what a provider told opens this account already. An identity that is being linked never
    replaces an application that is enrolled: a mailbox would then be enough to get in.
    """
    replaces = pending.replaces_factor(request, account)
    enrolled = second_factor.enrolled(account)
    if told and told.assured and not replaces and (known or not enrolled):
        return signed_in(request, account, redirect(after), told, own_factor=False)
    pending.hold(request, account, after, told)
    return redirect("accounts:enrolment" if replaces or not enrolled else "accounts:code")


def signed_in(
    request: Any,
    account: Account,
    response: HttpResponse,
    told: Told | None,
    *,
    own_factor: bool = True,
) -> HttpResponse:
    """Opens the session, and knows this browser again."""
    try:
        sign_in(request, account, told, own_factor=own_factor)
    except Taken:
        return stopped(request, Refused("taken"))
    if told:
        name_account(account, told)
    devices.remember(response, account.pk)
    return response
