"""Who has which requests in their list, what it shows, and what is noted of a meeting outside."""

import pytest

from jalons.access.actor import system
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.models import Consultation
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.people.intakes import queries
from jalons.people.intakes.actions.receive import receive_intake
from jalons.people.intakes.actions.settle import take_intake
from jalons.people.intakes.facts import facts_of
from jalons.people.models import Intake
from jalons.people.models.entry import Origin
from tests.clients import client_for
from tests.people.intakes.received import SAID, an_intake, as_
from tests.worlds import Case, within

pytestmark = pytest.mark.django_db


def test_who_has_it_in_their_list(case: Case) -> None:
    """The door and the dispatcher; without a door, the dispatcher alone; taken, nobody."""
    an_intake(case)
    taken = an_intake(case)
    with within(case.territory.pk):
        receive_intake(system(case.territory.pk), SAID, origin=Origin.SELF)
        take_intake(case.others[Role.DISPATCHER], taken, case.person.pk)
        rows = [facts_of(row) for row in Intake.objects.all()]
    everybody = case.others | {Role.PRACTITIONER: case.partenaire}
    found = {}
    for role, actor in everybody.items():
        with as_(actor):
            found[role] = queries.intakes(actor).count()
        decided = [decide(actor, READ, facts, Level.IDENTITY) for facts in rows]
        assert sum(map(bool, decided)) == found[role], "the list and the page say the same"
    at_the_door = {Role.CLERK: 1, Role.MANAGER: 1, Role.PRACTITIONER: 1, Role.DISPATCHER: 2}
    assert {role: count for role, count in found.items() if count} == at_the_door
    for actor in (case.referente, case.etrangere):
        with as_(actor):
            assert queries.intakes(actor).count() == 0
        assert not any(decide(actor, READ, facts, Level.IDENTITY) for facts in rows)


def test_the_list_names_nobody_and_the_page_is_a_consultation(case: Case) -> None:
    key, clerk = an_intake(case), case.others[Role.CLERK]
    client = client_for(clerk)
    listed = client.get("/demandes-recues/").content.decode()
    assert f"/demandes-recues/{key}/" in listed
    assert "Haddad" not in listed
    shown = client.get(f"/demandes-recues/{key}/").content.decode()
    assert "Leïla Haddad" in shown
    assert "Rechercher la personne" in shown
    for stranger in (case.referente, case.etrangere, case.others[Role.COORDINATOR]):
        assert client_for(stranger).get(f"/demandes-recues/{key}/").status_code == 404
    with within(case.territory.pk, case.etrangere.territory or 0):
        rows = list(Consultation.objects.order_by("at", "id"))
    assert [(row.page, row.person, row.refused) for row in rows] == [
        ("people:intakes", None, False),
        ("people:intake", None, False),
        *[("people:intake", None, True)] * 3,
    ]
    assert rows[0].listed == []


def test_a_professional_notes_whom_they_met_outside(case: Case) -> None:
    client = client_for(case.partenaire)
    ticket = client.get("/aller-vers/").context["form"]["ticket"].value()
    fields = {
        "ticket": ticket,
        "given_name": "Momo",
        "family_name": "Inconnu",
        "whereabouts": "Devant la gare, le soir",
        "request": "Un toit et un travail.",
        "language": "fra",
    }
    first = client.post("/aller-vers/", fields)
    assert client.post("/aller-vers/", fields)["Location"] == "/demandes-recues/"
    with as_(case.partenaire):
        (row,) = Intake.objects.all()
    assert (row.origin, row.door_id) == ("outreach", case.partner.pk)
    assert first["Location"] == f"/demandes-recues/{row.pk}/"
    assert "Devant la gare" in client.get(first["Location"]).content.decode()
    assert client_for(case.others[Role.COORDINATOR]).get("/aller-vers/").status_code == 404
