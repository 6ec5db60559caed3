"""How the pages of a pathway show a form, and what is told once an act is done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel.notices import done
from jalons.people.circle import Circle
from jalons.people.form_page import form_page, in_sight
from jalons.people.queries import person as row_of


def pathway_form(
    request: Any, form: forms.BaseForm, circle: Circle, title: str, submit: str, lead: str = ""
) -> HttpResponse:
    """A form about a person's pathway, with the way back to it."""
    return form_page(
        request,
        form,
        circle,
        title,
        submit,
        lead=lead or str(row_of(circle)),
        back=reverse("pathways:pathway", args=[circle.key]),
    )


def told(request: Any, circle: Circle, text: str, event: Event | None = None) -> HttpResponse:
    """Back to the pathway; what an event tells may be taken back for ten minutes."""
    done(request, text, undo=reverse("access:undo", args=[event.pk]) if event else "")
    return redirect("pathways:pathway", circle.key)


def by_button(request: Any, circle: Circle, act: Callable[[], Event], text: str) -> HttpResponse:
    """An act that asks nothing: `act` answers its event."""
    try:
        with in_sight():
            event = act()
    except Impossible as error:
        messages.error(request, str(error))
        return redirect("pathways:pathway", circle.key)
    return told(request, circle, text, event)
