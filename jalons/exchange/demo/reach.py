"""How the demo's persons are reached, and the numbers that institutions know them by."""

from datetime import date
from random import Random
from uuid import UUID

from jalons.kernel.text import fold
from jalons.people.contacts import new_contact
from jalons.people.identifiers import new_identifier
from jalons.people.models import Contact, Identifier, Person
from jalons.people.models.person import Household

from .book import Book

HOUSEHOLDS = (*Household.values, "alone", "single_parent", "")
NOTES = ("", "", "", "appeler après 18 h", "téléphone de sa sœur", "laisser un message")
FIELDS = ("family_name", "given_name", "birth_date", "commune", "household")
LETTERS = "ABCDEFGHJK"


class Reach:
    """Numbers of fiction, addresses of mail that no domain serves; nothing of whom one hides."""

    def __init__(self, book: Book, random: Random) -> None:
        self._book, self._random = book, random
        self._contacts: list[Contact] = []
        self._identifiers: list[Identifier] = []

    def situation(self, person: Person) -> None:
        """Sets the household; called before the person is written."""
        person.household = self._random.choice(HOUSEHOLDS)
        if person.household in {"single_parent", "family"}:
            person.children = self._random.randrange(1, 5)

    def contacts(self, person: Person, received: date, door: UUID) -> None:
        """What the door wrote; called before the person is written, of which it is the source."""
        given = [str(door), received.isoformat()]
        person.sources = dict.fromkeys(FIELDS, given)
        if person.hidden_address or person.discreet_contact:
            return
        chance, number = self._random.random, self._random.randrange(10_000_000)
        if chance() < 0.85:
            phone, note = f"06 39 98 00 {number % 100:02}", self._random.choice(NOTES)
            self._contact(person, "phone", phone, received, door, note)
        if chance() < 0.5:
            name = fold(f"{person.given_name} {person.family_name}").replace(" ", ".")
            self._contact(person, "email", f"{name}{number % 1000}@exemple.fr", received, door)
        if chance() < 0.6:
            self._number(person, "si", f"IS{number:07}", door)
        if chance() < 0.5:
            self._number(person, "ft", f"{number:07}{LETTERS[number % 10]}", door)

    def write(self) -> None:
        Contact.objects.bulk_create(self._contacts)
        Identifier.objects.bulk_create(self._identifiers)

    def _contact(
        self, person: Person, kind: str, text: str, day: date, door: UUID, note: str = ""
    ) -> None:
        row = new_contact(person, kind, text, note=note, source=door, starts_on=day)
        self._contacts.append(row)
        self._book.note("people.contact_added", day, person=person.pk)

    def _number(self, person: Person, kind: str, text: str, door: UUID) -> None:
        row = new_identifier(person, kind, text, source=door)
        row.recorded_at = person.recorded_at
        self._identifiers.append(row)
