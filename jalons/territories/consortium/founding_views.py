from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.access.decisions import decide
from jalons.access.platform import PLATFORM
from jalons.access.table import FOUND
from jalons.kernel.notices import done
from jalons.nomenclature.queries import terms

from . import queries
from .actions.found_territory import found_territory
from .form_pages import form_page, sent, tried
from .forms import FoundingForm


def territories(request: Any) -> HttpResponse:
    context = {
        "rows": queries.territories(),
        "may_found": decide(request.actor, FOUND, PLATFORM),
    }
    return render(request, "territories/territories.html", context)


def found(request: Any) -> HttpResponse:
    form = FoundingForm(request.POST or None, kinds=terms("organization_kind"))
    if sent(request, form):
        said = form.founding()
        if tried(form, lambda: found_territory(request.actor, said)):
            done(request, f"{said.name} est fondé. Une invitation part vers {said.email}.")
            return redirect("territories:territories")
    return form_page(request, form, template="territories/found.html")
