"""Keeps `SealedReader` in step with the référent, through a function that the owner defines.

The professional who changes a référent may not see what is sealed: the database function
`people_refresh_sealed_readers` (migration 0004) does it without showing anything.
"""

from uuid import UUID

from django.db import connection

from jalons.kernel import clock

from .circle import Circle
from .domains import tokens
from .models import SealedReader


def refresh_sealed_readers(person: UUID) -> None:
    """Gives the current référent every sealed domain of the person, and takes it from others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_refresh_sealed_readers(%s, %s)", [person, clock.today()])


def own_token(person: UUID, domain: str, account: UUID | None) -> str:
    """Under which token an account writes what is sealed of a person: one that it reads."""
    names = tokens(domain)
    mine = SealedReader.objects.filter(person=person, account=account, domain__in=names)
    return min(mine.values_list("domain", flat=True), key=names.index, default=names[0])


def add_sealed_reader(
    circle: Circle, domain: str, account: UUID, reason: SealedReader.Reason
) -> None:
    """Lets an account read a sealed domain: one's own first, then those of others."""
    SealedReader.objects.get_or_create(
        territory_id=circle.territory,
        person_id=circle.key,
        domain=domain,
        account_id=account,
        reason=reason,
    )
