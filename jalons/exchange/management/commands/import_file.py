import json
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jalons.access.actor import Actor
from jalons.exchange import flows
from jalons.exchange.files import importing
from jalons.exchange.files.authority import ACTS, NotAllowed, format_of, importer
from jalons.exchange.files.bounds import MAX_BYTES, Unreadable
from jalons.exchange.files.persons.command import run
from jalons.exchange.files.persons.registered import PERSONS
from jalons.exchange.files.reading import read
from jalons.exchange.files.remarks import Report
from jalons.exchange.header_maps import renamed

BROKEN = (
    "Le fichier s’arrête ou se lit mal à la ligne {}\u00a0: les personnes qui précèdent ont été"
    " lues. Redemandez le fichier entier."
)


class Command(BaseCommand):
    help = (
        "Imports a file of structures, professionals or persons; without --apply, tells what it"
        " would do."
        " The last line is a JSON object of counts, errors and warnings. Exit code 2 when the"
        " file could not be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(ACTS))
        parser.add_argument("path", type=Path)
        parser.add_argument("--territory", required=True, metavar="CODE")
        parser.add_argument("--as", required=True, dest="email", metavar="EMAIL")
        parser.add_argument("--organization", default="", metavar="SIRET|NAME")
        parser.add_argument("--apply", action="store_true", help="write; otherwise nothing is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = _imported(options)
        except (NotAllowed, Unreadable) as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        except OSError:
            message = "Ce fichier ne s’ouvre pas. Vérifiez son chemin et ses droits."
            raise CommandError(message, returncode=2) from None
        if report.unknown_columns:
            names = ", ".join(f"« {name} »" for name in report.unknown_columns)
            self.stdout.write(f"Colonnes ignorées\u00a0: {names}")
        form = PERSONS.get(options["kind"])
        if form and form.note:
            self.stdout.write(form.note)
        if line := report.counted.get("broken_at"):
            self.stdout.write(BROKEN.format(line))
        self.stdout.write(json.dumps(report.summary(), ensure_ascii=False))


def _imported(options: dict[str, Any]) -> Report:
    actor = importer(options["email"], options["territory"], options["kind"])
    if options["kind"] in PERSONS:
        return _persons(actor, options)
    with options["path"].open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    sheet = read(content, options["path"].name)
    form = format_of(options["kind"], actor, sheet, options["organization"])
    return importing.run(actor, sheet, form, apply=options["apply"])


def _persons(actor: Actor, options: dict[str, Any]) -> Report:
    known = PERSONS[options["kind"]]
    with options["path"].open("rb") as file:
        table = known.opens(file, options["path"].name, actor)
        flows.check(actor, options["kind"], table.as_of)
        taken = partial(flows.take, actor, options["kind"], table.as_of)
        names = renamed(actor, options["kind"])
        form = known.of(actor)
        return run(actor, form, table, names, apply=options["apply"], begin=taken)
