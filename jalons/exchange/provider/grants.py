"""What was granted and not used yet: in memory, once, for a minute."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jalons.accounts.sessions import moment

LIFE = timedelta(minutes=1)
MOST = 500


@dataclass(frozen=True)
class Person:
    """Somebody as the provider knows them. `acr`: how many factors it says to have asked for."""

    sub: str
    email: str
    given_name: str
    family_name: str
    acr: str


@dataclass(frozen=True)
class Grant:
    client_id: str
    redirect_uri: str
    nonce: str
    challenge: str
    person: Person
    at: datetime = field(default_factory=moment)


_given: OrderedDict[str, Grant] = OrderedDict()


def give(grant: Grant) -> str:
    """A code (or an access token) that stands for it."""
    name = secrets.token_urlsafe(32)
    _given[name] = grant
    while len(_given) > MOST:
        _given.popitem(last=False)
    return name


def take(name: str) -> Grant | None:
    """What it stood for, if it was not used and is less than a minute old."""
    grant = _given.pop(name, None)
    return grant if grant and moment() - grant.at < LIFE else None
