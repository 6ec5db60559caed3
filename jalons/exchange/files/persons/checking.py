"""What becomes of each row of a file of persons, foreseen as sets.

Every row is read and kept as read, a block at a time; then all records are matched in one call;
then the rows of each block meet what is known of their persons, in a few queries. Only what fits in
a few bytes a row stays in memory. Nothing of the persons is written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import OPEN_ENTRY, TAKE_FROM_FILE
from jalons.kernel.prepared import among
from jalons.people.arrivals.digests import digests, digests_key
from jalons.people.arrivals.known import Known, known, last_said
from jalons.people.arrivals.rules import CIRCLE, CONTACTS, ENTRY, NUMBERS, changed
from jalons.people.models import Person
from jalons.people.names import glued

from ..cells import Cells
from ..columns import Heading
from ..importing import CONFLICT, EXAMPLE
from .blocks import SIZE, Blocks, Read, pack, unpack
from .doubts import candidates, in_sight
from .finding import FINDERS, Found
from .formats import Foreseen, PersonFormat, Saying, Together

DOUBT = (
    "Cette ligne ressemble à une personne déjà connue, sans certitude. Ajoutez un identifiant, ou"
    " vérifiez le nom et la date."
)
CONTRADICTION = (
    "Une personne du même nom, née le même jour, a un autre identifiant. Vérifiez-le auprès de la"
    " structure."
)
TWICE = "Une autre ligne nomme la même personne avec un autre identifiant."
NOT_STRONG = "Le fichier donne ce numéro à des noms différents\u00a0: il n’est pas repris."
NOBODY = "Aucune personne que vous pouvez mettre à jour ne correspond à cette ligne."
Watch = Callable[[int], object]


@dataclass
class Check:
    """A check at work: `read_all`, then `match`, then `foresee`, each in its own transaction."""

    actor: Actor
    form: PersonFormat
    heading: Heading
    blocks: Blocks
    watch: Watch = int
    memory: dict[tuple[str, str], Any] = field(default_factory=dict)
    frames: list[bytes] = field(default_factory=list)
    found: dict[int, Found] = field(default_factory=dict)
    same: dict[int, int] = field(default_factory=dict)
    together: Together = field(default_factory=Together)

    def read_all(self) -> None:
        for position in self.blocks.positions():
            self.read_block(position)

    def read_block(self, position: int) -> None:
        """Reads the rows of a block, keeps them as read, and what the matching will compare."""
        start = position * SIZE + 1
        rows = [
            self._read(number, row) for number, row in enumerate(self.blocks.raw(position), start)
        ]
        self.blocks.keep(position, rows)
        said = [row.saying for row in rows if row.saying]
        self.frames.append(pack([[each.number, *_packed(each)] for each in said]))
        self.watch((start + len(rows) - 1) // 2)

    def _read(self, number: int, row: list[str]) -> Read:
        cells = Cells(number, self.heading, row, self.memory)
        saying = self.form.read(cells)
        if cells.say(self._example):
            cells.wrong(self.form.columns[0].name, "bad_format", EXAMPLE)
        errors, warnings = ([one.told for one in said] for said in (cells.errors, cells.warnings))
        return Read(number, None if errors else saying, errors, warnings)

    @cached_property
    def _example(self) -> dict[str, str]:
        return {column.name: column.example for column in self.form.columns if column.example}

    def match(self) -> None:
        """Finds the persons of all rows, then what rows about one person say together."""
        find = FINDERS[self.form.find]
        self.found = {found.number: found for found in find(self.actor, self._sayings())}
        groups = self._groups()
        several = {key for key, count in Counter(groups.values()).items() if count > 1}
        gathered: dict[UUID | int, list[Saying]] = {}
        wanted = {number for number, key in groups.items() if key in several}
        for saying in self._whole(wanted):
            gathered.setdefault(groups[saying.number], []).append(saying)
        for sayings in gathered.values():
            agreed = self.form.agree(sayings)
            self.together.values |= agreed.values
            self.together.conflicts |= agreed.conflicts
        first: dict[UUID | int, int] = {}
        for number in sorted(wanted - set(self.together.conflicts)):
            self.same[number] = first.setdefault(groups[number], number)

    def _sayings(self) -> Iterator[Saying]:
        for frame in self.frames:
            for number, values, postal, key in unpack(frame):
                yield Saying(number, values, postal, key)

    def _whole(self, wanted: set[int]) -> Iterator[Saying]:
        """The sayings of these rows, whose numbers the file does not share out."""
        if not wanted:
            return
        for position in self.blocks.positions():
            for row in self.blocks.read(position):
                if row.number in wanted and row.saying:
                    yield self._without_ignored(row, row.saying)

    def _groups(self) -> dict[int, UUID | int]:
        """What tells, of each row, that it speaks of the same person as another.

        Somebody new is who has the same names and birth date; with another identifier, the second
        row is in doubt.
        """
        groups: dict[int, UUID | int] = {}
        numbers: dict[int, str] = {}
        for saying in self._sayings():
            found = self.found[saying.number]
            if found.person:
                groups[saying.number] = found.person
            elif found.outcome == "new":
                who = _who(saying)
                si = "" if "si" in found.ignored else saying.values.get("si", "")
                if si and numbers.setdefault(who, si) != si:
                    self.found[saying.number] = Found(saying.number, "twice", None, found.ignored)
                else:
                    groups[saying.number] = who
        return groups

    def foresee(self) -> Iterator[Foreseen]:
        """In one transaction of the actor's context: what becomes of each row, in order."""
        for position in self.blocks.positions():
            rows = self.blocks.read(position)
            for row in rows:
                if row.saying:
                    row.saying = self._agreed(row, row.saying)
            yield from _Block(self, rows).foreseen()
            self.blocks.keep(position, rows)
            self.watch((rows[-1].number + self.blocks_end) // 2)

    @property
    def blocks_end(self) -> int:
        return max(self.found, default=0)

    def _agreed(self, row: Read, saying: Saying) -> Saying:
        said = self._without_ignored(row, saying)
        values = self.together.values.get(row.number)
        return said if values is None else Saying(row.number, values, said.postal_code, said.key)

    def _without_ignored(self, row: Read, saying: Saying) -> Saying:
        ignored = set(self.found[row.number].ignored) - self.form.shared_numbers
        if not ignored & set(saying.values):
            return saying
        kept = {name: value for name, value in saying.values.items() if name not in ignored}
        return Saying(row.number, kept, saying.postal_code, saying.key)


def _packed(saying: Saying) -> list[object]:
    """What the matching compares, and nothing else."""
    names = ("family_name", "birth_name", "given_name", "birth_date", *CONTACTS, *NUMBERS)
    kept = {name: saying.values[name] for name in names if name in saying.values}
    return [kept, saying.postal_code, saying.key]


def _who(saying: Saying) -> int:
    values = saying.values
    said = (
        *sorted(glued(values.get("family_name", ""))),
        *sorted(glued(values.get("given_name", ""))),
        values.get("birth_date", ""),
    )
    return int.from_bytes(blake2b("\0".join(said).encode(), digest_size=8).digest())


class _Block:
    """The rows of one block against what is known of their persons."""

    def __init__(self, check: Check, rows: list[Read]) -> None:
        self.check, self.rows, self.actor = check, rows, check.actor
        self.known: dict[UUID, Known] = {}
        self.sight: set[UUID] = set()
        found = (check.found.get(row.number) for row in rows if row.saying)
        keys = {one.person for one in found if one and one.person}
        assert self.actor.organization
        assert self.actor.territory
        self.remembers = check.form.find == "match"
        if not self.remembers:
            self.known = known(self.actor.territory, keys) if keys else {}
            return
        self.enterable = self._seen(keys, None, OPEN_ENTRY)
        self.writable = self._seen(self.enterable, None, TAKE_FROM_FILE)
        self.before = last_said(self.actor.organization, self.enterable) if keys else {}
        self.key = digests_key()
        new = {
            one.person
            for row in rows
            if row.saying
            and (one := check.found[row.number]).person in self.writable
            and self._changed(row, one.person)
        }
        sight = self._seen(new, Level.IDENTITY, READ)
        self.known = known(self.actor.territory, sight) if sight else {}
        doubtful = (check.found[row.number] for row in rows if row.saying)
        self.sight = in_sight(
            self.actor, {each.person for one in doubtful for each in one.candidates}
        )

    def _changed(self, row: Read, person: UUID) -> list[str]:
        """The attributes of which the row says something else than its organization did."""
        assert row.saying
        before, values = self.before.get(person), row.saying.values
        return changed(digests(values, self.key), before) if before else list(values)

    def _seen(self, keys: Iterable[UUID], level: Level | None, act: str) -> set[UUID]:
        wanted = list(keys)
        if not wanted:
            return set()
        rows = Person.objects.filter(visible_to(self.actor, "person", level, act=act))
        return set(rows.filter(pk__in=among(wanted)).values_list("pk", flat=True))

    def foreseen(self) -> Iterator[Foreseen]:
        for row in self.rows:
            found = self._foresee(row)
            found.errors += row.errors
            found.warnings += [*row.warnings, *self._ignored(row)]
            yield found

    def _foresee(self, row: Read) -> Foreseen:
        number = row.number
        if row.saying is None:
            return Foreseen(number, "rejected")
        if number in self.check.together.conflicts:
            return self._conflict(number)
        found = self.check.found[number]
        if found.outcome == "same":
            assert found.person
            return self._same(row, found.person)
        if found.outcome == "new":
            return self._new(row)
        return self._doubtful(row, found)

    def _conflict(self, number: int) -> Foreseen:
        columns = self.check.together.conflicts[number]
        errors = [self._remark(name, "conflict", CONFLICT) for name in columns]
        return Foreseen(number, "ambiguous" if "si" in columns else "rejected", errors=errors)

    def _doubtful(self, row: Read, found: Found) -> Foreseen:
        """Another number of the département may be a mistake of hers: a human looks. Another
        number that a person has once is an error."""
        outcome = "rejected" if found.outcome in ("nobody", "contradiction") else "ambiguous"
        kind = "unknown_reference" if found.outcome == "nobody" else "conflict"
        errors = [self._remark(each, kind, CONTRADICTION) for each in found.differing]
        if not errors or found.outcome == "nobody":
            message = {"twice": TWICE, "nobody": NOBODY}.get(found.outcome, DOUBT)
            errors = [self._told(self.check.form.columns[0].name, kind, message)]
        likely = candidates(found, self.sight)
        return Foreseen(row.number, outcome, candidates=likely, errors=errors)

    def _new(self, row: Read) -> Foreseen:
        assert row.saying
        first = self.check.same.get(row.number, row.number)
        if first != row.number:
            return Foreseen(row.number, "unchanged", first_row=first)
        return Foreseen(row.number, "created", changes=list(row.saying.values))

    def _same(self, row: Read, person: UUID) -> Foreseen:
        assert row.saying
        if not self.remembers:
            wanted = [name for name in CIRCLE if name in row.saying.values]
            changes = self.known[person].differing(row.saying.values, wanted)
            return Foreseen(row.number, "updated" if changes else "unchanged", person, changes)
        if person not in self.enterable:
            error = self._told(self.check.form.columns[0].name, "unknown_reference", NOBODY)
            return Foreseen(row.number, "rejected", errors=[error])
        if person not in self.writable:
            said = digests({ENTRY: self.check.form.flow.name})
            changes = changed(said, self.before.get(person, {}))
        else:
            changes = self._changed(row, person)
        if person in self.known:
            changes = self.known[person].differing(row.saying.values, changes)
        if self.check.same.get(row.number, row.number) != row.number:
            changes = []
        outcome = "updated" if changes else "unchanged"
        return Foreseen(row.number, outcome, person, changes)

    def _ignored(self, row: Read) -> list[list[str]]:
        found = self.check.found.get(row.number)
        kinds = set(found.ignored if found else ()) - self.check.form.shared_numbers
        return [self._remark(kind, "conflict", NOT_STRONG) for kind in sorted(kinds)]

    def _remark(self, attribute: str, kind: str, message: str) -> list[str]:
        return self._told(self.check.form.column_of(attribute), kind, message)

    def _told(self, column: str, kind: str, message: str) -> list[str]:
        return [self.check.heading.headers.get(column, column), kind, message]
