"""The domain of a document becomes a token, as the second wall compares it."""

from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import connections, migrations, models, transaction
from django.db.models import Q

from jalons.kernel import crypto

SIGNED = "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
"""The same facts under another form: no event tells it."""
NAMED = ("violences", "justice", "sante", "finances")


def _token(domain: str) -> str:
    return crypto.keyed_hash(domain, "people.sealed_domain").hex()[:16]


def hide(apps: Any, schema_editor: Any) -> None:
    _rename(apps, schema_editor, {domain: _token(domain) for domain in NAMED})


def show(apps: Any, schema_editor: Any) -> None:
    _rename(apps, schema_editor, {_token(domain): domain for domain in NAMED})


def _rename(apps: Any, schema_editor: Any, names: dict[str, str]) -> None:
    alias = schema_editor.connection.alias
    documents = apps.get_model("people", "Document").objects.using(alias)
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute(SIGNED)
        for before, after in names.items():
            documents.filter(domain=before).update(domain=after)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0018_reorientation_rows")]

    operations = [
        migrations.RemoveConstraint("document", "document_domain_sealed"),
        migrations.RemoveConstraint("document", "document_sealed_domain"),
        migrations.RunPython(hide, show, elidable=True),
        AddConstraintNotValid(
            "document",
            models.CheckConstraint(
                condition=~Q(level="sealed") | ~Q(domain=""),
                name="document_sealed_domain",
                violation_error_message="Un document scellé relève d’un domaine scellé.",
            ),
        ),
        ValidateConstraint("document", "document_sealed_domain"),
    ]
