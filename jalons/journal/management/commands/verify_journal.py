"""Do the events still say what was sealed? Exits with status 1 when they do not."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jalons.journal import export, seals
from jalons.journal.verification import verify


class Command(BaseCommand):
    help = (
        "Verifies the events against their seals; --from-file takes a copy of the exported seals."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-file", type=Path, help="by default, the file of this machine")

    def handle(self, *args: Any, from_file: Path | None = None, **options: Any) -> None:
        path = from_file or export.default_path()
        if from_file is None and not path.exists():
            exported = None
            self.stderr.write("Aucun fichier de sceaux : des sceaux coupés ne se verraient pas.")
        else:
            exported = export.read(path)
        stored = export.lines_after(0)
        findings = list(verify(stored, exported, self._progress(stored)))
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} anomalie(s) dans le journal.")
        events = sum(line.count for line in stored)
        self.stdout.write(
            f"Journal intact : {events} événements sous {len(stored)} sceaux,"
            f" {seals.unsealed()} pas encore scellés."
        )

    def _progress(self, stored: list[export.Line]) -> Any:
        total = sum(line.count for line in stored)

        def show(done: int) -> None:
            if sys.stderr.isatty():
                self.stderr.write(f"\r{done:,} / {total:,}".replace(",", " "), ending="")

        return show
