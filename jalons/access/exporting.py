"""A list leaves the house for a purpose that is said, lawful, logged, and printed in the file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jalons.kernel import clock, crypto, exports, french_dates
from jalons.kernel.exports import Sheet
from jalons.kernel.ids import uuid7

from .events import record
from .models import Export
from .purposes import PURPOSES, Purpose, forbidden

KEPT = timedelta(days=30)
"""How long a file may be kept by whoever exported it."""
WORDS = "access.export"
_ASKED = {"purpose", "words", "csrfmiddlewaretoken"}
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Said:
    """Why a list is exported: a purpose of the table, and its author's own words."""

    purpose: Purpose
    words: str


def words_purpose(key: UUID) -> str:
    return f"{WORDS}:{key}"


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label="Pourquoi exporter cette liste ?",
        choices=[(each.code, each.label) for each in PURPOSES.values()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison."},
    )
    words = forms.CharField(
        label="En quelques mots",
        help_text="Par exemple : réunion d’équipe du 3 décembre.",
        min_length=5,
        max_length=300,
        error_messages={
            "required": "Écrivez à quoi servira le fichier.",
            "min_length": "Écrivez à quoi servira le fichier.",
        },
    )


def with_purpose(view: View) -> View:
    """Runs the view of an export once its purpose is said and lawful; else asks, or refuses.

    Raises Http404 for another format than those of the house.
    """

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get("format", "") not in exports.FORMATS:
            raise Http404
        form = PurposeForm(request.POST if "purpose" in request.POST else None)
        if not form.is_valid():
            return _ask(request, form)
        said = Said(PURPOSES[form.cleaned_data["purpose"]], form.cleaned_data["words"])
        if reason := forbidden(said.purpose, said.words):
            _keep(request, said, rows=0, refused=True)
            form.add_error("purpose", reason)
            return _ask(request, form)
        request.said = said
        return view(request, *args, **kwargs)

    asked.asks_purpose = True  # type: ignore[attr-defined]
    return asked


def respond(request: Any, sheet: Sheet) -> HttpResponseBase:
    """The file of a list whose purpose was said; it tells why it exists and until when.

    Raises exports.TooManyRows.
    """
    said: Said = request.said
    until = clock.today() + KEPT
    told = [
        f"Finalité : {said.purpose.label}",
        f"Base légale : {said.purpose.basis}",
        f"À détruire avant le {french_dates.long(until)}",
    ]
    rows = list(sheet.rows)
    printed = replace(sheet, rows=rows, sources=[*sheet.sources, *told])
    answer = exports.respond(printed, request.POST["format"])
    _keep(request, said, rows=len(rows))
    return answer


def _ask(request: Any, form: PurposeForm) -> HttpResponse:
    """The page that asks for the purpose; it carries what the list had sent, and lists nobody."""
    request.listed = True
    carried = [
        (name, value)
        for name in request.POST
        if name not in _ASKED
        for value in request.POST.getlist(name)
    ]
    context = {"form": form, "carried": carried}
    return render(request, "access/purpose.html", context, status=422 if form.errors else 200)


def _keep(request: Any, said: Said, *, rows: int, refused: bool = False) -> None:
    actor, key = request.actor, uuid7()
    page = request.resolver_match.view_name
    record(
        actor,
        "access.export_refused" if refused else "access.exported",
        object_kind="export",
        object_key=key,
        payload={"page": page, "purpose": said.purpose.code, "rows": rows},
    )
    Export.objects.create(
        id=key,
        territory=actor.territory,
        account=actor.account,
        mandate=actor.mandate,
        page=page,
        purpose=said.purpose.code,
        words=crypto.encrypt(said.words.encode(), words_purpose(key)),
        suffix=request.POST["format"],
        rows=rows,
        refused=refused,
        destroy_on=None if refused else clock.today() + KEPT,
    )
