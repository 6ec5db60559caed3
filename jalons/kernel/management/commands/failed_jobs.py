"""The jobs that ran out of tries, and one more try."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jalons.kernel import jobs


class Command(BaseCommand):
    help = "Lists the failed jobs, one JSON line each; --retry NUMBER gives one another try."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", type=int, metavar="NUMBER")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            jobs.retry(options["retry"])
            return
        for job in jobs.failed():
            line = {"number": job.number, "name": job.name, "attempts": job.attempts}
            self.stdout.write(json.dumps(line | {"arguments": job.arguments}))
