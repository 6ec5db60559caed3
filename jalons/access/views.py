"""Pages of the policy itself: why one sees a page, urgent access, drafts, undo."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from jalons.kernel import clock

from . import drafts
from .break_glass import DAILY_QUOTA, SHORTEST_REASON, TooMany, open_urgently
from .levels import Level
from .policy import READ, Target
from .table import policy
from .undo import CannotUndo, said_of
from .undo import undo as undo_act


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi faut-il ouvrir ce dossier maintenant ?",
        help_text="Votre motif est transmis au référent et inscrit au journal de la personne.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=SHORTEST_REASON,
        max_length=2000,
        error_messages={
            "required": "Écrivez le motif de l’urgence.",
            "min_length": "Écrivez une phrase complète : elle sera lue par le référent.",
        },
    )


READ_AT = {
    Level.MASKED: "la ligne masquée",
    Level.IDENTITY: "l’identité de la personne",
    Level.SHARED: "ce que son équipe partage",
    Level.RESTRICTED: "les informations restreintes",
    Level.SEALED: "les informations scellées qui vous sont ouvertes",
}
"""What a level lets somebody read, in a sentence that begins with « Vous lisez »."""


def why(request: Any, person: Target) -> HttpResponse:
    rows = policy.reasons(request.actor, person, clock.now())
    reads = [(relation.label, row.levels) for relation, row in rows if row.act == READ]
    # Who reads more is not told why the masked line would show.
    more = [(label, levels) for label, levels in reads if levels != {Level.MASKED}]
    reasons = [
        (label, [what for level, what in READ_AT.items() if level in levels])
        for label, levels in more or reads
    ]
    return render(request, "access/why.html", {"reasons": reasons, "person": person})


def break_glass(request: Any, person: Target) -> HttpResponse:
    key = f"break-glass:{person.key}"
    if request.method != "POST":
        form = ReasonForm(initial=_restored(request, key))
        return _reason_page(request, person, form, key)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            open_urgently(request.actor, person, form.cleaned_data["reason"])
        except TooMany:
            form.add_error(
                None,
                f"Vous avez ouvert {DAILY_QUOTA} accès urgents en vingt-quatre heures."
                " Appelez le référent ou votre responsable.",
            )
        else:
            drafts.discard(request.actor, key)
            return redirect("people:identity", person.key)
    return _reason_page(request, person, form, key)


def draft(request: Any) -> HttpResponse:
    """Keeps what a form holds; answers the French sentence that the form shows."""
    name = request.POST.get("draft_form", "")[:100]
    if not name.isprintable() or not name or request.actor.territory is None:
        return HttpResponse("Ce brouillon n’a pas été gardé.", status=400)
    fields = {key: request.POST.getlist(key) for key in request.POST if key not in _NOT_KEPT}
    try:
        saved_at = timezone.localtime(drafts.save(request.actor, name, fields))
    except drafts.TooLarge:
        message = "Ce texte est trop long pour être gardé en brouillon : enregistrez-le."
        return HttpResponse(message, status=413)
    return HttpResponse(f"Brouillon gardé à {saved_at.hour}\u00a0h\u00a0{saved_at:%M}")


def undo(request: Any, event: UUID) -> HttpResponse:
    try:
        undone = undo_act(request.actor, event)
    except CannotUndo as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said_of(undone))
    return _back(request)


_NOT_KEPT = {"csrfmiddlewaretoken", "draft_form"}


def _restored(request: Any, key: str) -> dict[str, str]:
    return {name: values[0] for name, values in drafts.load(request.actor, key).items() if values}


def _reason_page(request: Any, person: Target, form: ReasonForm, key: str) -> HttpResponse:
    status = 200 if not form.errors else 422
    context = {"form": form, "person": person, "draft_form": key}
    return render(request, "access/break_glass.html", context, status=status)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if safe else "/")
