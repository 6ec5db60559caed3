"""What a person was told, agreed to and objected to: recorded, shown, and enforced at once."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.attention.rules import RULES, to_unblock
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.people.agreements import queries, rules
from jalons.people.agreements.actions.agreements import (
    NewAgreement,
    NotThatDay,
    answer_agreement,
    ask_agreement,
    record_agreement,
)
from jalons.people.agreements.actions.objections import (
    OfReferent,
    lift_objection,
    record_objection,
)
from jalons.people.agreements.notice import current, notices
from jalons.people.models import Agreement, AgreementRequest, Document, InformationGiven, Objection
from tests.clients import client_for, nobody
from tests.people.document_files import a_photo
from tests.worlds import (
    Case,
    a_follow_up,
    a_status,
    an_actor,
    an_agreement,
    an_objection,
    an_organization,
    within,
)


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def at(name: str, case: Case) -> str:
    return reverse(f"people:{name}", args=[case.person.pk])


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " ").replace("\u202f", " "))


@pytest.fixture
def intervenante(case: Case) -> Actor:
    a_follow_up(case.person, case.partenaire)
    return case.partenaire


# Objections


def test_an_objection_to_a_structure_closes_the_file_to_it_at_once(
    case: Case, intervenante: Actor
) -> None:
    theirs, hers = client_for(intervenante), client_for(case.referente)
    assert theirs.get(at("identity", case)).status_code == 200
    asked = {"organization": str(case.partner.pk), "domain": ""}
    told = text_of(hers.post(at("add_objection", case), asked))
    assert f"{case.partner.name} ne verra plus le dossier" in told
    assert theirs.get(at("identity", case)).status_code == 200, "nothing before it is confirmed"
    answer = hers.post(at("add_objection", case), asked | {"confirmed": "1"})
    assert answer.status_code == 302
    assert theirs.get(at("identity", case)).status_code == 404
    assert case.partner.name in text_of(hers.get(at("agreements", case)))
    with as_(case.referente):
        key = Objection.objects.get().pk
    assert hers.post(at("lift_objection", case), {"objection": str(key)}).status_code == 302
    assert theirs.get(at("identity", case)).status_code == 200
    again = hers.post(at("lift_objection", case), {"objection": str(key)}, follow=True)
    assert "n’est plus possible" in text_of(again)
    with as_(case.referente):
        kinds = Event.objects.filter(object_key=key).order_by("position")
        assert list(kinds.values_list("kind", flat=True)) == [
            "people.objection_recorded",
            "people.objection_lifted",
        ]


def test_whoever_records_an_objection_to_their_own_structure_loses_the_file(
    case: Case, intervenante: Actor
) -> None:
    client = client_for(intervenante)
    asked = {"organization": str(case.partner.pk), "domain": "", "confirmed": "1"}
    answer = client.post(at("add_objection", case), asked)
    assert answer.headers["Location"] == reverse("desk:home")
    assert client.get(at("agreements", case)).status_code == 404


def test_the_file_is_not_closed_to_the_structure_of_the_referent(case: Case) -> None:
    with as_(case.referente), pytest.raises(OfReferent):
        record_objection(case.referente, case.person.pk, case.home.pk)
    asked = {"organization": str(case.home.pk), "domain": "", "confirmed": "1"}
    answer = client_for(case.referente).post(at("add_objection", case), asked)
    assert answer.status_code == 422
    assert "Nommez d’abord un autre référent" in text_of(answer)
    with as_(case.referente):
        record_objection(case.referente, case.person.pk, case.home.pk, "sante")
        assert Objection.objects.get().domain == "sante"


def test_the_front_desk_records_an_objection_and_does_not_lift_it(case: Case) -> None:
    clerk = client_for(an_actor(case.home, Role.CLERK))
    asked = {"organization": "", "domain": "sante", "confirmed": "1"}
    assert clerk.post(at("add_objection", case), asked).status_code == 302
    with as_(case.referente):
        key = Objection.objects.get().pk
    assert clerk.post(at("lift_objection", case), {"objection": str(key)}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Choisissez une structure, un sujet, ou les deux."),
        ({"organization": "x"}, "Choisissez une structure de la liste."),
        ({"domain": "violences"}, "Choisissez un sujet de la liste."),
    ],
)
def test_an_objection_to_nothing_is_told(case: Case, asked: dict[str, str], said: str) -> None:
    answer = client_for(case.referente).post(at("add_objection", case), asked)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_an_objection_stands_once(case: Case) -> None:
    with as_(case.referente):
        record_objection(case.referente, case.person.pk, domain="sante")
        with pytest.raises(Impossible):
            record_objection(case.referente, case.person.pk, domain="sante")


@pytest.mark.parametrize(("kind", "seen"), [("rqth", False), ("aah", False), ("autre", True)])
def test_an_objection_by_domain_reaches_a_restricted_status_that_names_none(
    case: Case, intervenante: Actor, kind: str, seen: bool
) -> None:
    a_status(case.person, kind, label="Zq statut", level=Level.RESTRICTED)
    an_objection(case.person, domain="sante", organization=case.partner)
    page = client_for(intervenante).post(at("reveal", case))
    assert ("Zq statut" in text_of(page)) is seen
    assert "Zq statut" in text_of(client_for(case.referente).post(at("reveal", case)))


# Agreements


def test_an_agreement_leaves_out_the_structures_that_it_does_not_name(
    case: Case, intervenante: Actor
) -> None:
    other = an_actor(an_organization(case.territory, "Zq association"))
    a_follow_up(case.person, other)
    a_status(case.person)
    asked = {"organizations": [str(case.partner.pk)], "given": "on_the_spot"}
    hers = client_for(case.referente)
    assert hers.post(at("add_agreement", case), asked).status_code == 302
    assert "Bénéficiaire du RSA" in text_of(client_for(intervenante).get(at("identity", case)))
    assert "Bénéficiaire du RSA" not in text_of(client_for(other).get(at("identity", case)))
    with as_(case.referente):
        key = Agreement.objects.get().pk
    hers.post(at("withdraw_agreement", case), {"agreement": str(key)})
    assert "Bénéficiaire du RSA" in text_of(client_for(other).get(at("identity", case)))
    assert "Retiré" in text_of(hers.get(at("agreements", case)))


def test_a_signed_paper_is_kept_with_the_agreement(case: Case) -> None:
    url, client = at("add_agreement", case), client_for(case.referente)
    assert "une photo suffit" in text_of(client.post(url, {"given": "on_paper"}))
    refused = client.post(url, {"given": "on_paper", "scan": SimpleUploadedFile("a", b"PK\3\4")})
    assert "Enregistrez-le en PDF" in text_of(refused)
    scan = SimpleUploadedFile("a.jpg", a_photo())
    assert client.post(url, {"given": "on_paper", "scan": scan}).status_code == 302
    with as_(case.referente):
        document = Agreement.objects.get().document
        assert document
        assert (document.kind, document.level) == ("agreement", Level.SHARED)
        assert Document.objects.count() == 1
    assert reverse("people:document", args=[document.pk]) in text_of(
        client.get(at("agreements", case))
    )


def test_an_agreement_ends_after_today(case: Case) -> None:
    with as_(case.referente), pytest.raises(NotThatDay):
        record_agreement(
            case.referente, case.person.pk, NewAgreement("on_the_spot", ends_on=clock.today())
        )
    asked = {"given": "on_the_spot", "ends_on": "2020-01-01"}
    answer = client_for(case.referente).post(at("add_agreement", case), asked)
    assert "Choisissez un jour à venir." in text_of(answer)


def test_a_person_answers_by_their_link(case: Case, intervenante: Actor) -> None:
    for answer, recorded in (("refuse", 0), ("agree", 1)):
        with as_(case.referente):
            new = NewAgreement("by_code", ("mobilite",), (case.partner.pk,))
            sent = ask_agreement(case.referente, case.person.pk, new)
            assert Agreement.objects.count() == 0
        theirs = nobody()
        theirs.post(f"/lien/{sent.token}/")
        theirs.post("/lien/", {"code": sent.code})
        page = text_of(theirs.get("/votre-accord/"))
        assert case.partner.name in page
        assert "Mobilité" in page
        assert theirs.post("/votre-accord/", {}).status_code == 400
        assert "est noté" in text_of(theirs.post("/votre-accord/", {"answer": answer}))
        assert "déjà répondu" in text_of(theirs.get("/votre-accord/"))
        assert "déjà répondu" in text_of(theirs.post("/votre-accord/", {"answer": "agree"}))
        with as_(case.referente):
            assert Agreement.objects.count() == recorded
    with as_(case.referente):
        agreement, request = Agreement.objects.get(), AgreementRequest.objects.get(answer="agreed")
        assert (agreement.given, agreement.domains) == ("by_code", ["mobilite"])
        assert request.agreement == agreement
        shown = queries.asked_text(request)
        digest = hashlib.sha256("\n".join(shown).encode()).digest()
        assert bytes(request.digest) == digest
        event = Event.objects.get(kind="people.agreement_recorded", person=case.person.pk)
        content = disclose(event)
        assert content
        assert content.data["digest"] == digest.hex()
        assert content.data["channel"] == "link"
        with pytest.raises(Refused):
            answer_agreement(case.referente, case.person.pk, shown, agrees=True)


def test_a_sensitive_structure_is_named_to_the_referent_and_to_itself(
    case: Case, intervenante: Actor
) -> None:
    sensitive = an_organization(case.territory, "Zq foyer", sensitive=True)
    theirs = an_actor(sensitive)
    a_follow_up(case.person, theirs)
    an_agreement(case.person, organizations=[sensitive.pk, case.partner.pk])
    an_objection(case.person, domain="sante", organization=sensitive)
    for actor, named in ((case.referente, True), (theirs, True), (intervenante, False)):
        page = text_of(client_for(actor).get(at("agreements", case)))
        assert ("Zq foyer" in page) is named
    form = client_for(intervenante).get(at("add_agreement", case))
    assert "Zq foyer" not in text_of(form)


def test_the_history_is_read_by_those_who_share_the_file(case: Case) -> None:
    an_agreement(case.person, domains=["mobilite"])
    for role, seen in ((Role.CLERK, False), (Role.MANAGER, False)):
        page = text_of(client_for(an_actor(case.home, role)).get(at("agreements", case)))
        assert ("Mobilité" in page) is seen
    assert "Mobilité" in text_of(client_for(case.referente).get(at("agreements", case)))


# Information


def test_the_information_given_says_its_version_and_that_a_newer_one_exists(case: Case) -> None:
    client = client_for(case.referente)
    assert client.post(at("record_information", case), {"how": "handed"}).status_code == 302
    page = text_of(client.get(at("agreements", case)))
    assert f"Version {current().version}" in page
    assert "plus récente" not in page
    with as_(case.referente):
        Event.objects.get(kind="people.information_given", person=case.person.pk)
        InformationGiven.objects.update(version="2026-06")
    assert "Une version plus récente existe" in text_of(client.get(at("agreements", case)))
    assert client.post(at("record_information", case), {"how": "x"}).status_code == 422


@pytest.mark.django_db
def test_the_notice_is_read_and_printed_by_version() -> None:
    for version in notices():
        page = text_of(nobody().get(reverse("people:notice", args=[version])))
        assert ("plus récente" in page) is (version != current().version)
        printed = nobody().get(reverse("people:notice_pdf", args=[version]))
        assert printed.content.startswith(b"%PDF")
    for said in ("L. 263-4-1", "Deux ans", "opposer", "CNIL", "Qui peut lire"):
        assert said in text_of(nobody().get(reverse("people:current_notice")))
    assert nobody().get(reverse("people:notice", args=["1999"])).status_code == 404


# Attention


@pytest.mark.parametrize(
    ("days", "values", "listed"),
    [
        (30, {}, True),
        (31, {}, False),
        (1, {}, True),
        (0, {}, False),
        (10, {"withdrawn_on": date(2020, 1, 1)}, False),
    ],
)
def test_an_agreement_that_ends_soon_is_not_forgotten(
    case: Case, days: int, values: dict[str, Any], listed: bool
) -> None:
    ends_on = clock.today() + timedelta(days=days)
    an_agreement(case.person, ends_on=ends_on, **values)
    with as_(case.referente):
        rows = RULES["agreement_ending"].rows(clock.today(), case.territory.pk)
        assert rows.filter(person=case.person.pk).exists() is listed
    names = {rule.name for rule, _ in to_unblock(clock.today(), case.territory.pk)}
    assert "agreement_ending" not in names, "it gives the coordinator nothing to read"


# Words


def test_lists_are_said_in_french() -> None:
    assert [rules.listed(names) for names in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
        "",
        "A",
        "A et B",
        "A, B et C",
    ]


def test_states_follow_the_dates() -> None:
    day = date(2026, 3, 2)
    states = [
        rules.agreement_state(ends_on, withdrawn_on, day)
        for ends_on, withdrawn_on in (
            (None, None),
            (day, None),
            (None, day),
            (day + timedelta(days=1), None),
        )
    ]
    assert states == ["in_force", "ended", "withdrawn", "in_force"]
    assert [rules.objection_state(on) for on in (None, day)] == ["in_force", "lifted"]


def test_an_act_on_another_person_s_row_is_refused(case: Case) -> None:
    other = an_objection(case.person, domain="sante")
    with as_(case.referente), pytest.raises(Impossible):
        lift_objection(case.referente, case.person.pk, case.home.pk)
    with as_(case.referente):
        assert Objection.objects.get(pk=other.pk).lifted_on is None
