"""Rows written before statuses were encrypted are hidden beside the traffic, and read as before."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connections, transaction

from jalons.kernel import clock
from jalons.people.domains import token
from jalons.people.models import SealedReader, Status
from jalons.people.statuses.contents import StatusContent, read
from tests.worlds import a_case

OLD = [
    ("brsa", "Bénéficiaire du RSA", "shared", ""),
    ("rqth", "RQTH", "restricted", "sante"),
    ("mesure_judiciaire", "Mesure judiciaire", "sealed", "justice"),
]


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_old_rows_are_hidden_once() -> None:
    migration = import_module("jalons.people.migrations.0015_hidden_contents")
    case, owner = a_case(), connections["migrator"]
    with transaction.atomic(using="migrator"):
        with owner.cursor() as cursor:
            cursor.execute(migration.SIGNED)
            cursor.execute("ALTER TABLE people_status DROP CONSTRAINT status_hidden_content")
        same = {"territory_id": case.territory.pk, "person_id": case.person.pk}
        statuses = Status.objects.using("migrator")
        for kind, label, level, domain in OLD:
            said = {"kind": kind, "label": label, "level": level, "domain": domain}
            statuses.create(**same, **said, starts_on=clock.today())
        readers = SealedReader.objects.using("migrator")
        assert case.referente.account
        readers.create(**same, domain="justice", account_id=case.referente.account, reason="author")
        for _ in range(2):
            migration.hide(apps, SimpleNamespace(connection=owner))
        found = {row.level: row for row in statuses.all()}
        assert {level: read(row) for level, row in found.items()} == {
            level: StatusContent(kind, label, domain) for kind, label, level, domain in OLD
        }
        assert found["shared"].cipher is None
        for level, domain in (("restricted", ""), ("sealed", token("justice"))):
            row = found[level]
            assert (row.kind, row.label, row.domain) == ("", "", domain)
        assert readers.get().domain == token("justice")
        transaction.set_rollback(True, using="migrator")
