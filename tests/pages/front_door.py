"""Searches and requests that the pages of the front door are about."""

import re
from functools import cache

from django.urls import reverse
from playwright.sync_api import APIRequestContext, Browser, BrowserContext

from tests.demo_cast import PARTNER, REFERENTE, Known
from tests.demo_site import Site
from tests.pages.prepared import TOKEN, post

MATCH = re.compile(r'action="(/correspondances/[0-9a-f-]{36}/)"')
NOBODY = {"family_name": "Quidam", "given_name": "Zoé", "birth_date": "03/02/2001"}


def search(request: APIRequestContext, fields: dict[str, str]) -> str:
    """The address of the answer to a search."""
    path = reverse("people:front_door")
    token = TOKEN.findall(request.get(path).text())[0]
    answer = request.post(path, form={"csrfmiddlewaretoken": token, **fields}, max_redirects=0)
    return answer.headers["location"]


def named(person: Known) -> dict[str, str]:
    return {
        "family_name": person.family_name.upper(),
        "given_name": person.given_name,
        "birth_date": f"{person.birth_date:%d/%m/%Y}",
    }


def a_known_person(site: Site, context: BrowserContext) -> str:
    return search(context.request, named(site.cast.followed()))


def nobody(site: Site, context: BrowserContext) -> str:
    return search(context.request, NOBODY)


def a_newcomer(site: Site, context: BrowserContext) -> str:
    return f"{nobody(site, context)}nouvelle-personne/"


def somebody_alike(site: Site, context: BrowserContext) -> str:
    return f"{a_known_person(site, context)}nouvelle-personne/"


@cache
def _the_partner_asks(site: Site, browser: Browser) -> None:
    theirs = browser.new_context(base_url=site.address)
    site.sign_in(theirs, PARTNER)
    person = site.cast.take()
    search(theirs.request, named(person))
    path = reverse("people:ask_to_follow", args=[person.key])
    words = {
        "reason": "Elle vient à notre atelier du jeudi et cherche une place de formation.",
        "request": "Je voudrais passer le CAP petite enfance.",
    }
    post(theirs.request, path, path, words)
    theirs.close()


def waiting_requests(site: Site, context: BrowserContext) -> str:
    """What the référente has to answer, and what the partner asked."""
    assert context.browser
    _the_partner_asks(site, context.browser)
    return reverse("people:follow_requests")


PROTECT = """
WITH marked AS (SELECT set_config('jalons.event', pg_current_xact_id()::text, true))
UPDATE people_person SET protected = true
FROM marked WHERE id = %s AND marked.set_config IS NOT NULL
"""


@cache
def _created_again(site: Site, browser: Browser) -> None:
    """The partner creates, twice, somebody protected whom the référente follows."""
    theirs = browser.new_context(base_url=site.address)
    site.sign_in(theirs, PARTNER)
    for _ in range(2):
        person = site.cast.take()
        site.write(PROTECT, [person.key])
        path = f"{search(theirs.request, named(person))}nouvelle-personne/"
        said = {"language": "fra", "origin": "self"}
        post(theirs.request, path, path, {**named(person), **said})
    theirs.close()


def possible_matches(site: Site, context: BrowserContext) -> str:
    """Two to check, one of which the référente answers."""
    assert context.browser
    _created_again(site, context.browser)
    path = reverse("people:matches")
    _answered(site, context.browser)
    return path


@cache
def _answered(site: Site, browser: Browser) -> None:
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    path = reverse("people:matches")
    found = MATCH.findall(hers.request.get(path).text())
    post(hers.request, path, found[0], {"answer": "joined"})
    hers.close()
