from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access.decisions import decide
from jalons.access.table import STEER
from jalons.kernel import clock
from jalons.kernel.notices import done
from jalons.kernel.templatetags.french import plural

from ..actions.steering import Impossible
from ..relations import ConsortiumFacts, OrganizationFacts
from ..structures.actions.record_organization import Description, record_organization
from . import communes as places
from . import queries
from .actions import members as membership
from .actions.change_communes import change_communes, rename_territory
from .form_pages import again, form_page, sent, tried, wizard
from .forms import JoinForm, LeaveForm, MemberForm, TerritoryNameForm
from .setting_up import LEAST_MEMBERS, finished, steps


def consortium(request: Any) -> HttpResponse:
    actor = request.actor
    conventions = queries.conventions(actor)
    territory = queries.territory_of(actor)
    groups = places.chosen(territory.communes)
    may_steer = decide(actor, STEER, ConsortiumFacts(actor.territory))
    context = {
        "territory": territory,
        "groups": groups,
        "population": places.population(groups),
        "convention": conventions[0] if conventions else None,
        "former": conventions[1:],
        "publics": queries.publics_of(actor, conventions[0]) if conventions else [],
        "axes": queries.axes(actor),
        "goals": queries.goals(actor),
        "members": queries.members(actor),
        "may_steer": may_steer,
        "unfinished": may_steer and not finished(steps(queries.setting_up_facts(actor))),
    }
    return render(request, "territories/consortium.html", context)


def communes(request: Any) -> HttpResponse:
    if request.method == "POST":
        return _changed_communes(request)
    words = request.GET.get("q", "").strip()[:100]
    territory = queries.territory_of(request.actor)
    groups = places.chosen(territory.communes)
    context = {
        "territory": territory,
        "name_form": TerritoryNameForm(initial={"name": territory.name}),
        "words": words,
        "choices": places.search(words),
        "groups": groups,
        "population": places.population(groups),
        **wizard(request, "communes"),
    }
    return render(request, "territories/communes.html", context)


def _changed_communes(request: Any) -> HttpResponse:
    """A name, a choice of the search, or communes to take out."""
    post = request.POST
    if "name" in post:
        return _renamed(request)
    added = places.codes_of(post.get("kind", ""), post.get("code", ""))
    try:
        event = change_communes(request.actor, added, post.getlist("removed"))
    except Impossible as error:
        messages.error(request, str(error))
    else:
        count = len(added) or len(post.getlist("removed"))
        what = "ajoutée" if added else "retirée"
        if event:
            done(request, plural(count, f"commune {what}/communes {what}s") + ".")
    return again(request, "territories:communes")


def _renamed(request: Any) -> HttpResponse:
    form = TerritoryNameForm(request.POST)
    if form.is_valid():
        rename_territory(request.actor, form.cleaned_data["name"])
        done(request, "Le nom est enregistré.")
    else:
        messages.error(request, str(form.errors["name"][0]))
    return again(request, "territories:communes")


def members(request: Any) -> HttpResponse:
    found = queries.members(request.actor)
    context = {
        "members": found,
        "others": queries.not_members(request.actor),
        "lacks": sum(not member.over for member in found) < LEAST_MEMBERS,
        **wizard(request, "members"),
    }
    return render(request, "territories/members.html", context)


def add_member(request: Any) -> HttpResponse:
    """A structure that is not known yet; those that look like it are shown first."""
    actor = request.actor
    initial = {"starts_on": clock.today()}
    form = MemberForm(request.POST or None, kinds=queries.kinds(actor), initial=initial)
    alike = []
    if sent(request, form):
        values = form.cleaned_data
        alike = queries.look_alikes(actor, values["name"], values["siret"], "")
        same = any(row.siret and row.siret == values["siret"] for row in alike)
        if same or (alike and "anyway" not in request.POST):
            form.add_error(None, "Cette structure est peut-être déjà connue : voyez au-dessus.")
        elif tried(form, lambda: _create_member(request, values)):
            done(request, f"{values['name']} est membre du consortium.")
            return again(request, "territories:members")
    context = {"alike": alike, "template": "territories/add_member.html"}
    return form_page(request, form, **context, **wizard(request, "members"))


def _create_member(request: Any, values: dict[str, Any]) -> Any:
    kind = next(item for item in queries.kinds(request.actor) if item.code == values["kind"])
    said = Description(values["name"], values["siret"], kind=kind.code, sensitive=kind.sensitive)
    created, _ = record_organization(request.actor, said)
    return membership.join(request.actor, created.pk, values["starts_on"])


def join(request: Any, organization: OrganizationFacts) -> HttpResponse:
    form = JoinForm(request.POST or None, initial={"starts_on": clock.today()})
    if sent(request, form):
        day = form.cleaned_data["starts_on"]
        if tried(form, lambda: membership.join(request.actor, organization.key, day)):
            done(request, "La structure est membre du consortium.")
            return again(request, "territories:members")
    return _member_page(request, form, organization.key, "Ajouter au consortium", "Ajouter")


def leave(request: Any, organization: OrganizationFacts) -> HttpResponse:
    form = LeaveForm(request.POST or None, initial={"last_day": clock.today()})
    if sent(request, form):
        day = form.cleaned_data["last_day"]
        event = tried(form, lambda: membership.leave(request.actor, organization.key, day))
        if event:
            undo = reverse("access:undo", args=[event.pk])
            done(request, "La sortie du consortium est enregistrée.", undo=undo)
            return redirect("territories:members")
    return _member_page(request, form, organization.key, "Quitter le consortium", "Enregistrer")


def _member_page(request: Any, form: Any, key: UUID, title: str, submit: str) -> HttpResponse:
    name = queries.organization_name(key)
    return form_page(
        request,
        form,
        title=title,
        lead=name,
        submit=submit,
        back=reverse("territories:members") + ("?parcours=1" if "parcours" in request.GET else ""),
        back_label="Revenir aux membres",
        **wizard(request, "members"),
    )
