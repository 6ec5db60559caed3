"""The demo's door: choose a professional. It exists with the embedded database on loopback only."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from jalons.accounts import sessions
from jalons.kernel import clock

from .queries import demo_account, demo_mandates


@csrf_exempt
def login(request: Any) -> HttpResponse:
    """GET lists the invented professionals; POST `email` opens a session."""
    error = ""
    if request.method == "POST":
        account = demo_account(request.POST.get("email", ""))
        if account:
            sessions.open_session(request, account, demo=True)
            return redirect("desk:home")
        error = "Aucun professionnel de démonstration n’a ce courriel. Choisissez-en un ci-dessous."
    mandates = demo_mandates(clock.today())
    context = {"mandates": mandates, "error": error}
    return render(request, "territories/demo_login.html", context, status=400 if error else 200)
