"""What a combobox asks while somebody types: `{"results": [{"value", "label", "hint"}]}`."""

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse

from .queries import search_communes, search_rome

LONGEST = 100


def communes(request: HttpRequest) -> JsonResponse:
    return _results(
        {
            "value": row.code,
            "label": row.name,
            "hint": " · ".join(filter(None, [row.departement_name, " ".join(row.postcodes[:3])])),
        }
        for row in search_communes(_typed(request))
    )


def occupations(request: HttpRequest) -> JsonResponse:
    return _results(
        {"value": row.code, "label": row.title or row.label, "hint": row.code}
        for row in search_rome(_typed(request))
    )


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST]


def _results(results: Iterable[dict[str, str]]) -> JsonResponse:
    return JsonResponse({"results": list(results)})
