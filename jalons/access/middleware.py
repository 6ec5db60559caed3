"""One transaction a request: who acts, for which rows, and the page's line in the policy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from jalons.kernel import clock, row_security

from . import consultations, gates, links
from .actor import Actor
from .consultations import Opened, Unwritable
from .decisions import decide
from .identity import identify
from .levels import Level
from .objects import KINDS
from .policy import Decision, Target
from .reading import ReadGuard
from .routes import Line, lines_of
from .table import policy

SAFE = ("GET", "HEAD")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor, request.identity = identify(request)  # type: ignore[attr-defined]
        with _transaction(request.actor), ReadGuard() as guard:  # type: ignore[attr-defined]
            request.guard = guard  # type: ignore[attr-defined]
            response = self.get_response(request)
            _check(request, response)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_view(
        self, request: Any, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        line = _line(request, view)
        if isinstance(line, HttpResponse):
            return line
        request.line = line
        if line.demo and not (settings.DEMO and _on_loopback(request)):
            raise Http404
        try:
            refusal = _admit(request, line, kwargs)
        except Unwritable:
            return _unavailable(request)
        if request.method in SAFE and not line.writes:
            request.guard.armed = True
            if refusal is None and not _will_record(line):
                consultations.read_only()
        return refusal

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _unavailable(request) if isinstance(error, Unwritable) else None


def _on_loopback(request: HttpRequest) -> bool:
    """A request that a proxy forwards comes from anywhere, whatever address the proxy has."""
    if any(name in request.META for name in FORWARDED):
        return False
    return ip_address(request.META["REMOTE_ADDR"]).is_loopback


@contextmanager
def _transaction(actor: Actor) -> Iterator[None]:
    if actor.territories or actor.account:
        with row_security.context(actor.territories, actor.account):
            yield
    else:
        with transaction.atomic():
            yield


def _check(request: Any, response: HttpResponseBase) -> None:
    if response.streaming and not isinstance(response, FileResponse):
        raise ImproperlyConfigured("A streaming response would outlive its transaction.")
    line = getattr(request, "line", None)
    shown = line is not None and response.status_code == 200 and _will_record(line)
    if shown and not getattr(request, "listed", False):
        raise ImproperlyConfigured(f"{request.path} listed persons and recorded nothing.")


def _will_record(line: Line) -> bool:
    """Whether the view itself writes the consultation, once it knows whom it lists."""
    return line.many and KINDS[line.kind].person is not None


def _line(request: Any, view: Callable[..., Any]) -> Line | HttpResponse:
    name = request.resolver_match.view_name
    lines = lines_of(view, name)
    if lines is None:
        raise ImproperlyConfigured(f"The address {name!r} has no line in the policy table.")
    if request.method not in lines:
        return HttpResponseNotAllowed(list(lines))
    return lines[request.method]


def _admit(request: Any, line: Line, kwargs: dict[str, Any]) -> HttpResponse | None:
    """None when the view may run; it finds the authorised object in place of its key.

    Raises Http404, Unwritable.
    """
    if line.audience == "public":
        return None
    if line.audience == "link":
        return links.admit(request, line, kwargs)
    if request.actor.account is None:
        return redirect_to_login(request.get_full_path() if request.method in SAFE else "/")
    if stopped := gates.stopped(request, line):
        return stopped
    return None if line.audience == "signed_in" else _admit_actor(request, line, kwargs)


def _admit_actor(request: Any, line: Line, kwargs: dict[str, Any]) -> HttpResponse | None:
    if not line.many and line.kind in kwargs:
        return _admit_object(request, line, kwargs)
    _admit_role(request, line)
    return None


def _admit_role(request: Any, line: Line) -> None:
    if request.actor.role in policy.roles_for(line.act, line.kind, line.level):
        return
    if KINDS[line.kind].person:
        refused = Decision(False, "Aucun lien avec votre mandat ne donne cet accès.")
        consultations.record(request.actor, _opened(request, line, refused))
    raise Http404


def _admit_object(request: Any, line: Line, kwargs: dict[str, Any]) -> HttpResponse | None:
    key: UUID = kwargs[line.kind]
    kind = KINDS[line.kind]
    target = kind.load(key, clock.now())
    level = _level(line, target)
    decision = _decide(request.actor, line, target, level)
    if not decision and request.method in SAFE and (there := _moved(request, line, target)):
        return there
    if kind.person:
        person = kind.person(key, target)
        shown = _shown(request.actor, line, target, level) if decision else level
        opened = _opened(request, line, decision, shown)
        consultations.record(request.actor, opened, person=person)
        for other in kind.others(target) if kind.others and target else ():
            consultations.record(request.actor, opened, person=other)
    if not decision:
        raise Http404
    kwargs[line.kind] = target
    request.decision = decision
    return None


def _moved(request: Any, line: Line, target: Any) -> HttpResponse | None:
    """To the object that this one was made one with, for who may read it there."""
    kind = KINDS[line.kind]
    key = kind.moved(target) if kind.moved and target else None
    there = kind.load(key, clock.now()) if key else None
    if there is None or not _decide(request.actor, line, there, _level(line, there)):
        return None
    match = request.resolver_match
    found: HttpResponse = redirect(match.view_name, **match.captured_kwargs | {line.kind: key})
    return found


def _level(line: Line, target: Any) -> Level | None:
    """The line's, or the object's own where the line says so."""
    return Level(target.level) if line.own_level and target else line.level


def _decide(actor: Actor, line: Line, target: Target | None, level: Level | None) -> Decision:
    if target is None:
        return Decision(False, "Cette page n’est pas partagée avec vous.")
    return decide(actor, line.act, target, level)


def _shown(actor: Actor, line: Line, target: Target | None, level: Level | None) -> Level | None:
    """The level that the page shows to this actor: what the consultation must say."""
    if line.shows and target and decide(actor, line.act, target, line.shows):
        return line.shows
    return level


def _opened(request: Any, line: Line, decision: Decision, level: Level | None = None) -> Opened:
    relation = decision.row.relation if decision.row else ""
    page = request.resolver_match.view_name
    return Opened(page, line.act, level or line.level, relation, refused=not decision)


def _unavailable(request: HttpRequest) -> HttpResponse:
    return render(request, "kernel/503.html", status=503)
