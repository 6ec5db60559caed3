"""Who's who, and one's own mandates and sheet."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jalons.access.policy import Target
from jalons.access.table import DESCRIBE_ONESELF, SEE_TEAM, SEND_SIGNAL_LINK, policy
from jalons.kernel import clock
from jalons.kernel.navigation import address_of
from jalons.kernel.pagination import keyset_page

from ..actors import MANDATE_KEY
from ..queries import mandates_in_force
from . import who_queries as queries
from .actions.change_mandate import describe_oneself
from .actions.mandates import MandateEnded
from .actions.reveal_contact import HOURLY_QUOTA, TooMany, reveal_contact
from .forms import SheetForm, SoughtForm, choose
from .queries import mandate as mandate_row
from .queries import organization as organization_row
from .relations import MandateFacts
from .who_queries import Sought, sought


def organizations(request: Any) -> HttpResponse:
    said = sought(request.GET)
    found = queries.partners(request.actor, said)
    page = keyset_page(found, ("sort_key", "id"), cursor=request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.lines(page.items, said),
        "said": said,
        "query": urlencode(said.query),
        "form": _form(request, said),
        "sees_teams": request.actor.role in policy.roles_for(SEE_TEAM, "mandate", None),
        "partner_links": _partner_links(request.actor),
    }
    return render(request, "territories/organizations.html", context)


def _partner_links(actor: Any) -> str:
    """The page of the links given to partners, for whom gives some."""
    gives = actor.role in policy.roles_for(SEND_SIGNAL_LINK, "organization", None)
    return address_of("people:signal_links") if gives else ""


def _form(request: Any, said: Sought) -> SoughtForm:
    form = SoughtForm(initial=said.query)
    kinds, communes = queries.kinds_and_communes(request.actor)
    labels, names = queries.kind_labels(), queries.commune_names(communes)
    choose(form, "type", "Tous", _named(kinds, labels))
    choose(form, "commune", "Toutes", _named(communes, names))
    choose(form, "competence", "Toutes", [(s, s) for s in queries.skills(request.actor)])
    return form


def _named(codes: set[str], labels: dict[str, str]) -> list[tuple[str, str]]:
    """Codes and labels, in the order of their labels."""
    return sorted(((code, labels.get(code, code)) for code in codes), key=lambda pair: pair[1])


def professionals(request: Any, organization: Target) -> HttpResponse:
    found = queries.professionals_of(organization.key)
    page = keyset_page(found, ("words", "id"), cursor=request.GET.get("page"))
    row = organization_row(organization.key)
    context = {
        "page": page,
        "organization": row,
        "kind": queries.kind_labels().get(row.kind, ""),
        "commune": queries.commune_names([row.commune]).get(row.commune, ""),
        "member": bool(queries.members([row.pk])),
    }
    return render(request, "territories/professionals.html", context)


def reveal(request: Any, mandate: MandateFacts) -> HttpResponse:
    """How to reach one professional, in a page of its own; scripts take the part they asked for."""
    context = {"row": mandate_row(mandate.key), "quota": HOURLY_QUOTA, "contact": None}
    try:
        context["contact"] = reveal_contact(request.actor, mandate.key)
    except TooMany:
        return render(request, "territories/contact.html", context, status=422)
    except MandateEnded:
        raise Http404 from None
    return render(request, "territories/contact.html", context)


def account(request: Any) -> HttpResponse:
    actor = request.actor
    describes = actor.role in policy.roles_for(DESCRIBE_ONESELF, "mandate", None)
    row = mandate_row(actor.mandate) if describes else None
    return render(request, "territories/account.html", {"sheet": row})


def own_sheet(request: Any) -> HttpResponse:
    """One's own function, skills and phones, under the active mandate."""
    row = mandate_row(request.actor.mandate)
    data = request.POST if request.method == "POST" else None
    form = SheetForm(data, initial=SheetForm.of(row))
    if data is not None and form.is_valid():
        describe_oneself(request.actor, form.sheet)
        messages.success(request, "Votre fiche est à jour.")
        return redirect("territories:account")
    status = 422 if form.errors else 200
    return render(request, "territories/own_sheet.html", {"form": form}, status=status)


def choose_mandate(request: Any) -> HttpResponse:
    """Changes the active mandate; one that is not in force is not taken."""
    chosen = request.POST.get("mandate", "")
    held = mandates_in_force(request.actor.account, clock.today())
    if chosen in {str(mandate.pk) for mandate in held}:
        request.session[MANDATE_KEY] = chosen
    elif chosen:
        messages.error(request, "Ce mandat est terminé. Choisissez-en un autre.")
    return redirect("desk:home")
