"""Without an account: a person asks, a partner signals. Nothing here reads anything of anybody."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jalons.access.actor import Actor
from jalons.accounts import throttle
from jalons.accounts.origin import address_of
from jalons.accounts.throttle import TooMany
from jalons.kernel import errors, row_security
from jalons.territories.models import Territory
from jalons.territories.relations import OrganizationFacts

from ..models.entry import Origin
from . import places
from .actions.receive import AlreadyReceived, receive_intake
from .forms import AskForm, PersonForm, SignalForm

LARGEST = 20_000
"""Bytes of a form sent without an account."""
INTAKES_AN_HOUR = 120
"""By everybody, in one territory."""
SIGNALS_AN_HOUR = 30
"""By one link."""


def territories(request: Any) -> HttpResponse:
    """Where one lives; straight to the page of an installation's only territory."""
    found = places.territories()
    if len(found) == 1:
        return redirect("people:ask", found[0].code)
    return render(request, "people/ask_territory.html", {"territories": found})


def ask(request: Any, slug: str) -> HttpResponse:
    here = _territory(slug)
    if _too_large(request):
        return errors.too_large()
    form = AskForm(
        request.POST if request.method == "POST" else None,
        places=places.places(here.pk),
        communes=places.communes(here),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _received(request, here, form)
    if status == 302:
        return redirect("people:asked", here.code)
    context = {"territory": here, "form": form, "days": places.answer_days(here.pk)}
    return render(request, "people/ask.html", context, status=status)


def asked(request: Any, slug: str) -> HttpResponse:
    """What happens next: the same page whoever asked, and whatever."""
    here = _territory(slug)
    reached = [place for place in places.places(here.pk) if place.phones]
    context = {"territory": here, "days": places.answer_days(here.pk), "places": reached}
    return render(request, "people/asked.html", context)


def signal(request: Any, organization: OrganizationFacts) -> HttpResponse:
    if _too_large(request):
        return errors.too_large()
    partner = places.organization(organization.key)
    here = places.territory_of(organization)
    form = SignalForm(
        request.POST if request.method == "POST" else None, communes=places.communes(here)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            named = "" if partner.sensitive else partner.name
            status = _signalled(request.actor, organization.key, form, named)
    if status == 302:
        return redirect("people:signalled")
    context = {"partner": partner, "territory": here, "form": form}
    return render(request, "people/signal.html", context, status=status)


def signalled(request: Any, organization: OrganizationFacts) -> HttpResponse:
    context = {"days": places.answer_days(organization.territory)}
    return render(request, "people/signalled.html", context)


def _territory(slug: str) -> Territory:
    found = places.territory(slug)
    if found is None:
        raise Http404
    return found


def _too_large(request: Any) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST


def _received(request: Any, here: Territory, form: AskForm) -> int:
    """The status of the answer. A robot is thanked like anybody, and leaves nothing."""
    if form.is_trapped:
        return 302
    counters = (
        throttle.of_address("intake", address_of(request)),
        throttle.of_the_hour(f"intake {here.pk}", INTAKES_AN_HOUR),
    )
    if not _may_send(form, *counters):
        return 429
    actor = Actor(territory=here.pk, territories=(here.pk,))
    with row_security.context([here.pk]):
        _keep(actor, form, Origin.SELF, door=form.door)
    return 302


def _signalled(actor: Actor, partner: UUID, form: SignalForm, name: str) -> int:
    counter = throttle.of_the_hour(f"signal {partner}", SIGNALS_AN_HOUR)
    if not _may_send(form, counter):
        return 429
    values = form.cleaned_data
    by = {
        "signaller": ", ".join(filter(None, [values["signaller"], name])),
        "signaller_contact": values["signaller_contact"],
        "agreed": True,
    }
    _keep(actor, form, Origin.PARTNER, **by)
    return 302


def _may_send(form: PersonForm, *counters: throttle.Counter) -> bool:
    """Counts the sending, or says in the form how long to wait."""
    try:
        throttle.spend(*counters)
    except TooMany as error:
        minutes = -(-error.wait.total_seconds() // 60)
        wait = "une minute" if minutes <= 1 else f"{minutes:.0f} minutes"
        form.add_error(
            None, f"Beaucoup de demandes viennent d’arriver. Attendez {wait}, ou appelez-nous."
        )
        return False
    return True


def _keep(
    actor: Actor, form: PersonForm, origin: Origin, *, door: UUID | None = None, **more: Any
) -> None:
    """Received once, however often the same form is sent."""
    try:
        receive_intake(actor, form.said(**more), origin=origin, door=door, key=form.sent_ticket.key)
    except AlreadyReceived:
        return
