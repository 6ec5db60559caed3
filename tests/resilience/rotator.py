"""The rotation of the keys, slowed down, alone in a process that may be killed."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from jalons.kernel import rotation  # noqa: E402

if __name__ == "__main__":
    rotation.BATCH = int(sys.argv[1])
    slow = rotation._write

    def write(*arguments: object) -> None:
        slow(*arguments)  # type: ignore[arg-type]
        time.sleep(0.02)

    rotation._write = write  # type: ignore[assignment]
    call_command("rotate_keys")
