from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from jalons.access import exporting
from jalons.kernel import exports
from jalons.kernel.pagination import keyset_page
from jalons.kernel.templatetags.french import thousands
from jalons.people.circle import Circle
from jalons.people.merging.lineage import origins

from .queries import Period
from .queries import consultations as consultations_of
from .sheet import consultations_sheet
from .words import lines

VIEWS = [("ouvertes", "Pages ouvertes"), ("refus", "Refus")]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez la date en entier : jour, mois, année."},
    )


class PeriodForm(forms.Form):
    du = _day("Du")
    au = _day("Au")
    vue = forms.ChoiceField(choices=VIEWS, required=False, widget=forms.HiddenInput)

    @property
    def period(self) -> Period:
        """Open on a side that is not a date: the form says which."""
        found = self.cleaned_data
        return Period(found.get("du"), found.get("au"))

    @property
    def refused(self) -> bool:
        return bool(self.cleaned_data.get("vue") == "refus")


def consultations(request: Any, person: Circle) -> HttpResponse:
    form = PeriodForm(request.GET)
    form.is_valid()
    found = consultations_of(request.actor, person, form.period, refused=form.refused)
    page = keyset_page(found, ("-at", "-id"), cursor=request.GET.get("page"))
    context = {
        "person": person,
        "form": form,
        "page": page,
        "lines": lines(page.items, neutral=False, origins=origins(person.key)),
        "chosen": "refus" if form.refused else "ouvertes",
        "views": VIEWS,
        "query": _query(form),
        "formats": exports.FORMATS.values(),
    }
    return render(request, "rights/consultations.html", context)


@exporting.with_purpose
def export(request: Any, person: Circle) -> HttpResponseBase:
    """Exactly what is filtered on screen, and no sensitive structure by its name."""
    form = PeriodForm(request.POST)
    if not form.is_valid():
        raise Http404
    found = consultations_of(request.actor, person, form.period, refused=form.refused)
    territory = request.identity.territory_name
    sheet = consultations_sheet(found, form.period, territory, refused=form.refused)
    try:
        return exporting.respond(request, sheet)
    except exports.TooManyRows as error:
        messages.error(
            request,
            f"Ce format contient {thousands(error.limit)} lignes au plus."
            " Choisissez un tableur, ou une période plus courte.",
        )
        return redirect("rights:consultations", person.key)


def _query(form: PeriodForm) -> str:
    """The period, as the links of the page carry it on."""
    period = form.period
    days = (("du", period.first), ("au", period.last))
    return "".join(f"&{name}={day.isoformat()}" for name, day in days if day)
