"""The worker's process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jalons.kernel.worker import work


class Command(BaseCommand):
    help = "Runs the jobs as they come, until it is told to stop (SIGINT or SIGTERM)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", action="append", help="this queue only (may be repeated)")
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time")

    def handle(self, *args: Any, **options: Any) -> None:
        work(queues=options["queue"], concurrency=options["concurrency"])
