"""« Charge des structures »: what each structure and each professional has, without a name."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median
from uuid import UUID

from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.access.table import SEE_LOAD
from jalons.kernel import clock
from jalons.kernel.small_counts import FEWEST, approached, counted, small, total
from jalons.kernel.templatetags.french import thousands
from jalons.territories.models import Mandate, Organization
from jalons.territories.team.queries import in_force

from ..circle import waiting_entries
from .queries import NONE, Load, loads_of_organizations, loads_of_professionals


@dataclass(frozen=True)
class Shown:
    """A line as its reader may see it; `bar` is what the drawing measures."""

    followed: str
    referent: str
    waiting: str
    wait: int | None
    bar: int


@dataclass(frozen=True)
class Line:
    """A structure, or a professional of one; `wait` is the median of days since the reception.

    Waiting entries are a structure's: a professional's are 0 and None.
    """

    name: str
    place: str
    load: Load
    waiting: int = 0
    wait: int | None = None
    professional: bool = False
    habilitated: bool = False
    parts: tuple[Load, ...] = ()
    exact: bool = False

    @property
    def shown(self) -> Shown:
        """Exact for who reads the names; else without small counts, nor totals that tell them."""
        load = self.load
        if self.exact:
            return Shown(
                thousands(load.followed),
                thousands(load.referent),
                thousands(self.waiting),
                self.wait,
                load.followed,
            )
        followed = [each.followed for each in self.parts]
        bar = None if small(load.followed) else approached(load.followed, followed)
        return Shown(
            total(load.followed, followed),
            total(load.referent, (each.referent for each in self.parts)),
            counted(self.waiting),
            None if small(self.waiting) else self.wait,
            FEWEST - 1 if bar is None else bar,
        )


@dataclass(frozen=True)
class Table:
    """`most` scales the bars: the heaviest line of each kind.

    `exact`: the reader, a manager, reads the names of those who are counted.
    """

    structures: list[Line]
    professionals: list[Line]
    most: int
    most_of_one: int
    exact: bool


def table(actor: Actor) -> Table:
    """The structures that follow or await somebody, then their professionals; five queries.

    A sensitive structure reads its own load alone.
    """
    seen = Organization.objects.filter(
        Q(sensitive=False) | Q(pk=actor.organization),
        visible_to(actor, "organization", Level.OPEN, act=SEE_LOAD),
    )
    rows = list(seen.order_by("sort_key", "id"))
    keys = [row.pk for row in rows]
    loads, waits = loads_of_organizations(keys), _waits(keys)
    structures = [
        _structure(row, loads.get(row.pk, NONE), waits.get(row.pk, []))
        for row in rows
        if row.pk in loads or row.pk in waits
    ]
    exact = actor.role == Role.MANAGER
    professionals = [
        replace(line, exact=exact)
        for line in _professionals({row.pk: row.name for row in rows if row.pk in loads})
    ]
    structures = [
        replace(line, exact=exact, parts=_parts(line, professionals)) for line in structures
    ]
    return Table(
        structures,
        professionals,
        max((line.shown.bar for line in structures), default=0),
        max((line.shown.bar for line in professionals), default=0),
        exact,
    )


def _parts(structure: Line, professionals: list[Line]) -> tuple[Load, ...]:
    return tuple(line.load for line in professionals if line.place == structure.name)


def _structure(row: Organization, load: Load, waits: list[int]) -> Line:
    wait = round(median(waits)) if waits else None
    return Line(row.name, "", load, len(waits), wait)


def _waits(organizations: list[UUID]) -> Mapping[UUID, list[int]]:
    """The days that each entry given to a structure has waited for its first interview."""
    waiting = waiting_entries().filter(assigned_to__in=organizations, opened_on__isnull=False)
    found: dict[UUID, list[int]] = defaultdict(list)
    for place, received in waiting.values_list("assigned_to", "received_on"):
        found[place].append((clock.today() - received).days)
    return found


def _professionals(names: Mapping[UUID, str]) -> list[Line]:
    today = clock.today()
    loads = loads_of_professionals(names)
    rows = Mandate.objects.filter(
        in_force(today), organization__in=list(names), role=Role.PRACTITIONER
    ).select_related("account")
    found = []
    for row in rows.order_by("organization__sort_key", "words", "id"):
        assert row.organization_id
        load = loads.get((row.organization_id, row.account_id), NONE)
        able = row.habilitated_from is not None and row.habilitated_from <= today
        found.append(
            Line(
                row.account.full_name,
                names[row.organization_id],
                load,
                professional=True,
                habilitated=able,
            )
        )
    return found
