"""What the pages of imports show; the route has asked the policy about the import itself."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.kernel import clock
from jalons.kernel.french_dates import hour, short
from jalons.kernel.templatetags.french import plural
from jalons.kernel.text import fold
from jalons.territories.actors import names_of
from jalons.territories.models import Organization

from .contents import Erased, sample_of
from .files.authority import COLUMNS
from .files.columns import Column, heading
from .files.remarks import OUTCOMES
from .header_maps import renamed_by
from .models import Import, ImportedFile, ImportedRow
from .rules import IMPORT, KINDS, STILL, advice

CREATED = 20
"""Structures named in a report; the others are in the directory."""
SHOWN = {
    "structures": ("Nom", "Ville", "Courriel responsable"),
    "professionnels": ("Nom", "Prénom", "Courriel"),
    "beneficiaires": ("Nom", "Prénom", "Date de naissance"),
    "reorientations": ("Nom", "Prénom", "Accompagnateurs à ajouter"),
    "rattachements": ("Nom", "Prénom", "Accompagnateurs"),
    "caf-rsa": ("NOM", "PRENOM", "ETATDOSRSA"),
    "france-travail": ("nom", "prenom", "struct_principale"),
}
"""The columns of the first rows that fit a screen."""
FORESEEN = {
    "created": "à créer",
    "updated": "à compléter",
    "unchanged": "inchangée",
    "ambiguous": "ambiguë",
    "rejected": "refusée",
}


def import_of(key: UUID) -> Import:
    return Import.objects.select_related("organization", "mandate").get(pk=key)


def own_import(actor: Actor, key: UUID) -> Import | None:
    """An import of which the actor reads more than counts."""
    own = visible_to(actor, "file_import", Level.PRIVATE)
    return Import.objects.select_related("organization", "mandate").filter(own, pk=key).first()


def history(actor: Actor) -> "QuerySet[Import]":
    """The actor's imports and, for who steers the territory, everybody's; the latest first."""
    found = Import.objects.filter(visible_to(actor, "file_import", Level.OPEN))
    return found.select_related("organization").order_by("-id")


@dataclass(frozen=True)
class Line:
    """One import in the history: counts, and a way in for its author only."""

    found: Import
    kind: str
    state: str
    author: str
    own: bool


def lines(actor: Actor, rows: list[Import]) -> list[Line]:
    """One query for the names."""
    names = names_of({row.account_id for row in rows})
    sender = (actor.account, actor.mandate, actor.role)
    return [
        Line(
            row,
            KINDS[row.kind],
            IMPORT.states[row.state],
            names[row.account_id],
            (row.account_id, row.mandate_id, row.role) == sender,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Progress:
    """`still`: nothing has moved for so long that the work is taken for stopped."""

    done: int
    total: int
    still: bool


def progress_of(found: Import) -> Progress:
    """In the author's context, one query."""
    if found.state == "received":
        seen = ImportedFile.objects.filter(file_import=found).values_list("seen", flat=True)
        return Progress(seen.first() or 0, found.rows, still=False)
    told = _rows(found).aggregate(done=Count("pk", ~Q(outcome="")), last=Max("settled_at"))
    last = max(filter(None, (told["last"], found.started_at)), default=None)
    still = last is not None and clock.now() - last > STILL
    return Progress(told["done"], found.rows, still)


def counts_of(found: Import) -> dict[str, int]:
    """What was done so far, by outcome; what the check foresaw of the remarks stays."""
    wanted = {name: Count("pk", Q(outcome=name)) for name in OUTCOMES}
    done = _rows(found).aggregate(invited=Count("pk", Q(invited=True)), **wanted)
    return {**found.counts, **done}


def remarked_rows(found: Import, which: str = "") -> "QuerySet[ImportedRow]":
    """The rows with something to say: errors, warnings, or both."""
    errors, warnings = ~Q(errors=[]), ~Q(warnings=[])
    wanted = {"erreurs": errors, "alertes": warnings}.get(which, errors | warnings)
    return _rows(found).filter(wanted).order_by("number", "id")


@dataclass(frozen=True)
class CellRemark:
    """`tone` is that of an error (late) or of a warning (soon)."""

    number: int
    column: str
    message: str
    advice: str
    tone: str


def remarks(found: Import, rows: list[ImportedRow]) -> list[CellRemark]:
    required = {fold(column.name) for column in COLUMNS[found.kind] if column.required}
    return [
        CellRemark(
            row.number, column, message, advice(kind, required=fold(column) in required), tone
        )
        for row in rows
        for tone, told in (("late", row.errors), ("soon", row.warnings))
        for column, kind, message in told
    ]


@dataclass(frozen=True)
class FirstRow:
    """`cells` are column and text."""

    number: int
    cells: list[tuple[str, str]]
    foreseen: str


def first_rows(found: Import) -> list[FirstRow]:
    """The first rows of a file, with what is foreseen; nothing once it is erased."""
    try:
        sheet = sample_of(found)
    except Erased:
        return []
    columns = SHOWN[found.kind]
    names = renamed_by(found.mandate.organization_id, found.kind)
    read = heading(sheet.headers, COLUMNS[found.kind], names)
    foreseen = dict(
        _rows(found).filter(number__lte=len(sheet.rows)).values_list("number", "foreseen")
    )
    return [
        FirstRow(
            number,
            [(each, read.cells(row).get(each, "")) for each in columns],
            FORESEEN[foreseen[number]],
        )
        for number, row in enumerate(sheet.rows, 1)
    ]


def unnamed_columns(found: Import) -> tuple[list[str], list[Column]]:
    """The headers of a file that name none of our columns, and these that none names.

    Raises Erased.
    """
    headers = sample_of(found).headers
    names = renamed_by(found.mandate.organization_id, found.kind)
    known = {fold(header): fold(names.get(fold(header), header)) for header in headers}
    columns = COLUMNS[found.kind]
    ours = {fold(name) for column in columns for name in (column.name, column.also)}
    unnamed = [header for header in headers if known[fold(header)] not in ours]
    named = set(known.values())
    missing = [each for each in columns if not {fold(each.name), fold(each.also)} & named]
    return unnamed, missing


def about(found: Import) -> str:
    """« Structures, 34 lignes, fichier envoyé le 27 nov. à 9 h 30 »."""
    where = f" de « {found.organization.name} »" if found.organization else ""
    sent = f"{short(found.recorded_at)} à {hour(found.recorded_at)}"
    return f"{KINDS[found.kind]}{where}, {plural(found.rows, 'ligne')}, fichier envoyé le {sent}."


def created(found: Import) -> list[Organization]:
    """The first structures that the import created, by name."""
    new = _rows(found).filter(outcome="created").values("organization")
    rows = Organization.objects.filter(pk__in=new, territory=found.territory_id)
    return list(rows.order_by("sort_key", "id")[:CREATED])


def sent_before(found: Import) -> Import | None:
    """The last time that this very file was imported for the same organization."""
    same = Import.objects.filter(
        digest=bytes(found.digest),
        account=found.account_id,
        kind=found.kind,
        organization=found.organization_id,
        state="applied",
    )
    return same.exclude(pk=found.pk).order_by("-id").first()


def _rows(found: Import) -> "QuerySet[ImportedRow]":
    return ImportedRow.objects.filter(file_import=found)
