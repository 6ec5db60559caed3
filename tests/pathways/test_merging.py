"""Two files made one have one pathway, and each its own again when the merge is undone."""

from datetime import date, timedelta

import pytest

from jalons.journal import events
from jalons.kernel import clock
from jalons.pathways.models import Pathway, Step
from jalons.pathways.own_data import carry
from jalons.people.merging.moving import Moving, put_back
from jalons.people.models import Person
from tests.pathways.given import a_pathway, a_step, an_action, an_objective
from tests.worlds import Case, a_case, a_person, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def a_full_pathway(person: Person, days: int) -> Pathway:
    pathway = a_pathway(person, opened_on=ago(days))
    an_action(pathway, objective=an_objective(pathway))
    a_step(pathway, previous=a_step(pathway))
    return pathway


def said(territory: int) -> list[tuple[object, ...]]:
    """Every pathway and what it holds."""
    with within(territory):
        return [
            (
                row.pk,
                row.person_id,
                row.opened_on,
                row.ended_on,
                *(part.count() for part in (row.objectives, row.actions, row.steps)),
            )
            for row in Pathway.objects.order_by("pk")
        ]


def made_one(kept: Person, absorbed: Person) -> Moving:
    moving = Moving("default", kept.pk, absorbed.pk, clock.today())
    with within(kept.territory_id):
        events.append("people.files_merged", territory=kept.territory_id)
        carry(moving)
    return moving


def undone(moving: Moving, territory: int) -> None:
    with within(territory):
        events.append("people.merge_undone", territory=territory)
        paths = {"pathways.Pathway": "person"}
        put_back(moving.record, paths, moving.kept, moving.absorbed, "default")


def test_the_kept_file_s_pathway_goes_on_with_the_parts_of_both(case: Case) -> None:
    kept, other = case.person, a_person(case.territory)
    ours, theirs = a_full_pathway(kept, 10), a_full_pathway(other, 40)
    before = said(case.territory.pk)
    moving = made_one(kept, other)
    assert said(case.territory.pk) == [
        (ours.pk, kept.pk, ago(40), None, 2, 2, 4),
        (theirs.pk, kept.pk, ago(40), clock.today(), 0, 0, 0),
    ]
    undone(moving, case.territory.pk)
    assert said(case.territory.pk) == before


def test_the_only_pathway_goes_to_the_kept_file_whole(case: Case) -> None:
    kept, other = case.person, a_person(case.territory)
    theirs = a_full_pathway(other, 40)
    before = said(case.territory.pk)
    moving = made_one(kept, other)
    assert said(case.territory.pk) == [(theirs.pk, kept.pk, ago(40), None, 1, 1, 2)]
    with within(case.territory.pk):
        assert Step.objects.filter(pathway__person=kept).count() == 2
    undone(moving, case.territory.pk)
    assert said(case.territory.pk) == before
