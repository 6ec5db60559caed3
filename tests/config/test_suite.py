"""The suite's own promises."""

import os
import warnings
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.template import engines
from django.utils import translation

from jalons.kernel import clock


def _keys(length: int = 20) -> list[int]:
    return [row.pk for row in ContentType.objects.order_by()[:length]]


@pytest.mark.django_db
def test_unordered_rows_come_back_in_another_order() -> None:
    assert len({tuple(_keys()) for _ in range(10)}) > 1
    ordered = [row.pk for row in ContentType.objects.order_by("pk")]
    assert ordered == sorted(ordered)


@pytest.mark.django_db
def test_unordered_iteration_is_shuffled_too() -> None:
    unordered = ContentType.objects.order_by()
    assert len({tuple(row.pk for row in unordered.iterator()) for _ in range(10)}) > 1


@pytest.mark.django_db
def test_an_ordinary_test_has_the_application_role_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db(databases=["default", "migrator", "whole"])
def test_the_three_roles_share_one_clone() -> None:
    seen = set()
    for alias in ("default", "migrator", "whole"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_database(), current_user")
            seen.add(cursor.fetchone())
    assert len({database for database, _ in seen}) == 1
    assert len({user for _, user in seen}) == 3


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_at_the_next(turn: int) -> None:
    assert not ContentType.objects.filter(app_label="committed").exists()
    ContentType.objects.create(app_label="committed", model="row")


def test_an_undefined_template_variable_fails() -> None:
    template = engines["django"].from_string("{{ nothing_of_this_name }}")
    with pytest.raises(pytest.fail.Exception, match="nothing_of_this_name"):
        template.render({})


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_the_clock_stops_where_it_is_told(clock_at: Callable[[datetime], None]) -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    clock_at(moment)
    assert clock.now() == moment
    clock_at(moment.replace(hour=13))
    assert clock.now().hour == 13


def test_the_language_is_french() -> None:
    assert translation.get_language() == "fr"


@pytest.mark.xdist_group("together")
def test_a_group_is_given_to_one_worker(request: pytest.FixtureRequest) -> None:
    """pytest-xdist says so in the test's name; a version that forgets it mixes what must not be."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("no workers")
    assert request.node.nodeid.endswith("@together")
