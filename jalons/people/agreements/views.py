from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access.decisions import Refused, decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.transitions import Impossible
from jalons.kernel.notices import done
from jalons.territories.queries import organizations as organizations_of

from .. import queries as people
from ..circle import Circle
from ..documents.neutral.bounds import Unusable
from ..models import Agreement
from . import queries, rules
from .actions.agreements import NotThatDay, ask_agreement, record_agreement, withdraw_agreement
from .actions.objections import OfReferent, lift_objection, record_objection
from .actions.record_information import record_information
from .forms import AgreementForm, InformationForm, ObjectionForm

OF_REFERENT = (
    "Le référent de parcours travaille dans cette structure. Nommez d’abord un autre référent, puis"
    " enregistrez l’opposition."
)


def agreements(request: Any, person: Circle) -> HttpResponse:
    return _page(request, person, InformationForm())


def inform(request: Any, person: Circle) -> HttpResponse:
    form = InformationForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form)
    record_information(request.actor, person.key, form.cleaned_data["how"])
    done(request, "L’information donnée est notée.")
    return redirect("people:agreements", person.key)


def add_agreement(request: Any, person: Circle) -> HttpResponse:
    structures = queries.structures(request.actor, person)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AgreementForm(*sent, structures=structures)
    if request.method == "POST" and form.is_valid() and (answer := _agreed(request, person, form)):
        return answer
    context = {"form": form, "person": person, "name": str(people.person(person))}
    status = 422 if form.errors else 200
    return render(request, "people/add_agreement.html", context, status=status)


def withdraw(request: Any, person: Circle) -> HttpResponse:
    try:
        withdraw_agreement(request.actor, person.key, _key(request, "agreement"))
    except Impossible as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, "L’accord est retiré.")
    return redirect("people:agreements", person.key)


def add_objection(request: Any, person: Circle) -> HttpResponse:
    """The form, then what it changes, then the act."""
    sent = (request.POST,) if request.method == "POST" else ()
    form = ObjectionForm(*sent, structures=_all_structures(request))
    context = {"form": form, "person": person, "name": str(people.person(person))}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("confirmed") != "1":
            place, subject = form.words("organization"), form.words("domain")
            told = rules.objection_consequences(place, subject)
            return render(request, "people/objection.html", context | {"told": told})
        if _objected(request, person, form):
            return _after(request, person, form.place)
    status = 422 if form.errors else 200
    return render(request, "people/objection.html", context, status=status)


def lift(request: Any, person: Circle) -> HttpResponse:
    try:
        lift_objection(request.actor, person.key, _key(request, "objection"))
    except Impossible as refusal:
        messages.error(request, str(refusal))
    else:
        done(request, "L’opposition est levée.")
    return redirect("people:agreements", person.key)


def _key(request: Any, name: str) -> UUID:
    """Raises Impossible for what is no key."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Impossible("Cette ligne n’existe plus.") from None


def _agreed(request: Any, person: Circle, form: AgreementForm) -> HttpResponse | None:
    """None when the form must be shown again: it then says why."""
    new = form.new()
    try:
        if new.given == Agreement.Given.BY_CODE:
            sent = ask_agreement(request.actor, person.key, new)
            address = settings.BASE_URL + reverse("access:link", args=[sent.token])
            context = {"address": address, "code": sent.code, "person": person, "link": sent.link}
            return render(request, "people/link_sent.html", context)
        record_agreement(request.actor, person.key, new)
    except NotThatDay:
        form.add_error("ends_on", "Choisissez un jour à venir.")
    except Unusable as refusal:
        form.add_error("scan", str(refusal))
    else:
        done(request, "L’accord est enregistré.")
        return redirect("people:agreements", person.key)
    return None


def _objected(request: Any, person: Circle, form: ObjectionForm) -> bool:
    try:
        record_objection(request.actor, person.key, form.place, form.cleaned_data["domain"])
    except OfReferent:
        form.add_error("organization", OF_REFERENT)
    except Impossible as refusal:
        form.add_error(None, str(refusal))
    except Refused:
        form.add_error("organization", "Choisissez une structure du territoire.")
    return not form.errors


def _after(request: Any, person: Circle, place: UUID | None) -> HttpResponse:
    done(request, "L’opposition est enregistrée.")
    closed = place == request.actor.organization
    return redirect("desk:home") if closed else redirect("people:agreements", person.key)


def _all_structures(request: Any) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in organizations_of(request.actor)]


def _page(request: Any, person: Circle, form: InformationForm) -> HttpResponse:
    actor = request.actor
    context = {
        "person": person,
        "name": str(people.person(person)),
        "form": form,
        "information": queries.information(person),
        "agreements": queries.agreements(actor, person),
        "objections": queries.objections(actor, person),
        "shared": decide(actor, READ, person, Level.SHARED),
        "asked": queries.asked(person) if decide(actor, READ, person, Level.SHARED) else None,
        "withdrawal": rules.WITHDRAWAL_CONSEQUENCES,
        "may_inform": decide(actor, rules.INFORM, person),
        "may_agree": decide(actor, rules.AGREE, person),
        "may_object": decide(actor, rules.OBJECT, person),
        "may_lift": decide(actor, rules.LIFT, person),
    }
    status = 422 if form.errors else 200
    return render(request, "people/agreements.html", context, status=status)
