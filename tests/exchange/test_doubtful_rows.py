"""Rows of a file of persons that look like somebody: their author settles each, or leaves it."""

from uuid import uuid4

import pytest
from django.db import transaction

from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.exchange.doubts import likely, may_be
from jalons.exchange.models import ImportedRow
from jalons.journal import events
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.models import Entry, Pair, Person
from jalons.people.pairs.actions.tell_apart import keep_apart
from tests.exchange.files import Desk, key_of, work
from tests.exchange.persons import a_person_row
from tests.worlds import a_follow_up, a_person, an_actor

pytestmark = pytest.mark.django_db
KIND = {"kind": "beneficiaires"}
SAME, ANOTHER = a_person_row(), a_person_row(1)


@pytest.fixture
def desk(db: None) -> Desk:
    """Two persons are known; the next file names both with another number."""
    desk = Desk.of(Role.DISPATCHER)
    desk.imported(SAME, ANOTHER, **KIND)
    return desk


def again(desk: Desk) -> str:
    rows = [a_person_row(Identifiant_dans_le_SI="777"), ANOTHER | {"Identifiant dans le SI*": "8"}]
    return desk.checked(*rows, **KIND)


def known(desk: Desk, name: str) -> Person:
    with desk.context():
        return Person.objects.get(given_name=name)


def settle(desk: Desk, url: str, number: int, said: object) -> str:
    form = {"person": str(said)}
    answer = desk.client.post(f"{url}a-departager/{number}/", form, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def out_of_sight(desk: Desk, person: Person, *, protected: bool = False) -> None:
    with desk.context():
        events.append("people.entry_closed", territory=desk.territory.pk)
        Entry.objects.filter(person=person).update(closed_on=clock.today(), close_motive="other")
        Person.objects.filter(pk=person.pk).update(protected=protected)
    if not protected:
        a_follow_up(person, an_actor(desk.home), "referent")


def test_each_row_is_settled_by_its_author_then_imported(desk: Desk) -> None:
    elwina, anaelle = known(desk, "Elwina"), known(desk, "Anaëlle")
    url = again(desk)
    assert desk.found(url).counts["ambiguous"] == 2
    assert "2 lignes à départager" in desk.read(url)
    page = desk.read(f"{url}a-departager/")
    assert "Même nom, même prénom, même date de naissance" in page
    assert str(elwina) in page
    assert "C’est la même personne" in page
    with desk.context():
        told = Consultation.objects.filter(account=desk.actor.account).order_by("-id")
        listed = next(row.listed for row in told if row.page == "exchange:doubtful")
        assert set(listed or []) == {elwina.pk, anaelle.pk}

    assert "n’est plus possible" in settle(desk, url, 1, anaelle.pk)
    settle(desk, url, 1, "autre")
    assert "Même personne" in settle(desk, url, 1, elwina.pk)
    assert "Autre personne" in settle(desk, url, 2, "autre")
    counts = desk.found(url).counts
    assert [counts[name] for name in ("created", "updated", "ambiguous", "errors")] == [1, 1, 0, 0]
    assert "Revoir les lignes départagées" in desk.read(url)
    with desk.context():
        settled = Event.objects.filter(kind="exchange.import_row_settled")
        assert settled.count() == 3
        assert not settled.exclude(person=None).exists()

    desk.apply(url)
    work()
    assert [row.outcome for row in desk.rows(url)] == ["updated", "created"]
    with desk.context():
        assert Person.objects.filter(given_name="Elwina").count() == 1
        assert Person.objects.filter(given_name="Anaëlle").count() == 2
        assert Pair.objects.get().answer == Pair.Answer.DISTINCT
    assert "n’est plus possible" in settle(desk, url, 1, "autre")


def test_two_rows_about_somebody_new_create_her_once(desk: Desk) -> None:
    """Whom the first row creates was not told apart from the second."""
    rows = [ANOTHER | {"Identifiant dans le SI*": number} for number in ("8", "9")]
    url = desk.checked(*rows, **KIND)
    for number in (1, 2):
        settle(desk, url, number, "autre")
    desk.apply(url)
    work()
    assert [row.outcome for row in desk.rows(url)] == ["created", "ambiguous"]
    with desk.context():
        assert Person.objects.filter(given_name="Anaëlle").count() == 2


def test_a_contradicting_number_is_never_the_same_person() -> None:
    one, other = uuid4(), uuid4()
    row = ImportedRow(
        candidates=[
            {"person": str(one), "score": 9.0, "reasons": ["same_family", "other_nir"]},
            {"person": str(other), "score": 8.0, "reasons": ["same_family", "other_si"]},
        ]
    )
    assert likely(row) == {one, other}
    assert may_be(row) == {other}


def test_who_may_not_tell_files_apart_leaves_the_pair_to_others(desk: Desk) -> None:
    manager = an_actor(desk.home, Role.MANAGER)
    elwina, twin = known(desk, "Elwina"), a_person(desk.territory)
    for actor, answer in ((manager, ""), (desk.actor, Pair.Answer.DISTINCT)):
        with desk.context(), transaction.atomic():
            keep_apart(actor, twin, [elwina.pk])
            assert Pair.objects.get().answer == answer


def test_nobody_out_of_sight_is_a_candidate(desk: Desk) -> None:
    elwina, anaelle = known(desk, "Elwina"), known(desk, "Anaëlle")
    out_of_sight(desk, elwina)
    out_of_sight(desk, anaelle, protected=True)
    url = again(desk)
    assert [row.candidates for row in desk.rows(url)] == [[], []]
    assert "à départager" not in desk.read(url)
    assert "Rien à départager" in desk.read(f"{url}a-departager/")
    assert "n’est plus possible" in settle(desk, url, 1, elwina.pk)


def test_who_leaves_sight_after_the_check_is_shown_and_chosen_no_more(desk: Desk) -> None:
    elwina = known(desk, "Elwina")
    url = again(desk)
    out_of_sight(desk, elwina)
    page = desk.read(f"{url}a-departager/")
    assert str(elwina.pk) not in page
    assert str(known(desk, "Anaëlle").pk) in page
    for said in (elwina.pk, "autre"):
        assert "n’est plus possible" in settle(desk, url, 1, said)
    assert desk.rows(url)[0].foreseen == "ambiguous"


def test_the_file_of_somebody_else_is_not_there(desk: Desk) -> None:
    url = again(desk)
    other = desk.colleague(Role.DISPATCHER)
    assert other.client.get(f"{url}a-departager/").status_code == 404
    form = {"person": "autre"}
    assert other.client.post(f"{url}a-departager/1/", form).status_code == 404
    assert desk.found(url).pk == key_of(url)
    assert desk.found(url).counts["ambiguous"] == 2
