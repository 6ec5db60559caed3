"""Worlds drawn at random, dense around every boundary; the source is hypothesis's or a seed's."""

from collections.abc import Callable
from itertools import combinations, product
from random import Random
from typing import Any, TypeVar

from tests.people.twins import ACCOUNTS, DOMAINS, ORGANIZATIONS, PersonSpec, World

T = TypeVar("T")
HERE = ORGANIZATIONS[:2]
THRESHOLDS = (
    ("attention.no_referent", (1, 6, 7, 8)),
    ("attention.entry_unassigned", (1, 7, 9)),
    ("attention.first_meeting_late", (3, 4, 5, 9)),
    ("attention.unblocking_factor", (1, 2, 3)),
    ("quality.status_to_confirm", (1, 2, 3)),
)
HOURS = (-49, -25, -3, -1, 0, 1, 2, 3, 14, 25, 49)


def a_world(source: Random) -> World:
    """Two to six persons, and who looks at them, in which domain, when."""
    persons = tuple(a_person(source) for _ in range(source.randint(2, 6)))
    return World(
        persons=persons,
        pairs=pairs_of(source, persons),
        account=an_account(source),
        organization=an_organization(source) if source.random() < 0.8 else ORGANIZATIONS[2],
        domain=source.choice(DOMAINS),
        data_protection=source.random() < 0.3,
        at=0 if source.random() < 0.5 else source.choice(HOURS),
        settings=some(source, a_setting, 4),
    )


def an_account(source: Random) -> str:
    """The first one more often: it is the one who looks, more often."""
    return source.choice(ACCOUNTS[:1] * 3 + ACCOUNTS[1:])


def an_organization(source: Random) -> str:
    return source.choice(HERE[:1] * 2 + HERE[1:])


def some(source: Random, draw: Callable[[Random], T], most: int) -> tuple[T, ...]:
    return tuple(draw(source) for _ in range(source.randint(0, most)))


def maybe(source: Random, low: int, high: int) -> int | None:
    return None if source.random() < 0.5 else source.randint(low, high)


def a_setting(source: Random) -> tuple[int, str, int, int, int | None]:
    """Values that put entries on both sides of a threshold, and of twice a threshold."""
    name, values = source.choice(THRESHOLDS)
    territory = source.choice((0, 0, 1))
    withdrawn = None if source.random() < 0.7 else source.randint(-2, 2)
    return territory, name, source.choice(values), source.randint(-3, 1), withdrawn


def a_person(source: Random) -> PersonSpec:
    return PersonSpec(
        territory=source.choice((0, 0, 0, 1)),
        protected=source.random() < 0.3,
        frozen=source.random() < 0.15,
        archived=source.random() < 0.15,
        merged=source.random() < 0.1,
        follow_ups=once(some(source, a_follow_up, 3)),
        entries=some(source, an_entry, 2),
        agreements=some(source, an_agreement, 2),
        objections=some(source, an_objection, 2),
        sealed_readers=tuple(set(some(source, a_sealed_reader, 2))),
        reorientations=some(source, a_reorientation, 2),
        urgent=some(source, an_urgent_access, 2),
        discreet=source.random() < 0.2,
        without_contact=source.random() < 0.2,
        contacts=some(source, a_contact, 1),
        statuses=some(source, a_status, 2),
    )


def pairs_of(source: Random, persons: tuple[PersonSpec, ...]) -> tuple[tuple[int, int, bool], ...]:
    """Some of the pairs that one territory holds; the first of some is a protected person."""
    everybody = combinations(range(len(persons)), 2)
    same = [(a, b) for a, b in everybody if persons[a].territory == persons[b].territory]
    return tuple((*pair, source.random() < 0.3) for pair in same if source.random() < 0.3)


def a_contact(source: Random) -> tuple[str, int, int | None]:
    starts, length = source.choice((-2, -1, 0, 1)), maybe(source, 0, 3)
    return "identity", starts, None if length is None else starts + length


def a_status(source: Random) -> tuple[int, int | None, int | None]:
    """Around the delay of a year, around a shorter one, around its end."""
    starts = source.choice((-366, -365, -364, -3, -2, -1, 0, 1))
    ends = None if source.random() < 0.5 else max(source.randint(-2, 2), starts + 1)
    return starts, ends, maybe(source, -3, 1)


def a_follow_up(source: Random) -> tuple[str, str, str, bool, int, int | None]:
    starts, length = source.choice((-2, -1, -1, 0, 0, 1)), maybe(source, 0, 3)
    role = source.choice(("referent", "co_referent", "intervenant"))
    ends = None if length is None else starts + length
    read_only = source.random() < 0.3
    return an_account(source), an_organization(source), role, read_only, starts, ends


def once(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """Keeps what the constraints allow: one open référent, one open follow-up of a kind."""
    kept, seen = [], set()
    for row in rows:
        account, organization, role, _, _, ends = row
        mark = "referent" if role == "referent" else (account, organization, role)
        if ends is None and mark in seen:
            continue
        seen |= {mark} if ends is None else set()
        kept.append(row)
    return tuple(kept)


def an_entry(source: Random) -> tuple[str, int | None, int | None, int | None, int | None]:
    assigned = maybe(source, -2, 2)
    met = None if assigned is None or source.random() < 0.6 else source.randint(-2, 2)
    closed = None if source.random() < 0.7 else source.randint(-2, 2)
    opened = source.choice((None, -9, -8, -7, -6, -1, 0, 1))
    return an_organization(source), opened, assigned, met, closed


def an_agreement(
    source: Random,
) -> tuple[tuple[str, ...], tuple[str, ...], int, int | None, int | None, int]:
    starts, length = source.randint(-2, 1), maybe(source, 1, 3)
    return (
        few(source, DOMAINS[1:]),
        few(source, ORGANIZATIONS),
        starts,
        None if length is None else starts + length,
        maybe(source, -2, 2),
        source.choice((0, 0, 1)),
    )


def few(source: Random, among: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in among if source.random() < 0.35)


def an_objection(source: Random) -> tuple[str, str | None, int, int | None]:
    """To a domain, a structure, or both."""
    domain = source.choice(DOMAINS)
    organization = None if domain and source.random() < 0.4 else an_organization(source)
    return domain, organization, source.randint(-2, 1), maybe(source, -2, 2)


def a_sealed_reader(source: Random) -> tuple[str, str]:
    return source.choice(DOMAINS[1:]), an_account(source)


def a_reorientation(source: Random) -> tuple[str, str, int | None, int | None]:
    """Open, decided or withdrawn, never both."""
    decided, withdrawn = source.choice(((None, None), (None, None), (0, None), (None, 0)))
    return an_account(source), an_organization(source), decided, withdrawn


def an_urgent_access(source: Random) -> tuple[str, str, int]:
    return an_account(source), an_organization(source), source.randint(-4, 1)


def settled_worlds() -> list[World]:
    """A person for each way to follow, to agree and to object, looked at in each domain."""
    roles, domains = ("intervenant", "referent"), (("sante",), ("justice",), ())
    persons = tuple(
        PersonSpec(
            follow_ups=(("a", "o1", role, False, -2, None),),
            agreements=((named, places, -1, 1 - late, None, 0),),
        )
        for late, role, named, places in product((0, 1), roles, domains, (("o1",), ("o2",), ()))
    )
    return [World(persons + objecting(), domain=domain) for domain in DOMAINS]


def objecting() -> tuple[PersonSpec, ...]:
    """A person for each way to object, followed by the actor."""
    places = product(DOMAINS, (None, "o1", "o2"), (None, 0, 1))
    return tuple(
        PersonSpec(
            follow_ups=(("a", "o1", "intervenant", False, -2, None),),
            objections=((named, place, -1, lifted),),
        )
        for named, place, lifted in places
        if named or place
    )
