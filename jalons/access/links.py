"""Scoped links: one act on one object, for somebody without account, with a code.

The mail or the letter carries an address with a single-use token; the code travels by another way.
A button exchanges the token for a cookie and a clean address (mail scanners follow GET), then the
code unlocks the page. Nothing readable is stored: token, code and cookie are kept as digests.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from jalons.kernel import clock, crypto, row_security

from . import consultations
from .actor import Actor
from .consultations import Opened
from .events import record
from .identity import works
from .models import ScopedLink
from .objects import KINDS
from .routes import Line
from .transitions import Impossible, Transition, Workflow, register

COOKIE = "jalons-lien"
VALIDITY = timedelta(days=8)
SESSION = timedelta(hours=1)
WRONG_CODES = 5
ENDED = frozenset({"revoked", "expired"})

WORKFLOW = register(
    Workflow(
        "link",
        "Lien à usage limité",
        {
            "sent": "Envoyé",
            "opened": "Ouvert, code attendu",
            "unlocked": "Déverrouillé",
            "blocked": "Bloqué après cinq codes faux",
            "expired": "Expiré",
            "revoked": "Révoqué",
        },
        (
            Transition("open", ("sent",), "opened", condition="par le bouton de la page du lien"),
            Transition(
                "reopen",
                ("sent", "opened", "unlocked"),
                "opened",
                condition="lien durable : le code est redemandé, l’ouverture d’avant est fermée",
            ),
            Transition("unlock", ("opened",), "unlocked", condition="code juste"),
            Transition("fail", ("opened",), "opened", condition="code faux, moins de cinq fois"),
            Transition("revoke", ("sent", "opened", "unlocked", "blocked"), "revoked"),
        ),
    )
)


@dataclass(frozen=True)
class Scope:
    """What a link allows. `page` is the URL name of the clean address, `label` its French title.

    `lasting`: the link serves until it expires. Its address opens again, each time with the code,
    and closes what it had opened elsewhere.
    """

    name: str
    label: str
    page: str
    lasting: bool = False


@dataclass(frozen=True)
class Sent:
    """The two secrets of a new link, known once: they are not stored."""

    link: ScopedLink
    token: str
    code: str


SCOPES: dict[str, Scope] = {}


def register_scope(scope: Scope) -> None:
    SCOPES[scope.name] = scope


@transaction.atomic
def send(actor: Actor, scope: str, kind: str, key: UUID) -> Sent:
    """Makes a link valid eight days; it replaces those that did the same.

    The caller checked the right to make it.
    """
    _running().filter(scope=scope, object_kind=kind, object_key=key).update(revoked_at=clock.now())
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**6):06}"
    assert actor.territory
    link = ScopedLink(
        territory=actor.territory,
        scope=SCOPES[scope].name,
        object_kind=kind,
        object_key=key,
        created_by=actor.account,
        token_digest=_digest(token),
        expires_at=clock.now() + VALIDITY,
    )
    link.code_digest = _code_digest(link, code)
    link.save(force_insert=True)
    record(actor, "access.link_sent", object_kind=kind, object_key=key, person=_person(link))
    return Sent(link, token, code)


def current_state(link: ScopedLink) -> str:
    """The state now.

    A link falls with the mandate of the professional who sent it, and with its object: erased,
    archived or frozen, it is read by no link.
    """
    state = state_of(link, clock.now())
    if state in ENDED:
        return state
    if link.created_by and not works(link.created_by, link.territory):
        return "revoked"
    return state if _object(link) else "revoked"


def _object(link: ScopedLink) -> Any:
    """The facts of the link's object, None once no link opens it any more."""
    kind = KINDS[link.object_kind]
    with row_security.context([link.territory]):
        found = kind.load(link.object_key, clock.now())
    return None if found is None or kind.closed(found) else found


def state_of(link: ScopedLink, at: datetime) -> str:
    """The state of the workflow, computed from the dates."""
    if link.revoked_at:
        return "revoked"
    if at >= link.expires_at:
        return "expired"
    if link.wrong_codes >= WRONG_CODES:
        return "blocked"
    if link.unlocked_at:
        return "unlocked"
    return "opened" if link.opened_at else "sent"


def find(token: str) -> ScopedLink | None:
    return ScopedLink.objects.filter(token_digest=_digest(token)).first()


@transaction.atomic
def open_link(token: str) -> str:
    """Exchanges the token for the value of the cookie: once, unless the link lasts.

    Raises Impossible.
    """
    link = ScopedLink.objects.select_for_update().filter(token_digest=_digest(token)).first()
    if link is None:
        raise Impossible(
            "Ce lien n’existe pas. Demandez-en un nouveau à la personne qui l’a envoyé."
        )
    WORKFLOW.target("reopen" if lasts(link) else "open", current_state(link))
    session = secrets.token_urlsafe(32)
    link.opened_at, link.session_digest = clock.now(), _digest(session)
    link.unlocked_at = None
    link.save(update_fields=["opened_at", "session_digest", "unlocked_at"])
    return session


def lasts(link: ScopedLink) -> bool:
    scope = SCOPES.get(link.scope)
    return scope is not None and scope.lasting


def opens(link: ScopedLink) -> bool:
    """Whether the button of the link's page opens it now."""
    return current_state(link) in (("sent", "opened", "unlocked") if lasts(link) else ("sent",))


def of_session(session: str) -> ScopedLink | None:
    """The link behind a cookie, within the hour of its opening unless the link lasts."""
    link = ScopedLink.objects.filter(session_digest=_digest(session)).first()
    if link is None or link.opened_at is None or lasts(link):
        return link
    return link if link.opened_at > clock.now() - SESSION else None


@transaction.atomic
def unlock(link: ScopedLink, code: str) -> str:
    """Tries the code and answers the state it leads to: a wrong one counts, the fifth blocks.

    Raises Impossible when the link is no longer open.
    """
    link = ScopedLink.objects.select_for_update().get(pk=link.pk)
    WORKFLOW.target("unlock", current_state(link))
    if not hmac.compare_digest(bytes(link.code_digest), _code_digest(link, code.strip())):
        link.wrong_codes += 1
        link.save(update_fields=["wrong_codes"])
        return state_of(link, clock.now())
    link.unlocked_at = clock.now()
    link.save(update_fields=["unlocked_at"])
    with row_security.context([link.territory]):
        record(actor_of(link), "access.link_unlocked", person=_person(link))
    return "unlocked"


@transaction.atomic
def revoke(actor: Actor, link: ScopedLink) -> None:
    """Ends a link at once. Raises Impossible. The caller checked the right to end it."""
    WORKFLOW.target("revoke", state_of(link, clock.now()))
    ScopedLink.objects.filter(pk=link.pk).update(revoked_at=clock.now())
    record(actor, "access.link_revoked", person=_person(link))


def revoke_of(author: UUID, kind: str, key: UUID) -> int:
    """Ends the links that `author` sent about an object; returns how many."""
    mine = _running().filter(created_by=author, object_kind=kind, object_key=key)
    return mine.update(revoked_at=clock.now())


def running_of_scope(author: UUID, scope: str) -> "QuerySet[ScopedLink]":
    """The links of a scope that `author` sent and that still run."""
    return _running().filter(created_by=author, scope=scope)


def running_of(author: UUID, kind: str, key: UUID) -> list[ScopedLink]:
    """The links that `author` sent about an object and that still open it, the last first."""
    mine = _running().filter(created_by=author, object_kind=kind, object_key=key)
    return list(mine.filter(wrong_codes__lt=WRONG_CODES).order_by("-recorded_at", "-id"))


def _running() -> "QuerySet[ScopedLink]":
    return ScopedLink.objects.filter(revoked_at=None, expires_at__gt=clock.now())


def actor_of(link: ScopedLink) -> Actor:
    return Actor(kind="link", territory=link.territory, territories=(link.territory,))


def admit(request: Any, line: Line, kwargs: dict[str, Any]) -> HttpResponse | None:
    """Lets the holder of an unlocked link through, and hands the view the link's object."""
    link = of_session(request.COOKIES.get(COOKIE, ""))
    if link is None or link.scope != line.act:
        raise Http404
    if current_state(link) != "unlocked":
        return redirect("access:link_code")
    request.actor = actor_of(link)
    row_security.apply([link.territory])
    kwargs[line.kind] = KINDS[line.kind].load(link.object_key, clock.now())
    opened = Opened(request.resolver_match.view_name, line.act, line.level, "link")
    consultations.record(request.actor, opened, person=_person(link))
    return None


def set_cookie(response: HttpResponse, session: str, *, secure: bool) -> None:
    """Kept until the browser is closed; by a link that lasts, until it expires."""
    link = of_session(session)
    age = link.expires_at - clock.now() if link and lasts(link) else None
    response.set_cookie(COOKIE, session, max_age=age, httponly=True, secure=secure, samesite="Lax")


def _person(link: ScopedLink) -> UUID | None:
    return link.object_key if link.object_kind == "person" else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _code_digest(link: ScopedLink, code: str) -> bytes:
    return crypto.keyed_hash(f"{link.pk}:{code}", "access.link.code")
