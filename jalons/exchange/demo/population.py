"""The demo's persons: who entered by which door, who follows them, since when. Written in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from jalons.kernel import clock
from jalons.nomenclature.models import Commune
from jalons.people import names
from jalons.people.models import Agreement, Entry, FollowUp, Objection, Person
from jalons.people.settings import HANDOVER_OVERLAP
from jalons.territories import settings
from jalons.territories.models import Mandate, Organization, Territory

from . import likenesses
from .book import Book, actor, working
from .files import Files
from .names import FAMILY, GIVEN
from .pathways import Pathways
from .reach import Reach
from .staff import Staff
from .statuses import Situations
from .stories import Story, Teller

ORIGINS = ("self", "self", "partner", "partner", "outreach", "caf_flow", "caf_flow")
REQUESTS = (
    "",
    "Retrouver un emploi près de chez moi.",
    "Passer le permis pour pouvoir travailler.",
    "Faire garder mes enfants le temps d’une formation.",
    "Savoir à quoi j’ai droit.",
    "Changer de métier, mon dos ne suit plus.",
    "Mieux écrire le français.",
    "Reprendre confiance après une longue pause.",
)
LANGUAGES = ("fra",) * 12 + ("por", "tur", "ukr")
CHANNELS = ("phone", "phone", "sms", "email", "letter", "")
WAITING = 25
"""One person in so many came lately and waits for somebody to find them again."""
DOMAINS = ("mobilite", "logement", "numerique", "administratif")


@dataclass
class Rows:
    """What is written once everybody is invented."""

    persons: list[Person] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)

    def write(self) -> None:
        Person.objects.bulk_create(self.persons)
        Entry.objects.bulk_create(self.entries)
        FollowUp.objects.bulk_create(self.follow_ups)
        Agreement.objects.bulk_create(self.agreements)
        Objection.objects.bulk_create(self.objections)


@dataclass(frozen=True)
class Place:
    """Where persons are met: the territory, its communes, its agents and its doors."""

    territory: Territory
    communes: Sequence[Commune]
    staff: Staff
    doors: Sequence[Organization]


def populate(place: Place, book: Book, persons: int) -> None:
    """Creates `persons` persons with their past; most have a référent, some still wait."""
    random = Random(f"persons {place.territory.code}")  # noqa: S311
    population = Population(place, book, random)
    for number in range(persons):
        population.person(number)
    population.rows.write()
    population.situations.write()
    population.reach.write()
    Files(place.territory, place.staff, book).invent(
        population.rows.follow_ups, population.rows.agreements
    )
    Pathways(book).invent(population.rows.follow_ups)


class Population:
    def __init__(self, place: Place, book: Book, random: Random) -> None:
        self.rows, self._place, self._book, self._random = Rows(), place, book, random
        self._today = clock.today()
        self._teller = Teller(random, self._today)
        self.situations = Situations(place.territory, book, random)
        self.reach = Reach(book, Random(f"reach {place.territory.code}"))  # noqa: S311
        self._weights = list(accumulate(row.population + 1 for row in place.communes))
        self._overlap = settings.value(place.territory.pk, HANDOVER_OVERLAP.key, self._today)
        self._turn = self._alike = 0

    def person(self, number: int) -> None:
        story = self._teller.story(waiting=number % WAITING == 7)
        person = self._identity(number, story)
        main = self._next()
        if number >= likenesses.FIRST + likenesses.ONE_IN * self._alike:
            self._resemble(person, main)
        self._note("people.person_created", person, story.received)
        door = self._entry(person, story, main)
        self.reach.contacts(person, story.received, door.pk)
        if story.met:
            self._circle(person, story, main, story.met)
            self._agreements(person, story.met, main)
        self.situations.statuses(person, story.received)

    def _identity(self, number: int, story: Story) -> Person:
        random = self._random
        commune = random.choices(self._place.communes, cum_weights=self._weights)[0]
        given, family = random.choice(GIVEN), random.choice(FAMILY)
        years = 18 + 44 * random.betavariate(1.5, 2)
        person = Person(
            territory=self._place.territory,
            given_name=given,
            family_name=family,
            birth_date=self._today - timedelta(days=int(years * 365.25)),
            commune=commune.code,
            epci=commune.epci,
            language=random.choice(LANGUAGES),
            channel=random.choice(CHANNELS),
            protected=number % 50 == 49,
            hidden_address=number % 40 == 39,
            discreet_contact=number % 40 == 39,
            sort_key=names.sort_key(family, given),
            names=names.indexed(family, given),
            recorded_at=self._book.moment(story.received),
        )
        self.reach.situation(person)
        self.rows.persons.append(person)
        return person

    def _entry(self, person: Person, story: Story, main: Mandate) -> Organization:
        """Where the person came first."""
        entry = Entry(
            territory=self._place.territory,
            person=person,
            door=self._random.choice(self._place.doors),
            origin=self._random.choice(ORIGINS),
            request=self._random.choice(REQUESTS),
            received_on=story.received,
            opened_on=story.received,
            assigned_to=main.organization if story.assigned else None,
            assigned_on=story.assigned,
            first_interview_on=story.met,
            closed_on=story.closed,
            close_motive=story.motive,
        )
        self.rows.entries.append(entry)
        told = {
            "received": story.received,
            "assigned": story.assigned,
            "met": story.met,
            "closed": story.closed,
        }
        for what, day in told.items():
            if day:
                kind = {"object_kind": "entry", "object_key": entry.pk}
                self._note(f"people.entry_{what}", person, day, **kind)
        return entry.door

    def _circle(self, person: Person, story: Story, main: Mandate, met: date) -> None:
        """The référents one after the other, then those beside."""
        taken = {main.account_id}
        if story.left:
            gone = self._departed(story.left, main)
            self._follow(person, gone, "referent", met, story.left, "designation", "mandate_over")
            return
        start = met
        former = self._other(taken) if story.handover else None
        if story.handover and former:
            taken.add(former.account_id)
            self._hand_over(person, former, met, story.handover)
            start = story.handover
        self._follow(person, main, "referent", start, story.exited, "designation", story.reason)
        self._beside(person, story, met, taken)

    def _hand_over(self, person: Person, former: Mandate, met: date, day: date) -> None:
        self._follow(person, former, "referent", met, day, "designation", "handover")
        over = day + timedelta(days=self._overlap)
        reason = "overlap_over" if over <= self._today else ""
        self._follow(
            person, former, "intervenant", day, over, "handover_overlap", reason, read_only=True
        )

    def _beside(self, person: Person, story: Story, met: date, taken: set[Any]) -> None:
        until = story.exited or self._today
        if self._random.random() < 0.18 and (until - met).days > 5:
            self._aside(person, story, self._day(met, until), taken, "co_referent", "interview")
        if self._random.random() < 0.32 and (until - met).days > 10:
            self._aside(person, story, self._day(met, until), taken, "intervenant", "session")

    def _aside(
        self, person: Person, story: Story, start: date, taken: set[Any], role: str, motive: str
    ) -> None:
        other = self._other(taken, self._place.staff.helpers if role == "intervenant" else [])
        if other is None:
            return
        taken.add(other.account_id)
        end, reason = story.exited, story.reason
        over = self._day(start, end or self._today)
        if role == "intervenant" and self._random.random() < 0.4 and over > start:
            end, reason = over, "session_over"
        self._follow(person, other, role, start, end, motive, reason)

    def _follow(
        self,
        person: Person,
        mandate: Mandate,
        role: str,
        start: date,
        end: date | None,
        motive: str,
        reason: str = "",
        *,
        read_only: bool = False,
    ) -> None:
        row = FollowUp(
            territory=self._place.territory,
            person=person,
            organization=mandate.organization,
            account=mandate.account,
            role=role,
            motive=motive,
            read_only=read_only,
            starts_on=start,
            ends_on=end,
            end_reason=reason,
        )
        self.rows.follow_ups.append(row)
        assert mandate.organization_id
        who = actor(mandate.account_id, mandate.pk, mandate.organization_id)
        key = {"object_kind": "follow_up", "object_key": row.pk}
        self._note("people.follow_up_started", person, start, **key, **who)
        if end and end <= self._today:
            self._note("people.follow_up_ended", person, end, **key, **who)

    def _agreements(self, person: Person, met: date, main: Mandate) -> None:
        """Seven persons in ten agreed, some in part; a few object to a structure or a domain."""
        random, owner = self._random, {"territory": self._place.territory, "person": person}
        if random.random() < 0.7:
            kind, start = random.random(), self._day(met, min(self._today, met + timedelta(30)))
            row = Agreement(
                **owner,
                given=random.choice(("on_the_spot", "on_the_spot", "on_paper", "by_code")),
                domains=list(DOMAINS) if kind < 0.06 else [],
                organizations=[main.organization_id] if 0.06 < kind < 0.1 else [],
                starts_on=start,
                ends_on=start + timedelta(days=365) if kind > 0.85 else None,
                withdrawn_on=self._day(start, self._today) if kind > 0.98 else None,
            )
            self.rows.agreements.append(row)
            self._note("people.agreement_recorded", person, start)
        if random.random() < 0.015:
            start, domain = self._day(met, self._today), random.choice(("", *DOMAINS))
            where = None if domain else random.choice(self._place.doors)
            self.rows.objections.append(
                Objection(**owner, domain=domain, organization=where, starts_on=start)
            )
            self._note("people.objection_recorded", person, start)

    def _note(self, kind: str, person: Person, day: date, **values: Any) -> None:
        shown = {} if person.hidden_address else {"epci": person.epci}
        self._book.note(kind, day, person=person.pk, dimensions=shown, **values)

    def _next(self) -> Mandate:
        """Référents in turn, so that caseloads are alike."""
        referents = self._place.staff.referents
        self._turn += 1
        return referents[self._turn % len(referents)]

    def _resemble(self, person: Person, main: Mandate) -> None:
        """Makes the person like one before, unless the first practitioner leads one of the two:
        tours and searches go through her list."""
        referents = self._place.staff.referents
        back = 2 if len(referents) == 2 else 1
        pair = {main.account_id, referents[(self._turn - back) % len(referents)].account_id}
        if self._place.staff.by_local("practitioner").account_id not in pair:
            likenesses.resemble(self.rows.persons[-1 - back], person, self._alike)
            self._alike += 1

    def _other(self, taken: set[Any], more: Sequence[Mandate] = ()) -> Mandate | None:
        """Somebody who does not follow the person yet; None when everybody does."""
        agents = (*self._place.staff.referents, *more)
        found = [one for one in agents if one.account_id not in taken]
        return self._random.choice(found) if found else None

    def _departed(self, day: date, main: Mandate) -> Mandate:
        gone = [one for one in self._place.staff.departed if one.ends_on and day <= one.ends_on]
        return gone[0] if gone else main

    def _day(self, start: date, end: date) -> date:
        """A working day from `start` to `end`, both possible."""
        passed = self._random.randint(0, max(0, (end - start).days))
        return max(start, working(start + timedelta(days=passed)))
