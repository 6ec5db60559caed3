"""What must be there before a page is visited: a person's link, an alert."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from time import monotonic, sleep

from django.urls import reverse
from playwright.sync_api import APIRequestContext, Browser, BrowserContext, FilePayload

from jalons.kernel import clock
from tests.demo_cast import PARTNER, REFERENTE, Known
from tests.demo_site import Site
from tests.people.document_files import a_photo

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PATIENCE = 10
"""Seconds given to the worker."""
READERS = re.compile(r'href="(/documents/[0-9a-f-]+/lecteurs/)"')
SECRET = re.compile(r"<code>([^<]+)</code>")


@dataclass(frozen=True)
class Sent:
    """The two secrets shown to the référente: an address on the site, and a code."""

    path: str
    code: str


def send(site: Site, context: BrowserContext, person: Known) -> Sent:
    """The référente makes a link for the person, in a window of hers."""
    assert context.browser
    hers = context.browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    dossier = reverse("people:identity", args=[person.key])
    page = post(hers.request, dossier, reverse("people:send_link", args=[person.key]))
    address, code = SECRET.findall(page)
    hers.close()
    return Sent(address.removeprefix(site.address), code)


def post(
    request: APIRequestContext,
    seen_at: str,
    path: str,
    fields: dict[str, str] | None = None,
    expected: tuple[int, ...] = (200,),
) -> str:
    """Sends a form as a page shows it; answers what comes back, redirects followed."""
    token = TOKEN.findall(request.get(seen_at).text())[0]
    answer = request.post(path, form={"csrfmiddlewaretoken": token, **(fields or {})})
    assert answer.status in expected, f"{path} : {answer.status}"
    return answer.text()


@cache
def _somebody_opens_urgently(site: Site, browser: Browser) -> None:
    person = site.cast.take()
    theirs = browser.new_context(base_url=site.address)
    site.sign_in(theirs, PARTNER)
    path = reverse("access:break_glass", args=[person.key])
    post(theirs.request, path, path, {"reason": "Elle est à la rue ce soir avec deux enfants."})
    theirs.close()


def a_told_alert(site: Site, context: BrowserContext) -> str:
    """The référente's alerts, once the worker told her of an urgent access."""
    assert context.browser
    _somebody_opens_urgently(site, context.browser)
    path, end = reverse("desk:alerts"), monotonic() + PATIENCE
    while "Accès urgent" not in context.request.get(path).text() and monotonic() < end:
        sleep(0.1)
    return path


@cache
def _somebody_completes(site: Site, browser: Browser, path: str) -> None:
    theirs = browser.new_context(base_url=site.address)
    site.sign_in(theirs, "coordinator")
    fields = {"label": "Jardin partagé des Glacis", "parent": "mobilite"}
    post(theirs.request, path, path, fields)
    theirs.close()


def a_completed_list(site: Site, context: BrowserContext) -> str:
    """A list to which the coordinator added an entry."""
    assert context.browser
    path = reverse("nomenclature:list") + "?liste=action"
    _somebody_completes(site, context.browser, path)
    return path


@cache
def _the_coordinator_decides(site: Site, browser: Browser, path: str) -> None:
    theirs = browser.new_context(base_url=site.address)
    site.sign_in(theirs, "coordinator")
    today = clock.today()
    for value, days in (("21", 0), ("18", 20)):
        day = (today + timedelta(days=days)).isoformat()
        reason = "Décidé en comité de pilotage, faute de places de rendez-vous."
        post(theirs.request, path, path, {"value": value, "starts_on": day, "reason": reason})
    theirs.close()


def a_changed_setting(site: Site, context: BrowserContext) -> str:
    """A setting that the coordinator changed, and for which another change is planned."""
    assert context.browser
    path = reverse("territories:setting") + "?reglage=attention.first_meeting_late"
    _the_coordinator_decides(site, context.browser, path)
    return path


def a_sent_link(site: Site, context: BrowserContext) -> str:
    return send(site, context, site.cast.followed()).path


def an_opened_link(site: Site, context: BrowserContext) -> str:
    path = a_sent_link(site, context)
    post(context.request, path, path)
    return reverse("access:link_code")


def an_unlocked_link(site: Site, context: BrowserContext) -> str:
    sent = send(site, context, site.cast.followed())
    post(context.request, sent.path, sent.path)
    code = reverse("access:link_code")
    post(context.request, code, code, {"code": sent.code})
    return reverse("people:own_identity")


@cache
def _somebody_keeps_a_document(site: Site, browser: Browser) -> Known:
    person = site.cast.take()
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    path = reverse("people:add_document", args=[person.key])
    token = TOKEN.findall(hers.request.get(path).text())[0]
    for reading in ("shared", "private"):
        file: FilePayload = {"name": "a", "mimeType": "image/jpeg", "buffer": a_photo()}
        fields: dict[str, str | FilePayload] = {"kind": "letter", "reading": reading, "file": file}
        answer = hers.request.post(path, multipart={"csrfmiddlewaretoken": token, **fields})
        assert answer.status == 200, answer.status
    hers.close()
    return person


def a_documented_person(site: Site, context: BrowserContext) -> str:
    """The documents of somebody of whom the référente kept two."""
    assert context.browser
    person = _somebody_keeps_a_document(site, context.browser)
    return reverse("people:documents", args=[person.key])


def a_document_s_readers(site: Site, context: BrowserContext) -> str:
    page = context.request.get(a_documented_person(site, context)).text()
    found: list[str] = READERS.findall(page)
    return found[0]


def an_asked_agreement(site: Site, context: BrowserContext) -> str:
    """What a person is asked by a link, once it is opened with the code."""
    assert context.browser
    person = site.cast.take()
    hers = context.browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    path = reverse("people:add_agreement", args=[person.key])
    page = post(hers.request, path, path, {"given": "by_code", "domains": "mobilite"})
    address, code = SECRET.findall(page)
    hers.close()
    link = address.removeprefix(site.address)
    post(context.request, link, link)
    unlock = reverse("access:link_code")
    post(context.request, unlock, unlock, {"code": code})
    return reverse("people:own_agreement")
