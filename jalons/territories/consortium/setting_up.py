"""The steps that set up a consortium: what is done is read from what exists. Pure functions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What exists in a territory today."""

    communes: int = 0
    members: int = 0
    convention: bool = False
    axes: int = 0
    goal: bool = False
    actions: int = 0
    colleagues: int = 0


@dataclass(frozen=True)
class Step:
    """`lacks` is what remains to do, a French sentence; empty once the step is done."""

    key: str
    label: str
    url_name: str
    purpose: str
    lacks: str = ""

    @property
    def done(self) -> bool:
        return not self.lacks


LEAST_MEMBERS = 2
"""A consortium is several organizations: the one that carries it, and another."""


def steps(facts: Facts) -> list[Step]:
    """The six steps, in their order."""
    return [
        Step(
            "communes",
            "Le territoire",
            "territories:communes",
            "Les communes où le consortium agit.",
            "" if facts.communes else "Choisissez au moins une commune.",
        ),
        Step(
            "members",
            "Les membres",
            "territories:members",
            "Les structures qui signent la convention.",
            ""
            if facts.members >= LEAST_MEMBERS
            else "Ajoutez une structure membre, à côté de celle qui porte le consortium.",
        ),
        Step(
            "convention",
            "La convention",
            "territories:convention",
            "Ce que les membres ont signé : dates, publics, ce qui doit changer.",
            "" if facts.convention else "Enregistrez la convention.",
        ),
        Step(
            "axes",
            "Les axes",
            "territories:axes",
            "Les axes de travail, et le nombre de personnes à accompagner cette année.",
            _axes(facts),
        ),
        Step(
            "calendar",
            "Le calendrier",
            "territories:proposals",
            "Les actions à mener et leurs jalons.",
            "" if facts.actions else "Gardez ou ajoutez au moins une action.",
        ),
        Step(
            "team",
            "L’équipe",
            "territories:colleagues",
            "Les professionnels qui travailleront avec vous.",
            "" if facts.colleagues else "Invitez au moins une ou un collègue.",
        ),
    ]


def _axes(facts: Facts) -> str:
    if not facts.axes:
        return "Gardez au moins un axe."
    return "" if facts.goal else "Fixez l’objectif de l’année."


def finished(found: list[Step]) -> bool:
    return all(step.done for step in found)


def following(found: list[Step], key: str) -> Step | None:
    """The step after this one, in order; None after the last."""
    keys = [step.key for step in found]
    place = keys.index(key) + 1
    return found[place] if place < len(found) else None
