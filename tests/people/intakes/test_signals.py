"""A partner without account signals persons who agree, several times, by one link."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.people.intakes.actions.signal_links import end_signal_link, send_signal_link
from jalons.people.intakes.said import said_in
from jalons.people.models import Intake
from jalons.territories.models import Organization
from tests.clients import client_for, nobody
from tests.worlds import Case, an_organization, within

pytestmark = pytest.mark.usefixtures("unspent")
SIGNALLED = {
    "agreed": "on",
    "given_name": "Leïla",
    "family_name": "Haddad",
    "whereabouts": "L’épicerie sociale, le jeudi",
    "request": "Elle voudrait travailler.",
    "message": "no",
    "signaller": "Paul Noir",
    "signaller_contact": "03 84 00 00 01",
}


@pytest.fixture
def partner(case: Case) -> Organization:
    return an_organization(case.territory, "Épicerie sociale")


def sent_by(actor: Actor, organization: Organization) -> links.Sent:
    with within(*actor.territories, account=actor.account):
        return send_signal_link(actor, organization.pk)


def opened(sent: links.Sent) -> Client:
    client = nobody()
    client.post(reverse("access:link", args=[sent.token]))
    client.post("/lien/", {"code": sent.code})
    return client


def kept(case: Case) -> list[Intake]:
    with within(case.territory.pk):
        return list(Intake.objects.order_by("received_at", "id"))


def signal(client: Client, **more: str) -> Any:
    ticket = client.get("/signaler/").context["form"]["ticket"].value()
    return client.post("/signaler/", SIGNALLED | {"ticket": ticket} | more)


def test_a_link_serves_several_times_for_eight_days(
    case: Case, partner: Organization, clock_at: Any
) -> None:
    sent = sent_by(case.others[Role.DISPATCHER], partner)
    phone = opened(sent)
    assert signal(phone)["Location"] == "/signaler/recu/"
    assert "sous 5 jours" in phone.get("/signaler/recu/").content.decode().replace("\xa0", " ")
    clock_at(clock.now() + timedelta(days=2))
    assert signal(phone, given_name="Noé").status_code == 302
    desk = opened(sent)
    assert phone.get("/signaler/").status_code == 404, "opened elsewhere, it closes here"
    assert signal(desk, given_name="Rose").status_code == 302
    clock_at(clock.now() + timedelta(days=6))
    assert desk.get("/signaler/").status_code == 302
    rows = kept(case)
    assert [said_in(row).given_name for row in rows] == ["Leïla", "Noé", "Rose"]
    said = said_in(rows[0])
    assert (rows[0].origin, rows[0].door_id, said.agreed) == ("partner", None, True)
    assert said.signaller == "Paul Noir, Épicerie sociale"


def test_an_open_again_link_asks_for_its_code_again(case: Case, partner: Organization) -> None:
    sent = sent_by(case.others[Role.COORDINATOR], partner)
    opened(sent)
    again = nobody()
    again.post(reverse("access:link", args=[sent.token]))
    assert again.get("/signaler/")["Location"] == "/lien/"
    for _ in range(5):
        again.post("/lien/", {"code": "abcdef"})
    assert nobody().get(reverse("access:link", args=[sent.token])).status_code == 410


def test_without_her_agreement_nothing_is_received(case: Case, partner: Organization) -> None:
    client = opened(sent_by(case.others[Role.DISPATCHER], partner))
    answer = signal(client, agreed="")
    assert answer.status_code == 422
    assert "Parlez-lui-en" in answer.content.decode()
    assert kept(case) == []


def test_a_sensitive_structure_is_not_named(case: Case) -> None:
    hidden = an_organization(case.territory, "SPIP du Nord", sensitive=True)
    signal(opened(sent_by(case.others[Role.DISPATCHER], hidden)))
    assert said_in(kept(case)[0]).signaller == "Paul Noir"


def test_a_link_signals_and_opens_nothing_else(case: Case, partner: Organization) -> None:
    client = opened(sent_by(case.others[Role.DISPATCHER], partner))
    for path in ("/demandes-recues/", "/accueil/", f"/personnes/{case.person.pk}/"):
        assert client.get(path).status_code == 302
    assert client.get("/vos-informations/").status_code == 404
    assert nobody().get("/signaler/").status_code == 404


def test_who_gives_a_link_and_who_ends_it(case: Case, partner: Organization) -> None:
    dispatcher, coordinator = case.others[Role.DISPATCHER], case.others[Role.COORDINATOR]
    client = client_for(dispatcher)
    made = client.post("/liens-de-signalement/", {"organization": str(partner.pk)})
    code = made.context["code"]
    page = client.get("/liens-de-signalement/").content.decode()
    assert "Épicerie sociale" in page
    assert code not in page
    (given,) = client.get("/liens-de-signalement/").context["given"]
    end = f"/liens-de-signalement/{given.key}/fermeture/"
    assert client_for(coordinator).post(end).status_code == 404
    assert client.post(end).status_code == 302
    assert client.get("/liens-de-signalement/").context["given"] == []
    for actor in (case.partenaire, case.others[Role.MANAGER], case.others[Role.CLERK]):
        assert client_for(actor).get("/liens-de-signalement/").status_code == 404
        with pytest.raises(Refused):
            sent_by(actor, partner)
    with within(case.territory.pk), pytest.raises(Refused):
        end_signal_link(coordinator, given.key)


def test_too_many_signals_wait(
    case: Case, partner: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jalons.people.intakes.public_views.SIGNALS_AN_HOUR", 2)
    client = opened(sent_by(case.others[Role.DISPATCHER], partner))
    assert [signal(client).status_code for _ in range(3)] == [302, 302, 429]
    assert len(kept(case)) == 2
