"""Signing in by a provider of identities: what is asked, what is believed, what opens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey

from jalons.accounts import reauthentication
from jalons.accounts.actions.federate import link_identity
from jalons.accounts.federation import discovery
from jalons.accounts.federation.tokens import Told
from jalons.accounts.models import Account, FederatedIdentity, Session
from jalons.accounts.sessions import moment
from jalons.journal.models import Event
from tests.accounts.agents import (
    Agent,
    a_browser,
    an_agent,
    give_code,
    is_signed_in,
    sign_in,
)
from tests.accounts.provider import (
    ISSUER,
    SECRET,
    SLUG,
    TWO,
    FakeProvider,
    a_key,
    a_provider,
    come_back,
    departed,
    go,
    pass_by,
)
from tests.clients import CleanClient

Later = Callable[..., None]


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, later: Later) -> FakeProvider:
    return a_provider(monkeypatch)


@pytest.fixture
def agent(provider: FakeProvider) -> Agent:
    """An account whose identity « s-1 » is linked."""
    found = an_agent()
    told = Told(SLUG, "s-1", "i.marchal@ccas.example", "", "", assured=True, when="", id_token="")
    link_identity(found.account, told)
    provider.info = {"email": "i.marchal@ccas.example"}
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


# What is asked


@pytest.mark.parametrize(
    ("values", "sent"),
    [
        ({"pkce": False}, set()),
        ({"pkce": True}, {"code_challenge", "code_challenge_method"}),
        ({"pkce": False, "acr_values": "deux"}, {"acr_values"}),
        ({"pkce": False, "claims": '{"id_token":{"acr":null}}'}, {"claims"}),
    ],
)
def test_nothing_is_sent_but_what_the_row_says(
    monkeypatch: pytest.MonkeyPatch, later: Later, values: dict[str, Any], sent: set[str]
) -> None:
    demand = go(a_browser(), a_provider(monkeypatch, **values))
    always = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
    assert set(demand) == always | sent
    assert min(len(demand["state"]), len(demand["nonce"])) >= 32
    assert demand["scope"] == "openid email"


def test_the_code_is_redeemed_with_the_secret_and_the_proof(
    agent: Agent, provider: FakeProvider
) -> None:
    pass_by(a_browser(), provider)
    [(headers, body)] = provider.asked("/token")
    assert body["client_secret"] == SECRET
    assert body["grant_type"] == "authorization_code"
    assert len(body["code_verifier"]) >= 43
    assert "Authorization" not in headers


def test_a_secret_is_sent_in_the_header_where_the_row_says_so(
    monkeypatch: pytest.MonkeyPatch, later: Later
) -> None:
    provider = a_provider(monkeypatch, token_auth="client_secret_basic", pkce=False)
    pass_by(a_browser(), provider)
    [(headers, body)] = provider.asked("/token")
    assert headers["Authorization"].startswith("Basic ")
    assert not {"client_secret", "code_verifier"} & set(body)


def test_a_secret_is_unreadable_in_the_database(provider: FakeProvider) -> None:
    provider.row.refresh_from_db()
    assert SECRET.encode() not in bytes(provider.row.secret)


# What opens


def test_an_identity_with_two_factors_opens_its_account(
    agent: Agent, provider: FakeProvider
) -> None:
    provider.claims = {"acr": TWO}
    browser = a_browser()
    assert pass_by(browser, provider, "/structures/").headers["Location"] == "/structures/"
    assert is_signed_in(browser)
    [event] = Event.objects.filter(kind="accounts.signed_in")
    assert event.account == agent.account.pk
    session = Session.objects.get(account=agent.account)
    assert session.identity
    assert "s-1" not in session.session_data
    shown = text(browser.get("/mon-compte/sessions/"))
    assert "par Identité des agents" in shown
    assert "Cette session" in shown


@pytest.mark.parametrize(
    "claims",
    [{}, {"acr": "un"}, {"acr": [TWO]}, {"amr": ["pwd"]}, {"amr": TWO}, {"amr": [{"a": 1}]}],
)
def test_without_two_factors_ours_follows(
    agent: Agent, provider: FakeProvider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    browser = a_browser()
    answer = pass_by(browser, provider)
    if claims.get("amr") == TWO:
        assert answer.status_code == 400
        return
    assert answer.headers["Location"] == "/connexion/code/"
    assert SESSION_KEY not in browser.session
    assert not is_signed_in(browser)
    assert give_code(browser, agent.code()).status_code == 302
    assert is_signed_in(browser)
    assert Session.objects.get(account=agent.account).identity


def test_an_amr_gives_the_second_factor_where_the_row_says_so(
    monkeypatch: pytest.MonkeyPatch, later: Later
) -> None:
    provider = a_provider(monkeypatch, assured_acr=[], assured_amr=["mfa"])
    found = an_agent()
    link_identity(found.account, Told(SLUG, "s-1", "", "", "", True, "", ""))
    provider.claims = {"amr": ["pwd", "mfa"]}
    browser = a_browser()
    pass_by(browser, provider)
    assert is_signed_in(browser)


def test_a_provider_whose_row_gives_none_never_replaces_ours(
    monkeypatch: pytest.MonkeyPatch, later: Later
) -> None:
    provider = a_provider(monkeypatch, assured_acr=[], reauthenticates=False)
    found = an_agent()
    link_identity(found.account, Told(SLUG, "s-1", "", "", "", True, "", ""))
    provider.claims = {"acr": TWO, "amr": ["mfa"]}
    assert pass_by(a_browser(), provider).headers["Location"] == "/connexion/code/"


def test_userinfo_may_be_signed(monkeypatch: pytest.MonkeyPatch, later: Later) -> None:
    provider = a_provider(monkeypatch, userinfo="jwt")
    provider.info = {"email": "signe@ccas.example"}
    browser = a_browser()
    assert pass_by(browser, provider).headers["Location"] == "/connexion/rapprochement/"
    assert "signe@ccas.example" in text(browser.get("/connexion/rapprochement/"))


def test_rsa_signs_as_well(monkeypatch: pytest.MonkeyPatch, later: Later) -> None:
    provider = a_provider(monkeypatch)
    provider.key = a_key("RSA")
    assert pass_by(a_browser(), provider).status_code == 302


def test_a_disabled_account_or_provider_opens_nothing(agent: Agent, provider: FakeProvider) -> None:
    provider.claims = {"acr": TWO}
    Account.objects.filter(pk=agent.account.pk).update(disabled_at=moment())
    refused = pass_by(a_browser(), provider)
    assert refused.status_code == 403
    assert "pas ouvert" in text(refused)
    provider.row.disabled_at = moment()
    provider.row.save()
    assert a_browser().get(f"/connexion/fournisseur/{SLUG}/").status_code == 404


def test_the_charter_is_asked_of_whoever_comes_by_a_provider(
    agent: Agent, provider: FakeProvider
) -> None:
    agent.account.acceptances.all().delete()
    provider.claims = {"acr": TWO}
    browser = a_browser()
    pass_by(browser, provider)
    assert browser.get("/structures/").headers["Location"].startswith("/charte/")
    browser.post("/charte/")
    assert browser.get("/mon-compte/").status_code == 200


# What is refused


def shift(**by: float) -> Callable[[dict[str, Any]], None]:
    def change(claims: dict[str, Any]) -> None:
        for name, seconds in by.items():
            claims[name] += int(seconds)

    return change


def put(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda claims: claims.update(values)


def drop(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda claims: claims.pop(name, None) and None


FLAWS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another issuer": (put(iss="https://ailleurs.example"), "vient d’ailleurs"),
    "another audience": (put(aud="autre"), "vient d’ailleurs"),
    "two audiences, no party": (put(aud=["jalons-client", "autre"]), "vient d’ailleurs"),
    "another party": (put(aud=["jalons-client", "autre"], azp="autre"), "vient d’ailleurs"),
    "another nonce": (put(nonce="x" * 43), "autre demande"),
    "no nonce": (drop("nonce"), "autre demande"),
    "out of date": (shift(exp=-200), "horloges"),
    "in the future": (shift(iat=200, exp=200), "horloges"),
    "not yet": (lambda claims: claims.update(nbf=claims["iat"] + 200), "horloges"),
    "signed in tomorrow": (
        lambda claims: claims.update(auth_time=claims["iat"] + 9999),
        "horloges",
    ),
    "no expiry": (drop("exp"), "mal répondu"),
    "no subject": (drop("sub"), "mal répondu"),
    "another access token": (put(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), "mal répondu"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flawed_token_is_refused_in_words(
    agent: Agent, provider: FakeProvider, flaw: str
) -> None:
    provider.claims = {"acr": TWO}
    provider.change, said = FLAWS[flaw]
    browser = a_browser()
    refused = pass_by(browser, provider)
    assert refused.status_code == 400
    assert said in text(refused)
    assert not is_signed_in(browser)


def test_two_clocks_may_differ_by_a_minute(agent: Agent, provider: FakeProvider) -> None:
    provider.claims = {"acr": TWO}
    for seconds in (-59, 59):
        provider.change = shift(iat=seconds, exp=seconds)
        assert pass_by(a_browser(), provider).status_code == 302


@pytest.mark.parametrize("how", ["another key", "none", "our secret", "half a token"])
def test_a_bad_signature_is_refused(agent: Agent, provider: FakeProvider, how: str) -> None:
    other = a_key()
    secret = OctKey.import_key(SECRET.encode())
    provider.claims = {"acr": TWO}
    provider.sign = {
        "another key": lambda claims: jwt.encode(
            {"alg": "ES256", "kid": provider.key.kid}, claims, other
        ),
        "none": lambda claims: (
            "eyJhbGciOiJub25lIn0." + jwt.encode({"alg": "ES256"}, claims, other).split(".")[1] + "."
        ),
        "our secret": lambda claims: jwt.encode({"alg": "HS256"}, claims, secret),
        "half a token": lambda claims: "abc.def",
    }[how]
    refused = pass_by(a_browser(), provider)
    assert refused.status_code == 400
    assert "signature" in text(refused)


def test_the_userinfo_of_somebody_else_is_refused(agent: Agent, provider: FakeProvider) -> None:
    provider.claims = {"acr": TWO}
    provider.info = {"sub": "s-2"}
    assert "vient d’ailleurs" in text(pass_by(a_browser(), provider))


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ({"error": "access_denied"}, 403, "renoncé"),
        ({"error": "server_error"}, 400, "mal répondu"),
        ({"code": ""}, 400, "mal répondu"),
        ({"code": "c", "iss": "https://ailleurs.example"}, 400, "vient d’ailleurs"),
        ({"code": "c", "state": "x"}, 400, "déjà servi"),
    ],
)
def test_an_answer_that_is_none_is_told(
    agent: Agent, provider: FakeProvider, answer: dict[str, str], status: int, said: str
) -> None:
    browser = a_browser()
    go(browser, provider)
    refused = come_back(browser, provider, **answer)
    assert refused.status_code == status
    assert said in text(refused)
    assert "Revenir à la connexion" in text(refused)


def test_an_answer_serves_once_in_its_browser_and_a_quarter_of_an_hour(
    agent: Agent, provider: FakeProvider, later: Later
) -> None:
    provider.claims = {"acr": TWO}
    browser = a_browser()
    pass_by(browser, provider)
    assert come_back(browser, provider).status_code == 400
    go(browser := a_browser(), provider)
    assert come_back(a_browser(), provider).status_code == 400
    later(minutes=15)
    assert come_back(browser, provider).status_code == 400


def test_an_answer_is_not_another_provider_s(
    agent: Agent, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = a_browser()
    demand = go(browser, provider)
    refused = browser.get("/connexion/fournisseur/demo/retour/", {"state": demand["state"]})
    assert refused.status_code == 400


def test_several_tabs_may_wait_but_not_a_hundred(agent: Agent, provider: FakeProvider) -> None:
    browser = a_browser()
    states = [go(browser, provider)["state"] for _ in range(7)]
    assert list(browser.session["federation"]) == states[-5:]


def test_a_silent_provider_is_told_and_the_password_still_opens(
    agent: Agent, provider: FakeProvider
) -> None:
    provider.silent = True
    browser = a_browser()
    refused = browser.get(f"/connexion/fournisseur/{SLUG}/")
    assert refused.status_code == 503
    assert "ne répond pas" in text(refused)
    sign_in(browser, agent)
    assert is_signed_in(browser)


def test_a_document_of_another_issuer_is_refused(agent: Agent, provider: FakeProvider) -> None:
    provider.issuer = "https://ailleurs.example"
    assert a_browser().get(f"/connexion/fournisseur/{SLUG}/").status_code == 400


# Keys


def test_keys_are_fetched_once_an_hour_and_again_when_one_is_new(
    agent: Agent, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("jalons.accounts.federation.discovery.time.monotonic", lambda: now)
    provider.claims = {"acr": TWO}
    for _ in range(3):
        assert pass_by(a_browser(), provider).status_code == 302
    assert len(provider.asked("/jwks")) == 1
    provider.key = a_key()
    assert pass_by(a_browser(), provider).status_code == 400, "asked a moment ago"
    now += 61
    assert pass_by(a_browser(), provider).status_code == 302
    assert len(provider.asked("/jwks")) == 2
    now += 3601
    assert pass_by(a_browser(), provider).status_code == 302
    assert len(provider.asked("/jwks")) == 3
    assert len(provider.asked("openid-configuration")) == 2


def test_a_key_of_an_unknown_kind_hides_no_other(
    agent: Agent, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = provider.key.as_dict(private=False)
    odd = [{"kty": "LATTICE", "kid": "q"}, "rien", {}]
    monkeypatch.setattr(KeySet, "as_dict", lambda self, **_: {"keys": [*odd, published]})
    provider.claims = {"acr": TWO}
    assert pass_by(a_browser(), provider).status_code == 302
    discovery.forget()
    monkeypatch.setattr(KeySet, "as_dict", lambda self, **_: {"keys": odd})
    assert pass_by(a_browser(), provider).status_code == 400


def test_forged_names_of_keys_cost_one_fetch_a_minute(
    agent: Agent, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("jalons.accounts.federation.discovery.time.monotonic", lambda: now)
    provider.published = a_key()
    for _ in range(5):
        assert pass_by(a_browser(), provider).status_code == 400
    now += 61
    for _ in range(5):
        pass_by(a_browser(), provider)
    assert len(provider.asked("/jwks")) == 2


# The two factors again


def a_federated_session(agent: Agent, provider: FakeProvider, **claims: Any) -> CleanClient:
    provider.claims = {"acr": TWO, **claims}
    browser = a_browser()
    pass_by(browser, provider)
    assert is_signed_in(browser)
    return browser


@pytest.mark.parametrize(("minutes", "fresh"), [(None, False), (0, True), (9, True), (11, False)])
def test_how_recent_a_sign_in_is_comes_from_the_provider(
    agent: Agent, provider: FakeProvider, minutes: int | None, fresh: bool
) -> None:
    at = int((moment() - timedelta(minutes=minutes or 0)).timestamp())
    browser = a_federated_session(agent, provider, **({} if minutes is None else {"auth_time": at}))
    kept = browser.session["sign_in"]["confirmed"]
    age = moment() - datetime.fromisoformat(kept)
    assert (age < reauthentication.FRESH) is fresh


def test_the_provider_asks_for_the_two_factors_again(
    agent: Agent, provider: FakeProvider, later: Later
) -> None:
    browser = a_federated_session(agent, provider, auth_time=int(moment().timestamp()))
    later(minutes=11)
    assert browser.post("/mon-compte/codes/").headers["Location"].startswith("/confirmer/")
    assert "Confirmer avec Identité des agents" in text(browser.get("/confirmer/"))
    demand = departed(browser.post(f"/confirmer/{SLUG}/", {"next": "/structures/"}), provider)
    assert (demand["prompt"], demand["max_age"]) == ("login", "0")
    provider.claims = {"acr": TWO, "auth_time": int(moment().timestamp())}
    assert come_back(browser, provider).headers["Location"] == "/structures/"
    assert browser.post("/mon-compte/codes/").status_code == 200


@pytest.mark.parametrize(
    "claims", [{"sub": "s-2"}, {"acr": "un"}, {"ago": 180}, {"auth_time": None}]
)
def test_what_confirms_nothing(
    agent: Agent, provider: FakeProvider, later: Later, claims: dict[str, Any]
) -> None:
    browser = a_federated_session(agent, provider, auth_time=int(moment().timestamp()))
    later(minutes=11)
    departed(browser.post(f"/confirmer/{SLUG}/"), provider)
    at = int(moment().timestamp()) - claims.pop("ago", 0)
    provider.claims = {"acr": TWO, "auth_time": at, **claims}
    refused = come_back(browser, provider)
    assert refused.status_code in (400, 403)
    assert browser.post("/mon-compte/codes/").headers["Location"].startswith("/confirmer/")


def test_a_federated_session_has_the_same_life(
    agent: Agent, provider: FakeProvider, later: Later
) -> None:
    browser = a_federated_session(agent, provider)
    later(minutes=29)
    assert is_signed_in(browser)
    later(minutes=30)
    assert not is_signed_in(browser)
    browser = a_federated_session(agent, provider)
    for _ in range(35):
        later(minutes=20)
        assert is_signed_in(browser)
    later(minutes=20)
    assert not is_signed_in(browser)


def test_the_session_s_key_changes(agent: Agent, provider: FakeProvider) -> None:
    browser = a_browser()
    go(browser, provider)
    before = browser.session.session_key
    provider.claims = {"acr": TWO}
    come_back(browser, provider)
    assert browser.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


# The way out


def test_signing_out_ends_the_provider_s_session_too(agent: Agent, provider: FakeProvider) -> None:
    browser = a_federated_session(agent, provider)
    page = browser.post("/deconnexion/")
    assert not is_signed_in(browser)
    address = page.headers["Refresh"].partition("url=")[2]
    assert address.startswith(f"{ISSUER}/fin?id_token_hint=ey")
    assert "post_logout_redirect_uri=" in address
    state = address.partition("state=")[2]
    assert len(state) >= 32
    assert "a fermé la sienne" in text(browser.get("/deconnexion/terminee/", {"state": state}))
    assert "a fermé la sienne" not in text(browser.get("/deconnexion/terminee/", {"state": state}))


def test_signing_out_does_not_wait_for_a_silent_provider(
    agent: Agent, provider: FakeProvider
) -> None:
    browser = a_federated_session(agent, provider)
    provider.silent = True
    discovery.forget()
    assert browser.post("/deconnexion/").headers["Location"] == "/connexion/"


# One's own identities


def test_an_identity_is_linked_from_one_s_own_page(
    provider: FakeProvider, mailoutbox: list[Any]
) -> None:
    agent, browser = an_agent(), a_browser()
    sign_in(browser, agent)
    assert "N’ouvre pas votre compte" in text(browser.get("/mon-compte/sessions/"))
    departed(browser.post(f"/mon-compte/identites/{SLUG}/relier/"), provider)
    assert come_back(browser, provider).headers["Location"] == "/mon-compte/sessions/"
    identity = FederatedIdentity.objects.get(account=agent.account)
    assert identity.sub == "s-1"
    stranger, other = an_agent(), a_browser()
    sign_in(other, stranger)
    departed(other.post(f"/mon-compte/identites/{SLUG}/relier/"), provider)
    assert come_back(other, provider).status_code == 409


def test_an_identity_that_is_forgotten_takes_its_sessions_with_it(
    agent: Agent, provider: FakeProvider, later: Later
) -> None:
    federated = a_federated_session(agent, provider, auth_time=int(moment().timestamp()))
    later(seconds=30)
    own = a_browser()
    sign_in(own, agent)
    [identity] = agent.account.identities.all()
    path = f"/mon-compte/identites/{identity.pk}/retirer/"
    federated.post(path)
    assert agent.account.identities.exists(), "it opened this very session"
    own.post(path)
    assert not agent.account.identities.exists()
    assert not is_signed_in(federated)
    assert is_signed_in(own)
    assert Event.objects.filter(kind="accounts.identity_forgotten").count() == 1


def test_nobody_forgets_another_s_identity_nor_their_last_way_in(
    agent: Agent, provider: FakeProvider, later: Later
) -> None:
    [identity] = agent.account.identities.all()
    path = f"/mon-compte/identites/{identity.pk}/retirer/"
    stranger, other = an_agent(), a_browser()
    sign_in(other, stranger)
    other.post(path)
    own = a_browser()
    sign_in(own, agent)
    agent.account.set_unusable_password()
    hashed = agent.account.password
    session = own.session
    Account.objects.filter(pk=agent.account.pk).update(password=hashed)
    session["_auth_user_hash"] = Account.objects.get(pk=agent.account.pk).get_session_auth_hash()
    session.save()
    assert "seule façon d’entrer" in text(own.post(path, follow=True))
    assert FederatedIdentity.objects.filter(pk=identity.pk).exists()
