"""Something of each model of the room of people, with words of its own."""

from uuid import UUID

from jalons.journal import events
from jalons.kernel import clock, crypto
from jalons.people.domains import token
from jalons.people.identity.proposals import Proposal, encrypted
from jalons.people.models import (
    AgreementRequest,
    Entry,
    FollowRequest,
    InformationGiven,
    Person,
    ProposedChange,
    Reorientation,
    Search,
    UnusualReading,
)
from tests.worlds import Case, a_contact, a_document, an_entry, within

PHONE = "06 39 98 12 34"
SHOWN = [
    *("+33639981234", "Note témoin scellée", "Titre témoin du bail", "Titre témoin scellé"),
    *("Introuvable → Témoinville", "Accord témoin de correction", "Notice témoin"),
    *("Je la suis au témoin", "Refus témoin du référent", "Besoin témoin d’ailleurs"),
    *("Décision témoin prise", "Orientation témoin motivée", "Composition du foyer : donné par"),
]


def plant_people(case: Case, place: UUID) -> None:
    person, author = case.person, case.partenaire
    entry = an_entry(person, place, assign_motive="Orientation témoin motivée")
    a_contact(
        person,
        "phone",
        PHONE,
        note="Note témoin scellée",
        level="sealed",
        domain=token("violences"),
        source=case.home.pk,
    )
    a_document(person, case.referente, title="Titre témoin du bail")
    a_document(person, case.referente, "sealed", "Titre témoin scellé")
    with within(case.territory.pk, account=author.account):
        events.append("people.person_changed", territory=case.territory.pk, person=person.pk)
        given = {"household": [str(case.home.pk), clock.today().isoformat()]}
        Person.objects.filter(pk=person.pk).update(household="alone", sources=given)
        _rows(case, author.account, author.organization, entry)


def _rows(case: Case, account: UUID | None, organization: UUID | None, entry: Entry) -> None:
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
    FollowRequest.objects.create(
        **whose,
        **by,
        entry=entry,
        role="practitioner",
        reason="Je la suis au témoin",
        typed=crypto.encrypt("Tapé témoin".encode(), "people.follow_request"),
        answer="refused",
        answered_on=today,
        answered_by_id=case.referente.account,
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
    InformationGiven.objects.create(
        **whose, **by, version="Notice témoin", how="handed", given_on=today
    )
    AgreementRequest.objects.create(**whose, account_id=account, domains=["logement"])
    Search.objects.create(
        territory_id=case.territory.pk,
        account=account,
        expires_at=clock.now(),
        cipher=crypto.encrypt("Tapé témoin".encode(), "people.search"),
        found=[person.pk],
    )
    UnusualReading.objects.create(
        territory_id=case.territory.pk, rule="structures", person=person.pk, count=9
    )
