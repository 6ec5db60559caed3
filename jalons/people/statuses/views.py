from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalons.access.decisions import Refused
from jalons.access.levels import Level
from jalons.kernel import clock
from jalons.kernel.notices import done
from jalons.nomenclature import queries as nomenclature

from .. import queries as people
from ..circle import Circle
from ..form_page import form_page, in_sight, sent
from . import queries
from .actions.change_status import confirm_status as confirm_status_of
from .actions.change_status import correct_status
from .actions.change_status import end_status as end_status_of
from .actions.holding import WrongDates
from .actions.name_reader import name_reader
from .actions.name_reader import remove_reader as remove_reader_of
from .actions.record_status import NewStatus, record_status
from .forms import DatesForm, EndForm, ReaderForm, StatusForm

OFFER = (
    "Cette information est scellée. Si la personne est en danger, son référent peut la protéger,"
    " cacher son adresse et rendre ses contacts discrets, au bas de cette page."
)


def add_status(request: Any, person: Circle) -> HttpResponse:
    sources = queries.sources(request.actor)
    form = StatusForm(
        queries.kinds(person.territory),
        sources,
        request.POST or None,
        initial={"starts_on": clock.today(), "source": str(request.actor.organization)},
    )
    if sent(request, form):
        values = form.cleaned_data
        source = UUID(values["source"]) if values["source"] else None
        new = NewStatus(values["kind"], values["starts_on"], form.ends_on, source)
        try:
            record_status(request.actor, person.key, new)
        except WrongDates as error:
            form.add_error("last_day", str(error))
        except Refused:
            form.add_error("kind", "La personne s’est opposée au partage de ce domaine.")
        else:
            _recorded(request, person, new.kind)
            return redirect("people:identity", person.key)
    return form_page(request, form, person, "Ajouter un statut", "Ajouter le statut")


def _recorded(request: Any, person: Circle, kind: str) -> None:
    done(request, "Le statut est enregistré.")
    level = nomenclature.level_of(queries.LIST, kind, territory=person.territory)
    if level == Level.SEALED and not person.protected:
        messages.info(request, OFFER)


def change_status(request: Any, person: Circle, status: UUID) -> HttpResponse:
    """The dates only; the form does not say which status it is about."""
    found = queries.status(request.actor, person, status)
    if found is None:
        raise Http404
    initial = {"starts_on": found.starts_on, "last_day": found.last_day}
    form = DatesForm(request.POST or None, initial=initial)
    if sent(request, form):
        start = form.cleaned_data["starts_on"]
        correct_status(request.actor, person.key, status, start, form.ends_on)
        done(request, "Les dates sont corrigées.")
        return redirect("people:identity", person.key)
    return form_page(request, form, person, "Corriger les dates", "Enregistrer")


def end_status(request: Any, person: Circle, status: UUID) -> HttpResponse:
    if queries.status(request.actor, person, status) is None:
        raise Http404
    form = EndForm(request.POST or None, initial={"last_day": clock.today()})
    if sent(request, form):
        try:
            event = end_status_of(request.actor, person.key, status, form.cleaned_data["last_day"])
        except WrongDates as error:
            form.add_error("last_day", str(error))
        else:
            undo = reverse("access:undo", args=[event.pk])
            done(request, "La fin du statut est enregistrée.", undo=undo)
            return redirect("people:identity", person.key)
    return form_page(request, form, person, "Mettre fin au statut", "Enregistrer")


def confirm_status(request: Any, person: Circle, status: UUID) -> HttpResponse:
    with in_sight():
        confirm_status_of(request.actor, person.key, status)
    done(request, "Le statut est confirmé.")
    return redirect("people:identity", person.key)


def readers(request: Any, person: Circle) -> HttpResponse:
    """« Personnes désignées »: who reads what is sealed, and who else might."""
    sealed = queries.sealed_domains(request.actor, person)
    accounts = queries.may_be_named(people.followers(request.actor, person))
    choices = [(domain, queries.DOMAIN_LABELS[domain]) for domain in sealed]
    form = ReaderForm(choices, accounts, request.POST or None)
    if sent(request, form):
        values = form.cleaned_data
        name_reader(request.actor, person.key, values["domain"], UUID(values["account"]))
        done(request, "C’est enregistré.")
        return redirect("people:readers", person.key)
    return form_page(
        request,
        form,
        person,
        "Personnes désignées",
        "Désigner",
        template="people/readers.html",
        readers=queries.readers(request.actor, person),
        sealed=sealed,
        person=person,
    )


def remove_reader(request: Any, person: Circle, sealed_reader: UUID) -> HttpResponse:
    with in_sight():
        remove_reader_of(request.actor, person.key, sealed_reader)
    done(request, "C’est enregistré.")
    return redirect("people:readers", person.key)
