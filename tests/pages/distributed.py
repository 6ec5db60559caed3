"""What the pages of entries, référents and réorientations are about, in the demo."""

from functools import cache
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from tests.demo_cast import REFERENTE
from tests.demo_site import Site
from tests.pages.prepared import post

WAITING = """
SELECT entry.person_id FROM people_entry entry JOIN people_person person
    ON person.id = entry.person_id
JOIN territories_territory territory ON territory.id = entry.territory_id
WHERE entry.closed_on IS NULL AND entry.first_interview_on IS NULL AND entry.opened_on IS NOT NULL
AND territory.code = %s AND NOT person.protected
AND (entry.assigned_on IS NULL) = %s
AND NOT EXISTS (SELECT FROM people_followup f WHERE f.person_id = person.id AND f.ends_on IS NULL)
ORDER BY entry.received_on, entry.id LIMIT 1
"""
FOLLOW_UP = """
SELECT id FROM people_followup WHERE person_id = %s AND role = 'referent' AND ends_on IS NULL
"""
GIVEN = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, territory, object_kind,
        dimensions, position)
    SELECT gen_random_uuid(), now(), now(), 'people.entry_assigned', territory_id, 'entry', '{}',
        nextval('journal_event_position')
    FROM people_person WHERE id = %s
)
INSERT INTO people_entry (id, recorded_at, territory_id, person_id, door_id, origin, request,
    received_on, opened_on, assigned_to_id, assigned_on, close_motive)
SELECT gen_random_uuid(), now(), territory_id, id, %s, 'self', '', current_date, current_date, %s,
    current_date, ''
FROM people_person WHERE id = %s
"""


def waiting(site: Site, *, unassigned: bool = True) -> UUID:
    row = site.owner.execute(WAITING, [site.cast.territory, unassigned]).fetchone()
    assert row
    key: UUID = row[0]
    return key


def an_entry(site: Site, context: BrowserContext) -> str:
    return reverse("people:entry", args=[waiting(site)])


def an_entry_with_a_structure(site: Site, context: BrowserContext) -> str:
    return f"{an_entry(site, context)}?structure={site.cast.organization(REFERENTE)}"


def an_entry_to_close(site: Site, context: BrowserContext) -> str:
    return reverse("people:close_entry", args=[waiting(site)])


@cache
def _met_soon(site: Site) -> UUID:
    person, place = site.cast.take().key, site.cast.organization(REFERENTE)
    site.write(GIVEN, [person, place, place, person])
    return person


def an_interview(site: Site, context: BrowserContext) -> str:
    return reverse("people:interview", args=[_met_soon(site)])


def a_follow_up(site: Site, context: BrowserContext) -> str:
    row = site.owner.execute(FOLLOW_UP, [site.cast.followed().key]).fetchone()
    assert row
    return reverse("people:end_follow_up", args=[row[0]])


def a_relay(site: Site, context: BrowserContext) -> str:
    return f"{reverse('people:relay')}?de={site.cast.account(REFERENTE)}"


@cache
def _asked(site: Site, browser: Browser) -> UUID:
    """The référente asks, in a window of hers."""
    person = site.cast.take().key
    hers = browser.new_context(base_url=site.address)
    site.sign_in(hers, REFERENTE)
    path = reverse("people:ask_reorientation", args=[person])
    post(hers.request, path, path, {"motive": "blocked"})
    hers.close()
    query = "SELECT id FROM people_reorientation WHERE person_id = %s"
    row = site.owner.execute(query, [person]).fetchone()
    assert row
    key: UUID = row[0]
    return key


def a_reorientation(site: Site, context: BrowserContext) -> str:
    assert context.browser
    return reverse("people:reorientation", args=[_asked(site, context.browser)])
