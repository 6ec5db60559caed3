"""Statuses: recorded at their level, ended, corrected; what a lost backup says of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import sql

from jalons.access.actor import Actor
from jalons.access.break_glass import open_urgently
from jalons.access.decisions import Refused
from jalons.access.models import BreakGlass
from jalons.access.roles import Role
from jalons.access.undo import CannotUndo, undo
from jalons.journal.kinds import label_of
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.domains import domain_of, token
from jalons.people.models import SealedReader, Status
from jalons.people.statuses.actions.change_status import correct_status, end_status
from jalons.people.statuses.actions.holding import WrongDates
from jalons.people.statuses.actions.record_status import NewStatus, record_status
from jalons.people.statuses.contents import StatusContent, columns, read
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_status,
    an_actor,
    an_objection,
    within,
)

pytestmark = pytest.mark.django_db
TODAY = timedelta(0)


@pytest.fixture
def case(db: None) -> Case:
    case = a_case()
    a_follow_up(case.person, case.partenaire)
    return case


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def recorded(actor: Actor, case: Case, kind: str, lasts: int | None = None) -> Event:
    start = clock.today() - timedelta(days=30)
    ends_on = start + timedelta(days=lasts) if lasts else None
    with as_(actor):
        new = NewStatus(kind, start, ends_on, actor.organization)
        return record_status(actor, case.person.pk, new)


def page(actor: Actor, case: Case, *, revealed: bool = False) -> str:
    address, client = f"/personnes/{case.person.pk}/", client_for(actor)
    reveal = f"{address}informations-restreintes/"
    response = client.post(reveal) if revealed else client.get(address)
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("kind", "words", "shared", "restricted", "sealed"),
    [
        ("brsa", "Bénéficiaire du RSA", True, True, True),
        ("rqth", "travailleur handicapé", False, True, True),
        ("victime_violences", "Victime de violences", False, False, True),
    ],
)
def test_each_kind_is_read_at_its_level(
    case: Case, kind: str, words: str, shared: bool, restricted: bool, sealed: bool
) -> None:
    event = recorded(case.referente, case, kind)
    assert (event.kind, event.person) == ("people.status_recorded", case.person.pk)
    assert (words in page(case.referente, case)) == shared
    assert (words in page(case.partenaire, case, revealed=True)) == restricted
    assert (words in page(case.referente, case, revealed=True)) == sealed


def test_what_is_sealed_is_read_by_its_author_and_the_referente(case: Case) -> None:
    recorded(case.partenaire, case, "mesure_judiciaire")
    for actor in (case.partenaire, case.referente):
        assert "Mesure judiciaire" in page(actor, case, revealed=True)
    third = an_actor(case.partner)
    a_follow_up(case.person, third)
    assert "Mesure judiciaire" not in page(third, case, revealed=True)
    assert [job.args["event"] for job in waiting("people.tell_referent")] == [
        str(event_key) for event_key in sealed_events(case)
    ]
    with as_(case.referente):
        reasons = set(SealedReader.objects.values_list("reason", flat=True))
        content = disclose(Event.objects.get(kind="people.status_recorded"))
    assert reasons == {"author", "referent"}
    assert content
    assert (content.kind, content.level) == ("people.sealed_status_recorded", "sealed")


def sealed_events(case: Case) -> list[Any]:
    with as_(case.referente):
        return list(
            Event.objects.filter(kind="people.status_recorded").values_list("pk", flat=True)
        )


def waiting(job: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=job))


def test_an_offer_to_protect_follows_a_sealed_status(case: Case) -> None:
    sent = {"kind": "victime_violences", "starts_on": clock.today().isoformat(), "source": ""}
    address = f"/personnes/{case.person.pk}/statuts/nouveau/"
    answer = client_for(case.referente).post(address, sent, follow=True)
    assert "son référent peut la protéger" in answer.content.decode()


def test_a_closed_domain_is_not_written_by_whom_it_is_closed_to(case: Case) -> None:
    an_objection(case.person, domain="sante")
    with pytest.raises(Refused):
        recorded(case.partenaire, case, "rqth")
    recorded(case.referente, case, "rqth")
    assert "travailleur handicapé" not in page(case.partenaire, case, revealed=True)
    assert "travailleur handicapé" in page(case.referente, case, revealed=True)


def test_nobody_else_writes_statuses(case: Case) -> None:
    overlap = an_actor(case.partner)
    a_follow_up(case.person, overlap, read_only=True)
    for actor in (overlap, an_actor(case.home, Role.CLERK), an_actor(case.home, Role.MANAGER)):
        with pytest.raises(Refused):
            recorded(actor, case, "brsa")


@pytest.mark.parametrize("kind", ["brsa", "rqth", "mesure_judiciaire"])
def test_ended_then_taken_back_within_ten_minutes(case: Case, kind: str) -> None:
    key = recorded(case.referente, case, kind, lasts=365).object_key
    assert key
    with as_(case.referente):
        planned = Status.objects.get(pk=key).ends_on
        event = end_status(case.referente, case.person.pk, key, clock.today())
        assert event.kind == "people.status_ended"
        assert Status.objects.get(pk=key).ends_on == clock.today() + timedelta(days=1)
        undo(case.referente, event.pk)
        assert Status.objects.get(pk=key).ends_on == planned
        assert Event.objects.filter(kind="people.status_end_undone").exists()


def test_an_end_corrected_since_stays(case: Case) -> None:
    key = recorded(case.referente, case, "brsa").object_key
    assert key
    start, today = clock.today() - timedelta(days=10), clock.today()
    with as_(case.referente):
        event = end_status(case.referente, case.person.pk, key, today)
        correct_status(case.referente, case.person.pk, key, start, today + timedelta(days=9))
        with pytest.raises(CannotUndo):
            undo(case.referente, event.pk)
        with pytest.raises(WrongDates):
            end_status(case.referente, case.person.pk, key, start - timedelta(days=1))
        with pytest.raises(WrongDates):
            correct_status(case.referente, case.person.pk, key, today, today)


def test_a_sealed_status_is_out_of_reach_of_the_others(case: Case) -> None:
    key = recorded(case.referente, case, "mesure_judiciaire").object_key
    address = f"/personnes/{case.person.pk}/statuts/{key}/fin/"
    assert client_for(case.partenaire).get(address).status_code == 404
    shown = client_for(case.referente).get(address).content.decode()
    assert "judiciaire" not in shown


def test_past_present_and_coming_are_told_apart(case: Case) -> None:
    today = clock.today()
    a_status(case.person, label="Passé", ends_on=today)
    a_status(case.person, label="Présent", ends_on=today + timedelta(days=31))
    a_status(case.person, label="Futur", starts_on=today + timedelta(days=1))
    shown = page(case.referente, case)
    assert "À venir" in shown
    assert "jusqu’au" in shown
    assert "1 statut passé" in shown.replace("\u00a0", " ")


def test_an_act_on_a_hidden_status_looks_like_any_other() -> None:
    for what in ("recorded", "ended", "corrected", "end_undone"):
        labels = {
            label_of(f"people.{level}status_{what}") for level in ("", "restricted_", "sealed_")
        }
        assert len(labels) == 1


def test_a_status_beyond_shared_is_never_kept_in_clear(case: Case) -> None:
    hidden = columns("rqth", "RQTH", "restricted", "sante")
    assert read(Status(**hidden)) == StatusContent("rqth", "RQTH", "sante")
    for clear in ({"kind": "rqth"}, {"label": "RQTH"}, {"cipher": None}):
        with (
            as_(case.referente),
            pytest.raises(IntegrityError, match="status_hidden_content"),
            transaction.atomic(),
        ):
            Status.objects.create(
                territory_id=case.territory.pk,
                person=case.person,
                starts_on=clock.today(),
                **hidden | clear,
            )


WORDS = ("violence", "rqth", "handicap", "judiciaire", "justice", "urgence", "acacias", "sante")


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_a_lost_backup_says_nothing_of_what_is_hidden() -> None:
    """Row 33: every row about the persons of a territory, read without the keys."""
    case = a_case()
    a_follow_up(case.person, case.partenaire)
    for kind in ("rqth", "mesure_judiciaire", "victime_violences"):
        recorded(case.referente, case, kind)
    with as_(case.partenaire):
        circle = load_circle(case.person.pk, clock.now())
        assert circle
        other = an_actor(case.partner, Role.COORDINATOR)
    with as_(other):
        circle = load_circle(case.person.pk, clock.now())
        assert circle
        open_urgently(other, circle, "Une urgence de santé, des violences ce soir")
    dump = _dump()
    assert len(dump) > 1000
    assert [word for word in WORDS if word in dump] == []
    assert {domain_of(token(domain)) for domain in ("violences", "justice")} == {
        "violences",
        "justice",
    }
    with as_(other):
        assert BreakGlass.objects.get().reason.startswith("Une urgence")


def _dump() -> str:
    """The tables about persons as text, and as bytes that might hold text."""
    tables = ["access_breakglass", "journal_event", "journal_payload", "people_contact"]
    tables += ["people_identifier", "people_person", "people_proposedchange", "people_status"]
    tables += ["people_sealedreader"]
    found = []
    with connections["migrator"].cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            for row in cursor.fetchall():
                found += [
                    bytes(x).decode("latin-1") if isinstance(x, memoryview | bytes) else str(x)
                    for x in row
                ]
    return "\n".join(found).lower()
