"""Row 1: one stolen account calls everything for an hour: its caseload, ten urgent accesses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from jalons.access.actor import Actor
from jalons.access.break_glass import DAILY_QUOTA
from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.models import Consultation
from jalons.access.policy import READ
from jalons.access.table import BREAK_GLASS
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.models import Person, Search
from jalons.people.settings import SEARCHES_AN_HOUR
from tests.clients import PURPOSE, client_for
from tests.sampling import Some
from tests.security.addresses import addresses
from tests.security.cast import Cast, a_cast
from tests.worlds import a_person, within

pytestmark = pytest.mark.django_db

SEARCHED = {"family_name": "Quidam", "birth_date": "03/02/2001"}
STRANGERS = DAILY_QUOTA + 3
FORM = PURPOSE | {"reason": "Je dois voir ce dossier maintenant", "format": "csv", "words": "x" * 9}
OPENED = (Level.IDENTITY, Level.SHARED, Level.RESTRICTED, Level.SEALED)
WHO = ["référente", "coordination", "étrangère"]


@pytest.fixture
def cast(db: None) -> Cast:
    return a_cast()


@pytest.mark.parametrize("name", WHO)
def test_a_stolen_account_opens_its_caseload_and_its_urgent_accesses(
    cast: Cast, name: str, some: Some, full_size: bool
) -> None:
    actor, client = cast.actors[name], client_for(cast.actors[name])
    strangers = [a_person(cast.territory).pk for _ in range(STRANGERS)]
    everybody = [*(person.pk for person in cast.persons.values()), *strangers]
    with within(*actor.territories, account=actor.account):
        own = set(
            Person.objects.filter(visible_to(actor, "person", Level.IDENTITY)).values_list(
                "pk", flat=True
            )
        )
        circle = load_circle(strangers[0], clock.now())
        urgent = bool(circle and decide(actor, BREAK_GLASS, circle))
    assert not own & set(strangers)
    for person in strangers:
        client.post(f"/personnes/{person}/acces-urgent/", FORM)
    for verb in ("POST", "GET"):
        asked = everybody if full_size else everybody[: len(cast.persons)]
        _call_everything(client, verb, asked, some)
    for person in strangers:
        client.get(f"/personnes/{person}/")
    opened = _opened(cast, actor.account)
    assert opened <= own | (set(everybody) if urgent else set())
    assert len(opened - own) <= DAILY_QUOTA
    assert bool(opened - own) == urgent


def _call_everything(client: Client, verb: str, everybody: list[UUID], some: Some) -> None:
    """Every address about nobody, and every address about each person (some, in the suite)."""
    for address in addresses():
        line = address.line(verb)
        if line is None or line.audience != "policy" or address.converters not in ((), ("person",)):
            continue
        persons = everybody if address.converters else everybody[:1]
        for rank, person in enumerate(persons):
            if not some(f"{verb} {address.name} {rank}", 3):
                continue
            answer = getattr(client, verb.lower())(address.url(person=person), FORM)
            if answer.streaming:
                answer.getvalue()
            assert answer.status_code < 500, address.name


def _opened(cast: Cast, account: UUID | None) -> set[UUID | None]:
    """The persons about whom a file was opened, or a list showed their identity."""
    with within(cast.territory.pk):
        rows = Consultation.objects.filter(account__in=[account], refused=False, level__in=OPENED)
        read = rows.filter(act__in=[READ, "access.reveal"])
        found = set(read.exclude(person=None).values_list("person", flat=True))
        for listed in read.exclude(listed=None).values_list("listed", flat=True):
            found |= set(listed or ())
    return found


@pytest.mark.parametrize("name", WHO)
def test_an_hour_of_it_opens_no_more(
    cast: Cast, name: str, some: Some, full_size: bool, clock_at: Callable[[datetime], None]
) -> None:
    """Every twenty minutes the account calls everything, searches and asks for urgent accesses."""
    if not full_size:
        pytest.skip("an hour: --long only")
    actor, start = cast.actors[name], clock.now()
    clock_at(start)
    client = client_for(actor)
    strangers = [a_person(cast.territory).pk for _ in range(STRANGERS)]
    everybody = [*(person.pk for person in cast.persons.values()), *strangers]
    own = _own(actor, everybody)
    for minutes in (0, 20, 40, 59):
        clock_at(start + timedelta(minutes=minutes))
        for person in strangers:
            client.post(f"/personnes/{person}/acces-urgent/", FORM)
        for number in range(30):
            client.post("/accueil/", SEARCHED | {"given_name": f"Zo{'eéëiï'[number % 5]}"})
        _call_everything(client, "GET" if minutes else "POST", everybody, some)
    opened, urgent = _opened(cast, actor.account), name != "étrangère"
    print(f"{name}: {len(opened & own)} of its own, {len(opened - own)} urgently")
    assert opened <= own | (set(everybody) if urgent else set())
    assert len(opened - own) == (DAILY_QUOTA if urgent else 0)
    with within(*actor.territories, account=actor.account):
        assert (
            Search.objects.filter(account__in=[actor.account]).count() == SEARCHES_AN_HOUR.default
        )
    clock_at(start + timedelta(hours=1, minutes=31))
    assert client.get("/accueil/").status_code == 302
    again = client_for(actor)
    again.post("/accueil/", SEARCHED | {"given_name": "Zoé"})
    for person in strangers:
        again.post(f"/personnes/{person}/acces-urgent/", FORM)
        again.get(f"/personnes/{person}/")
    with within(*actor.territories, account=actor.account):
        made = Search.objects.filter(account__in=[actor.account]).count()
        assert made == SEARCHES_AN_HOUR.default + 1
    assert len(_opened(cast, actor.account) - own) == (DAILY_QUOTA if urgent else 0)


def _own(actor: Actor, everybody: list[UUID]) -> set[UUID]:
    with within(*actor.territories, account=actor.account):
        seen = Person.objects.filter(visible_to(actor, "person", Level.IDENTITY), pk__in=everybody)
        return set(seen.values_list("pk", flat=True))
