"""A planted inventory: something of every model that holds a person, with words of its own."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access import consultations, drafts, links
from jalons.access.break_glass import open_urgently
from jalons.access.consultations import Opened
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.journal import events
from jalons.journal.models import Notification
from jalons.kernel import clock, crypto, jobs
from jalons.people.circle import load_circle
from jalons.people.models import Identifier, Person
from jalons.rights.copies.ask import ask_export
from jalons.rights.requests.actions import Answered, Asked, answer_request, record_request
from jalons.rights.retention.actions import lift_holds, set_hold
from tests.rights import planting_people
from tests.worlds import (
    Case,
    a_case,
    a_sealed_status,
    a_status,
    an_actor,
    an_agreement,
    an_entry,
    an_objection,
    an_organization,
    within,
)

NIR = "190059001234567"
REASON = "Hébergement perdu cette nuit, personne joignable"
SHOWN = [
    *("Zéphyrine", "Introuvable", "Mésanjoie", "17/05/1990"),
    *("Titulaire du RSA témoin", "Mesure judiciaire", "Santé témoin"),
    *("Je cherche un logement témoin", "CAF-TEMOIN-77", "Numéro connu, jamais affiché"),
    *("Accord témoin place", "Contentieux en cours", "Réponse témoin donnée", REASON),
    *planting_people.SHOWN,
    *("Page du dossier", "Suivi commencé", "Copie du dossier demandée"),
]
"""What the copy must hold, for people: a word of every planted thing."""
HIDDEN = [NIR, "CSAPA discret", "Brouillon témoin", "Tapé témoin"]
"""What it never holds: the NIR, the sensitive structure that looked, another's draft, what was
typed to find the person."""


@dataclass
class Planted:
    case: Case
    officer: Any
    export: UUID
    others: dict[str, UUID] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        return self.case.person


def plant() -> Planted:
    """A followed person, of whom every registered model holds something; committed."""
    case = a_case(family_name="Introuvable", given_name="Zéphyrine", birth_name="Mésanjoie")
    person, territory = case.person, case.territory.pk
    officer = an_actor(case.home, Role.COORDINATOR, data_protection_from=clock.today())
    discreet = an_actor(an_organization(case.territory, "CSAPA discret", sensitive=True))
    place = an_organization(case.territory, "Accord témoin place")
    a_status(person, label="Titulaire du RSA témoin")
    a_status(person, kind="rqth", label="Santé témoin", level="restricted", domain="sante")
    a_sealed_status(person, case.referente)
    an_entry(person, case.home.pk, request="Je cherche un logement témoin")
    an_agreement(person, organizations=[place.pk, case.home.pk, case.partner.pk])
    an_objection(person, organization=place)
    planting_people.plant_people(case, place.pk)
    with within(territory):
        events.append("people.person_changed", territory=territory, person=person.pk, payload={})
        for kind, number in (("nir", NIR), ("caf", "CAF-TEMOIN-77")):
            purpose = f"people.identifier.{kind}"
            Identifier.objects.create(
                territory=case.territory,
                person=person,
                kind=kind,
                cipher=crypto.encrypt(number.encode(), purpose),
                digest=crypto.keyed_hash(number, purpose),
            )
    for actor in (case.referente, discreet):
        with within(territory, account=actor.account):
            opened = Opened("people:identity", "read", Level.IDENTITY, "follows")
            consultations.record(actor, opened, person=person.pk)
            listed = Opened("desk:caseload", "read", Level.IDENTITY, "list")
            consultations.record(actor, listed, listed=[person.pk])
    with within(territory, account=case.partenaire.account):
        circle = load_circle(person.pk, clock.now())
        assert circle
        open_urgently(case.partenaire, circle, REASON)
    with within(territory, account=case.referente.account):
        started = events.append(
            "people.follow_up_started",
            territory=territory,
            person=person.pk,
            payload={"role": "referent", "motive": "témoin"},
        )
        Notification.objects.create(
            event=started.pk,
            account=_known(case.referente.account),
            territory=territory,
            kind=started.kind,
        )
        drafts.save(case.referente, f"note:{person.pk}", {"texte": ["Brouillon témoin"]})
        links.send(case.referente, "people.own_identity", "person", person.pk)
        asked = record_request(
            case.referente, person.pk, Asked("access", "in_person", clock.today())
        )
    with within(territory, account=officer.account):
        answer_request(officer, asked.pk, Answered("granted", "Réponse témoin donnée"))
        set_hold(officer, person.pk, "litigation", clock.today() + timedelta(days=30))
        lift_holds(officer, person.pk)
    with within(territory, account=case.referente.account):
        export = ask_export(case.referente, person.pk)
    with transaction.atomic():
        jobs.enqueue("rights.erase", person=str(person.pk), territory=territory)
    return Planted(case, officer, export.pk)


def _known(key: UUID | None) -> UUID:
    assert key
    return key
