"""Anybody asks, without account or search: received once, and nothing is said of anybody."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jalons.journal.models import Event
from jalons.people.agreements.notice import current
from jalons.people.intakes import public_views
from jalons.people.intakes.confirm import SUBJECT
from jalons.people.intakes.said import said_in
from jalons.people.models import Intake
from jalons.people.tasks import confirm_intake
from jalons.territories.models import Reception
from tests.clients import nobody
from tests.worlds import Case, a_membership, an_organization, within

BELFORT = "90010"
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
ASKED = {
    "given_name": "Leïla",
    "family_name": "Haddad",
    "phone": "06 39 98 00 11",
    "request": "Je cherche une formation.",
    "message": "no",
}

pytestmark = pytest.mark.usefixtures("unspent")


def page_of(case: Case) -> str:
    return f"/demander/{case.territory.code}/"


def a_form(client: Client, path: str, **more: str) -> dict[str, str]:
    """The fields of the form as the page shows it, filled."""
    found = TICKET.search(client.get(path).content.decode())
    assert found
    return ASKED | {"ticket": found[1]} | more


def kept(case: Case) -> list[Intake]:
    with within(case.territory.pk):
        return list(Intake.objects.order_by("received_at", "id"))


def send(case: Case, **more: str) -> Any:
    client = nobody()
    return client.post(page_of(case), a_form(client, page_of(case), **more))


def test_what_is_asked_is_received_and_the_answer_says_what_is_next(
    case: Case, place: Reception
) -> None:
    client, path = nobody(), page_of(case)
    fields = a_form(
        client,
        path,
        place=str(place.pk),
        birth_date="2004",
        commune=" BELFORT ",
        whereabouts="Accueil de jour, le matin",
    )
    answer = client.post(path, fields)
    assert answer["Location"] == f"{path}recue/"
    (row,) = kept(case)
    said = said_in(row)
    assert (row.origin, row.door_id, row.person_id) == ("self", case.partner.pk, None)
    assert (said.given_name, said.phone, said.commune) == ("Leïla", "+33639980011", BELFORT)
    assert (said.birth_date.year if said.birth_date else 0, said.message) == (2004, False)
    assert said.notice == current().version
    shown = client.get(answer["Location"]).content.decode().replace("\xa0", " ")
    assert "sous 5 jours" in shown
    assert "03 84 00 00 00" in shown
    assert "Leïla" not in shown


def test_it_answers_alike_whoever_is_known_and_reads_no_row_of_anybody(case: Case) -> None:
    """The visitor learns nothing: no query of the page touches what is written of persons."""
    known = {"given_name": case.person.given_name, "family_name": case.person.family_name}
    client, path = nobody(), page_of(case)
    fields = a_form(client, path, **known)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(path, fields)
    assert (answer.status_code, answer["Location"]) == (302, f"{path}recue/")
    touched = {query["sql"] for query in asked if '"people_' in str(query["sql"])}
    assert len(touched) == 1
    assert next(iter(touched)).startswith('INSERT INTO "people_intake"')


def test_the_same_form_sent_twice_is_received_once(case: Case) -> None:
    client, path = nobody(), page_of(case)
    fields = a_form(client, path)
    answers = [client.post(path, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(kept(case)) == 1
    client.post(path, a_form(client, path))
    assert len(kept(case)) == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"phone": ""}, "dites-nous où vous trouver"),
        ({"phone": "12"}, "dix chiffres"),
        ({"email": "leila"}, "courriel complet"),
        ({"commune": "Brest"}, "laissez vide"),
        ({"request": ""}, "en quelques mots"),
        ({"birth_date": "2999"}, "date passée"),
        ({"given_name": ""}, "Écrivez le prénom"),
    ],
)
def test_an_error_says_what_to_do(case: Case, more: dict[str, str], words: str) -> None:
    answer = send(case, **more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert kept(case) == []


def test_a_robot_is_thanked_and_leaves_nothing(case: Case) -> None:
    assert send(case, website="https://exemple.example").status_code == 302
    assert kept(case) == []


def test_too_much_from_one_place_waits(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    client, path = nobody(), page_of(case)
    fields = a_form(client, path)
    answers = [client.post(path, fields | {"ticket": ""}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Attendez une minute" in answers[-1].content.decode()
    assert len(kept(case)) == 10
    monkeypatch.setattr(public_views, "address_of", lambda request: "192.0.2.7")
    assert send(case).status_code == 302, "another address is not concerned"


def test_a_territory_has_its_quota(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_views, "INTAKES_AN_HOUR", 2)
    for number in range(3):
        address = f"192.0.2.{number}"
        monkeypatch.setattr(public_views, "address_of", lambda request, here=address: here)
        answer = send(case)
    assert answer.status_code == 429
    assert len(kept(case)) == 2


def test_a_large_body_is_refused(case: Case) -> None:
    answer = send(case, request="a" * public_views.LARGEST)
    assert answer.status_code == 413
    assert kept(case) == []


def test_only_members_that_are_not_sensitive_receive(case: Case, place: Reception) -> None:
    hidden = an_organization(case.territory, "CIDFF", sensitive=True)
    a_membership(hidden)
    for organization, name in ((hidden, "Permanence"), (case.home, "Sans convention")):
        Reception.objects.create(territory=case.territory, organization=organization, name=name)
    shown = nobody().get(page_of(case)).content.decode()
    assert "CCAS, Espace France Services, Delle" in shown
    assert "Permanence" not in shown
    assert "Sans convention" not in shown
    assert send(case, place=str(hidden.pk)).status_code == 422


def test_one_chooses_among_several_territories(case: Case) -> None:
    shown = nobody().get("/demander/").content.decode()
    assert page_of(case) in shown
    assert nobody().get("/demander/ailleurs/").status_code == 404


def test_a_mail_says_nothing_and_goes_to_who_wants_one(case: Case, mailoutbox: list[Any]) -> None:
    for email, message in (("a@courriel.example", "yes"), ("b@courriel.example", "no")):
        send(case, email=email, message=message)
    with within(case.territory.pk):
        told = [str(event.pk) for event in Event.objects.filter(kind="people.intake_received")]
    for event in told:
        confirm_intake(event, case.territory.pk)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["a@courriel.example"], SUBJECT)
    assert "5 jours" in mail.body.replace("\xa0", " ")
    for secret in ("Leïla", "Haddad", "formation", case.territory.name, "http", "accompagn"):
        assert secret not in mail.body + mail.subject


def test_the_journal_tells_nothing_of_what_was_typed(case: Case) -> None:
    send(case)
    with within(case.territory.pk):
        event = Event.objects.get(kind="people.intake_received")
    assert (event.person, event.account, event.object_kind) == (None, None, "intake")
