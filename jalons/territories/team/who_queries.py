"""Who's who: the structures of a territory, and the professionals who work there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.models import Commune

from ..models import Mandate, Membership, Organization
from .queries import in_force, not_over

SHOWN = 3
"""Professionals shown beside a structure in the list; its own page shows them all."""


@dataclass(frozen=True)
class Sought:
    """What is looked for among the partners."""

    words: str = ""
    kind: str = ""
    commune: str = ""
    skill: str = ""

    @property
    def query(self) -> dict[str, str]:
        return {
            "q": self.words,
            "type": self.kind,
            "commune": self.commune,
            "competence": self.skill,
        }

    def __bool__(self) -> bool:
        return any(self.query.values())


def sought(said: Mapping[str, str]) -> Sought:
    names = ("q", "type", "commune", "competence")
    return Sought(*(said.get(name, "").replace("\0", "").strip()[:100] for name in names))


def at_work(day: date) -> "QuerySet[Mandate]":
    """The professionals of structures, on a day."""
    return Mandate.objects.filter(in_force(day), organization__isnull=False)


def partners(actor: Actor, said: Sought) -> "QuerySet[Organization]":
    """The structures of the actor's territory that answer to what is sought, by name.

    Each word is in the structure's name, or in the name, function or skills of who works there.
    """
    found = Organization.objects.filter(visible_to(actor, "organization", Level.OPEN))
    here = at_work(clock.today()).filter(organization=OuterRef("pk"))
    for word in fold(said.words).split():
        found = found.filter(Q(sort_key__contains=word) | Exists(here.filter(words__contains=word)))
    if said.kind:
        found = found.filter(kind=said.kind)
    if said.commune:
        found = found.filter(commune=said.commune)
    if said.skill:
        found = found.filter(Exists(here.filter(skills__contains=[said.skill])))
    return found.order_by("sort_key", "id")


def professionals(organizations: Iterable[UUID], said: Sought) -> dict[UUID, list[Mandate]]:
    """The first professionals of these structures, who answer to what is sought first; one query.

    `total` on each says how many work there.
    """
    rows = at_work(clock.today()).filter(organization__in=list(organizations))
    ranked = rows.annotate(
        far=Case(When(_answering(said), then=0), default=1),
        rank=_over(RowNumber(), ("far", "words", "id")),
        total=_over(Count("id"), ()),
    )
    found: dict[UUID, list[Mandate]] = defaultdict(list)
    shown = ranked.filter(rank__lte=SHOWN).select_related("account")
    for row in shown.order_by("organization", "rank"):
        assert row.organization_id
        found[row.organization_id].append(row)
    return found


def _over(expression: Any, order: tuple[str, ...]) -> Window:
    return Window(expression, partition_by=F("organization"), order_by=order or None)


def _answering(said: Sought) -> Q:
    wanted = Q(skills__contains=[said.skill]) if said.skill else Q(pk__in=[])
    for word in fold(said.words).split():
        wanted |= Q(words__contains=word)
    return wanted


def professionals_of(organization: UUID) -> "QuerySet[Mandate]":
    """Who works in a structure today, by name."""
    rows = at_work(clock.today()).filter(organization=organization)
    return rows.select_related("account").order_by("words", "id")


@dataclass(frozen=True)
class Line:
    """A structure as the list shows it: labels, no code."""

    organization: Organization
    kind: str
    commune: str
    member: bool
    professionals: list[Mandate]

    @property
    def more(self) -> int:
        """How many professionals are not shown."""
        total = getattr(self.professionals[0], "total", 0) if self.professionals else 0
        return total - len(self.professionals)


def lines(rows: list[Organization], said: Sought) -> list[Line]:
    """The structures with their labels, whether they are members, and who works there."""
    keys = [row.pk for row in rows]
    kinds, communes = kind_labels(), commune_names({row.commune for row in rows})
    signed, staff = members(keys), professionals(keys, said)
    return [
        Line(
            row,
            kinds.get(row.kind, row.kind),
            communes.get(row.commune, ""),
            row.pk in signed,
            staff.get(row.pk, []),
        )
        for row in rows
    ]


def kind_labels() -> dict[str, str]:
    """What each kind of structure is called."""
    return {item.code: item.label for item in nomenclature.terms("organization_kind")}


def commune_names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Commune.objects.filter(code__in=set(codes)).values_list("code", "name"))


def members(organizations: Iterable[UUID]) -> set[UUID]:
    """Those of these structures that are members of the consortium today."""
    today = clock.today()
    rows = Membership.objects.filter(
        not_over(today), starts_on__lte=today, organization__in=list(organizations)
    )
    return set(rows.values_list("organization", flat=True))


def skills(actor: Actor) -> list[str]:
    """The skills of the territory's professionals, each once."""
    rows = at_work(clock.today()).filter(territory=actor.territory or 0).exclude(skills=[])
    each = rows.annotate(skill=Func(F("skills"), function="unnest"))
    return sorted(set(each.order_by().values_list("skill", flat=True)), key=fold)


def kinds_and_communes(actor: Actor) -> tuple[set[str], set[str]]:
    """The kinds and the communes of the territory's structures."""
    rows = Organization.objects.filter(territory=actor.territory or 0).order_by()
    pairs = set(rows.values_list("kind", "commune").distinct())
    return {kind for kind, _ in pairs if kind}, {commune for _, commune in pairs if commune}
