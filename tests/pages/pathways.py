"""A person whose pathway has steps in every state, objectives and actions."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from jalons.kernel import clock
from tests.demo_cast import REFERENTE, Known
from tests.demo_site import Site
from tests.pages.prepared import post

Path = Callable[[Site, BrowserContext], str]
STEP = re.compile(r"/parcours/etapes/([0-9a-f-]{36})/debut/")

STEP_OF_ANY = re.compile(r'<ol class="path"')


@cache
def _led(site: Site, browser: Browser) -> Known:
    """The référente sets an objective, adds an action, a step begun, another blocked."""
    person = site.cast.take()
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    today = clock.today()
    ahead, day = (today + timedelta(days=20)).isoformat(), today.isoformat()
    sent = [
        ("set_objective", {"words": "Passer le permis", "domain": "mobilite"}),
        ("add_action", {"words": "Demander l’aide au permis", "due_on": ahead}),
        ("add_step", {"kind": "contrat", "wished_on": day}),
        ("add_step", {"kind": "formation", "wished_on": day, "planned_on": ahead}),
    ]
    for name, fields in sent:
        path = reverse(f"pathways:{name}", args=[person.key])
        post(hers.request, path, path, fields)
    tab = reverse("pathways:pathway", args=[person.key])
    for what, fields in (("debut", {"started_on": day}), ("blocage", {"blocked_by": "Aucun bus"})):
        key = STEP.findall(hers.request.get(tab).text())[-1]
        path = f"{tab}etapes/{key}/{what}/"
        post(hers.request, path, path, fields)
    hers.close()
    return person


def of_a_pathway(name: str) -> Path:
    """The address of this page about the person."""

    def path(site: Site, context: BrowserContext) -> str:
        assert context.browser
        return reverse(name, args=[_led(site, context.browser).key])

    return path


def of_a_step(end: str) -> Path:
    """The address of a page about a step that has not begun."""

    def path(site: Site, context: BrowserContext) -> str:
        tab = of_a_pathway("pathways:pathway")(site, context)
        found = STEP.search(context.request.get(tab).text())
        assert found
        return f"{tab}etapes/{found[1]}/{end}/"

    return path


def without_a_pathway(site: Site, context: BrowserContext) -> str:
    """The tab of somebody to whom nothing was set yet."""
    while True:
        tab = reverse("pathways:pathway", args=[site.cast.take().key])
        if not STEP_OF_ANY.search(context.request.get(tab).text()):
            return tab
