"""Something of each model of the room of people, with words of its own."""

from uuid import UUID

from jalons.access.levels import Level
from jalons.exchange.models import ImportedRow
from jalons.journal import events
from jalons.kernel import clock
from jalons.kernel.ids import uuid7
from jalons.people.contacts import new_contact
from jalons.people.domains import token
from jalons.people.front_door.typed import REQUEST, SEARCH, Typed, enclose
from jalons.people.identity.proposals import Proposal, encrypted
from jalons.people.intakes import said
from jalons.people.intakes.said import Said
from jalons.people.models import (
    AgreementRequest,
    Entry,
    FollowRequest,
    InformationGiven,
    Intake,
    LastSaid,
    Pair,
    Person,
    ProposedChange,
    Reorientation,
    SealedReader,
    Search,
    UnusualReading,
)
from tests.exchange.files import an_import
from tests.pathways.given import a_pathway, a_step, an_action, an_objective
from tests.worlds import Case, a_document, a_match, a_merge, a_person, an_entry, within

PHONE = "06 39 98 00 34"
SHOWN = [
    *("+33639980034", "Note témoin scellée", "Titre témoin du bail", "Titre témoin scellé"),
    *("Introuvable → Témoinville", "Accord témoin de correction", "Notice témoin"),
    *("Je la suis au témoin", "Refus témoin du référent", "Besoin témoin d’ailleurs"),
    "Demande témoin d’aide",
    *("Objectif témoin visé", "Action témoin à faire", "Étape témoin", "Blocage témoin"),
    *("Décision témoin prise", "Orientation témoin motivée", "Composition du foyer : donné par"),
]


def plant_people(case: Case, place: UUID) -> None:
    person, author = case.person, case.partenaire
    entry = an_entry(person, place, assign_motive="Orientation témoin motivée")
    _sealed_contact(case)
    a_document(person, case.referente, title="Titre témoin du bail")
    a_document(person, case.referente, "sealed", "Titre témoin scellé")
    _pathway(person)
    with within(case.territory.pk, account=author.account):
        events.append("people.person_changed", territory=case.territory.pk, person=person.pk)
        given = {"household": [str(case.home.pk), clock.today().isoformat()]}
        Person.objects.filter(pk=person.pk).update(household="alone", sources=given)
        _rows(case, _known(author.account), _known(author.organization), entry)
        found = an_import(author)
        likely = [{"person": str(person.pk), "score": 3.0, "reasons": ["same_family"]}]
        rows = ImportedRow.objects.filter(file_import=found)
        rows.update(person=person.pk, changes=["phone"], candidates=likely)


def _pathway(person: Person) -> None:
    pathway = a_pathway(person)
    an_action(
        pathway, "Action témoin à faire", objective=an_objective(pathway, "Objectif témoin visé")
    )
    a_step(pathway, label="Étape témoin", blocked_by="Blocage témoin")


def _sealed_contact(case: Case) -> None:
    """Known to the référente alone, whose readership the database asks for."""
    domain = token("violences")
    with within(case.territory.pk, account=case.referente.account):
        events.append("people.contact_added", territory=case.territory.pk, person=case.person.pk)
        SealedReader.objects.create(
            territory=case.territory,
            person=case.person,
            domain=domain,
            account_id=_known(case.referente.account),
            reason="referent",
        )
        row = new_contact(
            case.person,
            "phone",
            PHONE,
            note="Note témoin scellée",
            level=Level.SEALED,
            domain=domain,
            source=case.home.pk,
        )
        row.save(force_insert=True)


def _known(key: UUID | None) -> UUID:
    assert key
    return key


def _rows(case: Case, account: UUID, organization: UUID, entry: Entry) -> None:
    person, today = case.person, clock.today()
    whose = {"territory_id": case.territory.pk, "person": person}
    by = {"account_id": account, "organization_id": organization}
    proposal = Proposal(
        {"family_name": ["Introuvable", "Témoinville"]},
        ["family_name"],
        "Accord témoin de correction",
    )
    ProposedChange.objects.create(
        **whose,
        **by,
        state="accepted",
        cipher=encrypted(proposal),
        proposed_at=clock.now(),
        answered_at=clock.now(),
    )
    key, typed = uuid7(), Typed("Tapé témoin", "Zoé", clock.today())
    FollowRequest.objects.create(
        id=key,
        **whose,
        **by,
        entry=entry,
        role="practitioner",
        reason="Je la suis au témoin",
        typed=enclose(typed, key, REQUEST),
        answer="refused",
        answered_on=today,
        answered_by_id=_known(case.referente.account),
        words="Refus témoin du référent",
    )
    Reorientation.objects.create(
        **whose,
        **by,
        motive="other",
        words="Besoin témoin d’ailleurs",
        asked_on=today,
        decided_on=today,
        outcome="refused",
        answer="Décision témoin prise",
    )
    LastSaid.objects.create(
        **whose, organization_id=organization, digests={"phone": "d"}, said_on=today
    )
    InformationGiven.objects.create(
        **whose, **by, version="Notice témoin", how="handed", given_on=today
    )
    Intake.objects.create(
        id=key,
        **whose,
        origin="self",
        received_at=clock.now(),
        settled_at=clock.now(),
        cipher=said.enclose(Said("Introuvable", "Zoé", request="Demande témoin d’aide"), key),
    )
    newcomer = a_person(case.territory)
    pair = a_match(person, newcomer)
    Pair.objects.filter(pk=pair.pk).update(
        answer="distinct",
        answered_on=today,
        answered_by=_known(case.referente.account),
    )
    AgreementRequest.objects.create(**whose, account_id=account, domains=["logement"])
    Search.objects.create(
        id=key,
        territory_id=case.territory.pk,
        account=account,
        expires_at=clock.now(),
        cipher=enclose(typed, key, SEARCH),
        found=[person.pk],
    )
    a_merge(person, a_person(case.territory), case.referente)
    UnusualReading.objects.create(
        territory_id=case.territory.pk, rule="structures", person=person.pk, count=9
    )
