"""The teams that one looks after: who works there, and the acts on their mandates."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import exporting
from jalons.access.decisions import decide
from jalons.access.roles import Field, Role
from jalons.access.table import GIVE_OFFICE, HABILITATE
from jalons.kernel import clock, exports
from jalons.kernel.pagination import keyset_page

from ..models import Mandate
from ..relations import OrganizationFacts
from . import queries
from .actions.change_mandate import Flags, change_mandate, habilitate
from .actions.end_mandate import PastDay, SameRole, end_mandate, replace_mandate
from .actions.mandates import MandateEnded
from .forms import EndForm, FilterForm, MandateForm, ReplaceForm, SheetForm, choose
from .queries import STATES, TeamFilter, team_filter
from .relations import MandateFacts, facts_of
from .sheet import team_sheet

OVER = "Ce mandat est terminé : il ne change plus."


def team(request: Any) -> HttpResponse:
    chosen = team_filter(request.GET)
    found = queries.team(request.actor, chosen)
    fields = ("organization__sort_key", "words", "id")
    page = keyset_page(found, fields, cursor=request.GET.get("page"))
    organizations = queries.organizations_to_manage(request.actor)
    context = {
        "page": page,
        "query": urlencode(chosen.query),
        "chosen": chosen,
        "filters": _filters(chosen, organizations),
        "place": _place(request, organizations),
        "several": len(organizations) > 1,
        "waiting": queries.invitations(request.actor).count() or "",
        "filtered": chosen != TeamFilter(),
        "formats": exports.FORMATS.values(),
        "today": clock.today(),
    }
    return render(request, "territories/team.html", context)


def _place(request: Any, organizations: list[Any]) -> str:
    """Whose team this is: one structure's, or the territory's."""
    if len(organizations) == 1:
        return str(organizations[0].name)
    return str(request.identity.territory_name)


def _filters(chosen: TeamFilter, organizations: list[Any]) -> FilterForm:
    form = FilterForm(initial=chosen.query)
    choose(form, "structure", "Toutes", [(str(row.pk), row.name) for row in organizations])
    choose(form, "role", "Tous", list(Role.choices[:-2]))
    choose(form, "champ", "Tous", list(Field.choices))
    choose(form, "etat", "", list(STATES.items()))
    return form


@exporting.with_purpose
def export_team(request: Any) -> HttpResponseBase:
    """Exactly the rows filtered on screen."""
    chosen = team_filter(request.POST)
    rows = list(queries.team(request.actor, chosen))
    file = team_sheet(request.identity.territory_name, rows, chosen)
    try:
        return exporting.respond(request, file)
    except exports.TooManyRows:
        messages.error(request, "La liste est trop longue pour ce format. Choisissez un tableur.")
        return redirect("territories:team")


def mandate(request: Any, mandate: MandateFacts) -> HttpResponse:
    """The page of one mandate; its form changes it."""
    row = queries.mandate(mandate.key)
    flags = _sets_flags(request, mandate)
    data = request.POST if request.method == "POST" else None
    form = MandateForm(row, data, flags=flags, initial=_initial(row))
    if data is not None and form.is_valid():
        try:
            _change(request, mandate, form)
        except MandateEnded:
            messages.error(request, OVER)
        else:
            messages.success(request, "C’est enregistré.")
        return redirect("territories:mandate", mandate.key)
    return _page(request, row, form=form)


def _initial(row: Mandate) -> dict[str, Any]:
    return {
        **SheetForm.of(row),
        "field": row.field,
        "habilitated_from": row.habilitated_from,
        "data_protection_from": row.data_protection_from,
    }


def _sets_flags(request: Any, facts: MandateFacts) -> bool:
    return bool(decide(request.actor, HABILITATE, facts))


def _change(request: Any, facts: MandateFacts, form: MandateForm) -> None:
    values = form.cleaned_data
    change_mandate(request.actor, facts.key, values.get("field", form.mandate.field), form.sheet)
    if form.flags:
        flags = Flags(values.get("habilitated_from"), values["data_protection_from"])
        habilitate(request.actor, facts.key, flags)


def end(request: Any, mandate: MandateFacts) -> HttpResponse:
    row, form = queries.mandate(mandate.key), EndForm(request.POST)
    if form.is_valid():
        try:
            ended = end_mandate(request.actor, mandate.key, form.cleaned_data["last_day"])
        except PastDay:
            form.add_error("last_day", "Choisissez aujourd’hui ou un jour à venir.")
        except MandateEnded:
            messages.error(request, OVER)
            return redirect("territories:team")
        else:
            messages.success(request, _ended(ended))
            return redirect("territories:team")
    return _page(request, row, end_form=form)


def _ended(mandate: Mandate) -> str:
    name = mandate.account.full_name
    if mandate.ends_on and mandate.ends_on > clock.today():
        return f"Le mandat de {name} se terminera au jour dit."
    return f"Le mandat de {name} est terminé. Ses accès sont fermés."


def replace(request: Any, mandate: MandateFacts) -> HttpResponse:
    row = queries.mandate(mandate.key)
    form = ReplaceForm(request.POST, offices=_gives_offices(request, row))
    if form.is_valid():
        role, field = Role(form.cleaned_data["role"]), form.cleaned_data["field"]
        try:
            opened = replace_mandate(request.actor, mandate.key, role, field)
        except SameRole:
            form.add_error("role", "Cette personne a déjà ce rôle ici. Choisissez-en un autre.")
        except MandateEnded:
            messages.error(request, OVER)
            return redirect("territories:team")
        else:
            messages.success(request, "Le rôle est changé dès maintenant.")
            return redirect("territories:mandate", opened.pk)
    return _page(request, row, replace_form=form)


def _gives_offices(request: Any, row: Mandate) -> bool:
    assert row.organization_id
    assert row.territory_id
    facts = OrganizationFacts(row.organization_id, row.territory_id)
    return bool(decide(request.actor, GIVE_OFFICE, facts))


def _page(request: Any, row: Mandate, **forms: Any) -> HttpResponse:
    facts = facts_of(row)
    assert facts
    flags = _sets_flags(request, facts)
    shown = {
        "form": MandateForm(row, flags=flags, initial=_initial(row)),
        "end_form": EndForm(),
        "replace_form": ReplaceForm(offices=_gives_offices(request, row)),
    } | forms
    status = 422 if any(form.errors for form in forms.values()) else 200
    context = {
        **shown,
        "mandate": row,
        "over": row.ends_on is not None and row.ends_on <= clock.today(),
        "role_url": reverse("territories:replace_mandate", args=[row.pk]),
    }
    return render(request, "territories/mandate.html", context, status=status)
