"""How the pages of this room show a form, and where the wizard leads after it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ..actions.steering import Impossible
from .queries import setting_up_facts
from .setting_up import following, steps

IN_WIZARD = "?parcours=1"
"""What an address says when it is a step of the wizard, and not a page by itself."""

BARE: dict[str, Any] = {"lead": "", "wizard": None, "query": ""}
"""What a page outside the wizard says of it."""

Done = TypeVar("Done")


def form_page(request: Any, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """One form on a page: `title`, `submit`, `back`, and what the template may show more."""
    template = context.pop("template", "territories/form.html")
    status = 422 if form.errors else 200
    return render(request, template, BARE | {"form": form} | context, status=status)


def sent(request: Any, form: forms.BaseForm) -> bool:
    """Whether the form was sent, and holds what it asks."""
    return request.method == "POST" and form.is_valid()


def tried(form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """What the act answers; None, and the sentence in the form, when it is impossible."""
    try:
        return act()
    except Impossible as error:
        form.add_error(None, str(error))
    return None


def wizard(request: Any, key: str) -> dict[str, Any]:
    """The wizard's header and what follows the step; nothing on a page by itself."""
    if "parcours" not in request.GET:
        return {"wizard": None, "query": ""}
    found = steps(setting_up_facts(request.actor))
    place = [step.key for step in found].index(key)
    after = following(found, key)
    return {
        "query": IN_WIZARD,
        "wizard": {
            "labels": [step.label for step in found],
            "current": place + 1,
            "step": found[place],
            "next": address(after.url_name) if after else reverse("territories:setup"),
        },
    }


def address(name: str) -> str:
    return reverse(name) + IN_WIZARD


def onward(request: Any, key: str, otherwise: str = "territories:consortium") -> HttpResponse:
    """To the step after this one in the wizard, to the page `otherwise` outside it."""
    if "parcours" not in request.GET:
        return redirect(otherwise)
    after = following(steps(setting_up_facts(request.actor)), key)
    return redirect(address(after.url_name) if after else "territories:setup")


def again(request: Any, name: str) -> HttpResponse:
    """To the same step, in the wizard or outside it."""
    return redirect(address(name) if "parcours" in request.GET else reverse(name))
