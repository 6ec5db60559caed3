"""« Réglages »: the values of a territory, each with its history; those of the installation."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import break_glass
from jalons.kernel import clock
from jalons.kernel.notices import done

from .. import settings
from . import queries
from .actions.change_setting import AlreadyInForce, change_setting, withdraw_setting
from .forms import ChangeForm


def settings_list(request: Any) -> HttpResponse:
    context = {"groups": queries.lines(request.actor)}
    return render(request, "territories/settings.html", context)


def setting(request: Any) -> HttpResponse:
    """The setting named by `reglage`; POST changes it."""
    try:
        chosen = settings.declared(request.GET.get("reglage", ""))
    except settings.UnknownSetting:
        return redirect("territories:settings")
    territory = queries.territory_of(request.actor)
    value = settings.value(territory, chosen.key, clock.today())
    form = ChangeForm(chosen, territory, request.POST if request.method == "POST" else None, value)
    if form.is_bound and form.is_valid():
        try:
            event = change_setting(request.actor, form.change())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            done(request, "Réglage enregistré.", undo=reverse("access:undo", args=[event.pk]))
            return redirect(_address(chosen.key))
    return _page(request, chosen, form)


def withdraw(request: Any) -> HttpResponse:
    """Gives up the planned change whose key is sent."""
    try:
        key = UUID(request.POST.get("change", ""))
        event = withdraw_setting(request.actor, key)
    except ValueError:
        messages.error(request, "Choisissez le changement à retirer.")
    except AlreadyInForce:
        messages.error(request, "Ce changement a déjà commencé : enregistrez une autre valeur.")
    else:
        done(request, "Changement retiré.", undo=reverse("access:undo", args=[event.pk]))
    return redirect(_address(request.POST.get("reglage", "")))


def installation(request: Any) -> HttpResponse:
    context = {
        "groups": queries.installed(),
        "urgent_quota": break_glass.DAILY_QUOTA,
        "urgent_hours": int(break_glass.DURATION.total_seconds() // 3600),
    }
    return render(request, "territories/installation.html", context)


def _address(key: str) -> str:
    with suppress(settings.UnknownSetting):
        return f"{reverse('territories:setting')}?reglage={settings.declared(key).key}"
    return reverse("territories:settings")


def _page(request: Any, chosen: settings.Setting, form: ChangeForm) -> HttpResponse:
    territory = queries.territory_of(request.actor)
    rows = settings.recorded(territory).get(chosen.key, [])
    context = {
        "setting": chosen,
        "line": queries.line(chosen, rows, territory),
        "history": queries.history(request.actor, chosen),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "territories/setting.html", context, status=status)
