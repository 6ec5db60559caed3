"""A person's link in the state that a page needs: each call sends another one."""

import re
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import APIRequestContext, BrowserContext

from tests.demo_cast import REFERENTE, Known
from tests.demo_site import Site

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
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
    request: APIRequestContext, seen_at: str, path: str, fields: dict[str, str] | None = None
) -> str:
    """Sends a form as a page shows it; answers what comes back, redirects followed."""
    token = TOKEN.findall(request.get(seen_at).text())[0]
    answer = request.post(path, form={"csrfmiddlewaretoken": token, **(fields or {})})
    assert answer.ok, f"{path} : {answer.status}"
    return answer.text()


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
