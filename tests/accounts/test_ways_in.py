"""Row 13: every way in asks for two factors; the figures of rows 13 to 15, printed with -s."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jalons.accounts import throttle
from jalons.accounts.actions.federate import link_identity
from jalons.accounts.actions.links import make
from jalons.accounts.federation.tokens import Told
from jalons.accounts.models import AccountLink, Provider
from tests.accounts.agents import Agent, a_browser, an_agent, give_password
from tests.accounts.provider import SLUG, TWO, FakeProvider, a_provider, pass_by
from tests.accounts.test_links import choose, path_of
from tests.clients import CleanClient
from tests.security.addresses import addresses

Later = Callable[..., None]
MEMORY = Argon2PasswordHasher.memory_cost
"""Before the tests make it cheap."""
Way = Callable[[CleanClient, Agent, FakeProvider], Any]


def _link(purpose: AccountLink.Purpose) -> Way:
    def way(browser: CleanClient, agent: Agent, provider: FakeProvider) -> Any:
        return browser.post(path_of(make(agent.account, purpose)))

    return way


def _recovery(browser: CleanClient, agent: Agent, provider: FakeProvider) -> Any:
    browser.post(path_of(make(agent.account, AccountLink.Purpose.RECOVERY)))
    return choose(browser)


def _by_identity(claims: dict[str, Any]) -> Way:
    def way(browser: CleanClient, agent: Agent, provider: FakeProvider) -> Any:
        link_identity(agent.account, Told(SLUG, "s-1", "", "", "", True, "", ""))
        provider.claims = claims
        return pass_by(browser, provider)

    return way


def _linked_by_mail(browser: CleanClient, agent: Agent, provider: FakeProvider) -> Any:
    provider.claims = {"acr": TWO}
    pass_by(browser, provider)
    return browser.post(path_of(make(agent.account, AccountLink.Purpose.FEDERATION)))


def _linked_by_password(browser: CleanClient, agent: Agent, provider: FakeProvider) -> Any:
    from tests.accounts.agents import PASSWORD

    provider.claims = {"acr": TWO}
    pass_by(browser, provider)
    email = agent.account.email
    return browser.post("/connexion/rapprochement/", {"email": email, "password": PASSWORD})


ONE_FACTOR: dict[str, Way] = {
    "password": lambda browser, agent, provider: give_password(browser, agent.account),
    "recovery link": _link(AccountLink.Purpose.RECOVERY),
    "recovery link and password": _recovery,
    "invitation link": _link(AccountLink.Purpose.INVITATION),
    "another factor's link": _link(AccountLink.Purpose.FACTOR),
    "provider, one factor": _by_identity({"acr": "un"}),
    "provider, no word of factors": _by_identity({}),
    "new identity, by the mailbox": _linked_by_mail,
    "new identity, by the password": _linked_by_password,
}


@pytest.mark.parametrize("way", ONE_FACTOR)
def test_no_way_in_opens_a_session_by_one_factor(
    way: str, monkeypatch: pytest.MonkeyPatch, later: Later
) -> None:
    provider, agent, browser = a_provider(monkeypatch), an_agent(), a_browser()
    ONE_FACTOR[way](browser, agent, provider)
    assert SESSION_KEY not in browser.session
    assert browser.get("/mon-compte/").headers["Location"].startswith("/connexion/")


def test_every_door_is_known_here(monkeypatch: pytest.MonkeyPatch, later: Later) -> None:
    """The sessions are opened by one function, and nobody else calls it."""
    from pathlib import Path

    root = Path(__file__).parents[2] / "jalons"
    callers = {
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        if "open_session(" in file.read_text() or "auth.login(" in file.read_text()
    }
    assert callers == {
        "accounts/sessions.py",
        "accounts/actions/sign_in.py",
        "territories/demo_views.py",
    }
    lines = {address.name: address.lines or {} for address in addresses()}
    assert all(line.demo for line in lines["territories:demo_login"].values())


def test_the_demo_s_doors_are_shut_elsewhere(settings: Any, db: None) -> None:
    settings.DEMO = False
    browser = a_browser()
    row = Provider.objects.get(demo=True)
    for path in ("/demo/connexion", f"/connexion/fournisseur/{row.slug}/"):
        assert browser.get(path).status_code == 404
    assert "démonstration" not in browser.get("/connexion/").content.decode()


@pytest.mark.parametrize("audience", ["autre", ""])
def test_the_demo_s_provider_asks_for_its_own_client(audience: str, db: None) -> None:
    answer = a_browser("127.0.0.1").get("/demo/fournisseur/autoriser", {"client_id": audience})
    assert answer.status_code == 400


def test_the_figures_of_passwords() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert MEMORY >= 19 * 1024, "OWASP's least, in KiB"
    for short in ("onze signes", "motdepasse12", "azertyuiop12"):
        try:
            validate_password(short)
        except ValidationError:
            continue
        assert len(short) >= 12
    with pytest.raises(ValidationError):
        validate_password("onze signes")
    with pytest.raises(ValidationError):
        validate_password("q1w2e3r4t5y6")
    print(f"Argon2id, {MEMORY // 1024} MiB, {throttle.FREE} tries, {throttle.LONGEST} at most")
