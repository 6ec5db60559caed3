"""Restricted and sealed statuses go into their cipher, sealed domains become tokens.

A person at a time, in small transactions beside the traffic: the status, the contact and the
reader that the second wall compares change together.
"""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import connections, migrations, models, transaction
from django.db.models import Q

from jalons.kernel import crypto

BATCH = 500
SIGNED = "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
"""The same facts under another form: nothing happened to the person, no event tells it."""
HIDDEN = ["restricted", "sealed"]
SEALED = ("violences", "justice")


def _token(domain: str) -> str:
    return crypto.keyed_hash(domain, "people.sealed_domain").hex()[:16]


def hide(apps: Any, schema_editor: Any) -> None:
    names = {domain: _token(domain) for domain in SEALED}
    _change(apps, schema_editor, {"cipher": None}, _hide, names)


def show(apps: Any, schema_editor: Any) -> None:
    names = {_token(domain): domain for domain in SEALED}
    _change(apps, schema_editor, {"cipher__isnull": False}, _show, names)


def _change(
    apps: Any,
    schema_editor: Any,
    waiting: dict[str, Any],
    change: Callable[[Any], None],
    names: dict[str, str],
) -> None:
    alias = schema_editor.connection.alias
    persons = apps.get_model("people", "Person").objects.using(alias).order_by("pk")
    statuses = apps.get_model("people", "Status").objects.using(alias)
    contacts = apps.get_model("people", "Contact").objects.using(alias)
    readers = apps.get_model("people", "SealedReader").objects.using(alias)
    last = None
    while True:
        with transaction.atomic(using=alias):
            found = persons if last is None else persons.filter(pk__gt=last)
            batch = list(found.values_list("pk", flat=True)[:BATCH])
            if not batch:
                return
            with connections[alias].cursor() as cursor:
                cursor.execute(SIGNED)
            theirs = statuses.filter(person__in=batch, level__in=HIDDEN, **waiting)
            rows = list(theirs.select_for_update())
            for row in rows:
                change(row)
            statuses.bulk_update(rows, ["kind", "label", "domain", "cipher"])
            for table in (contacts.filter(level="sealed"), readers):
                for before, after in names.items():
                    table.filter(person__in=batch, domain=before).update(domain=after)
            last = batch[-1]


def _hide(row: Any) -> None:
    said = {"kind": row.kind, "label": row.label, "domain": row.domain}
    row.cipher = crypto.encrypt(json.dumps(said).encode(), "people.status")
    row.kind = row.label = ""
    row.domain = _token(row.domain) if row.level == "sealed" else ""


def _show(row: Any) -> None:
    said = json.loads(crypto.decrypt(bytes(row.cipher), "people.status"))
    row.kind, row.label, row.domain = said["kind"], said["label"], said["domain"]
    row.cipher = None


CONSTRAINT = models.CheckConstraint(
    condition=Q(level__in=HIDDEN, kind="", label="") & Q(cipher__isnull=False)
    | ~Q(level__in=HIDDEN) & ~Q(kind="") & Q(cipher=None),
    name="status_hidden_content",
    violation_error_message="Un statut restreint ou scellé n’est pas gardé en clair.",
)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0014_proposed_changes")]

    operations = [
        migrations.RunPython(hide, show, elidable=True),
        AddConstraintNotValid("status", CONSTRAINT),
        ValidateConstraint("status", "status_hidden_content"),
    ]
