"""The addresses of the consortium's objects, found where a coordinator finds them."""

import re
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import APIRequestContext, BrowserContext

from jalons.kernel.ids import uuid7
from tests.demo_site import Site

_KEY = "[0-9a-f-]{36}"
_STRUCTURE = rf"/structures/{_KEY}/"
Path = Callable[[Site, BrowserContext], str]


def found(request: APIRequestContext, page: str, pattern: str) -> list[str]:
    """The addresses of this form on a page, each once."""
    return list(dict.fromkeys(re.findall(pattern, request.get(page).text())))


def of_a_structure(suffix: str = "") -> Path:
    """The first member of the consortium."""

    def path(site: Site, context: BrowserContext) -> str:
        return found(context.request, reverse("territories:members"), _STRUCTURE)[0] + suffix

    return path


def of_a_place(site: Site, context: BrowserContext) -> str:
    """The first place of the first structure that has one."""
    for page in found(context.request, reverse("territories:members"), _STRUCTURE):
        places = found(context.request, page, rf"{_STRUCTURE}lieux/{_KEY}/")
        if places:
            return places[0]
    raise AssertionError("no structure of the demo has a place")


def of_a_member(act: str) -> Path:
    def path(site: Site, context: BrowserContext) -> str:
        members = reverse("territories:members")
        leave = found(context.request, members, rf"/consortium/membres/{_KEY}/sortie/")[0]
        return leave.replace("/sortie/", f"/{act}/")

    return path


def of_an_action(suffix: str = "") -> Path:
    """One that is still to be done."""

    def path(site: Site, context: BrowserContext) -> str:
        pattern = rf"/calendrier/actions/{_KEY}/abandonner/"
        drop = found(context.request, reverse("territories:calendar"), pattern)[0]
        return drop.removesuffix("abandonner/") + suffix

    return path


def of_a_milestone(site: Site, context: BrowserContext) -> str:
    pattern = rf"/calendrier/jalons/{_KEY}/"
    return found(context.request, reverse("territories:calendar"), pattern)[0]


_FOUND = """
INSERT INTO territories_territory (code, name, communes) VALUES (%s, 'Pays de la Vernoise', '{}')
"""


def an_empty_territory(site: Site, context: BrowserContext) -> str:
    """The list once a territory without communes is there."""
    site.write(_FOUND, [f"vernoise-{uuid7().hex[-8:]}"])
    return reverse("territories:territories")
