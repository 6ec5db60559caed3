"""A request that led to nobody is destroyed on its day; somebody's follows their file."""

from collections.abc import Callable
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from jalons.access.actor import system
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.people.intakes.actions.receive import receive_intake
from jalons.people.intakes.actions.settle import set_intake_aside, take_intake
from jalons.people.intakes.said import Said
from jalons.people.models import Intake
from jalons.people.models.entry import Origin
from jalons.rights.retention.rules import months_after
from tests.worlds import a_case, a_setting, within


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_six_months_end_on_the_same_day_else_the_last(day: date, last: date) -> None:
    assert months_after(day, 6) == last


@pytest.mark.django_db(transaction=True, databases=["default", "whole"])
def test_a_request_that_led_to_nobody_is_destroyed_on_its_day(
    clock_at: Callable[[datetime], None], tmp_path: Path, settings: Any
) -> None:
    """The dry run says what the real one does; what became somebody's is left alone."""
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"

    def at(day: date) -> None:
        clock_at(timezone.make_aware(datetime.combine(day, time(12))))

    at(date(2026, 8, 31))
    case = a_case()
    territory, dispatcher = case.territory.pk, case.others[Role.DISPATCHER]
    with within(territory, account=dispatcher.account):
        waiting, aside, taken = (
            receive_intake(system(territory), Said("Haddad", "Leïla"), origin=Origin.SELF).pk
            for _ in range(3)
        )
        set_intake_aside(dispatcher, aside, "unreachable")
        take_intake(dispatcher, taken, case.person.pk)

    def run(*options: str) -> list[str]:
        output = StringIO()
        call_command("retention", *options, stdout=output)
        return output.getvalue().splitlines()

    def kept() -> set[Any]:
        return set(Intake.objects.using("whole").values_list("pk", flat=True))

    at(date(2026, 9, 30))
    assert run() == []
    at(date(2026, 10, 1))
    said = run("--dry-run")
    assert said == [f"détruire la demande {aside} territoire {territory} depuis le 2026-10-01"]
    assert kept() == {waiting, aside, taken}
    assert run() == said
    assert kept() == {waiting, taken}
    at(date(2027, 2, 28))
    assert run() == []
    at(date(2027, 3, 1))
    assert len(run()) == 1
    assert kept() == {taken}
    events = Event.objects.using("whole").filter(kind="rights.intake_destroyed")
    assert [(each.object_key, each.person) for each in events.order_by("position")] == [
        (aside, None),
        (waiting, None),
    ]
    with within(territory):
        receive_intake(system(territory), Said("Haddad", "Leïla"), origin=Origin.SELF)
    a_setting(case.territory, "retention.intake_months", 1, starts_on=date(2027, 3, 1))
    at(date(2027, 4, 2))
    assert len(run()) == 1
