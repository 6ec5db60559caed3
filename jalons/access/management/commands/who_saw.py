"""Who saw what between two dates: one command, CSV on standard output."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.management.base import BaseCommand
from django.db.models import Func, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from jalons.access.identity import names_of
from jalons.access.models import Consultation
from jalons.access.whole_file import whole_file

COLUMNS = ["at", "account", "name", "mandate", "organization", "territory", "page", "act", "level"]
COLUMNS += ["reason", "refused", "person", "listed"]


class Command(BaseCommand):
    help = "Lists the consultations between two dates (the end is exclusive), as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True)
        parser.add_argument("--until", type=date.fromisoformat, required=True)
        parser.add_argument("--person", type=UUID)
        parser.add_argument("--account", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        writer = csv.writer(self.stdout, delimiter=";")
        writer.writerow(COLUMNS)
        asked = {
            name: str(options[name]) for name in ("start", "until", "account") if options[name]
        }
        with whole_file("who_saw", person=options["person"], about=asked) as alias:
            for row in _rows(alias, **options):
                writer.writerow(row)


def _rows(alias: str, **options: Any) -> Iterator[list[object]]:
    found = between(options["start"], options["until"]).using(alias)
    if options["person"]:
        found = found.filter(Q(person=options["person"]) | Q(listed__contains=[options["person"]]))
    if options["account"]:
        found = found.filter(account=options["account"])
    names: dict[str, str] = {}
    for row in found.order_by("at", "id").values_list(*_columns()).iterator(10_000):
        account = row[1]
        if account and account not in names:
            names[account] = names_of([UUID(account)]).get(UUID(account), "")
        yield [*row[:2], names.get(account, ""), *row[2:]]


def between(start: date, until: date) -> "QuerySet[Consultation]":
    """The consultations from the first instant of `start` to the last before `until`."""
    first, end = (timezone.make_aware(datetime.combine(day, time())) for day in (start, until))
    return Consultation.objects.filter(at__gte=first, at__lt=end)


def _columns() -> Iterator[Any]:
    """Each column but the name, keys as the texts that are written: making keys takes longer."""
    for column in COLUMNS:
        kind = None if column == "name" else Consultation._meta.get_field(column)  # noqa: SLF001 (documented)
        if isinstance(kind, UUIDField):
            yield Cast(column, TextField())
        elif isinstance(kind, ArrayField):
            text = Func(column, Value(","), function="array_to_string", output_field=TextField())
            yield Coalesce(text, Value("", TextField()))
        elif kind:
            yield column
