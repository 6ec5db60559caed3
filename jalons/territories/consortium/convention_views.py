from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.kernel import clock
from jalons.kernel.notices import done

from ..actions.steering import Impossible
from ..models import Convention
from . import queries
from .actions.axes import decide_goal, set_axes
from .actions.convention import correct_convention, record_convention
from .form_pages import form_page, onward, sent, tried, wizard
from .forms import AxesFormSet, ConventionForm, GoalForm, titled
from .proposals import AXES


def convention(request: Any) -> HttpResponse:
    """The latest convention, corrected; the first one, recorded."""
    held = queries.convention(request.actor)
    initial = _said(held) if held else {"starts_on": clock.today(), "title": _title(request)}
    form = _form(request, initial)
    if sent(request, form):
        said = form.signed()
        act = (
            (lambda: correct_convention(request.actor, held.pk, said))
            if held
            else (lambda: record_convention(request.actor, said))
        )
        if tried(form, act):
            done(request, "La convention est enregistrée.")
            return onward(request, "convention")
    title = "La convention" if held else "Enregistrer la convention"
    return _page(request, form, title, held is not None)


def new_convention(request: Any) -> HttpResponse:
    """Another convention replaces the one in force, from its own start on."""
    held = queries.convention(request.actor)
    kept = {"carrier": str(held.carrier_id), "publics": held.publics} if held else {}
    form = _form(request, {"starts_on": clock.today(), **kept})
    if sent(request, form):
        said = form.signed()
        if tried(form, lambda: record_convention(request.actor, said)):
            done(request, "La nouvelle convention est enregistrée.")
            return redirect("territories:consortium")
    return _page(request, form, "Remplacer la convention", replaced=False)


def _form(request: Any, initial: dict[str, Any]) -> ConventionForm:
    return ConventionForm(
        request.POST or None,
        carriers=queries.carriers(request.actor),
        publics=queries.publics(request.actor),
        initial=initial,
    )


def _page(request: Any, form: ConventionForm, title: str, replaced: bool) -> HttpResponse:
    in_wizard = wizard(request, "convention")
    return form_page(
        request,
        form,
        title=title,
        submit="Enregistrer la convention",
        back=reverse("territories:consortium"),
        back_label="Revenir au consortium",
        replaceable=replaced and not in_wizard["wizard"],
        template="territories/convention.html",
        **in_wizard,
    )


def _said(held: Convention) -> dict[str, Any]:
    return {
        "title": held.title,
        "carrier": str(held.carrier_id),
        "signed_on": held.signed_on,
        "starts_on": held.starts_on,
        "last_day": held.last_day,
        "aims": held.aims,
        "publics": held.publics,
    }


def _title(request: Any) -> str:
    return f"Convention du SPIE, {queries.territory_of(request.actor).name}"[:200]


def axes(request: Any) -> HttpResponse:
    """The territory's axes; those of the national call are proposed to whoever has none."""
    held = queries.axes(request.actor)
    found = held or AXES
    initial = [
        {
            "key": getattr(axis, "pk", None),
            "title": axis.title,
            "national": axis.national,
            "description": axis.description,
        }
        for axis in found
    ]
    forms = AxesFormSet(request.POST or None, initial=initial)
    refusal = ""
    if request.method == "POST" and forms.is_valid():
        try:
            set_axes(request.actor, titled(forms))
        except Impossible as error:
            refusal = str(error)
        else:
            done(request, "Les axes sont enregistrés.")
            in_wizard = "?parcours=1" if "parcours" in request.GET else ""
            return redirect(
                reverse("territories:goal") + in_wizard if in_wizard else "territories:consortium"
            )
    status = 422 if refusal or forms.is_bound else 200
    context = {"forms": forms, "refusal": refusal, "proposed": not held}
    return render(
        request, "territories/axes.html", context | wizard(request, "axes"), status=status
    )


def goal(request: Any) -> HttpResponse:
    form = GoalForm(request.POST or None, initial={"year": clock.today().year})
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: decide_goal(request.actor, **form.cleaned_data))
    ):
        done(request, "L’objectif est enregistré.")
        return onward(request, "axes")
    return form_page(
        request,
        form,
        title="L’objectif de l’année",
        lead="Combien de personnes le territoire veut accompagner.",
        submit="Enregistrer l’objectif",
        back=reverse("territories:consortium"),
        back_label="Revenir au consortium",
        **wizard(request, "axes"),
    )
