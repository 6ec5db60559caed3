"""The context processor of every page: `layout`, the frame, computed when a template asks for it.

A fragment or an error page that shows no frame therefore costs nothing; a page costs the queries of
the counters shown, and no other.
"""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from . import clock, navigation, notices
from .navigation import BAR_ENTRIES, OPEN_SLOTS, SLOTS, Place


class Nobody:
    """The actor of a request that no middleware has seen."""

    kind = "anonymous"
    role = None
    data_protection = False


class Layout:
    """`request` may lack `actor` and `identity`: the frame is then the one of nobody."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor: Any = getattr(request, "actor", None) or Nobody

    @cached_property
    def identity(self) -> Any:
        return getattr(self._request, "identity", None)

    @cached_property
    def signed_in(self) -> bool:
        return self.identity is not None and self._actor.kind != "anonymous"

    @cached_property
    def entries(self) -> list[Place]:
        return [navigation.place(entry, self._actor) for entry in self._entries]

    @property
    def bar(self) -> list[Place]:
        return self.entries[:BAR_ENTRIES]

    @property
    def more(self) -> list[Place]:
        return self.entries[BAR_ENTRIES:]

    @cached_property
    def here(self) -> str:
        """The key of the current entry; a page may say another with `nav` in its context."""
        match = self._request.resolver_match
        return navigation.current(self._entries, match.view_name) if match else ""

    @cached_property
    def slots(self) -> dict[str, Place | None]:
        shown = SLOTS if self.signed_in else OPEN_SLOTS
        return {
            key: navigation.place(slot, self._actor) if slot and key in shown else None
            for key, slot in navigation.slots_for(self._actor).items()
        }

    @property
    def alerts(self) -> list[notices.Notice]:
        """What is told above the page."""
        return [notice for notice in self._notices if not notice.undo]

    @property
    def toasts(self) -> list[notices.Notice]:
        """What can still be undone."""
        return [notice for notice in self._notices if notice.undo]

    @cached_property
    def next(self) -> str:
        """Where an act that is not a page of its own returns to."""
        return self._request.get_full_path()

    @property
    def now(self) -> datetime:
        return clock.now()

    @cached_property
    def _notices(self) -> list[notices.Notice]:
        return notices.take(self._request)

    @cached_property
    def _entries(self) -> list[navigation.NavEntry]:
        return navigation.entries_for(self._actor)


def layout(request: HttpRequest) -> dict[str, Any]:
    return {"layout": Layout(request), "nav": ""}
