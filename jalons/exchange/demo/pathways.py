"""Pathways of the demo: what persons aim at, their steps, told until today from a seed of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature
from jalons.pathways.models import Action, Objective, Outcome, Pathway, Step
from jalons.pathways.steps.kinds import LIST
from jalons.people.models import FollowUp

from .book import Book, working

ONE_IN = 3
"""One person in so many, of those who are led, has a pathway."""


@dataclass(frozen=True)
class Plot:
    """Objectives (domain, words, what is to be done) and steps (kind, days waited, days long)."""

    objectives: tuple[tuple[str, str, str], ...]
    steps: tuple[tuple[str, int, int], ...]
    blocked_by: str = ""


OPENING = (("premier_entretien", 4, 0), ("portrait", 12, 0), ("contrat", 8, 0))
PLOTS = (
    Plot(
        (
            ("famille", "Faire garder les enfants dès 8 h", "Appeler la crèche à horaires élargis"),
            ("formation", "Devenir aide-soignante", "Confirmer la place au centre de formation"),
        ),
        (
            *OPENING,
            ("immersion", 44, 12),
            ("formation", 38, 150),
            ("emploi", 30, 730),
        ),
        "Pas de garde d’enfants avant 8 h 30",
    ),
    Plot(
        (("mobilite", "Passer le permis", "Demander l’aide au permis"),),
        (*OPENING, ("mobilite_permis", 25, 90), ("siae", 20, 240), ("emploi", 40, 730)),
    ),
    Plot(
        (("candidature", "Retrouver un poste d’agent d’accueil", "Refaire le CV"),),
        (*OPENING, ("atelier", 18, 20), ("candidature", 10, 60), ("emploi", 35, 730)),
        "Aucun bus avant 7 h",
    ),
)
PHASES = ("accueil", "diagnostic", "construction", "action", "action", "action", "emploi")
"""By the number of steps that began."""


class Pathways:
    """Of one territory; told of the référents whom somebody invented."""

    def __init__(self, book: Book) -> None:
        self._book, self._today = book, clock.today()
        self._pathways: list[Pathway] = []
        self._objectives: list[Objective] = []
        self._actions: list[Action] = []
        self._steps: list[Step] = []

    def invent(self, follow_ups: list[FollowUp]) -> None:
        """Called once the persons are written."""
        led = [each for each in follow_ups if each.role == "referent" and each.ends_on is None]
        open_to_all = [each for each in led if not each.person.protected]
        for by, plot in zip(open_to_all[::ONE_IN], cycle(PLOTS), strict=False):
            self._tell(by, plot)
        Pathway.objects.bulk_create(self._pathways)
        Objective.objects.bulk_create(self._objectives)
        Action.objects.bulk_create(self._actions)
        Step.objects.bulk_create(self._steps)

    def _tell(self, by: FollowUp, plot: Plot) -> None:
        start = by.starts_on
        pathway = Pathway(territory=by.territory, person=by.person, opened_on=start)
        self._pathways.append(pathway)
        self._note("pathway_opened", by, start, pathway)
        for domain, words, to_do in plot.objectives:
            self._aim(by, pathway, domain, words, to_do)
        steps = self._walk(by, pathway, plot)
        began = [step for step in steps if step.started_on]
        pathway.phase = PHASES[len(began)]

    def _aim(self, by: FollowUp, pathway: Pathway, domain: str, words: str, to_do: str) -> None:
        part = {"territory": by.territory, "pathway": pathway}
        objective = Objective(**part, domain=domain, words=words, set_on=pathway.opened_on)
        action = Action(**part, objective=objective, words=to_do, added_on=pathway.opened_on)
        self._objectives.append(objective)
        self._actions.append(action)
        self._note("objective_set", by, pathway.opened_on, objective)
        self._note("action_added", by, pathway.opened_on, action)

    def _walk(self, by: FollowUp, pathway: Pathway, plot: Plot) -> list[Step]:
        """The steps one after the other, up to the first that has not begun."""
        told: list[Step] = []
        day = pathway.opened_on
        for kind, waited, long in plot.steps:
            begins = max(day, working(day + timedelta(days=waited)))
            step = self._step(by, pathway, kind, told[-1] if told else None)
            told.append(step)
            self._note("step_added", by, pathway.opened_on, step)
            if begins > self._today:
                step.planned_on = begins if not plot.blocked_by else None
                step.blocked_by = plot.blocked_by
                break
            day = begins + timedelta(days=long)
            self._live(by, step, begins, day)
            if day > self._today:
                break
        self._steps += told
        return told

    def _step(self, by: FollowUp, pathway: Pathway, kind: str, previous: Step | None) -> Step:
        return Step(
            territory=by.territory,
            pathway=pathway,
            kind=kind,
            label=nomenclature.label(LIST, kind),
            organization=by.organization,
            wished_on=pathway.opened_on,
            previous=previous,
        )

    def _live(self, by: FollowUp, step: Step, begins: date, ends: date) -> None:
        step.started_on = begins
        self._note("step_started", by, begins, step)
        if ends <= self._today:
            step.ended_on, step.outcome = ends, Outcome.COMPLETED
            self._note("step_ended", by, ends, step)

    def _note(self, what: str, by: FollowUp, day: date, row: object) -> None:
        kind = type(row).__name__.lower()
        told = {"object_kind": kind, "object_key": row.pk}  # type: ignore[attr-defined]
        who = {"account": by.account_id, "organization": by.organization_id}
        self._book.note(f"pathways.{what}", day, person=by.person_id, **told, **who)
