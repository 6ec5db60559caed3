"""The person's own copy of their file (RGPD, articles 15 and 20): for people, and for machines.

One ZIP holds a tagged PDF and a JSON of the same rows. The whole-file role reads them, so that what
is restricted or sealed is there too; the NIR's value never is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from jalons.kernel import clock, french_dates, pdf
from jalons.people import personal_data
from jalons.people.merging.lineage import origins
from jalons.people.personal_data import Cell, File, PersonalData
from jalons.territories.models import Territory

TITLE = "Copie des données d’une personne"
RIGHTS = (
    "Vous pouvez demander une correction, vous opposer à un partage ou demander l’effacement : "
    "dites-le à la personne qui vous accompagne."
)
FORMAT = 1


@dataclass(frozen=True)
class Section:
    """The rows of one model: labels by column, then a value by column in each row."""

    model: str
    title: str
    labels: Mapping[str, str]
    rows: list[dict[str, Cell]]


def gather(person: UUID, alias: str) -> list[Section]:
    """Everything the registry shows of the person, in the order of its registration; what came
    from a file that was made one with theirs says so."""
    absorbed = origins(person, alias)
    return [
        _section(data, person, absorbed, alias) for data in personal_data.registered() if data.shown
    ]


def _section(data: PersonalData, person: UUID, absorbed: Mapping[UUID, str], alias: str) -> Section:
    labels = dict(data.labels)
    if not data.tell:
        labels = {column.name: column.label for column in data.shown_columns()}
    rows = data.copy(person, alias)
    for key, origin in absorbed.items():
        rows += [row | {"origin": origin} for row in data.copy(key, alias)]
    return Section(
        data.name, data.title, labels | ({"origin": "Origine"} if absorbed else {}), rows
    )


def files(person: UUID, alias: str) -> Iterator[File]:
    """What the person's rooms keep as files, in the order of the registry."""
    for data in personal_data.registered():
        if data.files:
            yield from data.files(person, alias)


def packed(
    sections: list[Section], territory: int, alias: str, beside: Iterable[File] = ()
) -> bytes:
    """The ZIP: neutral names inside too."""
    name = Territory.objects.using(alias).get(pk=territory).name
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("copie.pdf", _pdf(sections, name))
        archive.writestr("copie.json", _json(sections, name))
        for file in beside:
            archive.writestr(file.name, file.content)
    return content.getvalue()


def _json(sections: list[Section], territory: str) -> str:
    said = {
        "format": FORMAT,
        "made_at": clock.now(),
        "territory": territory,
        "sections": [
            {
                "model": section.model,
                "title": section.title,
                "labels": dict(section.labels),
                "rows": section.rows,
            }
            for section in sections
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=_iso)


def _iso(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _pdf(sections: list[Section], territory: str) -> bytes:
    data = {
        "title": TITLE,
        "territory": territory,
        "about": RIGHTS,
        "sections": [
            {
                "title": section.title,
                "rows": [_lines(section, row) for row in section.rows],
            }
            for section in sections
        ],
    }
    return pdf.render("rights/copy.typ", data)


def _lines(section: Section, row: dict[str, Cell]) -> list[list[str]]:
    shown = ((section.labels.get(name, name), _shown(value)) for name, value in row.items())
    return [[label[:1].upper() + label[1:], value] for label, value in shown if value]


def _shown(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{local:%d/%m/%Y} à {french_dates.hour(value)}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
