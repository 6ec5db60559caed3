"""The month to answer, and what calls before its end."""

from datetime import date, timedelta

import pytest

from jalons.access.decisions import Refused
from jalons.attention.rules import RULES
from jalons.kernel import clock
from jalons.rights.models import RightsRequest
from jalons.rights.requests.actions import Answered, Asked, answer_request, record_request
from jalons.rights.requests.rules import due_day, request_state
from tests.worlds import Case, a_case, an_actor, within


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2026, 2, 28), date(2026, 3, 28)),
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_an_answer_is_due_a_month_later(received: date, due: date) -> None:
    assert due_day(received) == due


def test_a_request_is_answered_once_it_has_a_day() -> None:
    assert request_state(None) == "received"
    assert request_state(date(2026, 1, 1)) == "answered"


@pytest.mark.django_db
def test_what_waits_calls_and_what_is_answered_does_not() -> None:
    case, today = a_case(), clock.today()
    for days in (20, 21):
        _asked(case, today - timedelta(days=days))
    assert _late(case, today) == [today - timedelta(days=21)]
    officer = an_actor(case.home, data_protection_from=today)
    with within(case.territory.pk, account=officer.account):
        oldest = RightsRequest.objects.order_by("received_on").first()
        assert oldest
        answer_request(officer, oldest.pk, Answered("granted", "Fait"))
    assert _late(case, today) == []
    assert _late(case, today + timedelta(days=1)) == [today - timedelta(days=20)]


@pytest.mark.django_db
def test_a_colleague_records_nothing() -> None:
    case = a_case()
    asked = Asked("access", "letter", clock.today())
    with within(case.territory.pk, account=case.collegue.account), pytest.raises(Refused):
        record_request(case.collegue, case.person.pk, asked)


def _asked(case: Case, day: date) -> None:
    with within(case.territory.pk, account=case.referente.account):
        record_request(case.referente, case.person.pk, Asked("access", "letter", day))


def _late(case: Case, day: date) -> list[date]:
    with within(case.territory.pk):
        rows = RULES["request_due"].rows(day, case.territory.pk)
        return [row.received_on for row in rows.order_by("received_on")]
