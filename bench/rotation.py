"""How long a new key takes to encrypt again a whole territory."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from jalons.config import databases
from jalons.kernel import clock, encrypted, rotation

from .measures import emit
from .population import populate
from .synthetic import days

PERSONS = 25_000


def run(*, quick: bool, persons: int | None = None) -> None:
    """On a database of its own: its key is lost with the measure."""
    size = persons or (500 if quick else PERSONS)
    with tempfile.TemporaryDirectory() as folder, clock.travel(days.NOW):
        settings.KEYS_FILE = Path(shutil.copy(settings.KEYS_FILE, folder))
        databases.keep("bench_rotation", os.urandom(8).hex(), lambda: populate(size))
        start = time.monotonic()
        call_command("rotate_keys")
        elapsed = time.monotonic() - start
        assert not rotation.left()
        call_command("verify_journal")
    emit("rotation", "columns", len(encrypted.columns()), "columns", size)
    emit("rotation", "rotation", elapsed, "s", size)
