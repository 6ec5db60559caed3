"""The agents of a territory: those of the roles, their colleagues, those who are expected."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from math import ceil
from random import Random

from jalons.access.roles import Field, Role
from jalons.accounts.actions.accept_charter import accept_charter
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.territories.models import Invitation, Mandate, Organization, Territory
from jalons.territories.team.rules import words_of

from .names import AGENTS_FAMILY, AGENTS_GIVEN
from .shapes import Agent, Consortium

CASELOAD = 40
"""Persons of whom a practitioner is référent, when the demo has its full size."""
SHARE = 0.62
"""The share of the persons who have a référent today."""
SKILLS = {
    Field.SOCIAL: ["Accès aux droits", "Logement", "Budget", "Parentalité", "Mobilité"],
    Field.PROFESSIONAL: ["Projet professionnel", "Formation", "Création d’entreprise", "CV"],
}
FUNCTIONS = {
    Field.SOCIAL: "Accompagnement social",
    Field.PROFESSIONAL: "Conseil en insertion professionnelle",
}


@dataclass
class Staff:
    """`referents` may be one; `helpers` follow without being one; `departed` left on their date."""

    mandates: list[Mandate] = field(default_factory=list)
    referents: list[Mandate] = field(default_factory=list)
    helpers: list[Mandate] = field(default_factory=list)
    departed: list[Mandate] = field(default_factory=list)

    @property
    def coordinator(self) -> Mandate:
        return next(one for one in self.mandates if one.role == Role.COORDINATOR)

    def by_local(self, local: str) -> Mandate:
        return next(one for one in self.mandates if one.account.email.startswith(f"{local}@"))


class Recruiter:
    """Hires in one territory; phones are those reserved for fiction."""

    def __init__(
        self, territory: Territory, members: dict[str, Organization], consortium: Consortium
    ) -> None:
        self._territory, self._members, self._consortium = territory, members, consortium
        self._random = Random(f"agents {consortium.code}")  # noqa: S311
        self._today = clock.today()
        self._accounts: dict[str, Account] = {}
        self._phones = cycle(range(100))

    def staff(self, persons: int) -> Staff:
        """The agents of the roles, and as many colleagues as the caseloads ask for."""
        staff = Staff([self._agent(agent) for agent in self._consortium.agents])
        practitioners = [one for one in staff.mandates if one.role == Role.PRACTITIONER]
        staff.referents = [one for one in practitioners if one.habilitated_from]
        staff.helpers = [one for one in practitioners if not one.habilitated_from]
        wanted = ceil(persons * SHARE / CASELOAD) - len(staff.referents)
        names = self._names()
        employers = cycle(self._consortium.employers)
        for name, member in zip(names[: max(0, wanted)], employers, strict=False):
            staff.referents.append(self._colleague(name, member))
        for name, member in zip(names[-2:], employers, strict=False):
            ends_on = self._today - timedelta(days=self._random.randrange(30, 200))
            staff.departed.append(self._colleague(name, member, ends_on))
        return staff

    def invite(self) -> None:
        """Some are expected: prepared, then sent a few days ago, or not yet."""
        members = [one for one in self._members.values() if not one.sensitive]
        for rank, name in enumerate(self._names()[-8:-3]):
            given, family = name
            sent = clock.now() - timedelta(days=rank + 1, hours=2) if rank < 2 else None
            Invitation.objects.create(
                territory=self._territory,
                organization=members[rank % len(members)],
                role=Role.MANAGER if rank % 2 else Role.PRACTITIONER,
                field="" if rank % 2 else Field.SOCIAL,
                email=self._email(given, family),
                given_name=given,
                family_name=family,
                phones=[self._phone()],
                sent_at=sent,
                recorded_at=clock.now() - timedelta(days=rank + 4),
            )

    def _names(self) -> list[tuple[str, str]]:
        """Every invented colleague, in an order of the territory's own."""
        pairs = [(given, family) for given in AGENTS_GIVEN for family in AGENTS_FAMILY]
        return Random(f"names {self._consortium.code}").sample(pairs, 60)  # noqa: S311

    def _agent(self, agent: Agent) -> Mandate:
        email = f"{agent.local}@{self._consortium.domain}"
        return self._mandate(
            self._account(email, agent.given_name, agent.family_name),
            agent.member,
            agent.role,
            agent.field,
            habilitated_from=self._since(400) if agent.habilitated else None,
            data_protection_from=self._since(400) if agent.role == Role.COORDINATOR else None,
            function=agent.function,
            skills=list(agent.skills),
            starts_on=self._since(760),
        )

    def _colleague(
        self, name: tuple[str, str], member: str, ends_on: date | None = None
    ) -> Mandate:
        given, family = name
        is_social = self._members[member].kind in {"DEPT", "COLLECTIVITE", "CCAS"}
        competence = Field.SOCIAL if is_social else Field.PROFESSIONAL
        return self._mandate(
            self._account(self._email(given, family), given, family),
            member,
            Role.PRACTITIONER,
            competence,
            habilitated_from=self._since(400),
            function=FUNCTIONS[competence],
            skills=sorted(self._random.sample(SKILLS[competence], 2)),
            starts_on=self._since(760),
            ends_on=ends_on,
        )

    def _mandate(
        self,
        account: Account,
        member: str,
        role: Role,
        competence: Field | None,
        *,
        function: str,
        skills: list[str],
        **values: object,
    ) -> Mandate:
        events.append("territories.mandate_opened", territory=self._territory.pk)
        return Mandate.objects.create(
            account=account,
            territory=self._territory,
            organization=self._members[member],
            role=role,
            field=competence or "",
            function=function,
            skills=skills,
            phones=[self._phone()],
            words=words_of(account.family_name, account.given_name, function, skills),
            **values,
        )

    def _account(self, email: str, given_name: str, family_name: str) -> Account:
        if email not in self._accounts:
            self._accounts[email] = open_account(email, given_name, family_name)
        return self._accounts[email]

    def _email(self, given: str, family: str) -> str:
        local = f"{fold(given)}.{fold(family)}".replace(" ", "-")
        return f"{local}@{self._consortium.domain}"

    def _phone(self) -> str:
        return f"+336399800{next(self._phones):02}"

    def _since(self, days: int) -> date:
        return self._today - timedelta(days=days)


def open_account(email: str, given_name: str, family_name: str) -> Account:
    account = Account(email=email, given_name=given_name, family_name=family_name)
    account.set_unusable_password()
    account.save(force_insert=True)
    accept_charter(account)
    return account
