"""What the method proposes to a new consortium: axes, first actions, milestones. Pure functions.

Days are counted from the start of the convention.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..models.consortium import NationalAxis


@dataclass(frozen=True)
class ProposedAxis:
    national: str
    title: str
    description: str


AXES = (
    ProposedAxis(
        NationalAxis.DIAGNOSIS,
        "Un diagnostic partagé",
        "La même méthode dans toutes les structures : un entretien mené par un professionnel du"
        " social et un professionnel de l’emploi, avec la personne.",
    ),
    ProposedAxis(
        NationalAxis.COORDINATION,
        "Un suivi coordonné",
        "Des points de situation pour tous, des délais plus courts entre deux étapes, un appui"
        " dans les premiers mois d’emploi.",
    ),
    ProposedAxis(
        NationalAxis.OFFER,
        "Une offre connue et complétée",
        "L’inventaire des solutions sociales et professionnelles, les entreprises mobilisées, des"
        " offres nouvelles conçues ensemble.",
    ),
    ProposedAxis(
        NationalAxis.METHOD,
        "Une méthode commune",
        "Des personnes accompagnées qui participent à l’évaluation, des formations et des échanges"
        " entre professionnels.",
    ),
)


@dataclass(frozen=True)
class ProposedAction:
    """`milestones` are titles with their day; the whole is kept or dropped together."""

    key: str
    national: str
    title: str
    start: int
    days: int
    milestones: tuple[tuple[str, int], ...] = ()


ACTIONS = (
    ProposedAction(
        "members",
        NationalAxis.METHOD,
        "Rencontrer chaque membre",
        0,
        60,
        (("Réunion technique de lancement", 30), ("Chaque membre a été rencontré", 60)),
    ),
    ProposedAction(
        "committee",
        NationalAxis.METHOD,
        "Réunir le comité de pilotage",
        60,
        305,
        (("Premier comité de pilotage", 75), ("Séminaire de fin d’année", 330)),
    ),
    ProposedAction(
        "working_group",
        NationalAxis.METHOD,
        "Installer le groupe de travail des professionnels",
        60,
        90,
        (("Première séance du groupe de travail", 90),),
    ),
    ProposedAction(
        "portrait",
        NationalAxis.DIAGNOSIS,
        "Former les professionnels au portrait socioprofessionnel",
        120,
        150,
        (("Les premiers portraits sont partagés", 240),),
    ),
    ProposedAction(
        "cellule",
        NationalAxis.COORDINATION,
        "Mettre en place la cellule de suivi",
        90,
        120,
        (("Première cellule de suivi", 150),),
    ),
    ProposedAction(
        "six_months",
        NationalAxis.COORDINATION,
        "Faire le point à six mois avec chaque personne",
        240,
        125,
    ),
    ProposedAction(
        "offer",
        NationalAxis.OFFER,
        "Rendre visible l’offre du territoire",
        60,
        180,
        (("L’inventaire de l’offre est relu par les membres", 200),),
    ),
    ProposedAction(
        "companies",
        NationalAxis.OFFER,
        "Mobiliser les entreprises qui recrutent",
        120,
        245,
        (("Premières immersions proposées", 180),),
    ),
)


def dates_of(proposed: ProposedAction, start: date) -> tuple[date, date]:
    """The first and the last day proposed for a convention that starts on `start`."""
    first = start + timedelta(days=proposed.start)
    return first, first + timedelta(days=proposed.days)


def milestones_of(proposed: ProposedAction, start: date) -> list[tuple[str, date]]:
    return [(title, start + timedelta(days=days)) for title, days in proposed.milestones]
