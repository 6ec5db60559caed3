"""The three territories of the demo, with their members (territories.md) and invented agents."""

from dataclasses import dataclass, field

from jalons.access.roles import Field, Role


@dataclass(frozen=True)
class Member:
    """An organization: its name, its kind (nomenclature), and whether it discloses by itself."""

    name: str
    kind: str
    sensitive: bool = False


@dataclass(frozen=True)
class Agent:
    """An invented professional: the local part of the e-mail, their name, role and organization."""

    local: str
    given_name: str
    family_name: str
    role: Role
    member: str
    field: Field | None = None
    habilitated: bool = False


@dataclass(frozen=True)
class Consortium:
    """`epci` (SIREN) or `departement` says which communes; `seat` is the main one (Insee code)."""

    code: str
    name: str
    seat: str
    epci: str = ""
    departement: str = ""
    members: tuple[Member, ...] = ()
    agents: tuple[Agent, ...] = field(default=())

    @property
    def domain(self) -> str:
        return f"{self.code}.jalons.example"


def _agents(
    names: tuple[str, ...], county: str, city: str, employment: str, young: str
) -> tuple[Agent, ...]:
    """One account a role, and two more practitioners; `names` are « Prénom Nom » in this order."""
    places = [
        ("practitioner", Role.PRACTITIONER, county, Field.SOCIAL, True),
        ("practitioner.pro", Role.PRACTITIONER, employment, Field.PROFESSIONAL, True),
        ("practitioner2", Role.PRACTITIONER, city, Field.SOCIAL, False),
        ("manager", Role.MANAGER, county, None, False),
        ("clerk", Role.CLERK, city, None, False),
        ("dispatcher", Role.DISPATCHER, county, None, False),
        ("coordinator", Role.COORDINATOR, county, None, False),
        ("facilitator", Role.FACILITATOR, young, None, False),
        ("company_lead", Role.COMPANY_LEAD, employment, None, False),
        ("network_lead", Role.NETWORK_LEAD, county, None, False),
        ("steering", Role.STEERING, county, None, False),
    ]
    return tuple(
        Agent(local, name.split(" ", 1)[0], name.split(" ", 1)[1], role, member, kind, habilitated)
        for (local, role, member, kind, habilitated), name in zip(places, names, strict=True)
    )


AJACCIO = Consortium(
    code="pays-ajaccien",
    name="Pays ajaccien",
    seat="2A004",
    epci="242010056",
    members=(
        Member("Collectivité de Corse", "COLLECTIVITE"),
        Member("France Travail Ajaccio", "FT"),
        Member("Cap emploi Corse-du-Sud", "CAP_EMPLOI"),
        Member("Mission locale d’Ajaccio", "ML"),
        Member("CAF de Corse-du-Sud", "CAF"),
        Member("CIAS du Pays ajaccien", "CCAS"),
        Member("SIAO de Corse-du-Sud", "SIAO"),
        Member("DDETSPP de Corse-du-Sud", "DDETS"),
        Member("SPIP d’Ajaccio", "SPIP", sensitive=True),
        Member("ARS de Corse", "ARS"),
        Member("AFPA Ajaccio", "AFPA"),
        Member("CIDFF de Corse-du-Sud", "CIDFF", sensitive=True),
        Member("Centre social des Salines", "CENTRE_SOCIAL"),
    ),
    agents=_agents(
        (
            "Lisandra Casalta",
            "Ghjuvan Peraldi",
            "Maëlle Ottavi",
            "Bénédicte Santoni",
            "Fabien Colombani",
            "Vannina Leca",
            "Ornella Quilici",
            "Théo Muracciole",
            "Sabrina Bartoli",
            "Antoine Ferrandi",
            "Colette Giacobbi",
        ),
        "Collectivité de Corse",
        "CIAS du Pays ajaccien",
        "France Travail Ajaccio",
        "Mission locale d’Ajaccio",
    ),
)

BELFORT = Consortium(
    code="belfort",
    name="Territoire de Belfort",
    seat="90010",
    departement="90",
    members=(
        Member("Département du Territoire de Belfort", "DEPT"),
        Member("France Travail Belfort", "FT"),
        Member("Mission locale Espace Jeunes", "ML"),
        Member("Cap emploi Nord Franche-Comté", "CAP_EMPLOI"),
        Member("CAF du Territoire de Belfort", "CAF"),
        Member("CCAS de Belfort", "CCAS"),
        Member("Préfecture du Territoire de Belfort", "PREFECTURE"),
        Member("DDETSPP du Territoire de Belfort", "DDETS"),
        Member("Chantier d’insertion des Trois Chênes", "SIAE"),
        Member("Centre de soins en addictologie du Lion", "CSAPA", sensitive=True),
    ),
    agents=_agents(
        (
            "Nadège Courtot",
            "Mickaël Rigoulot",
            "Samira Belkacem",
            "Hervé Demeusy",
            "Ludivine Jacquot",
            "Corentin Feltin",
            "Aurore Monnier",
            "Yannick Grisey",
            "Delphine Chappuis",
            "Olivier Mathey",
            "Jeanne Wissler",
        ),
        "Département du Territoire de Belfort",
        "CCAS de Belfort",
        "France Travail Belfort",
        "Mission locale Espace Jeunes",
    ),
)

VAL_D_OISE = Consortium(
    code="val-d-oise",
    name="Val-d’Oise",
    seat="95127",
    departement="95",
    members=(
        Member("Département du Val-d’Oise", "DEPT"),
        Member("France Travail Cergy", "FT"),
        Member("Mission locale du Vexin", "ML"),
        Member("Mission locale de la Vallée", "ML"),
        Member("Cap emploi Val-d’Oise", "CAP_EMPLOI"),
        Member("PLIE de l’Est du Val-d’Oise", "PLIE"),
        Member("CAF du Val-d’Oise", "CAF"),
        Member("CCAS d’Argenteuil", "CCAS"),
        Member("Régie de quartier des Tilleuls", "SIAE"),
        Member("Club de prévention des Moulins", "PREVENTION", sensitive=True),
    ),
    agents=_agents(
        (
            "Fatoumata Sylla",
            "Guillaume Terrasson",
            "Priscilla Nkounkou",
            "Marc-Antoine Dubreuil",
            "Laëtitia Poitou",
            "Kévin Delattre",
            "Hélène Vauquelin",
            "Bakary Konaté",
            "Emmanuelle Roch",
            "Stéphane Lemoigne",
            "Catherine Aubrac",
        ),
        "Département du Val-d’Oise",
        "CCAS d’Argenteuil",
        "France Travail Cergy",
        "Mission locale du Vexin",
    ),
)

CONSORTIA = (AJACCIO, BELFORT, VAL_D_OISE)

SHEETS = {
    "practitioner": ("Travailleuse sociale", ["Accès aux droits", "Logement", "Écoute"]),
    "practitioner.pro": ("Conseiller emploi", ["Projet professionnel", "Création d’entreprise"]),
    "practitioner2": ("Conseillère en insertion", ["Mobilité", "Budget"]),
    "manager": ("Chef de service", ["Encadrement"]),
    "clerk": ("Chargée d’accueil", ["Accueil", "Accès aux droits"]),
    "dispatcher": ("Chargé d’orientation", ["Orientation"]),
    "coordinator": ("Coordinatrice du SPIE", ["Coordination"]),
    "facilitator": ("Animateur de la cellule de suivi", ["Animation de réunions"]),
    "company_lead": ("Référente entreprises", ["Immersions", "Métiers en tension"]),
    "network_lead": ("Référent partenariats", ["Connaissance de l’offre"]),
}
"""The function and the skills of each agent, by the local part of the e-mail."""
