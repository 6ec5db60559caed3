"""Loads the demo: consortia, accounts, then persons with a plausible past, dates from today.

Rows are written by the application's role under row-level security, with their events, in one
transaction a territory. The same seed gives the same world on the same day.
"""

from collections.abc import Callable

from django.db import transaction

from jalons.access.roles import Role
from jalons.accounts.actions.accept_charter import accept_charter
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.kernel import clock, row_security
from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune
from jalons.territories.models import Mandate, Organization, Territory
from jalons.territories.team_rules import words_of

from .consortia import CONSORTIA, SHEETS, Agent, Consortium
from .population import populate

PLATFORM = (
    ("observer", "Florence", "Arnoult", Role.OBSERVER),
    ("platform_admin", "Damien", "Lescure", Role.PLATFORM_ADMIN),
)


def is_empty() -> bool:
    return not Territory.objects.exists()


def load(persons: int, say: Callable[[str], object]) -> None:
    """Loads the three territories; `persons` in each."""
    with transaction.atomic():
        for consortium in CONSORTIA:
            say(f"démonstration : {consortium.name}")
            _load_consortium(consortium, persons)
        for local, given_name, family_name, role in PLATFORM:
            account = _account(f"{local}@jalons.example", given_name, family_name)
            events.append("territories.mandate_opened", territory=None)
            Mandate.objects.create(
                account=account,
                role=role,
                starts_on=clock.today(),
                words=words_of(family_name, given_name, "", []),
            )


def _load_consortium(consortium: Consortium, persons: int) -> None:
    communes = _communes(consortium)
    territory = Territory.objects.create(
        code=consortium.code, name=consortium.name, communes=[row.code for row in communes]
    )
    with row_security.context([territory.pk]):
        members = _members(territory, consortium)
        mandates = [
            _mandate(territory, members, consortium, agent, rank)
            for rank, agent in enumerate(consortium.agents)
        ]
        populate(territory, communes, mandates, list(members.values()), persons)


def _communes(consortium: Consortium) -> list[Commune]:
    found = Commune.objects.order_by("-population", "code")
    if consortium.epci:
        return list(found.filter(epci=consortium.epci))
    return list(found.filter(departement=consortium.departement))


def _members(territory: Territory, consortium: Consortium) -> dict[str, Organization]:
    rows = [
        Organization(
            territory=territory,
            name=member.name,
            kind=member.kind,
            sensitive=member.sensitive,
            commune=consortium.seat,
            sort_key=fold(member.name),
        )
        for member in consortium.members
    ]
    return {row.name: row for row in Organization.objects.bulk_create(rows)}


def _mandate(
    territory: Territory,
    members: dict[str, Organization],
    consortium: Consortium,
    agent: Agent,
    number: int,
) -> Mandate:
    email = f"{agent.local}@{consortium.domain}"
    today = clock.today()
    function, skills = SHEETS.get(agent.local, ("", []))
    events.append("territories.mandate_opened", territory=territory.pk)
    return Mandate.objects.create(
        account=_account(email, agent.given_name, agent.family_name),
        territory=territory,
        organization=members[agent.member],
        role=agent.role,
        field=agent.field or "",
        habilitated_from=today.replace(month=1, day=1) if agent.habilitated else None,
        starts_on=today.replace(year=today.year - 2, month=1, day=1),
        function=function,
        skills=skills,
        phones=[f"+3363998{number:04}"],
        words=words_of(agent.family_name, agent.given_name, function, skills),
    )


def _account(email: str, given_name: str, family_name: str) -> Account:
    account = Account(email=email, given_name=given_name, family_name=family_name)
    account.set_unusable_password()
    account.save(force_insert=True)
    accept_charter(account)
    return account
