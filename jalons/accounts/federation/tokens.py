"""What a provider's answer is worth: who it says somebody is, once everything is checked."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from authlib.oidc.core import CodeIDToken
from django.utils import timezone
from joserfc import jwt
from joserfc.errors import ClaimError, JoseError, MissingClaimError
from joserfc.jws import extract_compact

from jalons.accounts.rules import gives_second_factor
from jalons.accounts.sessions import moment
from jalons.kernel import crypto

from . import discovery, transport
from .clients import Client
from .flow import Flow
from .refusals import Refused

LEEWAY = 60
"""Seconds by which two clocks may differ."""
PURPOSE = "accounts.told"
CLOCK = {"exp", "iat", "nbf"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True)
class Told:
    """Who a provider says somebody is. `assured`: it asked them for two factors, at `when`."""

    provider: str
    sub: str
    email: str
    given_name: str
    family_name: str
    assured: bool
    when: str
    id_token: str

    def enclosed(self) -> str:
        """As a session keeps it: unreadable in a backup."""
        return crypto.encrypt(json.dumps(vars(self)).encode(), PURPOSE).hex()

    @property
    def authenticated_at(self) -> datetime | None:
        return datetime.fromisoformat(self.when) if self.when else None


def disclosed(kept: str) -> Told:
    return Told(**json.loads(crypto.decrypt(bytes.fromhex(kept), PURPOSE)))


def redeem(client: Client, demand: Flow, code: str) -> Told:
    """Exchanges the code, and checks what it gives. Raises Refused."""
    given = _tokens(client, demand, code)
    claims = _id_token(client, demand, given)
    claims = {**_userinfo(client, given, claims["sub"]), **claims}
    row, when = client.row, claims.get("auth_time")
    return Told(
        client.slug,
        str(claims["sub"])[:255],
        _text(claims, "email", 254),
        _text(claims, "given_name", 100),
        _text(claims, "usual_name", 100) or _text(claims, "family_name", 100),
        gives_second_factor(claims.get("acr"), claims.get("amr"), row.assured_acr, row.assured_amr),
        datetime.fromtimestamp(when, timezone.get_current_timezone()).isoformat() if when else "",
        str(given["id_token"]),
    )


def _tokens(client: Client, demand: Flow, code: str) -> dict[str, Any]:
    proof = {"code_verifier": demand.verifier} if client.row.pkce else {}
    body = prepare_token_request(
        "authorization_code", redirect_uri=client.callback, code=code, **proof
    )
    endpoint = discovery.metadata_of(client.issuer)["token_endpoint"]
    auth = ClientAuth(client.row.client_id, client.secret, client.row.token_auth)
    url, headers, body = auth.prepare("POST", endpoint, dict(FORM), body)
    given = discovery.read_json(transport.call(url, headers, body.encode()))
    if not isinstance(given.get("id_token"), str):
        raise Refused("answer")
    return given


def _id_token(client: Client, demand: Flow, given: dict[str, Any]) -> dict[str, Any]:
    decoded = _verified(client, given["id_token"])
    expected = {
        "nonce": demand.nonce,
        "client_id": client.row.client_id,
        "access_token": given.get("access_token"),
        "max_age": demand.purpose == "confirm",
    }
    options = {
        "iss": {"essential": True, "value": client.issuer},
        "aud": {"essential": True, "value": client.row.client_id},
    }
    claims = CodeIDToken(decoded.claims, decoded.header, options, expected)
    _check(claims)
    return dict(decoded.claims)


def _check(claims: CodeIDToken) -> None:
    now = int(moment().timestamp())
    try:
        claims.validate(now=now, leeway=LEEWAY)
    except ClaimError as error:
        raise Refused(_reason(error)) from error
    if claims.get("auth_time", 0) > now + LEEWAY:
        raise Refused("clock")


def _reason(error: ClaimError) -> str:
    if error.claim == "nonce":
        return "replayed"
    if error.claim in {"iss", "aud", "azp"}:
        return "issuer"
    absent = isinstance(error, MissingClaimError)
    return "clock" if error.claim in CLOCK and not absent else "answer"


def _userinfo(client: Client, given: dict[str, Any], sub: str) -> dict[str, Any]:
    """What it says of the person; it must be about the same one."""
    kind = client.row.userinfo
    if kind == "none":
        return {}
    endpoint = str(discovery.metadata_of(client.issuer).get("userinfo_endpoint", ""))
    bearer = {"Authorization": f"Bearer {given.get('access_token', '')}"}
    answer = transport.call(endpoint, bearer)
    found = discovery.read_json(answer) if kind == "json" else _signed(client, answer)
    if found.get("sub") != sub:
        raise Refused("issuer")
    return found


def _signed(client: Client, answer: transport.Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise Refused("silence" if answer.status >= 500 else "answer")
    claims = dict(_verified(client, answer.body.decode("ascii", "replace").strip()).claims)
    audience = claims.get("aud")
    addressed = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != client.issuer or client.row.client_id not in addressed:
        raise Refused("issuer")
    expiry = claims.get("exp")
    if isinstance(expiry, (int, float)) and expiry <= moment().timestamp() - LEEWAY:
        raise Refused("clock")
    return claims


def _verified(client: Client, token: str) -> Any:
    """The token, once its signature is that of one of the issuer's keys, by an accepted way."""
    try:
        keys = discovery.keys_of(client.issuer, _name_of_key(token))
        return jwt.decode(token, keys, algorithms=client.row.algorithms)
    except (JoseError, ValueError, TypeError) as error:
        raise Refused("signature") from error


def _name_of_key(token: str) -> str | None:
    name = extract_compact(token.encode()).headers().get("kid")
    return str(name) if name else None


def _text(claims: dict[str, Any], name: str, length: int) -> str:
    found = claims.get(name)
    return found.replace("\0", "").strip()[:length] if isinstance(found, str) else ""
