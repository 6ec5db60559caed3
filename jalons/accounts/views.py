from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import redirect, render


def login(request: Any) -> HttpResponse:
    if request.actor.account:
        return redirect("desk:home")
    return render(request, "accounts/login.html", {"demo": settings.DEMO})


def logout(request: Any) -> HttpResponse:
    auth.logout(request)
    return redirect("accounts:login")
