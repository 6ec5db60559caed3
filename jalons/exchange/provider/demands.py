"""What a client asks of the provider, and what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from jalons.accounts.federation.clients import DEMO, Client, client_of

KNOWN = {
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "acr_values",
    "prompt",
    "max_age",
}
SHORTEST = 32
"""Signs of a state and a nonce: ProConnect's rule."""


class BadClient(Exception):
    """Unknown, or another address than its own: nothing is sent back there."""


@dataclass(frozen=True)
class Demand:
    """`wrong`: the protocol's word for what is refused; empty when nothing is."""

    client: Client
    state: str
    nonce: str
    challenge: str
    wrong: str


def client() -> Client:
    """The only client: this installation. Raises BadClient."""
    found = client_of(DEMO)
    if found is None:
        raise BadClient
    return found


def read(asked: Any) -> Demand:
    """The demand of a query string. Raises BadClient."""
    ours = client()
    if (asked.get("client_id"), asked.get("redirect_uri")) != (ours.row.client_id, ours.callback):
        raise BadClient
    state, nonce, proof = (asked.get(name, "") for name in ("state", "nonce", "code_challenge"))
    return Demand(ours, state, nonce, proof, _wrong(asked))


def _wrong(asked: Any) -> str:
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    good = (
        set(asked) <= KNOWN
        and min(len(asked.get(name, "")) for name in ("state", "nonce")) >= SHORTEST
        and asked.get("code_challenge_method") == "S256"
    )
    return "" if good and asked.get("code_challenge") else "invalid_request"
