from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access.decisions import decide
from jalons.access.table import RECORD, STEER
from jalons.kernel.notices import done

from ..actions.steering import Impossible
from ..consortium import queries as consortium_queries
from ..consortium.form_pages import form_page, sent, tried
from ..models import Organization, Reception
from ..relations import ConsortiumFacts, OrganizationFacts
from ..telephones import written as written_numbers
from . import queries
from .actions import places
from .actions.edit_organization import edit_organization, mark_sensitive
from .forms import PlaceForm, SensitiveForm, StructureForm
from .hours import written

ADDRESS = ("address", "address_more", "postcode", "city", "commune")
SHEET = ("name", "kind", "siret", "description", "email", "website", *ADDRESS)
PLACE = ("name", "note", *ADDRESS)


def structure(request: Any, organization: OrganizationFacts) -> HttpResponse:
    context = {
        "structure": queries.structure(request.actor, organization.key),
        "may_edit": decide(request.actor, RECORD, organization),
        "may_steer": decide(request.actor, STEER, ConsortiumFacts(organization.territory)),
    }
    return render(request, "territories/structure.html", context)


def edit_structure(request: Any, organization: OrganizationFacts) -> HttpResponse:
    row = queries.structure(request.actor, organization.key).row
    kinds = consortium_queries.kinds(request.actor)
    form = StructureForm(request.POST or None, kinds=kinds, initial=_shown(row, SHEET))
    if sent(request, form):
        tried(form, lambda: edit_organization(request.actor, row.pk, form.sheet()))
        if not form.errors:
            done(request, "La fiche est à jour.")
            return _to_structure(organization)
    return _page(request, form, organization, f"Modifier {row.name}", "Enregistrer la fiche")


def change_sensitive(request: Any, organization: OrganizationFacts) -> HttpResponse:
    row = queries.structure(request.actor, organization.key).row
    wanted = {"sensitive": "0" if row.sensitive else "1"}
    form = SensitiveForm(request.POST or None, initial=wanted)
    if sent(request, form):
        values = form.cleaned_data
        if tried(form, lambda: mark_sensitive(request.actor, row.pk, **values)):
            done(request, "C’est enregistré.")
            return _to_structure(organization)
    title = "Ne plus cacher cette structure" if row.sensitive else "Cacher cette structure"
    return _page(
        request,
        form,
        organization,
        title,
        "Enregistrer",
        row=row,
        template="territories/sensitive.html",
    )


def add_place(request: Any, organization: OrganizationFacts) -> HttpResponse:
    form = PlaceForm(request.POST or None)
    if sent(request, form):
        places.add_place(request.actor, organization.key, form.described())
        done(request, "Le lieu d’accueil est ajouté.")
        return _to_structure(organization)
    return _page(request, form, organization, "Ajouter un lieu d’accueil", "Ajouter le lieu")


def change_place(request: Any, organization: OrganizationFacts, place: UUID) -> HttpResponse:
    found = queries.place(organization.key, place)
    if found is None:
        raise Http404
    row, hours = found
    days = {f"day_{day}": written(spans) for day, spans in hours.items()}
    form = PlaceForm(request.POST or None, initial=_shown(row, PLACE) | days)
    if sent(request, form):
        said = form.described()
        if tried(form, lambda: places.change_place(request.actor, organization.key, place, said)):
            done(request, "Le lieu d’accueil est à jour.")
            return _to_structure(organization)
    return _page(request, form, organization, f"Modifier {row.name}", "Enregistrer le lieu")


def close_place(request: Any, organization: OrganizationFacts, place: UUID) -> HttpResponse:
    try:
        event = places.close_place(request.actor, organization.key, place)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        done(request, "Le lieu est fermé.", undo=reverse("access:undo", args=[event.pk]))
    return _to_structure(organization)


def _to_structure(organization: OrganizationFacts) -> HttpResponse:
    return redirect("territories:structure", organization.key)


def _page(
    request: Any, form: Any, organization: OrganizationFacts, title: str, submit: str, **more: Any
) -> HttpResponse:
    back = reverse("territories:structure", args=[organization.key])
    named = {"title": title, "submit": submit, "back": back, "back_label": "Revenir à la structure"}
    return form_page(request, form, **named, **more)


def _shown(row: Organization | Reception, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return values | {"phones": written_numbers(row.phones)}
