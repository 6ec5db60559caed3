"""What the database refuses, whoever asks, with words for the screen."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from jalons.accounts.models import Account
from jalons.kernel import clock
from jalons.people.models import Agreement, Entry, FollowUp, Objection, Person, Status
from jalons.territories.models import Mandate, Organization
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_status,
    an_agreement,
    an_entry,
    an_objection,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def refused(name: str) -> Any:
    return pytest.raises(IntegrityError, match=name)


def ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def test_one_active_referent(case: Case) -> None:
    with refused("one_active_referent"), transaction.atomic():
        a_follow_up(case.person, case.collegue, "referent")
    a_follow_up(case.person, case.collegue, "referent", ends_on=ago(1))


def test_one_follow_up_of_a_kind(case: Case) -> None:
    a_follow_up(case.person, case.partenaire)
    with refused("follow_up_once"), transaction.atomic():
        a_follow_up(case.person, case.partenaire)
    a_follow_up(case.person, case.partenaire, "co_referent")


def test_a_follow_up_ends_after_its_start(case: Case) -> None:
    a_follow_up(case.person, case.collegue, starts_on=ago(1), ends_on=ago(1))
    with refused("follow_up_dates"), transaction.atomic():
        a_follow_up(case.person, case.collegue, starts_on=ago(1), ends_on=ago(2))


def test_an_agreement_ends_after_its_start(case: Case) -> None:
    with refused("agreement_dates"), transaction.atomic():
        an_agreement(case.person, starts_on=ago(1), ends_on=ago(1))


def test_an_objection_is_to_something(case: Case) -> None:
    with refused("objection_to_something"), transaction.atomic():
        an_objection(case.person)


def test_a_status_ends_after_its_start_and_a_seal_has_a_domain(case: Case) -> None:
    with refused("status_dates"), transaction.atomic():
        a_status(case.person, starts_on=ago(1), ends_on=ago(1))
    with pytest.raises(DatabaseError), transaction.atomic():
        a_status(case.person, level="sealed", domain="")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"assigned_on": ago(4), "assigned_to_id": None}, "entry_assigned"),
        ({"assigned_on": None, "first_interview_on": ago(1)}, "entry_interview_after_assigned"),
        ({"closed_on": ago(1)}, "entry_closed_with_motive"),
        ({"close_motive": "autre"}, "entry_closed_with_motive"),
    ],
)
def test_the_dates_of_an_entry(case: Case, values: dict[str, Any], name: str) -> None:
    with refused(name), transaction.atomic():
        an_entry(case.person, case.partner.pk, **values)


@pytest.mark.parametrize("year", [1899, 2100])
def test_a_possible_birth_date(case: Case, year: int) -> None:
    with within(case.territory.pk), refused("person_birth_date_possible"), transaction.atomic():
        Person.objects.filter(pk=case.person.pk).update(birth_date=date(year, 1, 1))


@pytest.mark.parametrize(
    "model", [Agreement, Entry, FollowUp, Objection, Person, Status, Mandate, Organization, Account]
)
def test_every_constraint_that_a_form_may_meet_has_french_words(model: Any) -> None:
    for constraint in model._meta.constraints:
        assert constraint.violation_error_message.endswith("."), constraint.name
        assert "Constraint" not in constraint.violation_error_message
        assert "est pas respectée" not in constraint.violation_error_message


def test_the_words_reach_whoever_validates(case: Case) -> None:
    with within(case.territory.pk):
        objection = Objection(territory=case.territory, person=case.person, starts_on=ago(1))
        with pytest.raises(ValidationError, match="Choisissez une structure ou un domaine"):
            objection.validate_constraints()
