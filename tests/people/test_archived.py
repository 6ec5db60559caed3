"""What hangs on a file archived, or made one with another, is out of sight with it."""

from collections.abc import Callable
from typing import Any

import pytest

from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.journal import events
from jalons.kernel import clock
from jalons.people.documents.facts import load_document
from jalons.people.front_door.relations import load_request
from jalons.people.front_door.workflow import ACCEPT
from jalons.people.identity.proposals import load_change
from jalons.people.merging.facts import load_merge
from jalons.people.models import FollowRequest, Person, Reorientation
from jalons.people.pairs.facts import load_pair
from jalons.people.reorientations.facts import load_reorientation
from tests.worlds import (
    Case,
    a_case,
    a_document,
    a_merge,
    a_pair,
    a_person,
    a_proposed_change,
    an_entry,
    within,
)

pytestmark = pytest.mark.django_db


def a_follow_request(case: Case) -> Any:
    entry = an_entry(case.person, case.partner.pk, opened_on=None)
    with within(case.territory.pk):
        events.append("people.follow_requested", territory=case.territory.pk)
        return FollowRequest.objects.create(
            territory=case.territory,
            person=case.person,
            entry=entry,
            account_id=case.partenaire.account or "",
            organization=case.partner,
            role="practitioner",
            reason="Je l’ai rencontrée",
            typed=b"",
        )


def a_reorientation(case: Case) -> Any:
    with within(case.territory.pk):
        events.append("people.reorientation_asked", territory=case.territory.pk)
        return Reorientation.objects.create(
            territory=case.territory,
            person=case.person,
            account_id=case.referente.account or "",
            organization=case.home,
            motive="other",
            asked_on=clock.today(),
        )


KINDS: dict[str, tuple[Callable[[Case], Any], Callable[..., Any], str, Level | None]] = {
    "document": (
        lambda case: a_document(case.person, case.referente),
        load_document,
        READ,
        Level.SHARED,
    ),
    "proposed_change": (
        lambda case: a_proposed_change(case.person, case.partenaire, birth_name="Autre"),
        load_change,
        "people.accept_change",
        None,
    ),
    "follow_request": (a_follow_request, load_request, ACCEPT, None),
    "pair": (
        lambda case: a_pair(case.person, a_person(case.territory)),
        load_pair,
        READ,
        Level.MASKED,
    ),
    "merge": (
        lambda case: a_merge(case.person, a_person(case.territory), case.referente),
        load_merge,
        READ,
        Level.IDENTITY,
    ),
    "reorientation": (
        a_reorientation,
        load_reorientation,
        "people.withdraw_reorientation",
        None,
    ),
}


@pytest.mark.parametrize("way", ["archived_at", "merged_into"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_file_put_away_is_in_sight(kind: str, way: str) -> None:
    make, load, act, level = KINDS[kind]
    case = a_case()
    row = make(case)
    actor = case.referente

    def seen() -> tuple[bool, bool]:
        with within(case.territory.pk, account=actor.account):
            facts = load(row.pk, clock.now())
            found = type(row).objects.filter(visible_to(actor, kind, level, act=act))
            return bool(facts and decide(actor, act, facts, level)), found.exists()

    assert seen() == (True, True)
    with within(case.territory.pk):
        events.append("rights.file_archived", territory=case.territory.pk)
        value = clock.now() if way == "archived_at" else a_person(case.territory)
        Person.objects.filter(pk=case.person.pk).update(**{way: value})
    assert seen() == (False, False)
