"""A merge and its undoing, whole: by the whole-file role, each in one transaction."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from jalons.access.levels import Level
from jalons.access.whole_file import whole_file
from jalons.journal import events
from jalons.journal.models import Event
from jalons.kernel import clock

from .. import personal_data
from ..models import FollowUp, Identifier, IdentifierKind, Merge, Pair, Person, SealedReader
from . import carrying
from .contents import Content, content_of, enclosed
from .moving import Carry, Move, Moving, put_back, twins
from .rules import contradicts, too_many

ASKED, UNDO_ASKED = "people.merge_asked", "people.merge_undo_asked"
MERGED, UNDONE, IMPOSSIBLE = (
    "people.files_merged",
    "people.merge_undone",
    "people.merge_impossible",
)


def carry_out(key: UUID, days: int) -> bool:
    """Does what was asked; False when it was done, given up, or cannot be. `days` to undo it."""
    with whole_file("merge", about={"merge": str(key)}) as alias:
        row = _held(key, alias)
        if row is None or row.state != Merge.State.ASKED:
            return False
        content = content_of(row)
        moving = _moving(row, content, alias)
        if moving is None:
            _give_up(row, alias)
            return False
        told = _tell(row, MERGED, ASKED, alias)
        for data in personal_data.registered():
            _carry(data, moving)
        carrying.discretion(moving)
        row.state, row.done_at = Merge.State.DONE, told.occurred_at
        row.undo_until = moving.day + timedelta(days=days)
        row.cipher = enclosed(Content(content.choices, moving.record), row.pk)
        row.save(using=alias)
    return True


def undo(key: UUID, *, added_to_absorbed: bool = False) -> bool:
    """Both files are whole again; False when it was undone already.

    What was written since the merge stays with the kept file, unless `added_to_absorbed`.
    """
    with whole_file("undo_merge", about={"merge": str(key)}) as alias:
        row = _held(key, alias)
        if row is None or row.state != Merge.State.UNDOING:
            return False
        _tell(row, UNDONE, UNDO_ASKED, alias)
        record = content_of(row).record
        if added_to_absorbed:
            _give_added(row, alias)
        paths = {data.name: data.path for data in personal_data.registered()}
        put_back(record, paths, row.kept_id, row.absorbed_id, alias)
        row.state, row.undone_at, row.cipher = Merge.State.UNDONE, clock.now(), b""
        row.save(using=alias)
        reopen(row.pair_id, alias)
    return True


def reopen(pair: UUID | None, alias: str = "default") -> None:
    """The pair waits again."""
    rows = Pair.objects.using(alias).filter(pk__in=[pair], answer=Pair.Answer.MERGED)
    rows.update(answer="", answered_on=None, answered_by=None)


def nirs(person: UUID, alias: str = "default") -> set[bytes]:
    found = Identifier.objects.using(alias).filter(person=person, kind=IdentifierKind.NIR)
    return {bytes(digest) for digest in found.values_list("digest", flat=True)}


def _held(key: UUID, alias: str) -> Merge | None:
    """The row and both persons, locked."""
    rows = Merge.objects.using(alias)
    pair = rows.filter(pk=key).values_list("kept", "absorbed").first()
    persons = Person.objects.using(alias).select_for_update().filter(pk__in=pair or ())
    list(persons.order_by("pk").values_list("pk"))
    return rows.select_for_update().filter(pk=key).first()


def _moving(row: Merge, content: Content, alias: str) -> Moving | None:
    """None when something contradicts: a NIR, a file put away meanwhile."""
    kept, absorbed, today = row.kept_id, row.absorbed_id, clock.today()
    persons = Person.objects.using(alias).filter(pk__in=(kept, absorbed))
    standing = persons.filter(archived_at=None, frozen_at=None, merged_into=None).count()
    moving = Moving(alias, kept, absorbed, today, fields=frozenset(content.choices.fields))
    ours, theirs = carrying.lineages(moving)
    moving.lineage, moving.free = ours + 1, ours + theirs + 2
    if standing != 2 or contradicts(nirs(kept, alias), nirs(absorbed, alias)):
        return None
    sides = (absorbed, kept) if content.choices.absorbed_referent else (kept, absorbed)
    running = Q(ends_on=None) | Q(ends_on__gt=today)
    found = [moving.of(FollowUp, key).filter(running, role="referent") for key in sides]
    moving.referent = next((each.pk for rows in found for each in rows), None)
    return None if too_many(moving.free) else moving


def _carry(data: personal_data.PersonalData, moving: Moving) -> None:
    how = data.merge
    if isinstance(how, Carry):
        how.carry(moving)
    elif isinstance(how, Move):
        rows = data.rows(moving.absorbed, moving.alias)
        if how.same is not None:
            known = data.rows(moving.kept, moving.alias).filter(how.only)
            staying = twins(rows.filter(how.only), known, how.same)
            rows = rows.exclude(pk__in=staying)
        takes = how.takes
        moving.move(rows, data.path, (lambda row: takes(row, moving)) if takes else None)


def _give_added(row: Merge, alias: str) -> None:
    """What was recorded since the merge goes with the file that is given back.

    But what is sealed, whose readers are the kept file's, and what that file has already.
    """
    record = content_of(row).record
    for data in personal_data.registered():
        if not isinstance(data.merge, Move) or data.model is SealedReader or not row.done_at:
            continue
        known = [*record.moved.get(data.name, ()), *record.created.get(data.name, ())]
        since = data.rows(row.kept_id, alias).filter(recorded_at__gt=row.done_at)
        if row_level := getattr(data.model, "row_level", ""):
            since = since.exclude(**{row_level: Level.SEALED})
        try:
            with transaction.atomic(using=alias):
                since.exclude(pk__in=known).update(**{data.path: row.absorbed_id})
        except IntegrityError:
            continue


def _give_up(row: Merge, alias: str) -> None:
    _tell(row, IMPOSSIBLE, ASKED, alias)
    Merge.objects.using(alias).filter(pk=row.pk).update(state=Merge.State.IMPOSSIBLE, cipher=b"")
    reopen(row.pair_id, alias)


def _tell(row: Merge, kind: str, asked: str, alias: str) -> Event:
    """In the journal of each of the two files, in the name of who asked."""
    known = Event.objects.using(alias).filter(kind=asked, object_key=row.pk)
    by = known.order_by("-position").first()
    told = [
        events.append(
            kind,
            territory=row.territory_id,
            account=by.account if by else None,
            mandate=by.mandate if by else None,
            organization=by.organization if by else None,
            person=person,
            object_kind="merge",
            object_key=row.pk,
            using=alias,
        )
        for person in (row.kept_id, row.absorbed_id)
    ]
    return told[0]
