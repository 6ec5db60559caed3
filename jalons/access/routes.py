"""Every address has its line in the policy table: who may come, for which act, on what.

`route` replaces `django.urls.path` in the rooms; rooms below `access` use `path` and have their
lines declared by name (`declare`). The middleware refuses an address without a line, loads and
authorises the object named in the address, writes the consultation, and hands the view the
authorised object instead of its key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from .levels import Level
from .policy import READ

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Line:
    """What one verb of one address needs.

    audience `public`: anybody; `signed_in`: any professional, even without a mandate; `link`: the
    holder of an unlocked scoped link; `policy`: what the table says of `act` on `kind` at `level`.
    `many`: the page lists objects; the view filters them with `visible_to` and records the list.
    `writes`: a GET that may write (the OIDC callback). `demo`: exists in the demo only.
    `shows`: the level that the page also shows to those who may read it; the consultation says it.
    `fresh`: asks for a recent second factor (exports). `threshold`: open to whoever is signed in
    before the charter is accepted. Both are asked of the gates (`access.gates`).
    `own_level`: the level is the one that the object bears (a document).
    """

    audience: Literal["public", "signed_in", "link", "policy"]
    act: str = ""
    kind: str = ""
    level: Level | None = None
    many: bool = False
    writes: bool = False
    demo: bool = False
    shows: Level | None = None
    fresh: bool = False
    threshold: bool = False
    own_level: bool = False


def public(*, demo: bool = False, writes: bool = False) -> Line:
    return Line("public", demo=demo, writes=writes)


def signed_in(*, fresh: bool = False, threshold: bool = False) -> Line:
    return Line("signed_in", fresh=fresh, threshold=threshold)


def by_link(scope: str, kind: str) -> Line:
    return Line("link", act=scope, kind=kind)


def reads(kind: str, level: Level, *, shows: Level | None = None, fresh: bool = False) -> Line:
    return Line("policy", READ, kind, level, shows=shows, fresh=fresh)


def opens(kind: str, act: str = READ) -> Line:
    """Reads an object at the level that it bears itself."""
    return Line("policy", act, kind, own_level=True)


def lists(kind: str, level: Level, *, fresh: bool = False) -> Line:
    return Line("policy", READ, kind, level, many=True, fresh=fresh)


def does(
    act: str,
    kind: str,
    level: Level | None = None,
    *,
    shows: Level | None = None,
    fresh: bool = False,
) -> Line:
    return Line("policy", act, kind, level, shows=shows, fresh=fresh)


def does_to_many(act: str, kind: str, level: Level | None = None, *, fresh: bool = False) -> Line:
    """An act on several objects, that the page lists."""
    return Line("policy", act, kind, level, many=True, fresh=fresh)


Lines = dict[str, Line]
_declared: dict[str, Lines] = {}


def declare(view_name: str, *, get: Line | None = None, post: Line | None = None) -> None:
    """The lines of an address of a room below `access`."""
    _declared[view_name] = _lines(get, post)


def route(
    pattern: str, view: View, *, name: str, get: Line | None = None, post: Line | None = None
) -> URLPattern:
    @wraps(view)
    def routed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    routed.lines = _lines(get, post)  # type: ignore[attr-defined]
    return path(pattern, routed, name=name)


def lines_of(view: Callable[..., Any], view_name: str) -> Lines | None:
    return getattr(view, "lines", None) or _declared.get(view_name)


def _lines(get: Line | None, post: Line | None) -> Lines:
    lines: Lines = {}
    if get:
        lines |= {"GET": get, "HEAD": get}
    if post:
        lines["POST"] = post
    return lines
