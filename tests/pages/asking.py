"""Requests that arrive without an account, and the links by which partners signal."""

import re
from functools import cache

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from tests.demo_site import Site
from tests.pages.prepared import SECRET, post

REQUEST = re.compile(r'href="(/demandes-recues/[0-9a-f-]{36}/)"')
PARTNER = re.compile(r'<option value="([0-9a-f-]{36})">')
ASKED = {
    "given_name": "Zoé",
    "family_name": "Quidam",
    "birth_date": "03/02/2001",
    "phone": "06 39 98 00 11",
    "commune": "Belfort",
    "message": "no",
    "request": "Je cherche du travail et je n’ai plus de voiture.",
}


def ask(site: Site, context: BrowserContext) -> str:
    return reverse("people:ask", args=[site.cast.territory])


def asked(site: Site, context: BrowserContext) -> str:
    return reverse("people:asked", args=[site.cast.territory])


@cache
def _somebody_asks(site: Site, browser: Browser) -> None:
    theirs = browser.new_context(base_url=site.address)
    path = reverse("people:ask", args=[site.cast.territory])
    post(theirs.request, path, path, ASKED)
    theirs.close()


def a_list(site: Site, context: BrowserContext) -> str:
    assert context.browser
    _somebody_asks(site, context.browser)
    return reverse("people:intakes")


def a_request(site: Site, context: BrowserContext) -> str:
    found: list[str] = REQUEST.findall(context.request.get(a_list(site, context)).text())
    return found[0]


def to_set_aside(site: Site, context: BrowserContext) -> str:
    return f"{a_request(site, context)}mise-de-cote/"


def a_search_of_it(site: Site, context: BrowserContext) -> str:
    path = a_request(site, context)
    token = context.request.get(path).text().split('name="csrfmiddlewaretoken" value="')[1]
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token.split('"')[0]}
    answer = context.request.post(f"{path}recherche/", form=form, max_redirects=0)
    return answer.headers["location"]


def given_links(site: Site, context: BrowserContext) -> str:
    path = reverse("people:signal_links")
    partner = PARTNER.findall(context.request.get(path).text())[0]
    post(context.request, path, path, {"organization": partner})
    return path


def an_opened_signal(site: Site, context: BrowserContext) -> str:
    """A partner's page, its link opened with the code."""
    assert context.browser
    theirs = context.browser.new_context(base_url=site.address)
    site.sign_in(theirs, "dispatcher")
    path = reverse("people:signal_links")
    partner = PARTNER.findall(theirs.request.get(path).text())[1]
    page = post(theirs.request, path, path, {"organization": partner})
    address, code = SECRET.findall(page)
    theirs.close()
    link = address.removeprefix(site.address)
    post(context.request, link, link)
    unlock = reverse("access:link_code")
    post(context.request, unlock, unlock, {"code": code})
    return reverse("people:signal")


def a_sent_signal(site: Site, context: BrowserContext) -> str:
    an_opened_signal(site, context)
    return reverse("people:signalled")
