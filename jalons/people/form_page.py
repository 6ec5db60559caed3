"""How the pages of a person show a form."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jalons.access.decisions import Refused

from .circle import Circle


def form_page(
    request: Any, form: forms.BaseForm, circle: Circle, title: str, submit: str, **more: Any
) -> HttpResponse:
    """One form on a page, with the way back to the person; 422 when it has errors."""
    context = {
        "lead": "",
        "form": form,
        "title": title,
        "submit": submit,
        "back": reverse("people:identity", args=[circle.key]),
    }
    template = more.pop("template", "people/form.html")
    return render(request, template, context | more, status=422 if form.errors else 200)


def sent(request: Any, form: forms.BaseForm) -> bool:
    """Whether the form was sent, and holds what it asks."""
    return request.method == "POST" and form.is_valid()


def date_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez une date.",
            "invalid": "Écrivez une date complète : jour, mois, année.",
        },
    )


@contextmanager
def in_sight() -> Iterator[None]:
    """A fact that is not there, or no longer, answers like what does not exist."""
    try:
        yield
    except Refused as error:
        raise Http404 from error
