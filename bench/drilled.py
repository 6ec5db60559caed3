"""The steps of the drill that happen inside Jalons, each in a process led to the drill's server.

`python -m bench.drilled populate PERSONS`, `write SECONDS`, `erase`, `facts`.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from jalons.journal import events, payloads  # noqa: E402
from jalons.journal.models import Event  # noqa: E402
from jalons.kernel import clock, encrypted, rotation, row_security  # noqa: E402
from jalons.people.models import Person  # noqa: E402
from jalons.rights.erasure.erase import erase  # noqa: E402

from .population import populate  # noqa: E402
from .synthetic import days  # noqa: E402

KIND = "people.person_changed"
PAUSE = 0.05


def _populate(persons: int) -> None:
    with clock.travel(days.NOW):
        populate(persons)
    call_command("seal_journal")


def _write(seconds: float) -> None:
    """One act after the other, each told on standard output once it is committed."""
    territory = Person.objects.using("whole").values_list("territory", flat=True).earliest("pk")
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += 1
        with row_security.context([territory]), transaction.atomic():
            events.append(KIND, territory=territory, object_kind="drill", payload={"n": number})
        print(json.dumps([number, timezone.now().isoformat()]), flush=True)
        time.sleep(PAUSE)


def _erase() -> None:
    person = Person.objects.using("whole").earliest("pk")
    erase(person.pk, person.territory_id)
    print(json.dumps(str(person.pk)))


def _facts() -> None:
    """What the database holds, and whether the keys open it."""
    persons = Person.objects.using("whole").values_list("pk", flat=True)
    acts = Event.objects.using("whole").filter(object_kind="drill")
    said = [payloads.disclose(act, using="whole") for act in acts]
    print(
        json.dumps(
            {
                "persons": sorted(map(str, persons)),
                "acts": sorted(content.data["n"] for content in said if content),
                "closed": [each.name for each in encrypted.columns() if not rotation.opens(each)],
            }
        )
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["populate", size]:
            _populate(int(size))
        case ["write", seconds]:
            _write(float(seconds))
        case ["erase"]:
            _erase()
        case ["facts"]:
            _facts()
