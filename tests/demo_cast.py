"""Who is who in one territory of the demo, read by the owner role: persons by their relations."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from string import ascii_uppercase
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from jalons.kernel import clock
from jalons.kernel.ids import uuid7
from jalons.people.identity.proposals import Proposal, encrypted
from jalons.people.models import Status
from jalons.people.names import indexed, sort_key
from jalons.people.rules import initials
from jalons.people.statuses.contents import read

REFERENTE = "practitioner"
PARTNER = "practitioner2"
"""The local parts of the e-mails of the demo's accounts: the first follows persons that the second,
in another organization, does not."""

_FOLLOWED = """
SELECT person.id, person.given_name, person.family_name, person.birth_date
FROM people_person person
JOIN people_followup mine ON mine.person_id = person.id AND mine.role = 'referent'
JOIN accounts_account referent ON referent.id = mine.account_id
WHERE referent.email = %s AND mine.ends_on IS NULL AND mine.starts_on <= current_date
AND NOT person.protected AND NOT person.hidden_address
AND EXISTS (
    SELECT FROM people_status status
    WHERE status.person_id = person.id AND status.level = 'restricted'
) = %s
AND NOT EXISTS (
    SELECT FROM people_followup other JOIN accounts_account account ON account.id = other.account_id
    WHERE other.person_id = person.id AND account.email = %s
)
ORDER BY person.id
"""

_ARRIVES = """
INSERT INTO people_person SELECT (jsonb_populate_record(person, %s)).*
FROM people_person person WHERE id = %s
"""
_FOLLOWED_TOO = """
INSERT INTO people_followup SELECT (jsonb_populate_record(mine, %s)).*
FROM people_followup mine WHERE person_id = %s AND role = 'referent' AND ends_on IS NULL
"""

_KEEP_MAIL = """
INSERT INTO kernel_sentmail (id, recorded_at, "to", subject, body) VALUES (%s, %s, %s, %s, %s)
"""


_SIGNED = "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
"""Rows of people ask for an event; this one is written without its act."""
_PROPOSE = """
INSERT INTO people_proposedchange
    (id, recorded_at, proposed_at, cipher, organization_id, account_id, person_id, territory_id,
    level, state)
SELECT %s, %s, %s, %s, %s, %s, id, territory_id, 'identity', 'waiting'
FROM people_person WHERE id = %s
"""


@dataclass(frozen=True)
class Known:
    """A person of the demo, by key and name."""

    key: UUID
    given_name: str
    family_name: str
    birth_date: date

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        return initials(self.given_name, self.family_name)


class Cast:
    """Each person that a test takes is its own: what it does to them disturbs no other."""

    def __init__(self, owner: "psycopg.Connection[tuple[object, ...]]", territory: str) -> None:
        self._owner = owner
        self.territory = territory
        self._taken: set[UUID] = set()
        self._ranks = count(1)

    def email(self, local: str) -> str:
        """The account of a role of this territory, or of the whole platform."""
        platform = local in {"observer", "platform_admin"}
        return f"{local}@jalons.example" if platform else f"{local}@{self.territory}.jalons.example"

    def account(self, local: str) -> UUID:
        """The key of an account of `email`."""
        query = "SELECT id FROM accounts_account WHERE email = %s"
        row = self._owner.execute(query, [self.email(local)]).fetchone()
        assert row
        key: UUID = row[0]  # type: ignore[assignment]
        return key

    def mandate(self, local: str) -> UUID:
        """The mandate of an account."""
        return self._of_mandate(local)[0]

    def organization(self, local: str) -> UUID:
        """Where an account works."""
        return self._of_mandate(local)[1]

    def _of_mandate(self, local: str) -> tuple[UUID, UUID]:
        query = """SELECT mandate.id, organization_id FROM territories_mandate mandate
            JOIN accounts_account account ON account.id = account_id
            WHERE email = %s AND ends_on IS NULL ORDER BY starts_on, mandate.id"""
        row = self._owner.execute(query, [self.email(local)]).fetchone()
        assert row
        return row  # type: ignore[return-value]

    def followed(self, *, restricted: bool = False) -> Known:
        """Somebody whose référente is ours and whom the partner does not follow."""
        return self._followed(restricted=restricted)[0]

    def take(self) -> Known:
        """The same, never given twice; once all are taken, others arrive."""
        # The first one stays for the tests that change nothing.
        found = self._followed(restricted=False)[1:]
        left = [person for person in found if person.key not in self._taken]
        person = left[0] if left else self._arrival(found[0])
        self._taken.add(person.key)
        return person

    def _arrival(self, like: Known) -> Known:
        """Somebody new, followed as `like`, with another name, another birth date, no contact."""
        rank, key = next(self._ranks), uuid7()
        family, born = f"Renfort {ascii_uppercase[rank]}", like.birth_date + timedelta(40 * rank)
        person = Known(key, like.given_name, family, born)
        said: dict[str, object] = {"family_name": family, "birth_date": str(born)}
        said["sort_key"] = sort_key(family, like.given_name)
        said |= {"id": str(key), "names": indexed(family, "", like.given_name)}
        follow_up = {"id": str(uuid7()), "person_id": str(key)}
        with self._owner.transaction():
            self._owner.execute(_SIGNED)
            self._owner.execute(_ARRIVES, [Jsonb(said), like.key])
            self._owner.execute(_FOLLOWED_TOO, [Jsonb(follow_up), like.key])
        return person

    def restricted_status(self, person: Known) -> str:
        """What their restricted status is called."""
        query = "SELECT cipher FROM people_status WHERE person_id = %s AND level = 'restricted'"
        row = self._owner.execute(query, [person.key]).fetchone()
        assert row
        return read(Status(cipher=row[0])).label

    def commune(self, person: Known) -> str:
        """Where they live, by name."""
        query = """SELECT commune.name FROM people_person person
            JOIN nomenclature_commune commune ON commune.code = person.commune
            WHERE person.id = %s"""
        row = self._owner.execute(query, [person.key]).fetchone()
        assert row
        return str(row[0])

    def proposed_change(self, person: Known) -> UUID:
        """The partner's proposal to correct the given name of somebody; the same one each time."""
        query = "SELECT id FROM people_proposedchange WHERE person_id = %s AND state = 'waiting'"
        if found := self._owner.execute(query, [person.key]).fetchone():
            return UUID(str(found[0]))
        key = uuid7()
        cipher = encrypted(Proposal({"given_name": [person.given_name, "Camille"]}))
        author = self.organization(PARTNER), self.account(PARTNER)
        with self._owner.transaction():
            self._owner.execute(_SIGNED)
            self._owner.execute(
                _PROPOSE, [key, clock.now(), clock.now(), cipher, *author, person.key]
            )
        return key

    @cached_property
    def kept_mail(self) -> UUID:
        """A mail that the demo kept instead of sending it."""
        key = uuid7()
        values = [key, clock.now(), self.email(REFERENTE), "Quelque chose vous attend", "Bonjour,"]
        self._owner.execute(_KEEP_MAIL, values)
        return key

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """All persons of the demo, by their names."""
        rows = self._owner.execute("SELECT DISTINCT given_name, family_name FROM people_person")
        return tuple(f"{given} {family}" for given, family in rows)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their family names."""
        return tuple(sorted({name.split(" ", 1)[1] for name in self.full_names}))

    def _followed(self, *, restricted: bool) -> list[Known]:
        emails = self.email(REFERENTE), self.email(PARTNER)
        rows = self._owner.execute(_FOLLOWED, [emails[0], restricted, emails[1]]).fetchall()
        return [Known(*row) for row in rows]  # type: ignore[arg-type]
