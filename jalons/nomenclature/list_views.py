"""The lists that a territory completes with entries of its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.kernel import clock
from jalons.kernel.notices import done

from .actions.add_term import add_term
from .actions.close_term import close_term
from .files import catalogue
from .list_forms import AddForm, CloseForm
from .queries import own_counts, own_terms


def lists(request: Any) -> HttpResponse:
    context = {"lists": own_counts(request.actor.territory)}
    return render(request, "nomenclature/lists.html", context)


def own_list(request: Any) -> HttpResponse:
    """The list named by `liste`; POST adds an entry to it."""
    listed = catalogue().get(request.GET.get("liste", ""))
    if listed is None or not listed.extensible:
        return redirect("nomenclature:lists")
    territory = request.actor.territory
    form = AddForm(listed, territory, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            added = add_term(request.actor, form.term())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            done(request, f"« {added.label} » est proposé dès aujourd’hui.")
            return redirect(_address(listed.name))
    context = {
        "listed": listed,
        "rows": own_terms(listed.name, territory, clock.today()),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "nomenclature/list.html", context, status=status)


def close(request: Any) -> HttpResponse:
    """Closes the entry `term` from `day` on, and says what is wrong above the list."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_address(request.POST.get("liste", "")))
    try:
        event = close_term(request.actor, form.cleaned_data["term"], form.cleaned_data["day"])
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        done(request, "Entrée fermée.", undo=reverse("access:undo", args=[event.pk]))
    return redirect(_address(request.POST.get("liste", "")))


def _address(name: str) -> str:
    if name not in catalogue():
        return reverse("nomenclature:lists")
    return f"{reverse('nomenclature:list')}?liste={name}"
