"""The organizations of a territory, the accounts and the mandates that they hold there."""

from array import array
from dataclasses import dataclass, field
from math import ceil
from random import Random

from jalons.access.roles import Field, Role
from jalons.kernel.text import fold
from jalons.territories.team.rules import words_of

from . import names
from .days import LENGTH, text
from .places import Place
from .tables import NULL, Rows, flag, key

BLOCK = 25_000
"""Persons for whom one set of organizations is enough; a larger territory has several."""
CASELOAD = (40, 130)
"""Persons whose référent an agent is; about 100 on average."""


@dataclass(frozen=True)
class Member:
    """A kind of member: `weight` is its share of the référents, `agents` the others it employs."""

    kind: str
    name: str
    weight: int
    agents: int
    field: Field = Field.SOCIAL
    sensitive: bool = False


PRO, BOTH = Field.PROFESSIONAL, Field.BOTH
MEMBERS = [
    Member("DEPT", "Service social départemental", 24, 4),
    Member("FT", "France Travail – agence nord", 13, 2, PRO),
    Member("FT", "France Travail – agence sud", 12, 2, PRO),
    Member("ML", "Mission locale", 14, 2, BOTH),
    Member("CAP_EMPLOI", "Cap emploi", 5, 1, PRO),
    Member("PLIE", "Plan local pour l’insertion et l’emploi", 6, 1, PRO),
    Member("CCAS", "CCAS du centre", 5, 1),
    Member("CCAS", "CCAS des coteaux", 4, 1),
    Member("CCAS", "CIAS de la vallée", 4, 1),
    Member("ASSOCIATION", "Association Passerelles", 3, 1, BOTH),
    Member("ASSOCIATION", "Association L’Établi", 3, 1, BOTH),
    Member("ASSOCIATION", "Association Second souffle", 2, 1),
    Member("MSA", "Mutualité sociale agricole", 2, 1),
    Member("CAF", "Caisse d’allocations familiales", 3, 2),
    Member("CENTRE_SOCIAL", "Centre social du Port", 0, 1),
    Member("CENTRE_SOCIAL", "Centre social des Tilleuls", 0, 1),
    Member("CADA", "Centre d’accueil de demandeurs d’asile", 0, 1),
    Member("SIAO", "Service intégré d’accueil et d’orientation", 0, 1),
    Member("CHRS", "CHRS La Halte", 0, 2, sensitive=True),
    Member("CHRS_VIOLENCES", "CHRS Les Glycines", 0, 1, sensitive=True),
    Member("CIDFF", "CIDFF", 0, 2, sensitive=True),
    Member("CSAPA", "CSAPA de la gare", 0, 1, sensitive=True),
    Member("SPIP", "SPIP", 0, 2, sensitive=True),
    Member("PJJ", "PJJ – milieu ouvert", 0, 1, sensitive=True),
    Member("ASE", "Aide sociale à l’enfance", 0, 2, sensitive=True),
    Member("PREVENTION", "Club de prévention", 0, 1, sensitive=True),
    Member("ACI", "Chantier Les Jardins d’Amont", 0, 2, BOTH),
    Member("EI", "Entreprise d’insertion Recoudre", 0, 1, BOTH),
    Member("AI", "Association intermédiaire Coup de main", 0, 1, BOTH),
    Member("ETTI", "Intérim d’insertion Relais", 0, 1, PRO),
    Member("E2C", "École de la 2e chance", 0, 1, BOTH),
    Member("AFPA", "Afpa", 0, 1, PRO),
    Member("OF", "Centre de formation Horizon", 0, 1, PRO),
    Member("EPCI", "Communauté d’agglomération", 0, 0),
]


@dataclass(frozen=True, slots=True)
class Agent:
    """A practitioner. `actor` is the three columns of an event: account, mandate, organization."""

    index: int
    account: str
    organization: str
    actor: str


@dataclass
class Staff:
    """Who works in a territory. `turns` deals the référents: each as often as their caseload."""

    organizations: list[str] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    discreet: list[Agent] = field(default_factory=list)
    departed: list[Agent] = field(default_factory=list)
    turns: "array[int]" = field(default_factory=lambda: array("L"))
    main: dict[str, str] = field(default_factory=dict)


class Recruiter:
    """Writes the staff of one territory after the other."""

    def __init__(self, rows: Rows, rng: Random) -> None:
        self._actors: list[str] = []
        self._rows, self._rng, self._accounts = rows, rng, 0

    def staff(self, place: Place, size: int) -> Staff:
        """The staff that `size` persons need."""
        staff = Staff()
        for block in range(max(1, round(size / BLOCK))):
            share = size / max(1, round(size / BLOCK))
            referents = max(6, share * 0.9 / 100)
            for member in MEMBERS:
                self._organization(place, staff, member, block, referents)
        _shuffle(staff.turns, self._rng)
        return staff

    def take_actors(self) -> list[str]:
        """The `actor` of each agent hired since the last call, by `Agent.index`."""
        taken, self._actors = self._actors, []
        return taken

    def platform(self) -> None:
        """Observers and administrators, who belong to no territory."""
        for role in (Role.OBSERVER, Role.OBSERVER, Role.PLATFORM_ADMIN, Role.PLATFORM_ADMIN):
            self._hire(None, "", role, "")

    def _organization(
        self, place: Place, staff: Staff, member: Member, block: int, referents: float
    ) -> None:
        organization = key(self._rng, 0)
        name = f"{member.name} {block + 1}" if block else member.name
        commune = place.commune(self._rng).code
        self._rows.add(
            "territories_organization",
            *(organization, "2023-11-23 00:00:00+00", str(place.number), name, member.kind, ""),
            *(flag(member.sensitive), commune, fold(name)),
        )
        staff.organizations.append(organization)
        staff.main.setdefault(member.kind, organization)
        if member.weight:
            staff.doors.append(organization)
        self._practitioners(place, staff, member, organization, referents)
        self._others(place, member, organization)

    def _practitioners(
        self, place: Place, staff: Staff, member: Member, organization: str, referents: float
    ) -> None:
        total = sum(found.weight for found in MEMBERS)
        wanted = ceil(referents * member.weight / total) if member.weight else 0
        for rank in range(wanted + member.agents):
            agent = self._agent(place, organization, member.field)
            (staff.discreet if member.sensitive else staff.agents).append(agent)
            if rank < wanted:
                least, most = CASELOAD
                caseload = least + (most - least) * self._rng.random() ** 0.5
                staff.turns.extend([len(staff.agents) - 1] * round(caseload))
            if rank % 12 == 0:
                staff.departed.append(self._agent(place, organization, member.field, gone=True))

    def _agent(
        self, place: Place, organization: str, competence: Field, *, gone: bool = False
    ) -> Agent:
        actor = self._hire(place, organization, Role.PRACTITIONER, competence, gone=gone)
        account = actor.split("\t", 1)[0]
        self._actors.append(actor)
        return Agent(len(self._actors) - 1, account, organization, actor)

    def _others(self, place: Place, member: Member, organization: str) -> None:
        roles = [Role.MANAGER] if member.agents else []
        roles += [Role.CLERK] if member.weight else []
        roles += OFFICES.get(member.kind, [])
        for role in roles:
            self._hire(place, organization, role, member.field, guards=role == Role.COORDINATOR)

    def _hire(
        self,
        place: Place | None,
        organization: str,
        role: Role,
        competence: Field | str,
        *,
        gone: bool = False,
        guards: bool = False,
    ) -> str:
        account, mandate = key(self._rng, 0), key(self._rng, 0)
        words = self._account(account, gone=gone and self._rng.random() < 0.3)
        since = -round(self._rng.random() * 2_000)
        self._rows.add(
            "territories_mandate",
            *(mandate, "2023-11-23 00:00:00+00", account, str(place.number) if place else NULL),
            *(organization or NULL, role, competence if role == Role.PRACTITIONER else ""),
            text(since) if role == Role.PRACTITIONER else NULL,
            *(text(since) if guards else NULL, text(since), text(LENGTH - 200) if gone else NULL),
            words,
        )
        return f"{account}\t{mandate}\t{organization or NULL}"

    def _account(self, account: str, *, gone: bool) -> str:
        """Writes an account; answers what the lists of mandates sort by."""
        self._accounts += 1
        given = names.drawer("female").draw(self._rng.random())
        family = names.family(self._rng)
        self._rows.add(
            "accounts_account",
            *(account, "2023-11-23 00:00:00+00", f"pro{self._accounts}@jalons.example"),
            *(given.written, family.written),
            *("2026-06-01 08:00:00+00" if gone else NULL, "!"),
        )
        return words_of(family.written, given.written, "", [])


OFFICES = {
    "DEPT": [Role.DISPATCHER] * 4 + [Role.COORDINATOR, Role.COORDINATOR, Role.FACILITATOR],
    "FT": [Role.COMPANY_LEAD],
    "EPCI": [Role.NETWORK_LEAD, Role.STEERING],
    "CAF": [Role.STEERING],
}


def _shuffle(turns: "array[int]", rng: Random) -> None:
    for last in range(len(turns) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        turns[last], turns[other] = turns[other], turns[last]
