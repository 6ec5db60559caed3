"""What a territory of the demo is written with: its members, its agents, what it decided."""

from dataclasses import dataclass, field
from typing import Any

from jalons.access.roles import Field, Role
from jalons.territories.models import NationalAxis


@dataclass(frozen=True)
class Member:
    """An organization: its name, its kind (nomenclature), and whether it discloses by itself.

    `street` is an invented address where it receives; a member with one is a door of the territory.
    `joined` is how many days ago it signed; `left` how many days ago it ceased to be a member.
    """

    name: str
    kind: str
    sensitive: bool = False
    street: str = ""
    postcode: str = ""
    city: str = ""
    note: str = ""
    joined: int = 700
    left: int | None = None


@dataclass(frozen=True)
class Agent:
    """An invented professional: the local part of the e-mail, their name, role and organization."""

    local: str
    name: str
    role: Role
    member: str
    field: Field | None = None
    habilitated: bool = False
    function: str = ""
    skills: tuple[str, ...] = ()

    @property
    def given_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def family_name(self) -> str:
        return self.name.split(" ", 1)[1]


@dataclass(frozen=True)
class Milestone:
    """A date to hold, `due` days from today; `reached` days from today, if it was."""

    title: str
    due: int
    reached: int | None = None


@dataclass(frozen=True)
class Action:
    """Something to set up; its dates are in days from today. `owner` is an agent's local part."""

    title: str
    axis: int
    starts: int
    due: int
    started: int | None = None
    done: int | None = None
    member: str = ""
    owner: str = ""
    dropped: int | None = None
    reason: str = ""
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class Axis:
    national: NationalAxis
    title: str
    description: str


@dataclass(frozen=True)
class Setting:
    """A value changed `since` days ago, or planned (negative), and why."""

    key: str
    value: Any
    since: int
    reason: str


@dataclass(frozen=True)
class Convention:
    title: str
    carrier: str
    aims: str
    publics: tuple[str, ...]


@dataclass(frozen=True)
class Consortium:
    """`epci` (SIREN) or `departement` says which communes; `seat` is the main one (Insee code).

    `persons` is the size of the demo; `goals` the persons to accompany, by years from this one.
    """

    code: str
    name: str
    seat: str
    persons: int
    convention: Convention
    members: tuple[Member, ...]
    agents: tuple[Agent, ...]
    axes: tuple[Axis, ...]
    actions: tuple[Action, ...]
    goals: dict[int, int]
    milestones: tuple[Milestone, ...] = ()
    settings: tuple[Setting, ...] = ()
    epci: str = ""
    departement: str = ""
    employers: tuple[str, ...] = field(default=())
    """The members whose agents are référents."""

    @property
    def domain(self) -> str:
        return f"{self.code}.jalons.example"


def agents(
    names: tuple[str, ...], county: str, city: str, employment: str, young: str, other: str
) -> tuple[Agent, ...]:
    """One account a role, three more practitioners; `names` are « Prénom Nom » in this order.

    The last one holds two mandates: at `city`, and as the manager of `other`.
    """
    practitioner = Role.PRACTITIONER
    social = ("Accès aux droits", "Logement", "Budget")
    professional = ("Projet professionnel", "Métiers en tension", "Formation")
    listed = names
    return (
        Agent(
            "practitioner",
            listed[0],
            practitioner,
            county,
            Field.SOCIAL,
            True,
            "Travailleuse sociale",
            social,
        ),
        Agent(
            "practitioner.pro",
            listed[1],
            practitioner,
            employment,
            Field.PROFESSIONAL,
            True,
            "Conseiller à l’emploi",
            professional,
        ),
        Agent(
            "practitioner2",
            listed[2],
            practitioner,
            city,
            Field.SOCIAL,
            False,
            "Intervenante sociale",
            ("Domiciliation", "Aide alimentaire"),
        ),
        Agent("manager", listed[3], Role.MANAGER, county, function="Chef de service insertion"),
        Agent("clerk", listed[4], Role.CLERK, city, function="Agente d’accueil"),
        Agent("dispatcher", listed[5], Role.DISPATCHER, county, function="Chargé d’orientation"),
        Agent("coordinator", listed[6], Role.COORDINATOR, county, function="Coordinatrice du SPIE"),
        Agent("facilitator", listed[7], Role.FACILITATOR, young, function="Animateur de réseau"),
        Agent(
            "company_lead",
            listed[8],
            Role.COMPANY_LEAD,
            employment,
            function="Référente entreprises",
            skills=("Immersions", "Recrutement sans CV"),
        ),
        Agent(
            "network_lead",
            listed[9],
            Role.NETWORK_LEAD,
            county,
            function="Référent partenariats",
            skills=("Offre du territoire",),
        ),
        Agent("steering", listed[10], Role.STEERING, county, function="Élue à l’insertion"),
        Agent(
            "practitioner3",
            listed[11],
            practitioner,
            city,
            Field.BOTH,
            False,
            "Chargée d’accompagnement",
            ("Mobilité", "Numérique"),
        ),
        Agent("practitioner3", listed[11], Role.MANAGER, other, function="Directrice"),
    )


NATIONAL_AXES = (
    Axis(
        NationalAxis.DIAGNOSIS,
        "Un diagnostic partagé",
        "La même méthode quelle que soit la structure, des entretiens tenus à deux.",
    ),
    Axis(
        NationalAxis.COORDINATION,
        "Un suivi coordonné",
        "Un point de situation pour tous, des délais plus courts, un appui au retour à l’emploi.",
    ),
    Axis(
        NationalAxis.OFFER,
        "Une offre connue et mobilisée",
        "Les solutions sociales et professionnelles recensées, les entreprises mobilisées.",
    ),
    Axis(
        NationalAxis.METHOD,
        "Une méthode commune",
        "Les personnes évaluent l’accompagnement, les professionnels se forment ensemble.",
    ),
)
