"""A prepared query answers what its queryset answers, whatever values it was made of."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from jalons.kernel import clock
from jalons.kernel.prepared import Prepared, among
from jalons.territories.models import Mandate, Organization
from tests.worlds import a_mandate, a_territory, an_organization

pytestmark = pytest.mark.django_db


def begun(account: UUID, day: date) -> "QuerySet[Mandate]":
    week = day - timedelta(days=7)
    in_force = Q(ends_on=None) | Q(ends_on__gt=day)
    found = Mandate.objects.filter(in_force, account=account, starts_on__lte=week)
    return found.select_related("account", "organization").annotate(seven=Value(7)).order_by("pk")


def test_other_values_get_their_own_rows() -> None:
    today, place = clock.today(), an_organization(a_territory())
    old = [a_mandate(place, starts_on=today - timedelta(days=days)) for days in (7, 30)]
    young = a_mandate(place, starts_on=today - timedelta(days=6))
    prepared = Prepared(begun)
    assert prepared.rows(uuid4(), today) == []
    for mandate in (*old, young):
        for day in (today, today + timedelta(days=1), today - timedelta(days=100)):
            account = mandate.account_id
            assert prepared.rows(account, day) == list(begun(account, day))
    assert prepared.rows(young.account_id, today) == []
    assert prepared.rows(young.account_id, today + timedelta(days=1)) == [young]


def test_a_row_comes_whole_in_one_query() -> None:
    mandate = a_mandate(an_organization(a_territory(), "CCAS"), starts_on=date(2020, 1, 1))
    prepared = Prepared(begun)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            [found] = prepared.rows(mandate.account_id, clock.today())
            assert found.organization
            assert (found.organization.name, vars(found)["seven"]) == ("CCAS", 7)
            assert found.account.email == mandate.account.email
        assert len(captured) == 1


def test_keys_are_one_value() -> None:
    place = an_organization(a_territory())
    known = [a_mandate(place) for _ in range(3)]
    prepared = Prepared(lambda keys: Mandate.objects.filter(pk__in=among(keys)).order_by("pk"))
    for keys in ([uuid4()], [each.pk for each in known], [known[1].pk, uuid4()], []):
        assert prepared.rows(keys) == [each for each in known if each.pk in keys]


def test_a_constant_is_written_as_it_is() -> None:
    place = an_organization(a_territory(), "À 50 % l’été, « d'abord » %s")
    prepared = Prepared(lambda key: Organization.objects.filter(pk=key, name=place.name))
    assert prepared.rows(place.pk) == [place]
    assert prepared.rows(uuid4()) == []


def test_a_query_is_planned_once_a_connection() -> None:
    prepared, before = Prepared(begun), _kept()
    for _ in range(3):
        prepared.rows(uuid4(), clock.today())
        Mandate.objects.filter(pk=uuid4()).first()
    assert list((_kept() - before).values()) == [3]


def _kept() -> Counter[str]:
    """How often each statement that the server keeps for this connection was asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans + custom_plans FROM pg_prepared_statements")
        return Counter(dict(cursor.fetchall()))


def test_values_come_as_values() -> None:
    mandate = a_mandate(an_organization(a_territory()))
    prepared = Prepared(lambda key: Mandate.objects.filter(pk=key).values("role", "starts_on"))
    for key, found in ((uuid4(), []), (mandate.pk, [mandate])):
        rows = [{"role": each.role, "starts_on": each.starts_on} for each in found]
        assert prepared.rows(key) == rows


@pytest.mark.parametrize(
    "build",
    [
        lambda key, name: Mandate.objects.filter(pk=key, role=name.upper()),
        lambda key, name: Mandate.objects.filter(**({"pk": key} if name == "a" else {"role": "b"})),
        lambda key, name: Mandate.objects.order_by("pk")[: len(name)],
    ],
    ids=["made of a value", "chosen by a value", "as many as a value says"],
)
def test_what_depends_otherwise_on_its_values_is_refused(build: Any) -> None:
    with pytest.raises(ImproperlyConfigured):
        Prepared(build).rows(uuid4(), "a")
