"""What stands between an open session and a page: the charter, a recent second factor."""

from collections.abc import Callable

import pytest

from jalons.access.roles import Role
from jalons.access.routes import Line, lines_of, signed_in
from jalons.accounts import charter
from jalons.accounts.models import CharterAcceptance
from jalons.desk.urls import urlpatterns as desk
from jalons.journal.models import Event
from tests.accounts.agents import Agent, a_browser, an_agent, sign_in
from tests.clients import PURPOSE, CleanClient
from tests.security.addresses import addresses
from tests.worlds import a_mandate, a_territory, an_organization

Later = Callable[..., None]
EXPORT, LIST = "/file-active/export/", "http://testserver/file-active/?filtre=age"


def a_practitioner(browser: CleanClient, *, accepted: bool = True) -> Agent:
    agent = an_agent(accepted=accepted)
    a_mandate(an_organization(a_territory()), Role.PRACTITIONER, account=agent.account)
    sign_in(browser, agent)
    return agent


def file_of(browser: CleanClient) -> bytes:
    response = browser.post(EXPORT, PURPOSE | {"format": "csv"})
    assert response.status_code == 200
    return bytes(response.getvalue())


def test_an_export_asks_again_after_ten_minutes_and_returns_to_the_list(later: Later) -> None:
    browser = a_browser()
    agent = a_practitioner(browser)
    later(minutes=9, seconds=59)
    assert b"Nom" in file_of(browser)
    later(seconds=1)
    refused = browser.post(EXPORT, {"format": "csv"}, headers={"referer": LIST})
    assert refused.status_code == 302
    assert refused.headers["Location"] == "/confirmer/?next=%2Ffile-active%2F%3Ffiltre%3Dage"
    assert browser.post("/confirmer/", {"code": "000000"}).status_code == 422
    assert browser.post(EXPORT, {"format": "csv"}).status_code == 302
    values = {"code": agent.code(), "next": "/file-active/?filtre=age"}
    assert browser.post("/confirmer/", values).headers["Location"] == values["next"]
    assert b"Nom" in file_of(browser)


def test_reading_does_not_ask_again(later: Later) -> None:
    browser = a_browser()
    a_practitioner(browser)
    later(minutes=20)
    assert browser.get("/file-active/").status_code == 200


def test_every_address_that_gives_a_file_asks_for_a_recent_second_factor() -> None:
    found = {address.name for address in addresses() if "export" in address.name}
    found -= {"rights:exports", "rights:territory_exports", "rights:destroy_export"}
    assert found
    for address in addresses():
        if address.name in found:
            assert all(line.fresh for line in (address.lines or {}).values()), address.name


def test_an_export_s_line_says_so() -> None:
    [line] = [lines_of(each.callback, "") for each in desk if each.name == "caseload_export"]
    assert line
    assert line["POST"].fresh
    assert not signed_in().fresh


def test_no_page_opens_before_the_charter(later: Later) -> None:
    browser = a_browser()
    a_practitioner(browser, accepted=False)
    line: Line | None
    for address in addresses():
        for verb, line in (address.lines or {}).items():
            if address.converters or line.audience in ("public", "link") or line.threshold:
                continue
            response = browser.generic(verb, address.url())
            assert response.status_code == 302, address.name
            assert response.headers["Location"].startswith("/charte/?next="), address.name


def test_the_charter_is_accepted_once_and_again_when_it_changes(
    later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = a_browser()
    agent = a_practitioner(browser, accepted=False)
    assert "Je consulte pour accompagner" in browser.get("/charte/").content.decode()
    answer = browser.post("/charte/", {"next": "/structures/"})
    assert answer.headers["Location"] == "/structures/"
    assert browser.get("/structures/").status_code == 200
    browser.post("/charte/")
    kept = CharterAcceptance.objects.get(account=agent.account)
    assert kept.version == charter.VERSION
    assert Event.objects.filter(kind="accounts.charter_accepted").count() == 1
    monkeypatch.setattr(charter, "VERSION", "2027-01-01")
    assert browser.get("/structures/").headers["Location"].startswith("/charte/")
    browser.post("/charte/")
    assert browser.get("/structures/").status_code == 200
    assert CharterAcceptance.objects.filter(account=agent.account).count() == 2


def test_who_refuses_the_charter_leaves(later: Later) -> None:
    browser = a_browser()
    a_practitioner(browser, accepted=False)
    assert browser.post("/deconnexion/").headers["Location"] == "/connexion/"
