"""Loads the demo: consortia, accounts, then persons with a plausible past, dates from today.

Rows are written in bulk by the application's role under row-level security, with their events, in
one transaction. The same day gives the same world, but for keys.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db import transaction

from jalons.access.roles import Role
from jalons.journal import events
from jalons.kernel import clock, row_security
from jalons.nomenclature.models import Commune
from jalons.people.quality.actions.compare import compare_files
from jalons.territories.models import Mandate, Territory
from jalons.territories.team.rules import words_of

from . import deployment
from .book import Book
from .consortia import CONSORTIA
from .population import Place, populate
from .shapes import Consortium
from .staff import Recruiter, open_account

PLATFORM = (
    ("observer", "Florence", "Arnoult", Role.OBSERVER),
    ("platform_admin", "Damien", "Lescure", Role.PLATFORM_ADMIN),
)


def is_empty() -> bool:
    return not Territory.objects.exists()


def load(persons: int | None, say: Callable[[str], object]) -> None:
    """Loads the three territories; `persons` in each, or as many as each is meant to have."""
    since = clock.today() - timedelta(days=760)
    with transaction.atomic():
        for consortium in CONSORTIA:
            wanted = persons or consortium.persons
            say(f"démonstration : {consortium.name}, {wanted} personnes")
            _load_consortium(consortium, wanted)
        for local, given_name, family_name, role in PLATFORM:
            account = open_account(f"{local}@jalons.example", given_name, family_name)
            events.append("territories.mandate_opened", territory=None)
            Mandate.objects.create(
                account=account,
                role=role,
                starts_on=since,
                words=words_of(family_name, given_name, "", []),
            )


def _load_consortium(consortium: Consortium, persons: int) -> None:
    communes = _communes(consortium)
    territory = Territory.objects.create(
        code=consortium.code, name=consortium.name, communes=[row.code for row in communes]
    )
    with row_security.context([territory.pk]):
        book = Book(territory.pk, Random(f"hours {consortium.code}"))  # noqa: S311
        members = deployment.members(territory, consortium, book)
        recruiter = Recruiter(territory, members, consortium)
        staff = recruiter.staff(persons)
        recruiter.invite()
        deployment.decide(territory, consortium, members, staff)
        deployment.set_up(territory, consortium, staff, book)
        doors = [members[member.name] for member in consortium.members if member.street]
        populate(Place(territory, communes, staff, doors), book, persons)
        book.write()
        compare_files(territory.pk)


def _communes(consortium: Consortium) -> list[Commune]:
    found = Commune.objects.filter(parent="").order_by("-population", "code")
    if consortium.epci:
        return list(found.filter(epci=consortium.epci))
    return list(found.filter(departement=consortium.departement))
