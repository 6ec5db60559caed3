"""The two pages of a scoped link: the button that opens it, and the code."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from . import links
from .models import ScopedLink
from .transitions import Impossible


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code à six chiffres",
        help_text="La personne qui vous a envoyé le lien vous donne ce code.",
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}
        ),
        error_messages={"required": "Écrivez le code à six chiffres."},
    )


def open_page(request: Any, token: str) -> HttpResponse:
    """GET shows a button and changes nothing: mail scanners follow addresses."""
    if request.method != "POST":
        link = links.find(token)
        state = links.current_state(link) if link else "expired"
        context = {"state": state, "opens": link is not None and links.opens(link)}
        context["lasting"] = link is not None and links.lasts(link)
        status = 200 if context["opens"] else 410
        return render(request, "access/link_open.html", context, status=status)
    try:
        session = links.open_link(token)
    except Impossible:
        return render(request, "access/link_open.html", {"state": "expired"}, status=410)
    response = redirect("access:link_code")
    links.set_cookie(response, session, secure=settings.SECURE)
    return response


def code(request: Any) -> HttpResponse:
    link = links.of_session(request.COOKIES.get(links.COOKIE, ""))
    state = links.current_state(link) if link else "expired"
    if link is None or state not in ("opened", "unlocked"):
        return render(request, "access/link_open.html", {"state": state}, status=410)
    if state == "unlocked":
        return redirect(links.SCOPES[link.scope].page)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        state = _try(link, form.cleaned_data["code"])
        if state == "unlocked":
            return redirect(links.SCOPES[link.scope].page)
        if state == "blocked":
            return render(request, "access/link_open.html", {"state": state}, status=410)
        form.add_error("code", "Ce code n’est pas le bon. Vérifiez les six chiffres.")
    status = 422 if form.errors else 200
    return render(request, "access/link_code.html", {"form": form}, status=status)


def _try(link: ScopedLink, code: str) -> str:
    try:
        return links.unlock(link, code)
    except Impossible:
        return "blocked"
