"""Documents of a person: what is kept, who sees it, how it is given."""

from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.urls import reverse

from jalons.access.actor import Actor
from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.models import Consultation
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.access.table import REVEAL_DOCUMENT
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.documents.contents import content_of, title_of
from jalons.people.documents.facts import load_document
from jalons.people.documents.rules import READINGS, Reading
from jalons.people.models import Document, DocumentContent, SealedReader
from tests.clients import client_for
from tests.people.documented import (
    HEALTH,
    JUSTICE,
    TITLE,
    added,
    an_intervenante,
    as_,
    fetched,
    page,
)
from tests.worlds import (
    Case,
    an_actor,
    an_objection,
)

# What is kept


def test_what_is_kept_is_what_was_rebuilt_and_can_be_read_back(case: Case) -> None:
    document = added(case.referente, case, Reading(Level.SHARED))
    with as_(case.referente):
        kept = content_of(document.pk)
        assert title_of(document) == TITLE
    assert kept
    assert kept.startswith(b"%PDF-1.7")
    assert (document.size, document.pages) == (len(kept), 1)


def test_nothing_is_readable_in_the_database(case: Case) -> None:
    document = added(case.referente, case, Reading(Level.SHARED))
    with as_(case.referente), connection.cursor() as cursor:
        cursor.execute(
            "SELECT title, cipher, document::text, content::text FROM people_document document"
            " JOIN people_documentcontent content ON content.document_id = document.id"
            " WHERE document.id = %s",
            [document.pk],
        )
        row = cursor.fetchone()
        kept = content_of(document.pk)
    assert row
    assert kept
    said = b"".join(part.encode() if isinstance(part, str) else bytes(part) for part in row)
    for plain in (TITLE.encode(), b"zqtitle", b"%PDF", kept[:40], kept[40:80]):
        assert plain not in said
        assert plain.hex().encode() not in said


def test_a_content_moved_to_another_document_does_not_open(case: Case) -> None:
    first = added(case.referente, case, Reading(Level.SHARED))
    second = added(case.referente, case, Reading(Level.SHARED))
    with as_(case.referente):
        cipher = DocumentContent.objects.get(document=first).cipher
        DocumentContent.objects.filter(document=second).update(cipher=cipher)
        with pytest.raises(InvalidTag):
            content_of(second.pk)


# Who sees it


ACTORS = ("référente", "intervenante", "collègue", "partenaire", "étrangère", "accueil", "manager")


def everybody(case: Case) -> dict[str, Actor]:
    return {
        "référente": case.referente,
        "intervenante": an_intervenante(case),
        "collègue": case.collegue,
        "partenaire": case.partenaire,
        "étrangère": case.etrangere,
        "accueil": an_actor(case.home, Role.CLERK),
        "manager": an_actor(case.home, Role.MANAGER),
        **{role.value: actor for role, actor in case.others.items()},
    }


@pytest.mark.parametrize(
    ("reading", "kind", "verb", "readers"),
    [
        (
            Reading(Level.IDENTITY),
            "proof",
            "get",
            {"référente", "intervenante", "accueil", "clerk"},
        ),
        (Reading(Level.SHARED), "other", "get", {"référente", "intervenante"}),
        (HEALTH, "other", "post", {"référente", "intervenante"}),
        (JUSTICE, "other", "get", {"référente"}),
        (Reading(Level.PRIVATE), "other", "get", {"référente"}),
    ],
)
def test_a_document_opens_for_its_readers_only(
    case: Case, reading: Reading, kind: str, verb: str, readers: set[str]
) -> None:
    """To the others, whoever they are and by whichever verb, it is what does not exist."""
    actors = everybody(case)
    document = added(case.referente, case, reading, kind)
    opened = set()
    for name, actor in actors.items():
        for asked in ("get", "post"):
            answer, nothing = fetched(actor, document.pk, asked), fetched(actor, uuid4(), asked)
            if answer.status_code == 200:
                assert asked == verb
                opened.add(name)
            else:
                assert answer.status_code == 404
                assert answer.content == nothing.content
                assert sorted(answer.headers.items()) == sorted(nothing.headers.items())
    assert opened == readers


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.code)
def test_one_document_and_the_list_give_the_same_answer(
    case: Case, reading: Reading, full_size: bool
) -> None:
    if not full_size and reading.code != "restricted-sante":
        pytest.skip("with --long")
    kind = "proof" if reading.level == Level.IDENTITY else "other"
    document = added(case.referente, case, reading, kind)
    an_objection(case.person, domain="sante", organization=case.partner)
    act = REVEAL_DOCUMENT if reading.level == Level.RESTRICTED else READ
    for actor in everybody(case).values():
        with as_(actor):
            facts = load_document(document.pk, clock.now())
            alone = bool(facts and decide(actor, act, facts, reading.level))
            listed = Document.objects.filter(visible_to(actor, "document", reading.level, act=act))
            assert [row.pk for row in listed] == ([document.pk] if alone else []), actor.role
    for act in ("people.withdraw_document", "people.change_document_level"):
        for actor in everybody(case).values():
            with as_(actor):
                facts = load_document(document.pk, clock.now())
                alone = bool(facts and decide(actor, act, facts))
                asked = visible_to(actor, "document", None, act=act)
                found = Document.objects.filter(asked)
                assert [row.pk for row in found] == ([document.pk] if alone else []), actor.role


def test_a_sealed_document_changes_nothing_that_others_see(case: Case) -> None:
    """Neither list, nor count, nor event: the page of a reader who is not let in is the same."""
    other = an_intervenante(case)
    before = page(other, case), page(other, case, revealed=True)
    document = added(case.referente, case, JUSTICE)
    assert _alike(page(other, case)) == _alike(before[0])
    assert _alike(page(other, case, revealed=True)) == _alike(before[1])
    with as_(other):
        assert not Document.objects.exists()
        assert not DocumentContent.objects.exists()
        events = Event.objects.filter(person=case.person.pk).order_by("-position")
        assert events[0].kind == "people.person_changed"
        assert (events[0].object_kind, events[0].object_key) == ("", None)
    assert TITLE not in page(case.referente, case), "hidden until it is revealed"
    assert TITLE in page(case.referente, case, revealed=True)
    assert document.level == Level.SEALED


def _alike(html: str) -> list[str]:
    """Without what changes at each visit: tokens."""
    return [line for line in html.splitlines() if "csrf" not in line.lower()]


def test_a_sealed_document_follows_its_author_and_the_referent(case: Case) -> None:
    author = an_intervenante(case)
    document = added(author, case, JUSTICE)
    assert fetched(author, document.pk).status_code == 200
    assert fetched(case.referente, document.pk).status_code == 200
    with as_(case.referente):
        reasons = SealedReader.objects.values_list("account", "reason")
        assert set(reasons) == {(author.account, "author"), (case.referente.account, "referent")}


def test_a_restricted_document_shows_its_title_once_revealed(case: Case) -> None:
    document = added(case.referente, case, HEALTH)
    assert TITLE not in page(case.referente, case)
    assert str(document.pk) not in page(case.referente, case)
    assert TITLE in page(case.referente, case, revealed=True)


def test_an_objection_by_domain_closes_the_documents_of_the_domain(case: Case) -> None:
    other = an_intervenante(case)
    health, money = (
        added(case.referente, case, HEALTH),
        added(case.referente, case, Reading(Level.RESTRICTED, "finances")),
    )
    an_objection(case.person, domain="sante", organization=case.partner)
    assert fetched(other, health.pk, "post").status_code == 404
    assert fetched(other, money.pk, "post").status_code == 200
    assert fetched(case.referente, health.pk, "post").status_code == 200


def test_an_objection_to_a_structure_closes_all_documents_to_it(case: Case) -> None:
    other = an_intervenante(case)
    document = added(other, case, Reading(Level.SHARED))
    an_objection(case.person, organization=case.partner)
    assert fetched(other, document.pk).status_code == 404
    withdraw = reverse("people:withdraw_document", args=[document.pk])
    assert client_for(other).post(withdraw).status_code == 404


# Given as a file


def test_a_file_is_an_attachment_that_no_browser_runs(case: Case) -> None:
    for kind, reading, name in (
        ("resume", Reading(Level.SHARED), "document-cv.pdf"),
        ("resume", JUSTICE, "document.pdf"),
    ):
        document = added(case.referente, case, reading, kind)
        answer = fetched(case.referente, document.pk)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_each_file_given_is_a_consultation_at_its_level(case: Case) -> None:
    for reading, verb in ((Reading(Level.SHARED), "get"), (HEALTH, "post"), (JUSTICE, "get")):
        document = added(case.referente, case, reading)
        fetched(case.referente, document.pk, verb)
        with as_(case.referente):
            last = Consultation.objects.order_by("at", "id").last()
            assert last
            found = (last.page, last.level, last.person, last.refused)
            assert found == ("people:document", reading.level, case.person.pk, False)


def test_a_revealed_sealed_title_is_a_consultation_of_its_own(case: Case) -> None:
    added(case.referente, case, JUSTICE)
    page(case.referente, case, revealed=True)
    with as_(case.referente):
        levels = Consultation.objects.filter(page="people:reveal_documents")
        assert sorted(levels.values_list("level", flat=True)) == ["restricted", "sealed"]
