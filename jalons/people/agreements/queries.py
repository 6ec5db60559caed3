"""What a person was told, agreed to, objected to: each reader sees the structures they may name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.identity import names_of
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock, french_dates
from jalons.nomenclature.queries import terms
from jalons.territories.models import Organization

from .. import queries as people
from ..circle import Circle
from ..models import Agreement, InformationGiven, Objection
from ..models.information import AgreementRequest
from . import rules
from .actions.agreements import open_requests
from .notice import current


@dataclass(frozen=True)
class Given:
    version: str
    how: str
    on: date
    by: str


@dataclass(frozen=True)
class AgreementLine:
    key: UUID
    structures: str
    domains: str
    given: str
    starts_on: date
    ends_on: date | None
    state: str
    in_force: bool
    document: UUID | None


@dataclass(frozen=True)
class ObjectionLine:
    key: UUID
    against: str
    starts_on: date
    lifted_on: date | None
    in_force: bool


@dataclass(frozen=True)
class Information:
    """What the person was told; `is_current`: they know the version of today."""

    lines: list[Given]
    is_current: bool
    version: str


def domains() -> list[tuple[str, str]]:
    """The subjects that an agreement or an objection may name."""
    return [(item.code, item.label) for item in terms("domain") if item.parent == "contrainte"]


def information(circle: Circle) -> Information:
    rows = list(InformationGiven.objects.filter(person=circle.key).order_by("-given_on", "-id"))
    names = names_of({row.account_id for row in rows}) if rows else {}
    lines = [
        Given(row.version, row.get_how_display(), row.given_on, names.get(row.account_id, ""))
        for row in rows
    ]
    version = current().version
    return Information(lines, any(row.version == version for row in rows), version)


def agreements(actor: Actor, circle: Circle) -> list[AgreementLine]:
    """Those in force first, then the others; nothing below the shared level."""
    if not decide(actor, READ, circle, Level.SHARED):
        return []
    rows = list(Agreement.objects.filter(person=circle.key).order_by("-starts_on", "-id"))
    names = _names(actor, circle, (key for row in rows for key in row.organizations))
    lines = [_agreement(row, names) for row in rows]
    return sorted(lines, key=lambda line: not line.in_force)


def objections(actor: Actor, circle: Circle) -> list[ObjectionLine]:
    """One to a structure that the reader may not see in the circle is not shown."""
    if not decide(actor, READ, circle, Level.SHARED):
        return []
    rows = list(Objection.objects.filter(person=circle.key).order_by("-starts_on", "-id"))
    names = _names(actor, circle, (row.organization_id for row in rows if row.organization_id))
    shown = [row for row in rows if row.organization_id is None or row.organization_id in names]
    lines = [_objection(row, names) for row in shown]
    return sorted(lines, key=lambda line: not line.in_force)


def asked(circle: Circle) -> AgreementRequest | None:
    """What the person has not answered yet."""
    return open_requests(circle.key).first()


def asked_text(request: AgreementRequest) -> list[str]:
    """The words that the person reads."""
    found = Organization.objects.filter(pk__in=request.organizations).order_by("sort_key")
    labels = dict(domains())
    until = french_dates.long(request.ends_on) if request.ends_on else ""
    return rules.agreement_text(
        list(found.values_list("name", flat=True)),
        [labels.get(code, code) for code in request.domains],
        until,
    )


def structures(actor: Actor, circle: Circle) -> list[tuple[str, str]]:
    """The structures of the circle that the actor may name, by name."""
    found = {row.organization_id: row.organization.name for row in people.followers(actor, circle)}
    return sorted(((str(key), name) for key, name in found.items()), key=lambda pair: pair[1])


def _names(actor: Actor, circle: Circle, keys: Iterable[UUID]) -> dict[UUID, str]:
    """Sensitive structures are named to the référent and to themselves only."""
    referent = circle.referent
    is_referent = bool(
        referent
        and (referent.account, referent.organization) == (actor.account, actor.organization)
    )
    return {
        row.pk: row.name
        for row in Organization.objects.filter(pk__in=set(keys))
        if is_referent or not row.sensitive or row.pk == actor.organization
    }


def _agreement(row: Agreement, names: dict[UUID, str]) -> AgreementLine:
    labels = dict(domains())
    known = sorted(names[key] for key in row.organizations if key in names)
    structures = rules.listed(known) if known else "Structures choisies par la personne"
    state = rules.agreement_state(row.ends_on, row.withdrawn_on, clock.today())
    return AgreementLine(
        row.pk,
        structures if row.organizations else "Toutes les structures de l’équipe",
        rules.listed([labels.get(code, code) for code in row.domains]) or "Tous les sujets",
        row.get_given_display(),
        row.starts_on,
        row.withdrawn_on or row.ends_on,
        rules.AGREEMENT.states[state],
        state == "in_force",
        row.document_id,
    )


def _objection(row: Objection, names: dict[UUID, str]) -> ObjectionLine:
    subject = dict(domains()).get(row.domain, row.domain)
    place = names.get(row.organization_id, "") if row.organization_id else ""
    against = " : ".join(part for part in (place, subject) if part)
    return ObjectionLine(row.pk, against, row.starts_on, row.lifted_on, not row.lifted_on)
