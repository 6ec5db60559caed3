"""Who acts: a frozen value, built by `territories.actors`, that knows everything by key."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from .roles import Field, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A professional under one active mandate, a job of the platform, or nobody yet.

    `territory` is the active mandate's; `territories` is what row-level security lets through
    (several for an observer). An actor without mandate has no role and reads no person.
    """

    kind: Literal["professional", "system", "link", "anonymous"] = "anonymous"
    account: UUID | None = None
    mandate: UUID | None = None
    organization: UUID | None = None
    territory: int | None = None
    territories: tuple[int, ...] = ()
    role: Role | None = None
    field: Field | None = None
    habilitated: bool = False
    data_protection: bool = False


ANONYMOUS = Actor()


def system(territory: int | None = None) -> Actor:
    """The platform itself, in a job; it acts in one territory at most."""
    return Actor(kind="system", territory=territory, territories=(territory,) if territory else ())
