"""What was asked of a provider, kept in the browser's session until its answer comes back.

The session's cookie is `Lax`: it comes with the provider's redirection, a navigation, and with
nothing else from another site. Each demand has a state, a nonce and a proof key of its own, serves
once and lasts a quarter of an hour.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from jalons.accounts.sessions import moment

from . import discovery
from .clients import Client
from .refusals import Refused

KEY = "federation"
PATIENCE = timedelta(minutes=15)
MOST = 5
"""Demands of one browser that wait at once: several tabs."""
SIGNS = 32
"""Random bytes of a state or a nonce: 43 signs, 32 at least are asked by some."""

Purpose = Literal["sign_in", "confirm", "link"]
FRESH = timedelta(minutes=2)
"""How old the sign-in may be when a recent one was asked for."""


@dataclass(frozen=True)
class Flow:
    provider: str
    nonce: str
    verifier: str
    purpose: Purpose
    after: str
    at: str


def begin(request: Any, client: Client, purpose: Purpose, after: str) -> str:
    """Notes a demand; answers the provider's address where the browser goes. Raises Refused."""
    endpoint = discovery.metadata_of(client.issuer)["authorization_endpoint"]
    state, nonce, verifier = (secrets.token_urlsafe(SIGNS) for _ in range(3))
    demand = Flow(client.slug, nonce, verifier, purpose, after, moment().isoformat())
    kept = dict(request.session.get(KEY, {}))
    waiting = dict(list(kept.items())[-(MOST - 1) :])
    request.session[KEY] = {**waiting, state: asdict(demand)}
    return str(
        prepare_grant_uri(
            endpoint,
            client.row.client_id,
            "code",
            redirect_uri=client.callback,
            scope=client.row.scopes,
            state=state,
            **_more(client, demand),
        )
    )


def take(request: Any, slug: str) -> Flow:
    """The demand that this answer is about, which serves no more. Raises Refused."""
    kept = dict(request.session.get(KEY, {}))
    found = kept.pop(request.GET.get("state", ""), None)
    if found is None:
        raise Refused("expired")
    request.session[KEY] = kept
    demand = Flow(**found)
    if demand.provider != slug:
        raise Refused("issuer")
    if moment() - datetime.fromisoformat(demand.at) >= PATIENCE:
        raise Refused("expired")
    return demand


def _more(client: Client, demand: Flow) -> dict[str, str]:
    """What the row says to send besides, and nothing else."""
    row = client.row
    sent = {"nonce": demand.nonce, "acr_values": row.acr_values, "claims": row.claims}
    if row.pkce:
        sent["code_challenge"] = create_s256_code_challenge(demand.verifier)
        sent["code_challenge_method"] = "S256"
    if demand.purpose == "confirm":
        sent |= {"prompt": "login", "max_age": "0"}
    return {name: value for name, value in sent.items() if value}
