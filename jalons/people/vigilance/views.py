from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jalons.kernel.pagination import keyset_page

from . import queries


def vigilance(request: Any) -> HttpResponse:
    found = queries.noticed(request.actor)
    page = keyset_page(found, ("-recorded_at", "-id"), cursor=request.GET.get("page"))
    context = {"page": page, "rows": queries.with_names(page.items)}
    return render(request, "people/vigilance.html", context)
