"""The consultations as a file that leaves the house: no sensitive structure is named in it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from jalons.access.models import Consultation
from jalons.kernel.exports import Column, Kind, Sheet
from jalons.kernel.french_dates import short

from .queries import Period
from .words import lines

COLUMNS = [
    Column("at", "Date et heure", Kind.MOMENT),
    Column("name", "Par"),
    Column("role", "Rôle"),
    Column("organization", "Structure"),
    Column("page", "Page"),
    Column("reason", "Raison"),
    Column("refused", "Refusé", Kind.YES_NO),
]
PURPOSE = "Qui a consulté le dossier, pour la personne (RGPD, article 15)"


def consultations_sheet(
    found: "QuerySet[Consultation]", period: Period, territory: str, *, refused: bool
) -> Sheet:
    return Sheet(
        name="consultations",
        title="Consultations refusées" if refused else "Qui a consulté le dossier",
        columns=COLUMNS,
        rows=_rows(found),
        filters=[
            *([("Depuis le", short(period.first))] if period.first else []),
            *([("Jusqu’au", short(period.last))] if period.last else []),
        ],
        sources=[PURPOSE],
        territory=territory,
    )


def _rows(found: "QuerySet[Consultation]") -> Iterator[dict[str, object]]:
    for line in lines(found, neutral=True):
        yield {column.key: getattr(line, column.key) for column in COLUMNS}
