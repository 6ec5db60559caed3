"""« Qui accompagne ? »: who follows the person, their last contact, how to reach each of them."""

from datetime import timedelta
from typing import Any

import pytest

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.journal import events
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.team.actions import reveal_contact
from tests.clients import client_for
from tests.worlds import Case, a_case, a_follow_up, an_actor, an_organization, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def test_the_team_says_who_when_and_how_one_at_a_time(case: Case) -> None:
    a_follow_up(case.person, case.partenaire)
    client, address = client_for(case.referente), f"/personnes/{case.person.pk}/"
    first = client.get(address)
    one = next(each for each in first.context["team"] if each.organization == "CCAS")
    own = next(each for each in first.context["team"] if each.organization == "Département")
    assert own.mandate is None
    assert one.contact is None
    assert "@" not in first.content.decode().split('id="team"')[1]
    answer = client.post(f"{address}equipe/{one.key}/contact/")
    shown = [each.contact for each in answer.context["team"]]
    assert [contact is not None for contact in shown].count(True) == 1
    with as_(case.referente):
        assert Event.objects.filter(kind="territories.contact_revealed").count() == 1
    assert client.post(f"{address}equipe/{own.key}/contact/").status_code == 404


def test_the_team_hides_a_sensitive_structure_and_its_contact(case: Case) -> None:
    sensitive = an_actor(an_organization(case.territory, "Csapa du lac", sensitive=True))
    row = a_follow_up(case.person, sensitive)
    a_follow_up(case.person, case.partenaire)
    client, address = client_for(case.partenaire), f"/personnes/{case.person.pk}/"
    assert "Csapa" not in client.get(address).content.decode()
    assert client.post(f"{address}equipe/{row.pk}/contact/").status_code == 404
    assert "Csapa" in client_for(case.referente).get(address).content.decode()


def test_the_last_contact_is_that_of_the_structure(case: Case) -> None:
    a_follow_up(case.person, case.partenaire)
    with within(case.territory.pk):
        for days in (40, 12):
            events.append(
                "people.entry_met",
                territory=case.territory.pk,
                person=case.person.pk,
                organization=case.partner.pk,
                occurred_at=clock.now() - timedelta(days=days),
            )
    team = client_for(case.referente).get(f"/personnes/{case.person.pk}/").context["team"]
    met = {each.organization: each.met for each in team}
    assert met["CCAS"] is not None
    assert (clock.now() - met["CCAS"]).days == 12
    manager = an_actor(case.home, Role.MANAGER)
    team = client_for(manager).get(f"/personnes/{case.person.pk}/").context["team"]
    assert {each.met for each in team} == {None}


def test_beyond_the_hour_s_quota_no_contact_is_shown(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reveal_contact, "HOURLY_QUOTA", 1)
    rows = [a_follow_up(case.person, an_actor(case.partner)) for _ in range(2)]
    client, address = client_for(case.referente), f"/personnes/{case.person.pk}/equipe"
    answers = [client.post(f"{address}/{row.pk}/contact/") for row in rows]
    assert [answer.status_code for answer in answers] == [200, 422]
    assert "Trop de contacts" in answers[1].content.decode()
    assert not any(one.contact for one in answers[1].context["team"])
