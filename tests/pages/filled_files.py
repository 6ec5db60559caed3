"""A person whose file says something everywhere: contacts, a number, statuses, a correction."""

import re
from collections.abc import Callable
from functools import cache
from itertools import count

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from jalons.kernel import clock
from tests.demo_cast import REFERENTE, Known
from tests.demo_site import Site
from tests.pages.prepared import post

Path = Callable[[Site, BrowserContext], str]
_numbers = count(11)


@cache
def filled(site: Site, browser: Browser) -> Known:
    """The référente writes a phone, an address, a number, a shared and a sealed status."""
    person = site.cast.take()
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    today = clock.today().isoformat()
    sent = [
        ("add_contact", {"kind": "phone", "value": "06 39 98 00 31", "note": "après 18 h"}),
        ("add_contact", {"kind": "address", "value": "4 rue des Glacis\n90000 Belfort"}),
        ("add_identifier", {"kind": "si", "value": f"IODAS{next(_numbers)}"}),
        ("add_status", {"kind": "service_civique", "starts_on": today, "source": ""}),
        ("add_status", {"kind": "mesure_judiciaire", "starts_on": today, "source": ""}),
    ]
    for name, fields in sent:
        path = reverse(f"people:{name}", args=[person.key])
        post(hers.request, path, path, fields)
    hers.close()
    return person


def a_filled_file(site: Site, context: BrowserContext) -> str:
    assert context.browser
    return reverse("people:identity", args=[filled(site, context.browser).key])


def a_discreet_file(site: Site, context: BrowserContext) -> str:
    """The address is hidden, the contacts are discreet."""
    assert context.browser
    return _discreet(site, context.browser)


@cache
def _discreet(site: Site, browser: Browser) -> str:
    person = site.cast.take()
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    path = reverse("people:add_contact", args=[person.key])
    post(hers.request, path, path, {"kind": "phone", "value": "06 39 98 00 32"})
    page = reverse("people:identity", args=[person.key])
    for name, field in (("hide_address", "hidden"), ("be_discreet", "discreet")):
        post(hers.request, page, reverse(f"people:{name}", args=[person.key]), {field: "1"})
    hers.close()
    return page


def of_a_filled_file(name: str) -> Path:
    """The address of this page about the filled file."""

    def path(site: Site, context: BrowserContext) -> str:
        assert context.browser
        return reverse(name, args=[filled(site, context.browser).key])

    return path


def of_a_fact(kind: str, end: str = "") -> Path:
    """The address of one fact of the filled file, found on its page."""

    def path(site: Site, context: BrowserContext) -> str:
        page = context.request.get(a_filled_file(site, context)).text()
        found = re.search(rf'(/personnes/[0-9a-f-]+/{kind}/[0-9a-f-]{{36}}/){end}"', page)
        assert found, kind
        return found[1] + end

    return path


def a_proposed_change(site: Site, context: BrowserContext) -> str:
    assert context.browser
    person = filled(site, context.browser)
    return reverse("people:change", args=[site.cast.proposed_change(person)])
