"""Who saw what between two dates: one command, CSV on standard output."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from jalons.access.identity import names_of
from jalons.access.whole_file import whole_file

COLUMNS = ["at", "account", "name", "mandate", "organization", "territory", "page", "act", "level"]
COLUMNS += ["reason", "refused", "person", "listed"]
TABLE = "consultations.consultation"
ROWS = f"""
SELECT at, account, coalesce(name, ''), mandate, organization, territory, page, act, level, reason,
    CASE WHEN refused THEN 'True' ELSE 'False' END, person, array_to_string(listed, ',')
FROM {TABLE} LEFT JOIN unnest(%s::uuid[], %s::text[]) AS known (account, name) USING (account)
WHERE {{}} ORDER BY at, id
"""


class Command(BaseCommand):
    help = "Lists the consultations between two dates (the end is exclusive), as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True)
        parser.add_argument("--until", type=date.fromisoformat, required=True)
        parser.add_argument("--person", type=UUID)
        parser.add_argument("--account", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {
            name: str(options[name]) for name in ("start", "until", "account") if options[name]
        }
        with whole_file("who_saw", person=options["person"], about=asked) as alias:
            self.stdout.write(";".join(COLUMNS))
            for text in _lines(alias, *_asked(**options)):
                self.stdout.write(text, ending="")


def _asked(**options: Any) -> tuple[str, list[object]]:
    """The condition on the consultations, and its values."""
    conditions = ["at >= %s", "at < %s"]
    values: list[object] = [_midnight(options["start"]), _midnight(options["until"])]
    if options["person"]:
        conditions.append("(person = %s OR listed @> ARRAY[%s])")
        values += [options["person"]] * 2
    if options["account"]:
        conditions.append("account = %s")
        values.append(options["account"])
    return " AND ".join(conditions), values


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _lines(alias: str, condition: str, values: list[object]) -> Iterator[str]:
    """The text that PostgreSQL writes itself: ten million rows do not become as many objects."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT account FROM {TABLE} WHERE {condition}", values)
        names = names_of(account for (account,) in cursor.fetchall() if account)
        known: list[object] = [list(names), list(names.values())]
        query = f"COPY ({ROWS.format(condition)}) TO STDOUT WITH (FORMAT csv, DELIMITER ';')"
        with cursor.copy(query, [*known, *values]) as copy:
            blocks = map(bytes, copy)
            while text := b"".join(islice(blocks, 1_000)):
                yield text.decode()
