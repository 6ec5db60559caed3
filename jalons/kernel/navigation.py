"""What stands in the menus and in the frame of every page; each room registers its own entries.

The kernel knows no role: the roles are plain strings, the actor anything with a `role`. A counter
is asked once a page, for the entries shown only.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, reverse

MOST_ENTRIES = 6
BAR_ENTRIES = 3
"""Entries of the phone's bottom bar; the others stand under « Plus »."""

Tone = Literal["", "late", "new"]
Counter = Callable[[Any], tuple[int, Tone] | None]
"""How many things wait for this actor, and the tone of the figure; None or 0 shows nothing."""


@dataclass(frozen=True)
class NavEntry:
    """One line of the menu.

    `positions` gives its rank (from 1) for each role that has it. `area` lists other URL names, or
    their beginnings (« people: »), from which the entry stays marked as the current one.
    """

    key: str
    label: str
    icon: str
    url_name: str
    positions: Mapping[str, int]
    counter: Counter | None = None
    short_label: str = ""
    area: tuple[str, ...] = ()

    @property
    def bar_label(self) -> str:
        return self.short_label or self.label

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Slot:
    """A fixed place of the frame (see SLOTS), filled by a room.

    `roles` None means all of them; `shown` narrows it to some actors.
    """

    key: str
    url_name: str
    roles: frozenset[str] | None = None
    counter: Counter | None = None
    shown: Callable[[Any], bool] | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Place:
    """An entry or a slot as one page shows it."""

    entry: NavEntry | Slot
    url: str
    count: int = 0
    tone: Tone = ""


SLOTS = {
    "home": "the page behind the logo",
    "login": "the link of a page read without an account",
    "ask": "« Demander un accompagnement », for who has no account and meets the sign-in page",
    "search": "the top bar's field, sent as GET `q`",
    "front_door": "the button « Accueillir une personne »",
    "alerts": "the bell",
    "account": "« Mon compte »",
    "mandates": "the choice of a mandate, sent as POST `mandate`, shown to who has several",
    "logout": "« Se déconnecter », sent as POST",
    "help": "« Aide »",
    "consortium": "« Consortium », in the menu of who has no room for it among their entries",
    "imports": "« Imports », in the menu of who imports files",
    "requests": "« Demandes des personnes », in the menu of who answers for the data",
}
OPEN_SLOTS = ("home", "login", "ask", "help")
"""The places that stand on a page read without an account."""


@dataclass
class Registry:
    entries: dict[str, NavEntry] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)

    def register(self, entry: NavEntry) -> None:
        """Raises ImproperlyConfigured for a key or a role's rank that is already taken."""
        if entry.key in self.entries:
            raise ImproperlyConfigured(f"The entry {entry.key!r} is registered twice.")
        taken = {place for other in self.entries.values() for place in other.positions.items()}
        for place in taken & set(entry.positions.items()):
            raise ImproperlyConfigured(f"{entry.key!r} wants the rank {place}, already taken.")
        self.entries[entry.key] = entry

    def fill(self, slot: Slot) -> None:
        """Raises ImproperlyConfigured for a place that does not exist or is already filled."""
        if slot.key not in SLOTS or slot.key in self.slots:
            raise ImproperlyConfigured(f"No free place is called {slot.key!r}.")
        self.slots[slot.key] = slot

    def entries_for(self, role: str | None) -> list[NavEntry]:
        """At most six entries, in the order of the role."""
        ranked = [
            (entry.positions[role], entry)
            for entry in self.entries.values()
            if role is not None and role in entry.positions
        ]
        return [entry for _, entry in sorted(ranked, key=itemgetter(0))][:MOST_ENTRIES]

    def slots_for(self, role: str | None) -> dict[str, Slot | None]:
        """Every place of the frame, None where nothing stands for this role."""
        return {
            key: slot if slot and (slot.roles is None or role in slot.roles) else None
            for key, slot in ((key, self.slots.get(key)) for key in SLOTS)
        }


registry = Registry()


def register(entry: NavEntry) -> None:
    registry.register(entry)


def fill(slot: Slot) -> None:
    registry.fill(slot)


def entries_for(actor: Any) -> list[NavEntry]:
    return registry.entries_for(actor.role)


def slots_for(actor: Any) -> dict[str, Slot | None]:
    found = registry.slots_for(actor.role)
    return {
        key: slot if slot and (slot.shown is None or slot.shown(actor)) else None
        for key, slot in found.items()
    }


def current(entries: Iterable[NavEntry], view_name: str) -> str:
    """The key of the entry whose URL name or area is the longest beginning of `view_name`.

    An empty string when no entry knows the page.
    """
    claims = [
        (len(claim), entry.key)
        for entry in entries
        for claim in (entry.url_name, *entry.area)
        if view_name.startswith(claim)
    ]
    return max(claims, key=itemgetter(0))[1] if claims else ""


def address_of(url_name: str, *arguments: Any) -> str:
    """The address of a page that a room may bring or not; an empty string when none does."""
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""


def place(entry: NavEntry | Slot, actor: Any) -> Place:
    """The entry with its address and what waits for this actor."""
    count, tone = (entry.counter(actor) if entry.counter else None) or (0, "")
    return Place(entry, entry.url, count, tone)
