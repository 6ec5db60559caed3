from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import transitions
from jalons.access.decisions import Refused, decide
from jalons.access.table import STEER
from jalons.journal.models import Event
from jalons.kernel import exports
from jalons.kernel.notices import done

from ..consortium.form_pages import form_page, sent, tried
from ..models import Action
from ..relations import ConsortiumFacts
from . import queries
from .actions import plan, progress
from .forms import ActionForm, DropForm, MilestoneForm
from .sheet import deployment_sheet

ACTION = ("title", "starts_on", "due_on", "description")


def calendar(request: Any) -> HttpResponse:
    year = None
    with suppress(ValueError):
        year = int(request.GET.get("annee", ""))
    context = {
        "calendar": queries.calendar(request.actor, year),
        "may_steer": decide(request.actor, STEER, ConsortiumFacts(request.actor.territory)),
        "formats": exports.FORMATS.values(),
    }
    return render(request, "territories/calendar.html", context)


def export_calendar(request: Any) -> HttpResponseBase:
    """Every action and milestone, whatever the year shown."""
    suffix = request.POST.get("format", "")
    if suffix not in exports.FORMATS:
        raise Http404
    sheet = deployment_sheet(request.actor, request.identity.territory_name)
    return exports.respond(sheet, suffix)


def add_action(request: Any) -> HttpResponse:
    form = _action_form(request, {})
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: plan.add_action(request.actor, form.planned()))
    ):
        done(request, "L’action est ajoutée.")
        return redirect("territories:calendar")
    return _page(request, form, "Ajouter une action", "Ajouter l’action")


def change_action(request: Any, action: UUID) -> HttpResponse:
    held = _found(queries.action(request.actor, action))
    form = _action_form(request, _planned(held), held)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: plan.change_action(request.actor, action, form.planned()))
    ):
        done(request, "L’action est à jour.")
        return redirect("territories:calendar")
    return _page(request, form, "Modifier l’action", "Enregistrer l’action")


def start_action(request: Any, action: UUID) -> HttpResponse:
    return _act(request, progress.start, action, "L’action est commencée.")


def finish_action(request: Any, action: UUID) -> HttpResponse:
    return _act(request, progress.finish, action, "L’action est terminée.")


def reach_milestone(request: Any, milestone: UUID) -> HttpResponse:
    return _act(request, progress.reach, milestone, "Le jalon est atteint.")


def drop_action(request: Any, action: UUID) -> HttpResponse:
    held = _found(queries.action(request.actor, action))
    form = DropForm(request.POST or None)
    if sent(request, form):
        reason = form.cleaned_data["reason"]
        try:
            event = progress.drop(request.actor, action, reason)
        except transitions.Impossible as error:
            form.add_error(None, str(error))
        else:
            _told(request, "L’action est abandonnée.", event)
            return redirect("territories:calendar")
    return _page(request, form, "Abandonner une action", "Abandonner l’action", lead=held.title)


def add_milestone(request: Any) -> HttpResponse:
    form = _milestone_form(request, {})
    if sent(request, form):
        plan.add_milestone(request.actor, form.expected())
        done(request, "Le jalon est ajouté.")
        return redirect("territories:calendar")
    return _page(request, form, "Ajouter un jalon", "Ajouter le jalon")


def change_milestone(request: Any, milestone: UUID) -> HttpResponse:
    held = _found(queries.milestone(request.actor, milestone))
    initial = {"title": held.title, "due_on": held.due_on, "action_id": str(held.action_id or "")}
    form = _milestone_form(request, initial)
    if sent(request, form):
        plan.change_milestone(request.actor, milestone, form.expected())
        done(request, "Le jalon est à jour.")
        return redirect("territories:calendar")
    return _page(request, form, "Modifier le jalon", "Enregistrer le jalon")


def _act(request: Any, act: Callable[[Any, UUID], Event], key: UUID, said: str) -> HttpResponse:
    try:
        event = act(request.actor, key)
    except transitions.Impossible as error:
        messages.error(request, str(error))
    except Refused:
        raise Http404 from None
    else:
        _told(request, said, event)
    year = request.POST.get("annee", "")
    query = f"?annee={year}" if year.isdecimal() and len(year) == 4 else ""
    return redirect(reverse("territories:calendar") + query)


def _told(request: Any, text: str, event: Event) -> None:
    done(request, text, undo=reverse("access:undo", args=[event.pk]))


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _planned(held: Action) -> dict[str, Any]:
    values = {name: getattr(held, name) for name in ACTION}
    keys = {name: str(getattr(held, name) or "") for name in ("axis_id", "owner_id")}
    return values | keys | {"organization_id": str(held.organization_id or "")}


def _action_form(request: Any, initial: dict[str, Any], held: Action | None = None) -> ActionForm:
    """The axis, the structure and the person of a held action stay among the choices."""
    actor = request.actor
    return ActionForm(
        request.POST or None,
        axes=queries.axes_for(actor, held),
        organizations=queries.organizations_for(actor, held),
        people=queries.professionals_for(actor, held),
        initial=initial,
    )


def _milestone_form(request: Any, initial: dict[str, Any]) -> MilestoneForm:
    actions = queries.open_actions(request.actor)
    return MilestoneForm(request.POST or None, actions=actions, initial=initial)


def _page(request: Any, form: Any, title: str, submit: str, **more: Any) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        back=reverse("territories:calendar"),
        back_label="Revenir au calendrier",
        **more,
    )
