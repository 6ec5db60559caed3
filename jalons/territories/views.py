from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.kernel.pagination import keyset_page

from .actors import MANDATE_KEY
from .queries import lines
from .queries import organizations as organizations_of


def organizations(request: Any) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    found = organizations_of(request.actor, words)
    page = keyset_page(found, ("sort_key", "id"), cursor=request.GET.get("page"))
    context = {"page": page, "rows": lines(page.items), "words": words}
    return render(request, "territories/organizations.html", context)


def account(request: Any) -> HttpResponse:
    return render(request, "territories/account.html")


def choose_mandate(request: Any) -> HttpResponse:
    """Changes the active mandate; an unknown one is ignored, the first in force stands."""
    request.session[MANDATE_KEY] = request.POST.get("mandate", "")
    return redirect("desk:home")
