from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jalons.kernel import clock
from jalons.kernel.notices import done

from ..calendar.actions.plan import keep_proposals
from . import queries
from .form_pages import address, form_page, onward, sent, tried, wizard
from .forms import ProposalsForm
from .proposals import ACTIONS
from .setting_up import finished, steps


def setup(request: Any) -> HttpResponse:
    """Where the setting up of the consortium stands, and what to do next."""
    found = steps(queries.setting_up_facts(request.actor))
    waiting = next((step for step in found if not step.done), None)
    context = {
        "rows": [(step, address(step.url_name)) for step in found],
        "waiting": waiting,
        "next": address(waiting.url_name) if waiting else "",
        "count": sum(step.done for step in found),
        "finished": finished(found),
        "territory": queries.territory_of(request.actor),
    }
    return render(request, "territories/setup.html", context)


def proposals(request: Any) -> HttpResponse:
    """The first actions of the method, to keep or to leave."""
    held = queries.convention(request.actor)
    form = ProposalsForm(request.POST or None, start=held.starts_on if held else clock.today())
    if sent(request, form):
        kept = [proposed for proposed in ACTIONS if proposed.key in form.cleaned_data["kept"]]
        start = form.cleaned_data["starts_on"]
        if tried(form, lambda: keep_proposals(request.actor, kept, start)):
            done(request, "Les actions sont dans le calendrier.")
            return onward(request, "calendar", "territories:calendar")
    return form_page(
        request,
        form,
        title="Les premières actions",
        back=reverse("territories:calendar"),
        planned=queries.setting_up_facts(request.actor).actions,
        template="territories/proposals.html",
        **wizard(request, "calendar"),
    )


def colleagues(request: Any) -> HttpResponse:
    """Who is here already, and the door of the team's pages."""
    context = {
        "mandates": queries.colleagues(request.actor),
        **wizard(request, "team"),
    }
    return render(request, "territories/colleagues.html", context)
