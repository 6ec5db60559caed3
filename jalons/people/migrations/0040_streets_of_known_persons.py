"""The words of the addresses there are, and the key of who has no commune: in small transactions
beside the traffic."""

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import connections, migrations, transaction

from jalons.kernel import crypto
from jalons.people import streets

BATCH = 500
SIGNED = "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
"""A derived value: nothing happens to anybody, and no event says it."""
PURPOSE = "people.contact.address"


def fill(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    contacts = apps.get_model("people", "Contact").objects.using(alias)
    rows = contacts.filter(kind="address").order_by("pk")
    last = None
    while True:
        with transaction.atomic(using=alias):
            after = rows if last is None else rows.filter(pk__gt=last)
            batch = list(after.select_for_update()[:BATCH])
            if not batch:
                return
            with connections[alias].cursor() as cursor:
                cursor.execute(SIGNED)
            for row in batch:
                row.street = _street(bytes(row.cipher))
            contacts.bulk_update(batch, ["street"])
            last = batch[-1].pk


def _street(cipher: bytes) -> list[int]:
    try:
        said = json.loads(crypto.decrypt(cipher, PURPOSE))
    except InvalidTag:
        return []
    return streets.hashed(said["value"])


def trace(apps: Any, schema_editor: Any) -> None:
    """The persons without a commune are found by the day of birth alone."""
    alias = schema_editor.connection.alias
    traits = apps.get_model("people", "PersonTraits").objects.using(alias)
    rows = traits.filter(commune="").order_by("pk")
    last = None
    while True:
        with transaction.atomic(using=alias):
            after = rows if last is None else rows.filter(pk__gt=last)
            keys = list(after.values_list("pk", flat=True)[:BATCH])
            if not keys:
                return
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT people_trace(%s)", [keys])
            last = keys[-1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0039_streets_of_traits")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(trace, migrations.RunPython.noop, elidable=True),
    ]
