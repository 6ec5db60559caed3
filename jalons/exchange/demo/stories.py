"""The story of one person since they came: days, and nothing else. Pure, and drawn from a seed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .book import working

PAST = 730
"""Days of the past: two years."""
RECENT = 75
DECLINED = ("declined", "unreachable", "already_followed", "not_concerned", "back_to_work")
EXITS = ("pathway_exit", "pathway_exit", "support_over", "moved", "lost_contact", "person_choice")


@dataclass(frozen=True)
class Story:
    """What never happened is None. `left`: the référent went away, nobody came after."""

    received: date
    assigned: date | None = None
    met: date | None = None
    closed: date | None = None
    motive: str = ""
    handover: date | None = None
    left: date | None = None
    exited: date | None = None
    reason: str = ""


class Teller:
    """Tells stories as they would have gone until `today`."""

    def __init__(self, random: Random, today: date) -> None:
        self._random, self._today = random, today

    def story(self, *, waiting: bool = False) -> Story:
        """`waiting`: of somebody who came lately and has not been met yet."""
        age = self._random.randrange(RECENT if waiting else PAST)
        received = working(self._today - timedelta(days=age))
        if waiting:
            return self._forgotten(received)
        if age > 40 and self._chance(0.07):
            return self._declined(received)
        assigned = self._after(received, int(self._random.random() ** 2 * 9))
        met = self._after(received, self._wait())
        if assigned is None or met is None:
            return Story(received, assigned)
        return self._accompanied(received, min(assigned, met), met)

    def _forgotten(self, received: date) -> Story:
        """Somebody that an attention rule must find again."""
        assigned = self._after(received, self._random.randrange(1, 9))
        return Story(received, assigned if self._chance(0.6) else None)

    def _declined(self, received: date) -> Story:
        closed = working(received + timedelta(days=self._random.randrange(9, 35)))
        assigned = self._after(received, 4) if self._chance(0.7) else None
        motive = self._random.choice(DECLINED)
        return Story(received, assigned and min(assigned, closed), None, closed, motive)

    def _accompanied(self, received: date, assigned: date, met: date) -> Story:
        followed = (self._today - met).days
        if followed > 100 and self._chance(0.34):
            exited, reason = self._between(met, 60), self._random.choice(EXITS)
            return Story(received, assigned, met, exited, "other", exited=exited, reason=reason)
        if followed > 60 and self._chance(0.16):
            return Story(received, assigned, met, handover=self._between(met, 30))
        if followed > 20 and self._chance(0.025):
            return Story(received, assigned, met, left=self._between(met, 10))
        return Story(received, assigned, met)

    def _wait(self) -> int:
        """Days before a first interview: nearly two weeks as a rule, two months sometimes."""
        return min(70, 3 + int(self._random.lognormvariate(2.1, 0.65)))

    def _between(self, day: date, least: int) -> date:
        """A working day between `least` days after a day and today."""
        return working(day + timedelta(days=self._random.randint(least, (self._today - day).days)))

    def _after(self, day: date, days: int) -> date | None:
        """So many days later, None when that is still to come."""
        found = working(day + timedelta(days=days))
        return max(found, day) if found <= self._today else None

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
