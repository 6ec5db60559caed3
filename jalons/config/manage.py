"""Django's commands, with the embedded database started if none is given."""

import os
import sys

from .embedded import environment


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
    with environment():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
