"""Row 32: at least 95 % of the policy's mutants are killed."""

from dataclasses import dataclass, replace
from random import Random
from types import ModuleType

import pytest
from django.db import transaction

from jalons.access import break_glass, policy, table, written
from jalons.access.levels import Level
from jalons.access.policy import Row
from jalons.access.roles import Role
from jalons.people import relations
from jalons.people.follow_ups import facts as follow_ups
from tests.access import test_policy, test_table, test_written
from tests.people import test_limits, test_relations
from tests.people.drawn import a_world, settled_worlds
from tests.people.twins import Ground, World, disagreements
from tests.security.mutation import Mutant, fails, killed_by, mutants, pure_tests

MODULES: tuple[ModuleType, ...] = (policy, relations, follow_ups, break_glass)
BESIDE = {
    "load_follow_up",
    "follow_up_person",
    "open_urgently",
    "opened_since",
    "_open_to",
}
"""Functions of these modules that decide nothing: they load or write, their own tests hold them."""
EQUIVALENT = {("Policy._branches", "if dropped")}
"""A shortcut: without it, limits are prepared for no branch at all."""
OF_THE_POLICY, OF_THE_TABLE = pure_tests(test_policy), pure_tests(test_table)
OF_THE_RELATIONS = pure_tests(test_relations, test_limits)
TESTS = OF_THE_POLICY + OF_THE_RELATIONS + OF_THE_TABLE
NEAREST_FIRST = {policy: TESTS}
"""The tests that know a module best, so that a mutant dies early."""
ENOUGH = 0.95
IMPLIED = {("reads_sealed", level) for level in (Level.MASKED, Level.IDENTITY, Level.SHARED)}
IMPLIED |= {
    (relation, Level.MASKED)
    for relation in (
        *("broke_glass", "entered_at_organization", "open_entry"),
        "assigned_to_organization",
    )
}
"""What another row already gives to the same people: a change that nobody can see."""
IMPLIED |= {("reads_sealed", Level.OPEN)}
"""A seal is asked about with its domain, which no open thing has."""
WIDER = {
    "own_organization": "same_territory",
    "mandate_of_organization": "mandate_of_territory",
    "invitation_of_organization": "invitation_of_territory",
    "entered_at_organization": "open_entry",
    "assigned_to_organization": "open_entry",
    "follows_to_write": "followed_by_organization",
    "is_referent": "followed_by_organization",
    "own_follow_up": "follow_up_of_organization",
}
"""Relations whose objects all stand in the other one too: its roles change nothing for them."""


def tried() -> list[Mutant]:
    return [
        mutant
        for module in MODULES
        for mutant in mutants(module)
        if mutant.function not in BESIDE and (mutant.function, mutant.change) not in EQUIVALENT
    ]


def check(what: str, survivors: list[str], total: int) -> None:
    """Says the figure of `docs/security.md`, and what is left alive."""
    said = f"{what}: {total - len(survivors)} of {total} killed; left: {survivors}"
    print(said)
    assert 1 - len(survivors) / total >= ENOUGH, said


def test_the_unmutated_policy_passes() -> None:
    assert len(TESTS) > 400
    for test in TESTS:
        test()


def test_mutants_of_the_rules_are_killed(full_size: bool) -> None:
    rules = [mutant for mutant in tried() if not mutant.builds_sql]
    chosen = rules if full_size else rules[::36]
    others = OF_THE_RELATIONS + OF_THE_TABLE + OF_THE_POLICY
    survivors = [
        mutant
        for mutant in chosen
        if not killed_by(mutant, NEAREST_FIRST.get(mutant.module, others))
    ]
    assert len(rules) > 200
    check("rules", list(map(str, survivors)), len(chosen))


@pytest.mark.django_db
def test_mutants_of_the_lists_are_killed(full_size: bool) -> None:
    """Each is tried on one world after the other, until it says another thing than `decide`."""
    everything = [mutant for mutant in tried() if mutant.builds_sql]
    chosen = everything if full_size else everything[:: len(everything) // 3]
    survivors, source, ground = chosen, Random(7), Ground()
    drawn = [a_world(source) for _ in range(60 if full_size else 5)]
    for world in settled_worlds() + drawn:
        with ground.populated(world):
            survivors = [mutant for mutant in survivors if _agrees(mutant, ground, world)]
    check("lists", list(map(str, survivors)), len(chosen))


def _agrees(mutant: Mutant, ground: Ground, world: World) -> bool:
    def agree() -> None:
        with transaction.atomic():
            assert next(disagreements(ground, world), None) is None

    return not killed_by(mutant, [agree])


@pytest.mark.django_db
def test_mutants_of_the_written_lists_are_killed(full_size: bool) -> None:
    """The texts kept of them fit nobody but those they are of."""
    everything, tests = mutants(written), pure_tests(test_written)
    chosen = everything if full_size else everything[::24]
    survivors = [mutant for mutant in chosen if not killed_by(mutant, tests)]
    assert len(everything) > 30
    check("written", list(map(str, survivors)), len(chosen))


@dataclass(frozen=True)
class Line:
    """The table with one row changed."""

    what: str
    rows: list[Row]


def changed_tables() -> list[Line]:
    found = []
    for number, row in enumerate(table.ROWS):
        found.append(_line(number, "removed"))
        found += [
            _line(number, f"role {role}", replace(row, roles=row.roles ^ {role}))
            for role in Role
            if role not in _wider_roles(row)
        ]
        found += [
            _line(number, f"level {level}", replace(row, levels=row.levels ^ {level}))
            for level in Level
            if row.levels and (row.relation, level) not in IMPLIED
        ]
    return found


def _wider_roles(row: Row) -> set[Role]:
    """The roles to which another row gives the same act on more objects."""
    wider = WIDER.get(row.relation)
    same = (each for each in table.ROWS if (each.act, each.kind) == (row.act, row.kind))
    return {role for each in same if each.relation == wider for role in each.roles}


def _line(number: int, what: str, *instead: Row) -> Line:
    before, row, after = table.ROWS[:number], table.ROWS[number], table.ROWS[number + 1 :]
    return Line(f"{row.act} {row.kind} {row.relation}: {what}", [*before, *instead, *after])


def test_every_change_of_the_table_is_seen(
    full_size: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = changed_tables()
    chosen, survivors = lines if full_size else lines[::800], []
    for line in chosen:
        monkeypatch.setattr(table.policy, "rows", line.rows)
        if not any(fails(test) for test in OF_THE_TABLE):
            survivors.append(line.what)
    check("table", survivors, len(chosen))
