"""The provider's key, drawn when the process starts, and what it signs."""

from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from jalons.accounts.federation.discovery import SUFFIX
from jalons.accounts.sessions import moment

ALGORITHM = "ES256"
LIFE = 300
"""Seconds that a token is good for."""


@cache
def _key() -> ECKey:
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM})
    key.ensure_kid()
    return key


def published() -> dict[str, Any]:
    """What the issuer publishes of its key."""
    return dict(KeySet([_key()]).as_dict(private=False))


def signed(issuer: str, audience: str, claims: dict[str, Any]) -> str:
    """A token of this issuer, for this client, good for five minutes."""
    now = int(moment().timestamp())
    stated = {"iss": issuer, "aud": audience, "iat": now, "exp": now + LIFE, **claims}
    return jwt.encode({"alg": ALGORITHM, "kid": _key().kid}, stated, _key())


def is_ours(token: str) -> bool:
    """Whether this process signed it, however old."""
    try:
        jwt.decode(token, _key(), algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        return False
    return True


def issuer_of(discovery: str) -> str:
    return discovery.removesuffix(SUFFIX)
