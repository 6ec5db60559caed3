"""A provider of identities that answers as told, flaws included; no network."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from jalons.accounts.federation import clients, discovery, transport
from jalons.accounts.federation.refusals import Refused
from jalons.accounts.federation.transport import Answer
from jalons.accounts.models import Provider
from jalons.accounts.sessions import moment
from tests.clients import CleanClient

ISSUER = "https://identite.example"
TWO = "deux"
SECRET = "un secret que personne ne lit"
SLUG = "agents"


def a_key(kind: str = "EC") -> Any:
    key: Any = ECKey.generate_key("P-256") if kind == "EC" else RSAKey.generate_key(2048)
    key.ensure_kid()
    return key


@dataclass
class FakeProvider:
    """What it says next; `calls` is what it was asked. `change` alters a token's claims."""

    row: Provider
    key: Any = field(default_factory=a_key)
    claims: dict[str, Any] = field(default_factory=dict)
    info: dict[str, Any] = field(default_factory=dict)
    change: Callable[[dict[str, Any]], None] = lambda claims: None
    sign: Callable[[dict[str, Any]], str] | None = None
    calls: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    silent: bool = False
    issuer: str = ISSUER
    published: Any = None
    demand: dict[str, str] = field(default_factory=dict)

    def call(
        self, url: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        self.calls.append((url, headers or {}, dict(parse_qsl((body or b"").decode()))))
        if self.silent:
            raise Refused("silence")
        name = urlsplit(url).path.rsplit("/", 1)[-1]
        answers = {
            "openid-configuration": self._metadata,
            "jwks": lambda: KeySet([self.published or self.key]).as_dict(private=False),
            "token": self._token,
            "userinfo": self._userinfo,
        }
        found = answers[name]()
        if isinstance(found, str):
            return Answer(found.encode(), "application/jwt", 200)
        return Answer(json.dumps(found).encode(), "application/json", 200)

    def asked(self, name: str) -> list[tuple[dict[str, str], dict[str, str]]]:
        return [(headers, body) for url, headers, body in self.calls if url.endswith(name)]

    def token(self, more: dict[str, Any]) -> str:
        now = int(moment().timestamp())
        claims = {"iss": ISSUER, "aud": self.row.client_id, "iat": now, "exp": now + 60, **more}
        self.change(claims)
        if self.sign:
            return self.sign(claims)
        algorithm = "ES256" if isinstance(self.key, ECKey) else "RS256"
        return jwt.encode({"alg": algorithm, "kid": self.key.kid}, claims, self.key)

    def _metadata(self) -> dict[str, str]:
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        found = {f"{name}_endpoint": f"{ISSUER}/{path}" for name, path in names.items()}
        found["end_session_endpoint"] = f"{ISSUER}/fin"
        return {**found, "issuer": self.issuer, "jwks_uri": f"{ISSUER}/jwks"}

    def _token(self) -> dict[str, str]:
        said = {"sub": "s-1", "nonce": self.demand.get("nonce"), **self.claims}
        return {"access_token": "a", "id_token": self.token(said)}

    def _userinfo(self) -> Any:
        said = {"sub": self.claims.get("sub", "s-1"), **self.info}
        return self.token(said) if self.row.userinfo == "jwt" else said


def a_provider(monkeypatch: pytest.MonkeyPatch, **values: Any) -> FakeProvider:
    """A row of the table, and the provider that answers for it."""
    defaults: dict[str, Any] = {
        "label": "Identité des agents",
        "issuer": ISSUER,
        "client_id": "jalons-client",
        "secret": clients.enclose(SECRET),
        "assured_acr": [TWO],
        "reauthenticates": True,
    }
    row = Provider.objects.create(slug=SLUG, **(defaults | values))
    provider = FakeProvider(row)
    discovery.forget()
    monkeypatch.setattr(transport, "call", provider.call)
    return provider


def go(browser: CleanClient, provider: FakeProvider, after: str = "") -> dict[str, str]:
    """Follows the login page's link; what the provider's address was asked."""
    query = f"?next={after}" if after else ""
    return departed(browser.get(f"/connexion/fournisseur/{SLUG}/{query}"), provider)


def departed(response: Any, provider: FakeProvider) -> dict[str, str]:
    """What the address to which a page leads asks of the provider."""
    address = response.headers.get("Location") or response.headers["Refresh"].partition("url=")[2]
    assert address.startswith(f"{ISSUER}/authorize?"), address
    provider.demand = {name: one for name, [one] in parse_qs(urlsplit(address).query).items()}
    return provider.demand


def come_back(browser: CleanClient, provider: FakeProvider, **answer: str) -> Any:
    """Comes back with a code, or with `answer`."""
    sent = answer or {"code": "c"}
    values = {"state": provider.demand.get("state", ""), **sent}
    return browser.get(f"/connexion/fournisseur/{SLUG}/retour/", values)


def pass_by(browser: CleanClient, provider: FakeProvider, after: str = "") -> Any:
    """There and back."""
    go(browser, provider, after)
    return come_back(browser, provider)
