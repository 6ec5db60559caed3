"""The ways to reach a person, and their numbers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalons.access.levels import Level
from jalons.kernel.notices import done

from .. import contacts
from ..circle import Circle
from ..form_page import form_page, in_sight, sent
from . import queries
from .actions import change_identifiers
from .actions.change_contacts import (
    Described,
    SealedForYou,
    end_contact,
    replace_contact,
)
from .actions.change_contacts import add_contact as add_contact_to
from .actions.change_contacts import say_without as say_without_of
from .forms import ContactForm, IdentifierForm

SEALED_FOR_YOU = "Ces coordonnées se changent avec le référent de la personne."
SHARED = "Ce moyen de contact est aussi celui d’une autre personne. Vérifiez qui répond."
TAKEN = (
    "Ce numéro n’est pas enregistré : il est déjà celui d’un autre dossier du consortium."
    " Vérifiez-le avec la personne. Le référent de l’autre dossier est prévenu."
)


def add_contact(request: Any, person: Circle) -> HttpResponse:
    form = ContactForm(request.POST or None)
    if sent(request, form):
        new = _described(form)
        try:
            add_contact_to(request.actor, person.key, new)
        except SealedForYou:
            form.add_error(None, SEALED_FOR_YOU)
        else:
            return _written(request, person, new)
    return form_page(request, form, person, "Ajouter un contact", "Ajouter le contact")


def change_contact(request: Any, person: Circle, contact: UUID) -> HttpResponse:
    """A sealed value is not shown in its form: it is only replaced."""
    row = queries.contact(request.actor, person, contact)
    if row is None:
        raise Http404
    initial: dict[str, Any] = {}
    if row.level != Level.SEALED:
        content = contacts.read(row)
        shown = contacts.written(row.kind, content.value)
        initial = {"value": shown, "note": content.note, "safe": row.safe}
    form = ContactForm(request.POST or None, kind=row.kind, initial=initial)
    if sent(request, form):
        new = _described(form)
        try:
            replace_contact(request.actor, person.key, contact, new)
        except SealedForYou:
            form.add_error(None, SEALED_FOR_YOU)
        else:
            return _written(request, person, new)
    return form_page(request, form, person, "Remplacer un contact", "Remplacer")


def remove_contact(request: Any, person: Circle, contact: UUID) -> HttpResponse:
    with in_sight():
        event = end_contact(request.actor, person.key, contact)
    done(request, "Le contact est retiré.", undo=reverse("access:undo", args=[event.pk]))
    return redirect("people:identity", person.key)


def say_without(request: Any, person: Circle) -> HttpResponse:
    if request.POST.get("without") not in {"0", "1"}:
        raise BadRequest("Ce qui est voulu manque.")
    without = request.POST["without"] == "1"
    say_without_of(request.actor, person.key, without)
    done(request, "C’est noté." if without else "L’absence de contact est levée.")
    return redirect("people:identity", person.key)


def _described(form: ContactForm) -> Described:
    values = form.cleaned_data
    return Described(form.chosen_kind, values["value"], values["note"], values["safe"])


def _written(request: Any, person: Circle, new: Described) -> HttpResponse:
    done(request, "Le contact est enregistré.")
    if queries.also_of_another(person.key, new.kind, new.text):
        messages.info(request, SHARED)
    return redirect("people:identity", person.key)


def add_identifier(request: Any, person: Circle) -> HttpResponse:
    form = IdentifierForm(request.POST or None)
    if sent(request, form):
        value = form.cleaned_data["value"]
        kept = change_identifiers.add_identifier(request.actor, person.key, form.chosen_kind, value)
        if not kept.taken:
            done(request, "Le numéro est enregistré.")
            return redirect("people:identity", person.key)
        form.add_error("value", TAKEN)
    return form_page(request, form, person, "Ajouter un numéro", "Ajouter le numéro")


def change_identifier(request: Any, person: Circle, identifier: UUID) -> HttpResponse:
    row = queries.identifier(person, identifier)
    if row is None:
        raise Http404
    form = IdentifierForm(request.POST or None, kind=row.kind)
    if sent(request, form):
        value = form.cleaned_data["value"]
        kept = change_identifiers.replace_identifier(request.actor, person.key, identifier, value)
        if not kept.taken:
            done(request, "Le numéro est corrigé.")
            return redirect("people:identity", person.key)
        form.add_error("value", TAKEN)
    return form_page(request, form, person, "Corriger un numéro", "Enregistrer")


def remove_identifier(request: Any, person: Circle, identifier: UUID) -> HttpResponse:
    with in_sight():
        change_identifiers.remove_identifier(request.actor, person.key, identifier)
    done(request, "Le numéro est retiré.")
    return redirect("people:identity", person.key)
