"""Row 3: keys of another territory, made up, deleted or of another kind: one answer for all."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from jalons.exchange.files.remarks import OUTCOMES
from jalons.journal import events
from jalons.kernel import clock
from jalons.people.front_door.actions.ask_to_follow import Asked as FollowAsked
from jalons.people.front_door.actions.ask_to_follow import ask_to_follow
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.typed import Typed
from jalons.people.models import Person
from jalons.people.reorientations.actions.ask import Request, ask_reorientation
from jalons.rights.requests.actions import Asked, record_request
from jalons.territories.models import Action, Axis, Milestone, Reception
from tests.clients import PURPOSE, client_for
from tests.exchange.files import an_import
from tests.security.addresses import Address, addresses
from tests.security.cast import Cast, a_cast
from tests.worlds import a_document, a_match, a_merge, a_person, an_invitation, within

pytestmark = pytest.mark.django_db

REQUESTS = 20_000
SAMPLE = 240
FORM = PURPOSE | {"format": "csv", "reason": "La personne attend à l’accueil", "answer": "accept"}
OF_THE_PLATFORM = {"account_id", "identity", "mail_id", "event"}
"""Of no territory: by role alone, or one’s own."""


@dataclass(frozen=True)
class Wrong:
    """Keys by the name that an address gives them."""

    foreign: dict[str, UUID]
    deleted: dict[str, UUID]
    others: list[UUID]


def with_keys() -> list[Address]:
    """The addresses whose path holds keys of a territory, and nothing else."""
    found = []
    for address in addresses():
        kinds = set(address.converters)
        if kinds and not address.texts and not kinds & OF_THE_PLATFORM:
            found.append(address)
    return found


KEPT = {"mandate", "organization", "invitation", "search", "file_import"}
KEPT |= {"action", "milestone", "place"}
"""What does not go with a person."""


def _of(cast: Cast) -> dict[str, UUID]:
    """Real objects of a territory, by kind."""
    referente, partner = cast.actors["référente"], cast.actors["partenaire"]
    assert referente.mandate
    assert referente.organization
    typed, today, own = Typed("Nouvelle", "Zoé", date(2001, 2, 3)), clock.today(), cast.territory
    with within(own.pk, account=partner.account):
        made = search(partner, typed)
        asked = ask_to_follow(partner, cast.followed.pk, FollowAsked("Elle vient chez nous", typed))
    with within(own.pk, account=referente.account):
        wished = ask_reorientation(referente, cast.followed.pk, Request("blocked"))
        right = record_request(referente, cast.followed.pk, Asked("access", "letter", today))
        events.append("territories.action_added", territory=own.pk)
        axis = Axis.objects.create(national="method", title="Méthode", territory=own)
        action = Action.objects.create(
            axis=axis, title="A", starts_on=today, due_on=today, territory=own
        )
        stone = Milestone.objects.create(title="Jalon", due_on=today, territory=own)
        place = Reception.objects.create(
            territory=own, organization_id=referente.organization, name="Antenne"
        )
    sender = cast.actors["coordination"]
    with within(own.pk, account=sender.account):
        sent = an_import(sender, counts=dict.fromkeys((*OUTCOMES, "errors", "warnings"), 0))
    assert asked.object_key
    return {
        **cast.keys,
        "document": a_document(cast.followed, referente).pk,
        "pair": a_match(cast.protected, a_person(own)).pk,
        "merge": a_merge(cast.followed, a_person(own), referente).pk,
        "search": made.pk,
        "follow_request": asked.object_key,
        "reorientation": wished.pk,
        "rights_request": right.pk,
        "action": action.pk,
        "milestone": stone.pk,
        "place": place.pk,
        "file_import": sent.pk,
        "mandate": referente.mandate,
        "organization": referente.organization,
        "invitation": an_invitation(referente.organization, sent_by=None).pk,
    }


def _wrong(here: Cast) -> Wrong:
    foreign, gone = _of(a_cast()), _of(here)
    gone = {kind: key for kind, key in gone.items() if kind not in KEPT}
    with transaction.atomic(), within(here.territory.pk):
        _delete(here)
    return Wrong(foreign, gone, list(foreign.values()))


def _delete(cast: Cast) -> None:
    """What hangs on the followed and the protected persons goes with them."""

    events.append("people.person_created", territory=cast.territory.pk)
    Person.objects.filter(pk__in=[cast.followed.pk, cast.protected.pk]).delete()


def _keys(address: Address, wrong: Wrong, kind: str, source: Random) -> dict[str, UUID] | None:
    """The keys of one request; None where there is no such key."""
    if kind == "random":
        return {name: uuid4() for name in address.converters}
    if kind == "another type":
        return {name: source.choice(wrong.others) for name in address.converters}
    known = wrong.foreign if kind == "foreign" else wrong.deleted
    if not set(address.converters) <= set(known):
        return None
    return {name: known[name] for name in address.converters}


def _answer(client: Client, verb: str, url: str) -> tuple[int, bytes, str]:
    with transaction.atomic():
        response: Any = getattr(client, verb.lower())(url, FORM)
        content = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    return response.status_code, content.replace(url.encode(), b""), response.get("Location", "")


def _asked(source: Random, names: list[str]) -> Iterator[tuple[str, str, Address]]:
    """Everybody on every address, in an order that a sample may stop."""
    while True:
        asked = [
            (name, verb, address)
            for name, address in product(names, with_keys())
            for verb in ("GET", "POST")
            if address.line(verb)
        ]
        source.shuffle(asked)
        yield from asked


def test_a_wrong_key_is_answered_as_a_made_up_one(full_size: bool) -> None:
    """Each address first answers a random key: the three other kinds say exactly the same."""
    source, cast = Random(3), a_cast()
    wrong = _wrong(cast)
    clients = {name: client_for(actor) for name, actor in cast.actors.items()}
    count, leaks, wanted, start = 0, [], REQUESTS if full_size else SAMPLE, time.monotonic()
    for name, verb, address in _asked(source, sorted(clients)):
        if count >= wanted:
            break
        expected = None
        for kind in ("random", "foreign", "deleted", "another type"):
            keys = _keys(address, wrong, kind, source)
            if keys is None:
                continue
            answer = _answer(clients[name], verb, address.url(**keys))
            count += 1
            expected = expected or answer
            if answer != expected or answer[0] not in (302, 404):
                leaks.append((name, verb, address.name, kind, answer[0]))
    print(f"{count} requests, {len(leaks)} leaks, {time.monotonic() - start:.0f} s")
    assert leaks == []
