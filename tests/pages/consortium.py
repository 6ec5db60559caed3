"""What must be there before the pages of the consortium are visited: the coordinator sets it up."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.urls import reverse
from playwright.sync_api import APIRequestContext, Browser, BrowserContext

from jalons.kernel import clock
from jalons.kernel.ids import uuid7
from tests.demo_site import Site
from tests.pages.prepared import post

COORDINATOR = "coordinator"
PUBLICS = "brsa"
_STRUCTURE = r"/structures/[0-9a-f-]{36}/"


@cache
def _set_up(site: Site, browser: Browser) -> None:
    """Members, a convention begun in the spring, axes, a goal, the proposed actions, a place."""
    theirs = browser.new_context(base_url=site.address)
    site.sign_in(theirs, COORDINATOR)
    request, start = theirs.request, (clock.today() - timedelta(days=200)).isoformat()
    for path in found(request, "territories:members", r"/consortium/membres/[0-9a-f-]{36}/entree/"):
        post(request, path, path, {"starts_on": start})
    convention = reverse("territories:convention")
    carrier = re.findall(r'<option value="([0-9a-f-]{36})"', request.get(convention).text())[0]
    said = {"title": "Convention du SPIE du Territoire de Belfort", "carrier": carrier}
    said |= {"starts_on": start, "signed_on": start, "publics": PUBLICS}
    said |= {"aims": "Une personne raconte sa situation une seule fois, à la première porte."}
    post(request, convention, convention, said)
    post_shown_axes(request)
    goal = reverse("territories:goal")
    year = str(clock.today().year)
    for persons in ("800", "850"):
        post(request, goal, goal, {"year": year, "persons": persons, "reason": "Comité de mars"})
    keep_proposals(request, start)
    add_a_place(request)
    move_on(request)
    theirs.close()


def keep_proposals(request: APIRequestContext, start: str) -> None:
    """Keeps every action proposed, where none is planned yet."""
    proposals = reverse("territories:proposals")
    kept = re.findall(r'name="kept" value="(\w+)"', request.get(proposals).text())
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', request.get(proposals).text())
    if not kept:
        return
    fields = "&".join(f"kept={key}" for key in kept)
    answer = request.post(
        proposals,
        data=f"csrfmiddlewaretoken={token[0]}&starts_on={start}&{fields}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.ok


def move_on(request: APIRequestContext) -> None:
    """Some actions are begun, one is over, one milestone is reached."""
    calendar = reverse("territories:calendar")
    keys = found(request, "territories:calendar", r"/calendrier/actions/[0-9a-f-]{36}/commencer/")
    for path in keys[:4]:
        post(request, calendar, path)
    post(request, calendar, keys[0].replace("commencer", "terminer"))
    stones = r"/calendrier/jalons/[0-9a-f-]{36}/atteindre/"
    post(request, calendar, found(request, "territories:calendar", stones)[0])


def add_a_place(request: APIRequestContext) -> None:
    structure = a_structure(request)
    place = f"{structure}lieux/nouveau/"
    hours = {f"day_{day}": "9 h – 12 h, 13 h 30 – 17 h" for day in range(1, 5)}
    described = {"name": "Antenne nord", "address": "2 rue des Tilleuls", "city": "Belfort"}
    described |= {"postcode": "90000", "phones": "06 39 98 00 12", "day_5": "9 h – 12 h"}
    post(request, place, place, described | hours | {"note": "Sur rendez-vous"})


def post_shown_axes(request: APIRequestContext) -> None:
    """Keeps the axes as the page proposes them."""
    path = reverse("territories:axes")
    html = request.get(path).text()
    fields = dict(re.findall(r'<input type="hidden" name="(form-[\w-]+)" value="([^"]*)"', html))
    fields |= dict(re.findall(r'<input type="text" name="(form-[\w-]+)" value="([^"]*)"', html))
    national = re.findall(r'<select name="(form-\d-national)"', html)
    codes = ("diagnosis", "coordination", "offer", "method", "method")
    post(request, path, path, fields | dict(zip(national, codes, strict=False)))


def found(request: APIRequestContext, name: str, pattern: str) -> list[str]:
    """The addresses of this form on a page, each once."""
    return list(dict.fromkeys(re.findall(pattern, request.get(reverse(name)).text())))


def a_structure(request: APIRequestContext) -> str:
    """The first member of the consortium."""
    return found(request, "territories:members", _STRUCTURE)[0]


Path = Callable[[Site, BrowserContext], str]


def set_up(name: str, query: str = "") -> Path:
    """A page of the consortium once it is set up."""

    def path(site: Site, context: BrowserContext) -> str:
        assert context.browser
        _set_up(site, context.browser)
        return reverse(name) + query

    return path


def of_a_structure(suffix: str = "") -> Path:
    def path(site: Site, context: BrowserContext) -> str:
        return _shown(site, context, "territories:members", _STRUCTURE) + suffix

    return path


def of_a_place(site: Site, context: BrowserContext) -> str:
    page = of_a_structure()(site, context)
    return str(
        re.findall(rf"{_STRUCTURE}lieux/[0-9a-f-]{{36}}/", context.request.get(page).text())[0]
    )


def of_a_member(act: str) -> Path:
    pattern = r"/consortium/membres/[0-9a-f-]{36}/sortie/"

    def path(site: Site, context: BrowserContext) -> str:
        leave = _shown(site, context, "territories:members", pattern)
        return leave.replace("/sortie/", f"/{act}/")

    return path


def of_an_action(suffix: str = "") -> Path:
    def path(site: Site, context: BrowserContext) -> str:
        pattern = r"/calendrier/actions/[0-9a-f-]{36}/"
        return _shown(site, context, "territories:calendar", pattern) + suffix

    return path


def of_a_milestone(site: Site, context: BrowserContext) -> str:
    pattern = r"/calendrier/jalons/[0-9a-f-]{36}/"
    return _shown(site, context, "territories:calendar", pattern)


def _shown(site: Site, context: BrowserContext, name: str, pattern: str) -> str:
    page = set_up(name)(site, context)
    assert page
    return found(context.request, name, pattern)[0]


_FOUND = """
INSERT INTO territories_territory (code, name, communes) VALUES (%s, 'Pays de la Vernoise', '{}')
"""


def an_empty_territory(site: Site, context: BrowserContext) -> str:
    """The list once a territory without communes is there."""
    site.write(_FOUND, [f"vernoise-{uuid7().hex[-8:]}"])
    return reverse("territories:territories")
