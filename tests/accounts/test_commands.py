"""The operator's commands: providers of identities, and the first account of a server."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from jalons.access.roles import Role
from jalons.accounts.federation import clients
from jalons.accounts.models import Account, Provider, Session
from jalons.journal.models import Event
from jalons.territories.actors import actor_of
from tests.accounts.agents import a_browser, an_agent
from tests.accounts.provider import SLUG, TWO, a_provider, pass_by
from tests.accounts.test_links import choose, path_of
from tests.clients import client_for
from tests.worlds import a_platform_mandate

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret"
    path.write_text("le secret du client\n")
    return str(path)


PROCONNECT = ["oidc_provider", "set", "proconnect", "--preset", "proconnect"]
GIVEN = ["--issuer", "https://proconnect.example/api/v2", "--client-id", "abc"]


def test_proconnect_has_its_rules(secret: str) -> None:
    run(*PROCONNECT, *GIVEN, "--secret-file", secret)
    row = Provider.objects.get(slug="proconnect")
    assert (row.userinfo, row.pkce, row.acr_values) == ("jwt", False, "")
    client = clients.client_of("proconnect")
    assert client
    assert client.secret == "le secret du client"
    assert not client.assures, "until the row says so, our second factor follows"
    assert b"secret du client" not in bytes(row.secret)
    listed = run("oidc_provider", "list")
    assert "https://proconnect.example/api/v2" in listed
    assert "secret du client" not in listed


def test_what_is_not_given_keeps_its_value(secret: str) -> None:
    run(*PROCONNECT, *GIVEN, "--secret-file", secret)
    more = ["--assured-acr", "eidas1-mfa", "eidas2", "--reauthenticates"]
    run("oidc_provider", "set", "proconnect", *more)
    row = Provider.objects.get(slug="proconnect")
    assert row.assured_acr == ["eidas1-mfa", "eidas2"]
    assert row.client_id == "abc"
    assert Event.objects.filter(kind="accounts.provider_changed").count() == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--assured-acr", "eidas2"], "redemander"),
        (["--algorithms", "HS256"], "Signatures possibles"),
        (["--algorithms", "none"], "Signatures possibles"),
        (["--issuer", "pas une adresse"], "URL"),
    ],
)
def test_a_row_that_would_weaken_the_door_is_refused(
    secret: str, more: list[str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run(*PROCONNECT, *GIVEN, "--secret-file", secret, *more)


def test_a_new_provider_needs_a_secret() -> None:
    with pytest.raises(CommandError, match="secret"):
        run(*PROCONNECT, *GIVEN)
    with pytest.raises(CommandError, match="Aucun fournisseur"):
        run("oidc_provider", "disable", "inconnu")


def test_a_provider_that_is_disabled_ends_its_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    from jalons.accounts.actions.federate import link_identity
    from jalons.accounts.federation.tokens import Told

    provider, agent, browser = a_provider(monkeypatch), an_agent(), a_browser()
    link_identity(agent.account, Told(SLUG, "s-1", "", "", "", True, "", ""))
    provider.claims = {"acr": TWO}
    pass_by(browser, provider)
    assert Session.objects.filter(account=agent.account).exists()
    assert "1 session" in run("oidc_provider", "disable", SLUG)
    assert not Session.objects.filter(account=agent.account).exists()
    assert "Identité des agents" not in a_browser().get("/connexion/").content.decode()
    run("oidc_provider", "enable", SLUG)
    assert "Identité des agents" in a_browser().get("/connexion/").content.decode()


def test_a_secret_is_on_no_page_of_the_administrator(secret: str) -> None:
    run(*PROCONNECT, *GIVEN, "--secret-file", secret)
    mandate = a_platform_mandate(Role.PLATFORM_ADMIN, account=an_agent().account)
    page = client_for(actor_of(mandate.account, mandate)).get("/comptes/fournisseurs/")
    assert "proconnect.example" in page.content.decode()
    assert "secret du client" not in page.content.decode()


OPEN = ["open_platform", "a.lescure@spie.example", "--given-name", "Aline"]
OPEN += ["--family-name", "Lescure"]


def test_the_first_account_opens_by_the_link_that_is_printed() -> None:
    path = path_of(run(*OPEN).strip())
    account = Account.objects.get(email="a.lescure@spie.example")
    assert account.full_name == "Aline Lescure"
    assert account.mandates.get().role == Role.PLATFORM_ADMIN
    assert Event.objects.filter(kind="accounts.platform_opened").count() == 1
    browser = a_browser()
    assert browser.post(path).status_code == 302
    done = choose(browser, given_name="Aline", family_name="Lescure")
    assert done.headers["Location"] == "/connexion/application/"
    assert a_browser().post(path).status_code == 410


def test_a_second_one_is_refused_unless_it_is_asked(mailoutbox: list[EmailMessage]) -> None:
    first = path_of(run(*OPEN).strip())
    with pytest.raises(CommandError, match="déjà un administrateur"):
        run(*OPEN)
    again = run(*OPEN, "--again", "--send")
    assert "/compte/lien/" not in again
    assert mailoutbox[0].to == ["a.lescure@spie.example"]
    assert a_browser().get(first).status_code == 410, "the last link is the only one"
    assert Account.objects.get(email="a.lescure@spie.example").mandates.count() == 1
    with pytest.raises(CommandError):
        run("open_platform", "pas une adresse", *OPEN[2:], "--again")
