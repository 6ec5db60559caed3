"""Two files made one: everything moves and keeps its readers, and all of it can go back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from jalons.access.transitions import Impossible
from jalons.access.undo import undo
from jalons.journal import events
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people import personal_data, tasks
from jalons.people.circle import load_circle
from jalons.people.domains import token
from jalons.people.front_door.candidates import by_names
from jalons.people.front_door.rules import Names
from jalons.people.merging.actions.ask_merge import merge
from jalons.people.merging.actions.settle import settle_merges
from jalons.people.merging.actions.undo_merge import undo_merge
from jalons.people.merging.contents import Choices
from jalons.people.merging.moving import Move, Stay
from jalons.people.models import (
    Agreement,
    Contact,
    Identifier,
    Merge,
    Objection,
    Pair,
    Person,
    SealedReader,
    Status,
)
from jalons.rights.copies.document import gather
from jalons.rights.erasure import register
from jalons.rights.erasure.erase import erase, left
from tests.clients import client_for
from tests.pathways.given import a_pathway
from tests.rights.planting import Planted, plant
from tests.worlds import (
    a_contact,
    a_follow_up,
    a_pair,
    a_person,
    a_sealed_status,
    an_agreement,
    an_entry,
    an_identifier,
    an_objection,
    within,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "whole", "migrator"])
TOLD = {
    "journal.Event",
    "journal.Payload",
    "journal.Notification",
    "procrastinate.ProcrastinateJob",
}
"""What a merge and its undoing add to, and never change."""
CAF = "1234567"


@pytest.fixture
def planted(transactional_db: None, tmp_path: Path, settings: Any) -> Planted:
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
    return plant()


@pytest.fixture
def kept(planted: Planted) -> Person:
    """The file of the same person at the partner's, with what contradicts the other one's."""
    case = planted.case
    person = a_person(case.territory, family_name="Introuvable", given_name="Zéphirine")
    a_follow_up(person, case.partenaire, "referent")
    a_contact(person, "phone", "06 39 98 00 35")
    for one in (person, planted.person):
        an_identifier(one, "caf", CAF)
    an_agreement(person, organizations=[case.partner.pk])
    an_objection(person, domain="logement")
    an_entry(person, case.partner.pk)
    a_sealed_status(person, case.partenaire)
    a_pathway(person)
    return person


def by(actor: Any) -> Any:
    return within(*actor.territories, account=actor.account)


def made_one(planted: Planted, kept: Person, **choices: Any) -> Merge:
    """Asked by the coordinator who answers for the data, then done by its job."""
    pair = a_pair(planted.person, kept)
    with by(planted.officer):
        merge(planted.officer, pair.pk, kept.pk, Choices(**choices))
        key = str(Merge.objects.get(pair=pair).pk)
    tasks.merge(key, planted.case.territory.pk)
    return Merge.objects.using("whole").get(pk=key)


def everything() -> dict[str, list[Any]]:
    """Every row of every model that holds a person, as the whole-file role reads it."""
    found = {}
    for data in personal_data.registered():
        if data.name not in {*TOLD, "people.Merge", "people.Pair"}:
            rows = data.model._default_manager.using("whole").order_by("pk").values_list()
            found[data.name] = [tuple(map(_plain, row)) for row in rows]
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_undone_every_row_is_where_it_was(planted: Planted, kept: Person) -> None:
    key, today = planted.person.pk, clock.today()
    before, told = everything(), set(Event.objects.using("whole").values_list("pk", flat=True))
    row = made_one(planted, kept, fields=("given_name", "birth_name"))
    assert (row.state, row.undo_until) == ("done", today + timedelta(days=90))
    for data in personal_data.registered():
        rows = data.rows(key, "whole")
        if isinstance(data.merge, Move):
            assert rows.count() == (1 if data.name == "people.Identifier" else 0), data.name
            assert data.rows(kept.pk, "whole").exists(), data.name
        elif isinstance(data.merge, Stay) and data.name != "people.DocumentContent":
            assert rows.exists(), data.name
    one = Person.objects.using("whole").get(pk=kept.pk)
    assert (str(one), one.birth_name) == ("Zéphyrine Introuvable", "Mésanjoie")
    with by(planted.officer):
        undo_merge(planted.officer, row.pk)
    tasks.undo_merge(str(row.pk), planted.case.territory.pk)
    after = everything()
    assert {name for name in before if before[name] != after[name]} == set()
    since = Event.objects.using("whole").exclude(pk__in=told)
    kinds = set(since.filter(person__in=[key, kept.pk]).values_list("kind", flat=True))
    assert kinds >= {"people.files_merged", "people.merge_undone"}
    assert set(Event.objects.using("whole").values_list("pk", flat=True)) > told
    row.refresh_from_db(using="whole")
    assert (row.state, bytes(row.cipher)) == ("undone", b"")
    assert Pair.objects.using("whole").get(pk__in=[row.pair_id]).answer == ""


def test_who_reads_what_afterwards(planted: Planted, kept: Person) -> None:
    """One référent; what was sealed keeps its readers; an objection and an agreement hold."""
    case = planted.case
    made_one(planted, kept)
    with by(case.partenaire):
        circle = load_circle(kept.pk, clock.now())
        assert circle
        assert circle.referent
        assert circle.referent.account == case.partenaire.account
        roles = {each.account: each.role for each in circle.followers}
        assert case.referente.account
        assert roles[case.referente.account] == "intervenant"
        mine = Status.objects.filter(person=kept, level="sealed")
        assert [each.domain for each in mine] == [token("justice")]
        assert Agreement.objects.filter(person=kept).values("lineage").distinct().count() == 2
        assert Objection.objects.filter(person=kept).count() == 2
        assert Identifier.objects.filter(person=kept, kind="caf").count() == 2
    with by(case.referente):
        theirs = Status.objects.filter(person=kept, level="sealed")
        assert [each.domain for each in theirs] == [token("justice", 1)]
        assert not SealedReader.objects.filter(
            account=case.partenaire.account, domain=token("justice", 1)
        )
        spelt = Names("Introuvable", "Zéphyrine", birth_date=kept.birth_date)
        assert set(by_names(case.territory.pk, spelt)) == {kept.pk}
    there, here = (reverse("people:identity", args=[one]) for one in (planted.person.pk, kept.pk))
    for actor in (case.referente, case.partenaire):
        client = client_for(actor)
        assert client.get(there)["Location"] == here
        assert client.get(here).status_code == 200
    assert client_for(case.etrangere).get(there).status_code == 404
    assert client_for(case.collegue).get(there).status_code == 404
    assert "Voir la réunion" in client_for(case.partenaire).get(f"{here}droits/").content.decode()
    page = client_for(case.partenaire).get(f"/personnes/{kept.pk}/consultations/")
    assert "dossier réuni" in page.content.decode()
    with by(case.partenaire):
        event = Event.objects.get(kind="people.files_merged", person=kept.pk)
        tasks.tell_followers(str(event.pk), case.territory.pk)
        told = Notification.objects.filter(event=event.pk).values_list("account", flat=True)
        assert {case.referente.account, case.partenaire.account} <= set(told)


def test_the_copy_and_the_erasure_take_both(planted: Planted, kept: Person) -> None:
    key = planted.person.pk
    made_one(planted, kept)
    text = str([section.rows for section in gather(kept.pk, "whole")])
    for word in ("Zéphyrine", "Zéphirine", "Page du dossier", "Venu du dossier réuni le"):
        assert word in text
    erase(kept.pk, planted.case.territory.pk)
    assert left(key, "whole") == left(kept.pk, "whole") == {}
    assert {line.person for line in register.read()} == {key, kept.pk}


def test_a_hidden_file_hides_the_other(planted: Planted, kept: Person) -> None:
    """Discreet on one side: the contacts of both are sealed, for the référent too."""
    case = planted.case
    with within(case.territory.pk):
        events.append("people.discretion_changed", territory=case.territory.pk)
        Person.objects.filter(pk=planted.person.pk).update(discreet_contact=True)
    made_one(planted, kept)
    assert Person.objects.using("whole").get(pk=kept.pk).discreet_contact
    with by(case.partenaire):
        (phone,) = Contact.objects.filter(person=kept)
        assert phone.level == "sealed"
    with by(case.referente):
        assert Contact.objects.filter(person=kept).count() == 2
    with by(case.collegue):
        assert not Contact.objects.filter(person=kept).exists()


def test_taken_back_before_the_job_nothing_moved(planted: Planted, kept: Person) -> None:
    before = everything()
    pair = a_pair(planted.person, kept)
    with by(planted.officer):
        event = merge(planted.officer, pair.pk, kept.pk, Choices())
        with pytest.raises(Impossible):
            merge(planted.officer, pair.pk, kept.pk, Choices())
        undo(planted.officer, event.pk)
        row = Merge.objects.get(pair=pair)
    tasks.merge(str(row.pk), planted.case.territory.pk)
    assert before == everything()


def test_too_late_it_is_settled(planted: Planted, kept: Person) -> None:
    row = made_one(planted, kept)
    with clock.travel(clock.now() + timedelta(days=91)), by(planted.officer):
        assert settle_merges(planted.case.territory.pk) > 0
        assert settle_merges(planted.case.territory.pk) == 0
    assert bytes(Merge.objects.using("whole").get(pk=row.pk).cipher) == b""


def test_every_model_says_how_it_is_made_one() -> None:
    assert [data.name for data in personal_data.registered() if data.merge is None] == []
