"""The job of an import, alone in a process that may be killed.

`python -m tests.resilience.importer IMPORT TERRITORY ACCOUNT`
"""

import os
import sys
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
django.setup()

from jalons.exchange.actions.settle_rows import settle_rows  # noqa: E402
from jalons.exchange.running import Run  # noqa: E402

if __name__ == "__main__":
    key, territory, account = sys.argv[1:]
    settle_rows(Run(UUID(key), int(territory), UUID(account)))
