"""Circles and actors made by hand, for the rules that are pure: no row, no query."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.policy import READ, Question
from jalons.access.roles import Role
from jalons.people.circle import Access, Agreed, Circle, Door, Follower

NAMES = UUID("0190a000-0000-7000-8000-000000000000")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE, ELSEWHERE = 1, 2


def key(name: str) -> UUID:
    """The same key for the same name."""
    return uuid5(NAMES, name)


def a_professional(
    role: Role | None = Role.PRACTITIONER,
    *,
    account: str = "référente",
    organization: str = "département",
    territory: int = HERE,
    mandate: str = "",
) -> Actor:
    return Actor(
        kind="professional",
        account=key(account),
        mandate=key(mandate or f"{account} {organization}"),
        organization=key(organization),
        territory=territory,
        territories=(territory,),
        role=role,
    )


def a_circle(**values: Any) -> Circle:
    known: dict[str, Any] = {"key": key("personne"), "territory": HERE}
    return Circle(**known | values)


def a_follower(
    account: str = "référente",
    organization: str = "département",
    role: str = "intervenant",
    *,
    read_only: bool = False,
) -> Follower:
    return Follower(key(account), key(organization), role, read_only)


def a_door(
    organization: str = "département",
    *,
    waiting: bool = True,
    opened: bool = True,
    assigned: str = "",
) -> Door:
    return Door(key(organization), waiting, opened, key(assigned) if assigned else None)


def an_access(account: str = "référente", organization: str = "département") -> Access:
    return Access(key(account), key(f"{account} {organization}"))


def an_agreement_of(
    domains: tuple[str, ...] = (), organizations: tuple[str, ...] = (), lineage: int = 0
) -> Agreed:
    return Agreed(frozenset(domains), frozenset(map(key, organizations)), lineage)


def a_question(level: Level | None = None, domain: str = "", act: str = READ) -> Question:
    return Question(act, level, NOON, domain)
