"""Going to a provider after a form: the page leads there by itself.

A form of ours is sent to this site only (`form-action 'self'`), redirections included: the answer
to one is therefore a page of ours, with a link, that the browser leaves at once (`Refresh`).
"""

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from jalons.kernel import crypto

from . import sessions
from .actions.sign_in import PURPOSE
from .federation import discovery, transport
from .federation.clients import Client, client_of
from .federation.refusals import Refused

LEFT = "left"


@dataclass(frozen=True)
class Address:
    """Where to go; `state` comes back with the browser once it has left `label`."""

    label: str
    url: str
    state: str = ""


def prepare(request: Any) -> Address | None:
    """Where the provider that opened the session ends its own; None if there is nothing to end."""
    identity = sessions.identity_of(request.session)
    client = client_of(identity.provider.slug) if identity else None
    if client is None or not client.row.logout:
        return None
    id_token = sessions.sign_in_of(request.session)["id_token"]
    return _end_of(client, crypto.decrypt(bytes.fromhex(id_token), PURPOSE).decode())


def leave(request: Any, address: Address) -> HttpResponse:
    """The page that leads there, and remembers that it did."""
    if address.state:
        request.session[LEFT] = {"state": address.state, "label": address.label}
    return go(request, address)


def go(request: Any, address: Address) -> HttpResponse:
    page = render(request, "accounts/going.html", {"address": address})
    page.headers["Refresh"] = f"0; url={address.url}"
    return page


def left(request: Any) -> str:
    """The provider that says that its session ended, once; empty when it was not asked."""
    kept = request.session.pop(LEFT, None)
    ours = kept and secrets.compare_digest(kept["state"], request.GET.get("state", ""))
    return str(kept["label"]) if ours else ""


def _end_of(client: Client, id_token: str) -> Address | None:
    try:
        endpoint = str(discovery.metadata_of(client.issuer).get("end_session_endpoint", ""))
    except Refused:
        return None
    if not transport.allowed(endpoint):
        return None
    state = secrets.token_urlsafe(32)
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": client.left, "state": state}
    join = "&" if "?" in endpoint else "?"
    return Address(client.label, f"{endpoint}{join}{urlencode(asked)}", state)
