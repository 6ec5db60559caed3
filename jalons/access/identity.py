"""What rooms above tell about accounts: who an account is under which mandate, and its name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from .actor import Actor


@dataclass(frozen=True)
class MandateLabel:
    key: UUID
    role_label: str
    organization_name: str
    territory_name: str


@dataclass(frozen=True)
class Identity:
    """What the layout shows of the person signed in."""

    full_name: str
    email: str
    role_label: str = ""
    organization_name: str = ""
    territory_name: str = ""
    other_mandates: tuple[MandateLabel, ...] = ()


Identify = Callable[[HttpRequest], tuple[Actor, Identity | None]]
Names = Callable[[Iterable[UUID]], dict[UUID, str]]
Works = Callable[[UUID, int], bool]
Mandates = Callable[[Iterable[UUID]], dict[UUID, list[MandateLabel]]]
_identify: list[Identify] = []
_names: list[Names] = []
_works: list[Works] = []
_mandates: list[Mandates] = []


def register(identify: Identify, names: Names, works: Works) -> None:
    """Called once, by `territories`."""
    _identify[:] = [identify]
    _names[:] = [names]
    _works[:] = [works]


def register_mandates(mandates: Mandates) -> None:
    """Called once, by `territories`."""
    _mandates[:] = [mandates]


def identify(request: HttpRequest) -> tuple[Actor, Identity | None]:
    return _identify[0](request)


def names_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    return _names[0](accounts)


def works(account: UUID, territory: int) -> bool:
    """Whether an account still has a mandate in force in a territory."""
    return _works[0](account, territory)


def mandates_of(accounts: Iterable[UUID]) -> dict[UUID, list[MandateLabel]]:
    """The mandates in force today of each account that has one, the oldest first."""
    return _mandates[0](accounts)
