"""What comes after the first factor: a code, an application to enrol, or the session."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from . import devices, pending, second_factor
from .actions.federate import name_account
from .actions.sign_in import sign_in
from .federation.tokens import Told
from .models import Account


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
    """Opens the session, and knows this browser again. Raises Taken."""
    sign_in(request, account, told, own_factor=own_factor)
    if told:
        name_account(account, told)
    devices.remember(response, account.pk)
    return response
