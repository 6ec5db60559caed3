"""A person's request that the référente recorded, an archived file."""

import re
from functools import cache

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from jalons.kernel import clock
from tests.demo_cast import REFERENTE
from tests.demo_site import Site
from tests.pages.prepared import TOKEN, post

ARCHIVE = """
WITH marked AS (SELECT set_config('jalons.event', pg_current_xact_id()::text, true))
UPDATE people_person SET archived_at = now()
FROM marked WHERE id = %s AND marked.set_config IS NOT NULL
"""
REQUEST = re.compile(r"/droits/demandes/[0-9a-f-]{36}/")


@cache
def _somebody_asks(site: Site, browser: Browser) -> None:
    person = site.cast.take()
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    path = reverse("rights:person", args=[person.key])
    fields = {"kind": "access", "channel": "letter", "received_on": clock.today().isoformat()}
    post(hers.request, path, path, fields)
    hers.close()


def a_request(site: Site, context: BrowserContext) -> str:
    assert context.browser
    _somebody_asks(site, context.browser)
    found = REQUEST.search(context.request.get(reverse("rights:requests")).text())
    assert found
    return found.group()


@cache
def _archived(site: Site) -> None:
    site.write(ARCHIVE, [site.cast.take().key])


def an_archive(site: Site, context: BrowserContext) -> str:
    _archived(site)
    return reverse("rights:archives")


PAST = """
WITH marked AS (SELECT set_config('jalons.event', pg_current_xact_id()::text, true))
UPDATE access_export SET destroy_on = current_date - 3
FROM marked WHERE suffix = 'ods' AND marked.set_config IS NOT NULL
"""


@cache
def _exported(site: Site, browser: Browser) -> None:
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    seen, path = reverse("desk:caseload"), reverse("desk:caseload_export")
    for suffix in ("ods", "csv"):
        token = TOKEN.findall(hers.request.get(seen).text())[0]
        said = {"format": suffix, "purpose": "coordinate", "words": "Réunion d’équipe"}
        assert hers.request.post(path, form={"csrfmiddlewaretoken": token, **said}).ok
    site.write(PAST, [])
    hers.close()


def exports(site: Site, context: BrowserContext) -> str:
    """Two files, one of which should be gone."""
    assert context.browser
    _exported(site, context.browser)
    return reverse("rights:exports")


def territory_exports(site: Site, context: BrowserContext) -> str:
    exports(site, context)
    return reverse("rights:territory_exports")
