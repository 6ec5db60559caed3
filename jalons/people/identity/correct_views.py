"""Correcting an identity, answering a correction that another institution proposes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from jalons.access.transitions import Impossible
from jalons.kernel import french_dates
from jalons.kernel.notices import done

from .. import queries
from ..circle import Circle
from ..form_page import form_page, sent
from . import change_queries
from .actions.answer_change import answer_change, withdraw_change
from .actions.correct_identity import Conflict, Outcome, correct_identity, correctable
from .fields import PLACE, values_of
from .forms import AnswerForm, CorrectForm, parsed, told
from .proposals import ChangeFacts

PROPOSED = (
    "Votre correction est proposée au référent : la valeur vient d’une autre structure."
    " Vous serez prévenu de sa réponse."
)


def correct(request: Any, person: Circle) -> HttpResponse:
    row = queries.person(person)
    names = correctable(request.actor, person, row)
    hidden = row.hidden_address or row.discreet_contact
    shown_names = [name for name in names if name != PLACE or not hidden]
    values = {name: value for name, value in values_of(row).items() if name in shown_names}
    initial: dict[str, Any] = values | {"seen": told(values)}
    if PLACE in values:
        shown = change_queries.written(PLACE, row.commune) if row.commune else ""
        initial |= {PLACE: shown, "commune_code": row.commune}
    form = CorrectForm(names, request.POST or None, hidden=hidden, initial=initial)
    if sent(request, form):
        try:
            outcome = correct_identity(
                request.actor, person.key, form.values(), form.what_was_seen()
            )
        except Conflict as conflict:
            _say(form, conflict)
        else:
            _told(request, outcome)
            return redirect("people:identity", person.key)
    return form_page(request, form, person, "Corriger l’identité", "Enregistrer")


def _say(form: Any, conflict: Conflict) -> None:
    """Both versions: theirs in the message, the author's in the field; sent again, it replaces."""
    form.data = form.data.copy()
    form.data["seen"] = told(parsed(form.data.get("seen", "")) | conflict.current)
    for name, value in conflict.current.items():
        shown = change_queries.written(name, value)
        said = shown if isinstance(shown, str) else french_dates.short(shown)
        form.add_error(
            name,
            f"Entre-temps, quelqu’un a enregistré : {said}. Vérifiez, puis enregistrez de nouveau.",
        )


def _told(request: Any, outcome: Outcome) -> None:
    if outcome.changed:
        done(request, "L’identité est à jour.")
    if outcome.proposed:
        messages.info(request, PROPOSED)
    if not outcome.changed and not outcome.proposed:
        messages.info(request, "Rien n’a changé.")


def change(request: Any, proposed_change: ChangeFacts) -> HttpResponse:
    """A proposal beside what stands now, answered field by field."""
    asked = change_queries.asked_change(request.actor, proposed_change.circle, proposed_change.key)
    names = {field.name: field.label for field in asked.fields}
    initial = {"seen": told(asked.current)}
    form = AnswerForm(names, request.POST or None, initial=initial)
    if sent(request, form):
        seen = parsed(form.cleaned_data["seen"])
        try:
            answer_change(
                request.actor,
                proposed_change.key,
                form.accepted,
                form.cleaned_data["words"],
                seen,
            )
        except Impossible as error:
            messages.error(request, str(error))
        except Conflict as conflict:
            _say(form, conflict)
            return _asked(request, form, proposed_change, asked)
        else:
            done(request, "Votre réponse est envoyée.")
        return redirect("people:identity", proposed_change.person)
    return _asked(request, form, proposed_change, asked)


def _asked(
    request: Any, form: AnswerForm, facts: ChangeFacts, asked: change_queries.AskedChange
) -> HttpResponse:
    return form_page(
        request,
        form,
        facts.circle,
        "Correction proposée",
        "Répondre",
        template="people/change.html",
        asked=asked,
        pairs=[(field, form[field.name]) for field in asked.fields],
    )


def withdraw(request: Any, proposed_change: ChangeFacts) -> HttpResponse:
    try:
        withdraw_change(request.actor, proposed_change.key)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        done(request, "Votre proposition est retirée.")
    return redirect("people:identity", proposed_change.person)
