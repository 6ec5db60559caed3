"""Searches and requests that the pages of the front door are about."""

import re
from functools import cache
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import APIRequestContext, Browser, BrowserContext

from jalons.kernel.ids import uuid7
from tests.demo_cast import PARTNER, Known
from tests.demo_site import Site
from tests.pages.prepared import TOKEN, post

TO_MERGE = re.compile(r'href="(/rapprochements/[0-9a-f-]{36}/reunir/)"')
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


MERGED = """
WITH marked AS (SELECT set_config('jalons.event', pg_current_xact_id()::text, true))
INSERT INTO people_merge (id, recorded_at, territory_id, kept_id, absorbed_id, state, asked_by_id,
    done_at, undo_until, cipher)
SELECT %s, now(), pair.territory_id, person_id, other_id, 'done', account.id, now(),
    current_date + 90, ''
FROM marked, people_pair pair
    JOIN accounts_account account ON account.id = %s
    JOIN territories_mandate mandate
        ON mandate.account_id = account.id AND mandate.territory_id = pair.territory_id
WHERE marked.set_config IS NOT NULL AND owner_id IS NULL LIMIT 1
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
    """Two to check."""
    assert context.browser
    _created_again(site, context.browser)
    return reverse("people:matches")


def a_pair_to_merge(site: Site, context: BrowserContext) -> str:
    found = TO_MERGE.findall(context.request.get(reverse("people:review")).text())
    return str(found[0])


@cache
def _made_one(site: Site) -> UUID:
    """Two files of the demo, as a merge leaves its row."""
    key = uuid7()
    site.write(MERGED, [key, site.cast.account("coordinator")])
    return key


def a_merge(site: Site, context: BrowserContext) -> str:
    return reverse("people:merged", args=[_made_one(site)])
