"""« Comptes », for the technical administrator: ways in and mandates, never a person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from . import directory
from .actions.administer import (
    NothingToReset,
    OwnAccount,
    disable_account,
    enable_account,
)
from .actions.administer import reset_second_factor as reset
from .federation.clients import all_rows
from .models import Account


def accounts(request: Any) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    page = directory.accounts_page(words, request.GET.get("page"))
    context = {"page": page, "rows": directory.account_lines(page.items), "words": words}
    return render(request, "accounts/accounts.html", context)


def account(request: Any, account_id: UUID) -> HttpResponse:
    line = directory.account_line(account_id)
    if line is None:
        raise Http404
    context = {"account": line, "own": line.key == request.actor.account}
    return render(request, "accounts/account.html", context)


def providers(request: Any) -> HttpResponse:
    return render(request, "accounts/providers.html", {"providers": all_rows()})


def disable(request: Any, account_id: UUID) -> HttpResponse:
    return _done(request, account_id, disable_account, "Le compte est désactivé.")


def enable(request: Any, account_id: UUID) -> HttpResponse:
    return _done(request, account_id, enable_account, "Le compte est réactivé.")


def reset_second_factor(request: Any, account_id: UUID) -> HttpResponse:
    return _done(request, account_id, reset, "Un lien part par courriel, valable un jour.")


def _done(request: Any, key: UUID, act: Callable[[Any, UUID], object], said: str) -> HttpResponse:
    try:
        act(request.actor, key)
        messages.success(request, said)
    except Account.DoesNotExist:
        raise Http404 from None
    except OwnAccount:
        messages.error(request, "Un autre administrateur peut désactiver votre compte, pas vous.")
    except NothingToReset:
        messages.error(request, "Ce compte n’a pas de second facteur à remplacer.")
    return redirect("accounts:account", account_id=key)
