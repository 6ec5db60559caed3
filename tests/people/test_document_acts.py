"""Acts on documents: added by a form, withdrawn, given back, erased, their readers changed."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.documents.actions.add_document import NewDocument, add_document
from jalons.people.documents.actions.change_level import change_document_level
from jalons.people.documents.actions.withdraw_document import (
    erase_document,
    restore_document,
    withdraw_document,
)
from jalons.people.documents.contents import content_of
from jalons.people.documents.rules import Reading, document_state, event_kind
from jalons.people.models import Document
from tests.clients import client_for
from tests.people.document_files import HIDING, a_pdf, a_photo
from tests.people.documented import (
    JUSTICE,
    PDF,
    TITLE,
    added,
    an_intervenante,
    as_,
    fetched,
    page,
)
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_person,
    an_actor,
    an_entry,
    an_organization,
)

# Sent by the form


def sent(actor: Actor, case: Case, **fields: Any) -> Any:
    url = reverse("people:add_document", args=[case.person.pk])
    data = {"kind": "other", "title": TITLE, "reading": "shared"} | fields
    return client_for(actor).post(url, {k: v for k, v in data.items() if v is not None})


def a_file(content: bytes = PDF, name: str = "Dupont Magali.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_a_form_keeps_a_file_or_a_photo_whatever_its_name(case: Case) -> None:
    for fields in ({"file": a_file()}, {"photo": a_file(a_photo())}):
        assert sent(case.referente, case, **fields).status_code == 302
    with as_(case.referente):
        assert set(Document.objects.values_list("media_type", flat=True)) == {
            "application/pdf",
            "image/jpeg",
        }
    assert "Dupont" not in page(case.referente, case)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choisissez un fichier, ou prenez une photo."),
        ({"file": a_file(), "photo": a_file()}, "pas les deux"),
        ({"file": a_file(b"PK\x03\x04")}, "Enregistrez-le en PDF"),
        ({"file": a_file(), "reading": None}, "Choisissez qui peut lire"),
        ({"file": a_file(), "reading": "secret"}, "Choisissez qui peut lire"),
        ({"file": a_file(), "reading": "identity"}, "L’accueil ne lit que"),
        ({"file": a_file(), "kind": "roman"}, "Choisissez de quel document"),
        ({"file": a_file(), "title": "a" * 121}, "120"),
    ],
)
def test_what_a_form_refuses_is_told_in_words(
    case: Case, fields: dict[str, Any], said: str
) -> None:
    answer = sent(case.referente, case, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\xa0", " ")
    with as_(case.referente):
        assert not Document.objects.exists()


def test_the_front_desk_keeps_what_proves_an_identity(case: Case) -> None:
    clerk = an_actor(case.home, Role.CLERK)
    answer = sent(clerk, case, kind="identity_document", reading="identity", file=a_file())
    assert answer.status_code == 302
    assert TITLE in page(clerk, case)
    for fields in ({"reading": "shared"}, {"kind": "contract", "reading": "identity"}):
        assert sent(clerk, case, **{"kind": "proof"} | fields, file=a_file()).status_code == 422


def test_the_front_desk_keeps_it_for_whoever_waits_there(case: Case) -> None:
    waiting = a_person(case.territory)
    an_entry(waiting, case.partner.pk)
    clerk = an_actor(case.partner, Role.CLERK)
    url = reverse("people:add_document", args=[waiting.pk])
    data = {"kind": "proof", "reading": "identity", "file": a_file()}
    assert client_for(clerk).post(url, data).status_code == 302
    assert client_for(case.others[Role.COORDINATOR]).get(url).status_code == 404


def test_a_body_too_large_is_refused_unread(case: Case) -> None:
    answer = sent(case.referente, case, file=a_file(bytes(12_000_001)))
    assert answer.status_code == 413
    answer = sent(case.referente, case, file=a_file(b"%PDF-1.7" + bytes(10_500_000)))
    assert answer.status_code == 422


# Withdrawn


def at(case: Case, minutes: float) -> Any:
    return clock.travel(clock.now() + timedelta(minutes=minutes))


def test_a_withdrawn_document_is_out_of_sight_then_given_back(case: Case) -> None:
    document = added(case.referente, case, Reading(Level.SHARED))
    client = client_for(case.referente)
    url = reverse("people:withdraw_document", args=[document.pk])
    answer = client.post(url, follow=True)
    restore = reverse("people:restore_document", args=[document.pk])
    assert restore in answer.content.decode()
    assert TITLE not in answer.content.decode()
    assert fetched(case.referente, document.pk).status_code == 404
    assert client.post(url).status_code == 404
    assert client_for(an_intervenante(case)).post(restore).status_code == 404
    assert TITLE in client.post(restore, follow=True).content.decode()
    assert client.post(restore).status_code == 404
    with as_(case.referente):
        kinds = Event.objects.filter(object_key=document.pk).values_list("kind", flat=True)
        assert set(kinds) == {
            "people.document_added",
            "people.document_withdrawn",
            "people.document_restored",
        }


def test_after_ten_minutes_nothing_is_given_back_and_all_is_erased(case: Case) -> None:
    for reading in (Reading(Level.SHARED), JUSTICE, Reading(Level.PRIVATE)):
        document = added(case.referente, case, reading)
        with as_(case.referente):
            withdraw_document(case.referente, document.pk)
            assert not erase_document(document.pk), "it may still be given back"
        with at(case, 10.5), as_(case.referente):
            with pytest.raises(Refused):
                restore_document(case.referente, document.pk)
            assert erase_document(document.pk)
            assert not erase_document(document.pk)
            found = Document.objects.get(pk=document.pk)
            assert (bytes(found.title), bytes(found.digest)) == (b"", b"")
            assert content_of(document.pk) is None
        assert fetched(case.referente, document.pk).status_code == 404


def test_what_was_given_back_is_not_erased(case: Case) -> None:
    document = added(case.referente, case, Reading(Level.SHARED))
    with as_(case.referente):
        withdraw_document(case.referente, document.pk)
        restore_document(case.referente, document.pk)
    with at(case, 30), as_(case.referente):
        assert not erase_document(document.pk)
        assert content_of(document.pk)


# Its readers changed


def test_a_document_is_sealed_then_opened_again(case: Case) -> None:
    author = an_intervenante(case)
    other = an_actor(an_organization(case.territory))
    a_follow_up(case.person, other)
    document = added(author, case, Reading(Level.SHARED))
    assert fetched(other, document.pk).status_code == 200
    with as_(case.referente):
        change_document_level(case.referente, document.pk, JUSTICE)
    assert fetched(other, document.pk).status_code == 404
    assert fetched(author, document.pk).status_code == 200
    assert fetched(case.referente, document.pk).status_code == 200
    with as_(author):
        change_document_level(author, document.pk, Reading(Level.SHARED))
        kinds = Event.objects.filter(person=case.person.pk).order_by("position")
        assert list(kinds.values_list("kind", flat=True))[-3:] == [
            "people.document_added",
            "people.person_changed",
            "people.person_changed",
        ]
    assert fetched(other, document.pk).status_code == 200


def test_only_its_author_makes_a_document_private(case: Case) -> None:
    author = an_intervenante(case)
    document = added(author, case, Reading(Level.SHARED))
    url = reverse("people:change_document_level", args=[document.pk])
    assert "Vous seul" not in client_for(case.referente).get(url).content.decode()
    assert client_for(case.referente).post(url, {"reading": "private"}).status_code == 422
    with as_(case.referente), pytest.raises(Refused):
        change_document_level(case.referente, document.pk, Reading(Level.PRIVATE))
    assert client_for(author).post(url, {"reading": "private"}).status_code == 302
    assert fetched(case.referente, document.pk).status_code == 404
    assert fetched(author, document.pk).status_code == 200


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("shared",), "people.document_added"),
        (("", "identity"), "people.document_added"),
        (("shared", "restricted"), "people.restricted_document_added"),
        (("sealed", "restricted"), "people.sealed_document_added"),
        (("private", "sealed"), "people.private_document_added"),
    ],
)
def test_an_event_hides_what_the_strictest_level_hides(
    levels: tuple[str, ...], expected: str
) -> None:
    assert event_kind("added", *levels) == expected


def test_states_follow_the_dates() -> None:
    now = clock.now()
    states = [document_state(*dates) for dates in ((None, None), (now, None), (now, now))]
    assert states == ["kept", "withdrawn", "erased"]


# Together


@pytest.fixture
def committed(transactional_db: None) -> Case:
    return a_case()


def test_two_withdrawals_at_once_make_one(committed: Case) -> None:
    case = committed
    document = added(case.referente, case, Reading(Level.SHARED))
    outcomes: list[str] = []

    def withdraw() -> None:
        try:
            with as_(case.referente):
                withdraw_document(case.referente, document.pk)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=withdraw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    with as_(case.referente):
        assert Event.objects.filter(kind="people.document_withdrawn").count() == 1


def test_hiding_places_are_left_at_the_door(case: Case) -> None:
    content = a_pdf(1, HIDING["attached"])
    with as_(case.referente):
        document = add_document(case.referente, case.person.pk, NewDocument("other", content))
        kept = content_of(document.pk)
    assert kept
    assert b"EmbeddedFile" not in kept
