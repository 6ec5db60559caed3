"""Who follows a generated person: entries, follow-ups, agreements, objections.

Nine persons in ten have one active référent. The others wait for a first interview, left, or lost
their référent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeVar

from .days import LENGTH, at_work, moment, text
from .happenings import Happenings
from .persons import Person
from .staff import Agent, Staff
from .tables import NULL, Rows, fact_key, flag

CREATED, RECEIVED, ASSIGNED, MET, CLOSED, STARTED, ENDED = range(7)
AGREED, OBJECTED = 8, 9
"""Ranks in `happenings.KINDS`."""
T = TypeVar("T")
OVERLAP = 15
REQUESTS = [
    "",
    "Retrouver un emploi près de chez moi.",
    "Passer le permis pour pouvoir travailler.",
    "Faire garder mes enfants le temps d’une formation.",
    "Savoir à quoi j’ai droit.",
    "Changer de métier, mon dos ne suit plus.",
    "Apprendre à mieux écrire le français.",
    "Reprendre confiance après une longue pause.",
]
ORIGINS = ["self", "partner", "caf_flow"] * 2 + ["outreach", "status_change"]
MOTIVES = ["already_followed", "declined", "unreachable", "back_to_work", "not_concerned"]
EXITS = ["pathway_exit", "support_over", "lost_contact", "person_choice", "moved"]
DOMAINS = ["mobilite", "logement", "sante", "famille", "finances", "numerique", "savoirs"]
GIVEN = ["on_the_spot", "on_the_spot", "on_paper", "by_code"]


@dataclass(slots=True)
class Follower:
    """A follow-up that was written; `end` is the first day without, None while it runs."""

    agent: Agent
    role: str
    start: int
    end: int | None


@dataclass(slots=True)
class Circle:
    person: Person
    door: str
    main: Agent
    followers: list[Follower] = field(default_factory=list)
    entries: int = 0

    @property
    def referent(self) -> Agent | None:
        found = (one.agent for one in self.followers if one.role == "referent" and one.end is None)
        return next(found, None)


class Circles:
    """A territory's circles. Référents are dealt in turn, so that caseloads are as staffed."""

    def __init__(self, rows: Rows, happenings: Happenings, rng: Random, staff: Staff) -> None:
        self._rows, self._happenings, self._rng = rows, happenings, rng
        self._staff, self._turn = staff, 0

    def circle(self, person: Person) -> Circle:
        """Writes the circle of a person and notes its events."""
        door = self._one(self._staff.doors)
        circle = Circle(person, door, self._one(self._staff.agents))
        met = person.created + int(2 + self._rng.random() ** 2 * 50)
        followed = self._rng.random()
        if met >= LENGTH - 1 or followed < 0.01:
            self._entry(circle, None)
        elif followed < 0.07 and met + 90 < LENGTH:
            self._left(circle, met)
        else:
            self._entry(circle, met)
            self._accompanied(circle, met, lost=followed < 0.09)
        self._happenings.main_agent(person.number, circle.main.index)
        self._note(circle, 0, CREATED)
        self._agreements(circle)
        return circle

    def discreet(self, circle: Circle) -> Agent:
        """Adds an intervenant of a sensitive organization, and answers who."""
        agent = self._one(self._staff.discreet)
        start = self._day(circle.person.created)
        self._follow(circle, agent, "intervenant", start, None, "orientation")
        return agent

    def _accompanied(self, circle: Circle, met: int, *, lost: bool) -> None:
        """A référent since the first interview, or after a handover; others beside."""
        former = self._one(self._staff.departed) if self._rng.random() < 0.25 else None
        start = met
        if former and met + 30 < LENGTH:
            start = self._day(met + 20)
            self._follow(circle, former, "referent", met, start, "designation", "handover")
            over = (start + OVERLAP, "handover_overlap", "overlap_over")
            self._follow(circle, former, "intervenant", start, *over)
        if lost:
            if start > met:
                return
            end = self._day(met + 1)
            self._follow(circle, circle.main, "referent", met, end, "designation", "mandate_over")
            return
        circle.main = self._next_referent()
        self._follow(circle, circle.main, "referent", start, None, "designation")
        self._beside(circle, start)

    def _beside(self, circle: Circle, start: int) -> None:
        if self._rng.random() < 0.2:
            other = self._other(circle)
            self._follow(circle, other, "co_referent", self._day(start), None, "interview")
        if self._rng.random() < 0.35:
            begin = self._day(start)
            end = self._day(begin + 1) if self._rng.random() < 0.4 and begin + 3 < LENGTH else None
            reason = "session_over" if end else ""
            other = self._other(circle)
            self._follow(circle, other, "intervenant", begin, end, "session", reason)

    def _left(self, circle: Circle, met: int) -> None:
        """Followed once, gone since: the entry is closed, the follow-up ended."""
        circle.main = self._one(self._staff.agents)
        end = self._day(met + 60)
        self._entry(circle, met, closed=end)
        self._follow(circle, circle.main, "referent", met, end, "designation", self._one(EXITS))

    def _follow(
        self,
        circle: Circle,
        agent: Agent,
        role: str,
        start: int,
        end: int | None,
        motive: str,
        reason: str = "",
    ) -> None:
        person, rank = circle.person, len(circle.followers)
        circle.followers.append(Follower(agent, role, start, end))
        self._rows.add(
            "people_followup",
            *(fact_key(person.key, "followup", rank), moment(at_work(start, 0.5))),
            *(person.territory, person.key, agent.organization, agent.account, role, motive),
            *(flag(motive == "handover_overlap"), text(start)),
            *(NULL if end is None else text(end), reason),
        )
        self._note(circle, start, STARTED, rank, agent)
        if end is not None and end < LENGTH:
            self._note(circle, end, ENDED, rank, agent)

    def _entry(self, circle: Circle, met: int | None, closed: int | None = None) -> None:
        """The entry that made the person known; one person in eight came a second time."""
        created, chance = circle.person.created, self._rng.random
        if met is None:
            assigned = created + int(chance() * 8)
            waiting = created + 60 > LENGTH
            dates = _Dates(created, None if assigned >= LENGTH or chance() < 0.4 else assigned)
            self._write_entry(circle, dates if waiting else replace(dates, closed=created + 30))
            return
        assigned = created + int(chance() * (met - created))
        self._write_entry(circle, _Dates(created, assigned, met, closed))
        if closed is None and chance() < 0.12 and met + 40 < LENGTH:
            again = self._day(met + 20)
            self._write_entry(circle, _Dates(again, closed=min(again + 10, LENGTH - 1)))

    def _write_entry(self, circle: Circle, dates: "_Dates") -> None:
        person, rank = circle.person, circle.entries
        circle.entries += 1
        opened = self._rng.random() < 0.995 or dates.assigned is not None
        self._rows.add(
            "people_entry",
            fact_key(person.key, "entry", rank),
            *(moment(at_work(dates.received, 0.5)), person.territory, person.key, circle.door),
            *(self._one(ORIGINS), self._one(REQUESTS), text(dates.received)),
            text(dates.received) if opened else NULL,
            NULL if dates.assigned is None else self._one(self._staff.doors),
            *(_day(dates.assigned), _day(dates.met), _day(dates.closed)),
            "" if dates.closed is None else self._one(MOTIVES),
        )
        told = (dates.received, dates.assigned, dates.met, dates.closed)
        for kind, day in zip((RECEIVED, ASSIGNED, MET, CLOSED), told, strict=True):
            if day is not None:
                self._note(circle, day, kind, rank)

    def _agreements(self, circle: Circle) -> None:
        """Seven persons in ten agreed, one in seven of them in part; a few object."""
        person, chance = circle.person, self._rng.random
        if chance() < 0.7:
            start = self._day(person.created)
            self._agreement(circle, start, chance())
            self._note(circle, start, AGREED)
        if chance() < 0.015:
            start = self._day(person.created)
            domain = self._one(DOMAINS) if chance() < 0.6 else ""
            organization = NULL if domain else self._one(self._staff.organizations)
            self._rows.add(
                "people_objection",
                *(fact_key(person.key, "objection", 0), moment(at_work(start, 0.5))),
                *(person.territory, person.key, domain, organization, text(start)),
                text(self._day(start)) if chance() < 0.2 else NULL,
            )
            self._note(circle, start, OBJECTED)

    def _agreement(self, circle: Circle, start: int, kind: float) -> None:
        person, named = circle.person, [circle.main.organization, circle.door]
        end = start + 365 if kind > 0.9 else None
        withdrawn = self._day(start) if kind > 0.98 else None
        self._rows.add(
            "people_agreement",
            *(fact_key(person.key, "agreement", 0), moment(at_work(start, 0.5))),
            *(person.territory, person.key),
            "{mobilite,logement,numerique,administratif}" if kind < 0.08 else "{}",
            "{" + ",".join(named) + "}" if 0.08 < kind < 0.14 else "{}",
            *(self._one(GIVEN), text(start), _day(end), _day(withdrawn)),
        )

    def _note(
        self,
        circle: Circle,
        day: int,
        kind: int,
        rank: int = 0,
        agent: Agent | None = None,
    ) -> None:
        person = circle.person
        minute = max(at_work(day, self._rng.random()), person.minute)
        self._happenings.note(minute, person.number, (agent or circle.main).index, kind, rank)

    def _next_referent(self) -> Agent:
        found = self._staff.agents[self._staff.turns[self._turn % len(self._staff.turns)]]
        self._turn += 1
        return found

    def _other(self, circle: Circle) -> Agent:
        """An agent that does not follow the person yet."""
        while True:
            agent = self._one(self._staff.agents)
            if all(agent is not follower.agent for follower in circle.followers):
                return agent

    def _day(self, after: int) -> int:
        """A past day from `after` on."""
        return after + int(self._rng.random() * (LENGTH - after))

    def _one(self, items: Sequence[T]) -> T:
        return items[int(self._rng.random() * len(items))]


@dataclass(frozen=True, slots=True)
class _Dates:
    """The days of an entry; those that never came are None."""

    received: int
    assigned: int | None = None
    met: int | None = None
    closed: int | None = None


def _day(day: int | None) -> str:
    return NULL if day is None else text(day)
