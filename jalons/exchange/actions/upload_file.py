"""Sending a file: read at once, kept encrypted, then checked by a job. Nothing else is written."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.kernel import clock, locks
from jalons.kernel.ids import uuid7
from jalons.territories.models import Organization

from .. import flows
from ..contents import digest_of, keep, keep_sample
from ..files.authority import allowed, format_for, organization_for
from ..files.bounds import MAX_BYTES, Sheet, Unreadable
from ..files.columns import MissingColumns, heading
from ..files.persons.registered import PERSONS
from ..files.reading import read
from ..header_maps import renamed
from ..kept_blocks import keep_rows
from ..models import Import
from ..relations import facts_of
from ..rules import MOST_WAITING, RECEIVED, RUNNING, UNMAPPED, UPLOAD, WAITING
from ..running import Run, tell

ONLY_HEADINGS = (
    "Le fichier ne contient que les titres des colonnes. Ajoutez une ligne par structure ou par"
    " professionnel, puis renvoyez-le."
)


NO_PERSON = (
    "Le fichier ne contient que les titres des colonnes. Ajoutez une ligne par personne, puis"
    " renvoyez-le."
)

NOBODY_HERE = (
    "Ce flux ne nomme personne de votre territoire dont le droit est ouvert, ni personne de connu"
    " dont le droit se ferme. Vérifiez que c’est le flux de votre département."
)


class TooManyWaiting(Exception):
    """The account has as many files waiting as may be."""


@dataclass(frozen=True)
class SentFile:
    """`organization` is the name or the SIRET of where the professionals work."""

    kind: str
    name: str
    file: BinaryIO
    organization: str = ""


@transaction.atomic
def upload_file(actor: Actor, sent: SentFile) -> Import:
    """Raises Refused, NotAllowed, Unreadable, TooManyWaiting."""
    found = _new(actor, sent)
    require(actor, UPLOAD, facts_of(found))
    _check_room(actor)
    if sent.kind in PERSONS:
        return _keep_persons(actor, found, sent)
    found.organization = organization_for(sent.kind, actor, sent.organization)
    sheet = _readable(actor, sent, found.organization)
    found.rows = len(sheet.rows)
    tell(actor, found, found.state)
    found.save(force_insert=True)
    keep(found, sheet)
    Run.of(found).enqueue("exchange.check")
    return found


def _keep_persons(actor: Actor, found: Import, sent: SentFile) -> Import:
    """A file whose columns are not all recognised waits for its author to say which they are."""
    allowed(actor, sent.kind)
    form = PERSONS[sent.kind]
    table = form.opens(sent.file, sent.name, actor)
    flows.check(actor, sent.kind, table.as_of)
    found.as_of = table.as_of
    try:
        heading(table.headers, form.columns, renamed(actor, sent.kind))
    except MissingColumns:
        found.state = UNMAPPED
    found.rows, first = keep_rows(found, table.rows)
    found.counts = dict(table.counted)
    if not found.rows:
        raise Unreadable(NOBODY_HERE if table.counted.get("dropped") else NO_PERSON)
    tell(actor, found, "received")
    found.save(force_insert=True)
    keep_sample(found, table.headers, first)
    if found.state != UNMAPPED:
        Run.of(found).enqueue("exchange.check")
    return found


def _new(actor: Actor, sent: SentFile) -> Import:
    assert actor.territory
    assert actor.account
    assert actor.mandate
    assert actor.role
    now = timezone.localtime(clock.now())
    return Import(
        id=uuid7(),
        territory_id=actor.territory,
        account_id=actor.account,
        mandate_id=actor.mandate,
        role=actor.role,
        kind=sent.kind,
        file_name=f"{sent.kind}-{now:%Y-%m-%d-%Hh%M}{PurePath(sent.name).suffix.lower()[:5]}",
        digest=digest_of(sent.file),
        state=RECEIVED,
    )


def _check_room(actor: Actor) -> None:
    locks.hold(f"exchange.upload {actor.account}")
    waiting = Import.objects.filter(account=actor.account, state__in={*WAITING, *RUNNING})
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaiting


def _readable(actor: Actor, sent: SentFile, organization: Organization | None) -> Sheet:
    """Raises Unreadable, on a column that misses too."""
    sheet = read(sent.file.read(MAX_BYTES + 1), sent.name)
    heading(sheet.headers, format_for(actor, sheet, organization).columns)
    if not sheet.rows:
        raise Unreadable(ONLY_HEADINGS)
    return sheet
