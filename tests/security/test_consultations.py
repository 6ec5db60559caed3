"""Row 10: each read writes one row, refusals too; what cannot be written is not shown."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from jalons.access.models import Consultation
from jalons.journal import events
from jalons.kernel import clock
from jalons.people.models import FollowUp, Person
from jalons.territories.models import Organization
from tests.clients import PURPOSE, client_for, nobody
from tests.security.addresses import addresses
from tests.security.cast import Cast, a_cast
from tests.security.house import taken_back
from tests.worlds import a_follow_up, a_person, an_entry, within

READ_BY_THE_REFERENTE = {
    ("GET", "people:identity"): ("read", "identity", "follows"),
    ("GET", "people:masked"): ("read", "masked", "in_consortium"),
    ("GET", "access:why"): ("read", "identity", "follows"),
    ("GET", "access:break_glass"): ("read", "masked", "in_consortium"),
    ("POST", "access:break_glass"): ("access.break_glass", "", "in_consortium"),
    ("GET", "people:ask_to_follow"): ("read", "masked", "in_consortium"),
    ("POST", "people:ask_to_follow"): ("people.ask_to_follow", "", "in_consortium"),
    ("POST", "people:reveal"): ("access.reveal", "restricted", "follows"),
    ("POST", "people:send_link"): ("people.send_link", "", "follows_to_write"),
    ("POST", "people:end_link"): ("people.send_link", "", "follows_to_write"),
    ("POST", "people:protect"): ("people.protect", "", "is_referent"),
    ("POST", "people:hide_address"): ("people.hide_address", "", "is_referent"),
    ("POST", "people:be_discreet"): ("people.be_discreet", "", "is_referent"),
    ("POST", "people:reveal_identifier"): ("read", "identity", "follows"),
    ("GET", "people:readers"): ("people.name_reader", "sealed", "is_referent"),
    ("POST", "people:readers"): ("people.name_reader", "sealed", "is_referent"),
    ("POST", "people:remove_reader"): ("people.name_reader", "sealed", "is_referent"),
    **{
        (verb, f"people:{page}"): (f"people.{act}", "", "follows_to_write")
        for act, pages in {
            "correct_identity": ("correct",),
            "change_contacts": ("add_contact", "change_contact"),
            "change_identifiers": ("add_identifier", "change_identifier"),
            "record_status": ("add_status",),
            "change_status": ("change_status", "end_status"),
        }.items()
        for page in pages
        for verb in ("GET", "POST")
    },
    ("GET", "pathways:pathway"): ("read", "shared", "follows"),
    **{
        (verb, f"pathways:{act}"): (
            "pathways.change_phase" if act == "phase" else f"pathways.{act}",
            "shared",
            "follows_to_write",
        )
        for act in (
            *("phase", "set_objective", "add_action", "add_step"),
            *("plan_step", "start_step", "end_step", "tell_blocker"),
        )
        for verb in ("GET", "POST")
    },
    **{
        ("POST", f"pathways:{act}"): (f"pathways.{act}", "shared", "follows_to_write")
        for act in (
            *("reach_objective", "abandon_objective"),
            *("finish_action", "abandon_action", "abandon_step"),
        )
    },
    ("POST", "people:say_without"): ("people.change_contacts", "", "follows_to_write"),
    ("POST", "people:confirm_status"): ("people.change_status", "", "follows_to_write"),
    ("POST", "people:companion"): ("read", "identity", "follows"),
    ("POST", "people:remove_contact"): ("people.change_contacts", "", "follows_to_write"),
    ("POST", "people:remove_identifier"): ("people.change_identifiers", "", "follows_to_write"),
    ("GET", "people:end_follow_up"): ("people.end_follow_up", "", "own_follow_up"),
    ("POST", "people:end_follow_up"): ("people.end_follow_up", "", "own_follow_up"),
    ("GET", "people:referent"): ("people.appoint_referent", "", "is_referent"),
    ("POST", "people:referent"): ("people.appoint_referent", "", "is_referent"),
    ("GET", "people:ask_reorientation"): ("people.ask_reorientation", "", "follows_to_write"),
    ("POST", "people:ask_reorientation"): ("people.ask_reorientation", "", "follows_to_write"),
    ("GET", "people:documents"): ("read", "identity", "follows"),
    ("POST", "people:reveal_documents"): ("access.reveal", "restricted", "follows"),
    ("GET", "people:add_document"): ("people.add_document", "", "follows_to_write"),
    ("POST", "people:add_document"): ("people.add_document", "", "follows_to_write"),
    ("GET", "people:agreements"): ("read", "identity", "follows"),
    ("POST", "people:record_information"): ("people.record_information", "", "follows_to_write"),
    ("GET", "people:add_agreement"): ("people.record_agreement", "", "follows_to_write"),
    ("POST", "people:add_agreement"): ("people.record_agreement", "", "follows_to_write"),
    ("POST", "people:withdraw_agreement"): ("people.withdraw_agreement", "", "follows_to_write"),
    ("GET", "people:add_objection"): ("people.record_objection", "", "follows_to_write"),
    ("POST", "people:add_objection"): ("people.record_objection", "", "follows_to_write"),
    ("POST", "people:lift_objection"): ("people.lift_objection", "", "is_referent"),
    ("GET", "rights:person"): ("rights.record_request", "", "is_referent"),
    ("POST", "rights:person"): ("rights.record_request", "", "is_referent"),
    ("POST", "rights:export"): ("rights.export_file", "", "is_referent"),
    ("GET", "rights:consultations"): ("rights.read_consultations", "", "is_referent"),
    ("POST", "rights:consultations_export"): ("rights.read_consultations", "", "is_referent"),
}
"""Verb and address → act, level and relation that the consultation says."""

READ_BY_THE_OFFICER = {
    ("POST", "rights:erase"): ("rights.erase", "", "protects_data"),
    ("POST", "rights:hold"): ("rights.hold", "", "protects_data"),
    ("POST", "rights:reopen"): ("rights.reopen", "", "protects_data"),
}
READ_ALONE = READ_BY_THE_REFERENTE | READ_BY_THE_OFFICER

READ_BY_THE_DISPATCHER = {
    ("GET", "people:entry"): ("people.read_entry", "shared", "open_entry"),
    ("POST", "people:entry"): ("people.assign_entry", "", "open_entry"),
    ("GET", "people:close_entry"): ("people.close_entry", "", "open_entry"),
    ("POST", "people:close_entry"): ("people.close_entry", "", "open_entry"),
}
"""The same, of somebody who waits."""

WITH_AN_ENTRY = {("GET", "people:interview"), ("POST", "people:interview")}
"""What the référente is shown once an entry of the person is hers to meet."""

LISTED_TO_ACT = {
    ("GET", "people:entries"): ("people.read_entry", "identity", {"received", "blocked"}),
    ("POST", "people:entries_export"): (
        "people.read_entry",
        "identity",
        {"received", "blocked"},
    ),
    ("POST", "people:distribute"): ("people.assign_entry", "", set()),
    ("GET", "people:distribute"): ("people.assign_entry", "", None),
    ("GET", "people:confirm_distribution"): ("people.assign_entry", "", None),
    ("GET", "people:confirm_relay"): ("people.hand_over", "", None),
    ("POST", "people:confirm_distribution"): ("people.assign_entry", "", None),
    ("GET", "people:relay"): ("people.hand_over", "", set()),
    ("GET", "people:quality"): ("people.see_unreachable", "identity", set()),
    ("POST", "people:quality_export"): ("people.see_unreachable", "identity", set()),
    ("POST", "people:confirm_relay"): ("people.hand_over", "", None),
}
"""Lists to act on: act, level, who is listed (None: the answer leads elsewhere)."""

SHOWN = dict.fromkeys(
    [("GET", f"people:{name}") for name in ("identity", "documents", "agreements")], "shared"
) | {("GET", "people:masked"): "identity", ("POST", "people:companion"): "shared"}
"""Where the référente is shown more than what was asked."""

LISTED = {
    ("GET", "desk:caseload"): {},
    ("POST", "desk:caseload_export"): PURPOSE | {"format": "csv"},
}
FOUND = {
    ("GET", "people:found"),
    ("GET", "rights:archives"),
    ("GET", "exchange:differences"),
    ("GET", "exchange:doubtful"),
}
"""Lists of another kind: tests of the front door, of rights, of exchange say what they write."""
FORM = {"reason": "La personne attend à l’accueil, sans solution", "protected": "1"}
FORM |= {"format": "csv", "kind": "access", "channel": "letter", "received_on": "2020-01-01"}
FORM |= {"without": "1"}
FORM |= {"hidden": "1", "discreet": "1", "end_reason": "moved"}
ANSWERED = {"people:remove_reader": {404}, "people:companion": {404}}
"""What the référente is answered, when it is neither a page, a redirection nor her form again."""


@pytest.fixture
def cast(db: None) -> Cast:
    return a_cast()


def rows(cast: Cast, *more: int) -> list[Consultation]:
    with within(cast.territory.pk, *more):
        return list(Consultation.objects.order_by("at", "id"))


def ask(
    client: Client, verb: str, name: str, data: dict[str, str] | None = None, **keys: Any
) -> Any:
    address = next(address for address in addresses() if address.name == name)
    response = getattr(client, verb.lower())(address.url(**keys), data or {})
    if response.streaming:
        response.getvalue()
    return response


def said(row: Consultation) -> tuple[str, str, str]:
    return row.act, row.level, row.reason


def test_every_address_about_a_person_is_tested_here() -> None:
    about_persons = {
        (verb, address.name)
        for address in addresses()
        for verb, line in (address.lines or {}).items()
        if verb != "HEAD" and line.kind in ("person", "follow_up") and line.audience == "policy"
    }
    others = set(READ_BY_THE_DISPATCHER) | WITH_AN_ENTRY | set(LISTED_TO_ACT)
    assert about_persons == set(READ_ALONE) | set(LISTED) | FOUND | others


def test_a_read_of_an_entry_writes_one_row(cast: Cast) -> None:
    client = client_for(cast.actors["orientation"])
    for (verb, name), expected in READ_BY_THE_DISPATCHER.items():
        with taken_back():
            answer = ask(client, verb, name, FORM, person=cast.received.pk)
            assert answer.status_code in (200, 302, 422), name
            (row,) = rows(cast)
            assert said(row) == expected
            assert (row.person, row.refused) == (cast.received.pk, False)


@pytest.mark.parametrize(("verb", "name"), WITH_AN_ENTRY)
def test_a_first_interview_writes_one_row(cast: Cast, verb: str, name: str) -> None:
    referente = cast.actors["référente"]
    home = Organization.objects.get(pk__in=[referente.organization])
    an_entry(cast.followed, home.pk, assigned_to=home, assigned_on=clock.today())
    answer = ask(client_for(referente), verb, name, FORM, person=cast.followed.pk)
    assert answer.status_code in (200, 302, 422)
    (row,) = rows(cast)
    assert said(row) == ("people.hold_first_interview", "", "follows_to_write")


@pytest.mark.parametrize(("verb", "name"), LISTED_TO_ACT)
def test_a_list_to_act_on_writes_one_row(cast: Cast, verb: str, name: str) -> None:
    act, level, listed = LISTED_TO_ACT[verb, name]
    visitor = "référente" if act == "people.hand_over" else "orientation"
    data = PURPOSE | {"format": "csv", "etat": "toutes", "orientation_type": "social"}
    assert ask(client_for(cast.actors[visitor]), verb, name, data).status_code < 500
    found = rows(cast)
    if listed is None:
        assert found == []
        return
    (row,) = found
    assert said(row) == (act, level, "list")
    assert set(row.listed or ()) == {cast.persons[each].pk for each in listed}


def test_a_refused_act_writes_one_row(cast: Cast) -> None:
    client = client_for(cast.actors["pilotage"])
    for verb, name in [*READ_BY_THE_DISPATCHER, *LISTED_TO_ACT]:
        with taken_back():
            keys = {} if (verb, name) in LISTED_TO_ACT else {"person": cast.received.pk}
            assert ask(client, verb, name, FORM, **keys).status_code == 404, name
            (row,) = rows(cast)
            assert row.refused


def test_a_read_writes_one_row(cast: Cast) -> None:
    readers = [cast.actors[name] for name in ("référente", "protection des données")]
    clients = list(map(client_for, readers))
    for verb, name in READ_ALONE:
        with taken_back():
            rank = 0 if (verb, name) in READ_BY_THE_REFERENTE else 1
            reader = readers[rank]
            response = ask(clients[rank], verb, name, FORM, **cast.keys)
            assert response.status_code in ANSWERED.get(name, {200, 302, 422}), name
            (row,) = rows(cast)
            act, level, relation = READ_ALONE[verb, name]
            assert said(row) == (act, SHOWN.get((verb, name), level), relation)
            assert (row.page, row.refused, row.listed) == (name, False, None)
            assert row.person == cast.followed.pk
            who = (row.account, row.mandate, row.organization, row.territory)
            assert who == (
                reader.account,
                reader.mandate,
                reader.organization,
                reader.territory,
            )


def test_a_refusal_writes_one_row(cast: Cast) -> None:
    pilotage = cast.actors["pilotage"]
    client = client_for(pilotage)
    for verb, name in READ_ALONE:
        with taken_back():
            assert ask(client, verb, name, FORM, **cast.keys).status_code == 404, name
            (row,) = rows(cast)
            act, level, _ = READ_ALONE[verb, name]
            assert said(row) == (act, level, "")
            assert (row.page, row.refused, row.account) == (name, True, pilotage.account)
            assert row.person == cast.followed.pk


def test_the_archives_name_those_they_show_and_no_one_to_others(cast: Cast) -> None:
    with within(cast.territory.pk):
        events.append("rights.file_archived", territory=cast.territory.pk)
        Person.objects.filter(pk=cast.received.pk).update(archived_at=clock.now())
    for name in ("protection des données", "référente"):
        ask(client_for(cast.actors[name]), "GET", "rights:archives")
    shown, refused = rows(cast)
    assert said(shown) == ("rights.reopen", "masked", "list")
    assert shown.listed == [cast.received.pk]
    assert said(refused) == ("rights.reopen", "masked", "")
    assert (refused.refused, refused.listed) == (True, None)


def test_a_proposed_correction_is_about_its_person(cast: Cast) -> None:
    ask(client_for(cast.actors["référente"]), "GET", "people:change", None, **cast.keys)
    (row,) = rows(cast)
    assert said(row) == ("people.accept_change", "", "change_to_referent")
    assert row.person == cast.followed.pk


def test_the_row_says_the_level_that_was_shown(cast: Cast) -> None:
    for name, level in (("intervenante en lecture", "shared"), ("responsable", "identity")):
        ask(client_for(cast.actors[name]), "GET", "people:identity", person=cast.followed.pk)
        assert rows(cast)[-1].level == level, name


def test_a_stranger_s_attempt_is_kept_in_their_territory(cast: Cast) -> None:
    stranger = cast.actors["étrangère"]
    assert stranger.territory
    for person in (cast.followed.pk, uuid4()):
        response = ask(client_for(stranger), "GET", "people:identity", person=person)
        assert response.status_code == 404
        row = rows(cast, stranger.territory)[-1]
        assert (row.person, row.refused, row.territory) == (person, True, stranger.territory)


@pytest.mark.parametrize(("verb", "name"), LISTED)
def test_a_list_writes_one_row_that_names_everybody_shown(cast: Cast, verb: str, name: str) -> None:
    client = client_for(cast.actors["référente"])
    assert ask(client, verb, name, LISTED[verb, name]).status_code == 200
    (row,) = rows(cast)
    assert said(row) == ("read", "identity", "list")
    assert (row.page, row.refused, row.person) == (name, False, None)
    assert set(row.listed or ()) == {cast.followed.pk, cast.protected.pk}


@pytest.mark.parametrize(("verb", "name"), LISTED)
def test_a_refused_list_writes_one_row(cast: Cast, verb: str, name: str) -> None:
    client = client_for(cast.actors["pilotage"])
    assert ask(client, verb, name, LISTED[verb, name]).status_code == 404
    (row,) = rows(cast)
    assert said(row) == ("read", "identity", "")
    assert (row.page, row.refused, row.person, row.listed) == (name, True, None, None)


def test_an_empty_list_is_a_read_too(cast: Cast) -> None:
    assert ask(client_for(cast.actors["partenaire"]), "GET", "desk:caseload").status_code == 200
    (row,) = rows(cast)
    assert row.listed == []


def test_a_page_of_a_list_names_that_page_only(cast: Cast) -> None:
    referente = cast.actors["référente"]
    for _ in range(21):
        a_follow_up(a_person(cast.territory), referente)
    client = client_for(referente)
    first = ask(client, "GET", "desk:caseload")
    ask(client, "GET", "desk:caseload", {"page": first.context["page"].next})
    ask(client, "POST", "desk:caseload_export", PURPOSE | {"format": "csv"})
    shown = [set(row.listed or ()) for row in rows(cast)]
    assert [len(page) for page in shown] == [20, 3, 23]
    assert shown[0] | shown[1] == shown[2]
    assert not shown[0] & shown[1]


def test_a_head_is_a_read(cast: Cast) -> None:
    client = client_for(cast.actors["référente"])
    assert client.head(f"/personnes/{cast.followed.pk}/").status_code == 200
    assert [row.refused for row in rows(cast)] == [False]


def test_a_verb_that_does_not_exist_reads_nothing(cast: Cast) -> None:
    client = client_for(cast.actors["référente"])
    assert client.put(f"/personnes/{cast.followed.pk}/").status_code == 405
    assert rows(cast) == []


@pytest.mark.parametrize("path", ["/", "/structures/", "/mon-compte/", "/alertes/"])
def test_a_page_about_nobody_writes_nothing(cast: Cast, path: str) -> None:
    client_for(cast.actors["référente"]).get(path)
    assert rows(cast) == []


def test_nobody_reads_nothing(cast: Cast) -> None:
    nobody().get(f"/personnes/{cast.followed.pk}/")
    assert rows(cast) == []


# Real transactions: the log is made unwritable by the owner of the tables.


@pytest.fixture
def unwritable(transactional_db: None) -> Cast:
    cast = a_cast(family_name="Introuvable")
    with connections["migrator"].cursor() as cursor:
        cursor.execute(
            "REVOKE INSERT ON consultations.consultation FROM"
            f' "{connections["default"].settings_dict["USER"]}"'
        )
    return cast


def follow_up_is_open(cast: Cast) -> bool:
    with within(cast.territory.pk):
        return FollowUp.objects.filter(pk=cast.follow_up.pk, ends_on=None).exists()


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_without_a_log_nothing_is_shown_nor_done(unwritable: Cast) -> None:
    cast = unwritable
    keys = cast.keys
    for name in ("référente", "pilotage"):
        client = client_for(cast.actors[name])
        for verb, route in READ_BY_THE_REFERENTE:
            response = ask(client, verb, route, FORM, **keys)
            assert response.status_code == 503, (name, route)
            assert "Introuvable" not in response.content.decode()
        for (verb, route), data in LISTED.items():
            response = ask(client, verb, route, data)
            assert response.status_code == 503, (name, route)
            assert "Introuvable" not in response.content.decode()
    assert follow_up_is_open(cast)
    with within(cast.territory.pk):
        assert Person.objects.get(pk=cast.followed.pk).protected is False


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_committed() -> None:
    cast = a_cast()
    client = client_for(cast.actors["pilotage"])
    assert ask(client, "GET", "people:identity", person=cast.followed.pk).status_code == 404
    assert [row.refused for row in rows(cast)] == [True]


@pytest.mark.django_db(transaction=True, databases=["default", "whole"])
def test_somebody_without_mandate_is_recorded_too() -> None:
    """In no territory: the whole-file role alone reads the row."""
    cast = a_cast()
    without = cast.actors["sans mandat"]
    response = ask(client_for(without), "GET", "people:identity", person=cast.followed.pk)
    assert response.status_code == 404
    assert rows(cast) == []
    row = Consultation.objects.using("whole").get()
    assert (row.account, row.territory, row.refused) == (without.account, None, True)
