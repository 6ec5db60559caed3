from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jalons.access import consultations
from jalons.access.actor import Actor
from jalons.access.consultations import Opened
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock, locks
from jalons.kernel.ids import uuid7
from jalons.kernel.text import fold
from jalons.territories import settings

from ...identifiers import digests
from ...models import Search
from ...settings import SEARCHES_AN_HOUR
from ...vigilance.actions.notice import notice
from ...vigilance.queries import Rule, Signal
from ..candidates import by_names, by_number
from ..queries import known_to, typed_in
from ..rules import BROWSED, alphabetical
from ..typed import SEARCH, Typed, enclose

SHOWN = timedelta(minutes=15)
MOST = 10
"""Persons in an answer; beyond, something more precise is to be typed."""


class TooManySearches(Exception):
    """The account's searches of the hour are spent; args: how many it has."""


@transaction.atomic
def search(actor: Actor, typed: Typed, intake: UUID | None = None) -> Search:
    """Looks for a person and keeps the answer a quarter of an hour. Raises TooManySearches.

    `intake` is the request that it is made for, if any; the caller authorised it.

    The consultation tells who answered, or that nobody did.
    """
    assert actor.account
    assert actor.territory
    locks.hold(f"search:{actor.account}")
    _count(actor.account, actor.territory)
    key = uuid7()
    shown = typed.without_number() if "nir" in digests(typed.number) else typed
    made = Search.objects.create(
        id=key,
        territory_id=actor.territory,
        account=actor.account,
        expires_at=clock.now() + SHOWN,
        cipher=enclose(shown, key, SEARCH),
        found=known_to(actor, _likely(actor.territory, typed))[:MOST],
        intake=intake,
    )
    opened = Opened("people:front_door", READ, Level.MASKED, "search")
    consultations.record(actor, opened, listed=made.found)
    _watch(actor, typed)
    return made


def _watch(actor: Actor, typed: Typed) -> None:
    """Names searched in the order of the alphabet are told to the coordination."""
    assert actor.account
    assert actor.territory
    if not typed.names:
        return
    since = clock.now() - timedelta(hours=1)
    last = Search.objects.filter(account=actor.account, recorded_at__gt=since)
    rows = reversed(last.order_by("-recorded_at", "-id")[:BROWSED])
    if alphabetical([fold(typed_in(row).family_name) for row in rows]):
        notice(actor.territory, Signal(Rule.SEARCHES, BROWSED, actor.account))


def _likely(territory: int, typed: Typed) -> list[UUID]:
    reached = sorted(by_number(territory, typed.number)) if typed.number else []
    named = list(by_names(territory, typed.names)) if typed.names else []
    return list(dict.fromkeys([*named, *reached]))


def _count(account: UUID, territory: int) -> None:
    most = settings.value(territory, SEARCHES_AN_HOUR.key, clock.today())
    since = clock.now() - timedelta(hours=1)
    if Search.objects.filter(account=account, recorded_at__gt=since).count() >= most:
        raise TooManySearches(most)
