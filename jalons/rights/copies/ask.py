"""The acts on a copy: ask for it, make it, give it, let it go."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import DOWNLOAD, EXPORT_FILE
from jalons.access.whole_file import whole_file
from jalons.journal import events
from jalons.kernel import clock, crypto, jobs
from jalons.people.holding import hold_person

from ..models import StoredExport
from .document import files, gather, packed
from .facts import load_export

KEPT = timedelta(hours=24)
JOB = "rights.export"


@transaction.atomic
def ask_export(actor: Actor, person: UUID) -> StoredExport:
    """Asks for the whole file, made by a job. Raises Refused."""
    circle = hold_person(actor, person, EXPORT_FILE)
    assert actor.account
    asked = StoredExport.objects.create(
        territory_id=circle.territory,
        person_id=person,
        account_id=actor.account,
        expires_at=clock.now() + KEPT,
    )
    record(
        actor,
        "rights.file_export_asked",
        person=person,
        object_kind="stored_export",
        object_key=asked.pk,
    )
    jobs.enqueue(JOB, export=str(asked.pk))
    return asked


def make_export(key: UUID) -> None:
    """The job: writes the encrypted copy, once; nothing when it expired or was erased meanwhile."""
    asked = StoredExport.objects.using("whole").filter(pk=key).first()
    if asked is None or asked.ready_at or asked.expires_at <= clock.now():
        return
    with whole_file("export_file", person=asked.person_id) as alias:
        beside = files(asked.person_id, alias)
        sections = gather(asked.person_id, alias)
        content = packed(sections, asked.territory_id, alias, beside)
        StoredExport.objects.using(alias).filter(pk=key).update(
            cipher=crypto.encrypt(content, purpose(key)),
            ready_at=clock.now(),
            expires_at=clock.now() + KEPT,
        )
        events.append(
            "rights.file_export_ready",
            territory=asked.territory_id,
            person=asked.person_id,
            object_kind="stored_export",
            object_key=key,
            using=alias,
        )


@transaction.atomic
def give(actor: Actor, key: UUID) -> bytes:
    """The content of a copy for whoever asked for it. Raises Refused."""
    facts = load_export(key, clock.now())
    if facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, DOWNLOAD, facts)
    record(
        actor,
        "rights.file_export_downloaded",
        person=facts.person,
        object_kind="stored_export",
        object_key=key,
    )
    cipher = StoredExport.objects.values_list("cipher", flat=True).get(pk=key)
    return crypto.decrypt(bytes(cipher or b""), purpose(key))


def purge() -> int:
    """Deletes the copies that expired; returns how many."""
    with whole_file("purge_exports") as alias:
        expired = StoredExport.objects.using(alias).filter(expires_at__lte=clock.now())
        if count := expired.count():
            events.append("rights.file_exports_purged", territory=None, using=alias)
            expired.delete()
        return count


def purpose(key: UUID) -> str:
    """Binds a ciphertext to its row: moved to another, it does not decrypt."""
    return f"{JOB}:{key}"
