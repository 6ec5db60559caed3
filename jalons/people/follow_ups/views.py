from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalons.kernel.notices import done

from .actions import end_follow_up as ending
from .facts import FollowUpFacts


def end_follow_up(request: Any, follow_up: FollowUpFacts) -> HttpResponse:
    try:
        event = ending.end_follow_up(request.actor, follow_up.key, "fin_de_mission")
    except ending.AlreadyEnded:
        messages.error(request, "Ce suivi est déjà terminé.")
    else:
        done(request, "Suivi terminé.", undo=reverse("access:undo", args=[event.pk]))
    return redirect("desk:home")
