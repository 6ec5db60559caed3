"""A person whose every field holds a word of its own, and where these words are found again."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, TextField
from pypdf import PdfReader

from jalons.access import drafts
from jalons.access.levels import Level
from jalons.access.models import BreakGlass
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.kernel import clock, crypto
from jalons.kernel.ids import uuid7
from jalons.pathways.models import Action, Objective, Pathway, Step
from jalons.people import contacts
from jalons.people.contacts import ContactContent
from jalons.people.domains import JUSTICE, VIOLENCES, token
from jalons.people.front_door.typed import REQUEST, Typed, enclose
from jalons.people.identity.proposals import Proposal, encrypted
from jalons.people.intakes import said
from jalons.people.intakes.said import Said
from jalons.people.models import (
    Agreement,
    AgreementRequest,
    Contact,
    Document,
    Entry,
    FollowRequest,
    FollowUp,
    Identifier,
    InformationGiven,
    Intake,
    Objection,
    Pair,
    Person,
    ProposedChange,
    Reorientation,
    SealedReader,
    Status,
    UnusualReading,
)
from jalons.people.statuses.contents import columns
from jalons.rights.models import Hold, RightsRequest, StoredExport
from jalons.rights.own_data import ANSWER
from tests.security.cast import Cast, a_cast
from tests.worlds import (
    a_document,
    a_match,
    a_merge,
    a_pair,
    a_person,
    an_actor,
    an_organization,
    within,
)

WITHOUT_TEXT = {
    "access.Consultation",
    "exchange.ImportedRow",
    "journal.Event",
    "people.LastSaid",
    "people.PersonKey",
    "people.PersonTraits",
    "pathways.Pathway",
}
"""Models that name a person and hold keys, codes and dates only; or, as the database writes it, the
names that the person is filled with."""
CODES = {"source", "commune", "epci", "language", "level"}
"""Text fields too short for a word, or that a rule reads."""
ANSWERED = "rights.RightsRequest.answer"
HIDDEN_COMMUNE, HIDDEN_PLACE = "90013", "bethonvilliers"
WORD = re.compile(rf"zq[0-9]{{4}}|{HIDDEN_COMMUNE}|{HIDDEN_PLACE}", re.IGNORECASE)


@dataclass
class Canaries:
    """Each word stands in one field; `levels` says at which level it may be read."""

    levels: dict[str, Level] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def word(self, level: Level, place: str) -> str:
        word = f"zq{len(self.levels):04}"
        self.levels[word], self.places[word] = level, place
        return word

    def fill(self, model: type[Model], **values: Any) -> dict[str, Any]:
        """`values`, and a word in each free text field of the model that they do not give."""
        levels: dict[str, Level] = model.field_levels  # type: ignore[attr-defined]
        row_level = values.get(getattr(model, "row_level", ""))
        for text in model._meta.concrete_fields:
            if text.name in values or text.name in CODES or text.choices:
                continue
            if isinstance(text, CharField | TextField):
                level = levels[text.name]
                if row_level and level == Level.SHARED:
                    level = row_level
                place = f"{model._meta.label}.{text.name}"
                values[text.name] = self.word(Level(level), place)
        return values


def personal_models() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("jalons.")
        and (
            model is Person or {"person", "pathway"} & {f.name for f in model._meta.concrete_fields}
        )
    }


FILLED = {
    model._meta.label
    for model in (
        Person,
        Contact,
        Identifier,
        ProposedChange,
        Status,
        Entry,
        FollowUp,
        Agreement,
        AgreementRequest,
        InformationGiven,
        Objection,
        Reorientation,
        FollowRequest,
        Intake,
        Pair,
        UnusualReading,
        SealedReader,
        BreakGlass,
        RightsRequest,
        StoredExport,
        Hold,
        Document,
        Objective,
        Action,
        Step,
    )
}


def a_full_file() -> tuple[Cast, Canaries]:
    """The followed person of a cast, with a word in each field of each row about them."""
    canaries, cast = Canaries(), a_cast()
    person = cast.followed
    sensitive = an_organization(cast.territory, sensitive=True, **_sensitive(canaries))
    cast.actors["structure sensible"] = an_actor(sensitive)
    with within(cast.territory.pk, account=cast.actors["référente"].account):
        events.append("people.status_recorded", territory=cast.territory.pk)
        for word in (HIDDEN_COMMUNE, HIDDEN_PLACE):
            canaries.levels[word] = Level.SEALED
            canaries.places[word] = "the commune of a hidden address"
        values = canaries.fill(
            Person, territory=cast.territory, hidden_address=True, commune=HIDDEN_COMMUNE
        )
        Person.objects.filter(pk=person.pk).update(**values)
        _write_rows(canaries, cast, person)
        _write_documents(canaries, cast, person)
        _write_pathway(canaries, cast, person)
        drafts.save(
            cast.actors["référente"],
            f"break-glass:{person.pk}",
            {"reason": [canaries.word(Level.PRIVATE, "access.Draft")]},
        )
    return cast, canaries


def _write_documents(canaries: Canaries, cast: Cast, person: Person) -> None:
    """One a level, its title and its content said by the same word."""
    levels = (Level.IDENTITY, Level.SHARED, Level.RESTRICTED, Level.SEALED, Level.PRIVATE)
    for level in levels:
        word = canaries.word(level, f"people.Document {level}")
        document = a_document(person, cast.actors["référente"], level, word, kind="proof")
        cast.documents[level] = document.pk


def _sensitive(canaries: Canaries) -> dict[str, str]:
    """The name of a sensitive structure is read by the référente and by itself."""
    return {"name": canaries.word(Level.SEALED, "sensitive structure")}


def _write_rows(canaries: Canaries, cast: Cast, person: Person) -> None:
    today = clock.today()
    owner = {"territory": cast.territory, "person": person}
    referente, third = cast.actors["référente"], cast.actors["intervenante en lecture"]
    for domain in (JUSTICE, VIOLENCES):
        SealedReader.objects.create(
            **owner,
            domain=token(domain),
            account=Account.objects.get(pk__in=[referente.account]),
            reason="author",
        )
    for level, domain in ((Level.SHARED, ""), (Level.RESTRICTED, ""), (Level.SEALED, JUSTICE)):
        kind, label = (canaries.word(level, f"people.Status.{name}") for name in ("kind", "label"))
        values = columns(kind, label, level, domain)
        Status.objects.create(**owner, **values, starts_on=today)
    number = canaries.word(Level.SECRET, "people.Identifier.cipher")
    Identifier.objects.create(
        **canaries.fill(Identifier, **owner, kind="nir"),
        cipher=crypto.encrypt(number.encode(), "people.identifier.nir"),
        digest=crypto.keyed_hash(number, "people.identifier.nir"),
    )
    for level, kind, domain in (
        (Level.IDENTITY, "phone", ""),
        (Level.SEALED, "address", token(VIOLENCES)),
    ):
        said = [canaries.word(level, f"people.Contact {part}") for part in ("value", "note")]
        Contact.objects.create(
            **owner,
            kind=kind,
            level=level,
            domain=domain,
            cipher=contacts.sealed(kind, ContactContent(*said)),
            starts_on=today,
        )
    a_pair(person, cast.received)
    a_merge(person, a_person(cast.territory), cast.actors["référente"])
    proposed = canaries.word(Level.IDENTITY, "people.ProposedChange")
    ProposedChange.objects.filter(pk=cast.facts["proposed_change"]).update(
        cipher=encrypted(Proposal({"given_name": ["", proposed]}))
    )
    door = {"door_id": third.organization, "origin": "partner"}
    Entry.objects.create(
        **canaries.fill(Entry, **owner, **door, received_on=today, closed_on=today)
    )
    past = {"starts_on": today - timedelta(days=5), "ends_on": today}
    FollowUp.objects.create(
        **canaries.fill(
            FollowUp,
            **owner,
            **past,
            account_id=third.account,
            organization_id=third.organization,
            role="co_referent",
        )
    )
    sensitive = cast.actors["structure sensible"]
    FollowUp.objects.create(
        **canaries.fill(
            FollowUp,
            **owner,
            account_id=sensitive.account,
            organization_id=sensitive.organization,
            role="intervenant",
            starts_on=today,
            end_reason="",
        )
    )
    asker = {"account_id": third.account, "organization_id": third.organization}
    closed = {"asked_on": past["starts_on"], "withdrawn_on": today, "outcome": ""}
    closed |= {"wished_type": "social", "decided_type": ""}
    Reorientation.objects.create(**canaries.fill(Reorientation, **owner, **asker, **closed))
    _write_front_door(canaries, owner, asker, past["starts_on"])
    domain = canaries.word(Level.SHARED, "people.Agreement.domains")
    Agreement.objects.create(**owner, **past, given="on_paper", domains=[domain])
    Objection.objects.create(
        **canaries.fill(Objection, **owner, starts_on=past["starts_on"], lifted_on=today)
    )
    _write_rights(canaries, cast, owner)
    assert referente.account
    assert sensitive.organization
    AgreementRequest.objects.create(
        **owner,
        account_id=referente.account,
        domains=[domain],
        organizations=[sensitive.organization],
    )
    told = {"account_id": referente.account, "organization_id": referente.organization}
    InformationGiven.objects.create(
        **canaries.fill(InformationGiven, **owner, **told, given_on=today, how="handed")
    )
    now = clock.now()
    urgent = cast.actors["en urgence"]
    BreakGlass.objects.create(
        **canaries.fill(
            BreakGlass,
            territory=cast.territory.pk,
            person=person.pk,
            account=urgent.account,
            mandate=urgent.mandate,
            opened_at=now - timedelta(hours=1),
            closes_at=now + timedelta(hours=2),
            cipher=BreakGlass.encrypted(canaries.word(Level.SHARED, "access.BreakGlass.cipher")),
        )
    )


def _write_front_door(
    canaries: Canaries, owner: dict[str, Any], asker: dict[str, Any], day: date
) -> None:
    """A request to follow, refused, with its entry; an unusual reading of the file."""
    entry = Entry.objects.create(
        **canaries.fill(
            Entry,
            **owner,
            door_id=asker["organization_id"],
            origin="self",
            received_on=day,
            closed_on=day,
        )
    )
    refused = {"answer": "refused", "answered_on": day, "role": "practitioner", "entry": entry}
    request = FollowRequest(**canaries.fill(FollowRequest, **owner, **asker, **refused))
    typed = Typed(canaries.word(Level.SECRET, "people.FollowRequest.typed"))
    request.typed = enclose(typed, request.pk, REQUEST)
    request.save(force_insert=True)
    key = uuid7()
    words = Said(
        canaries.word(Level.SHARED, "people.Intake family name"),
        canaries.word(Level.SHARED, "people.Intake given name"),
        request=canaries.word(Level.SHARED, "people.Intake request"),
    )
    values = canaries.fill(Intake, **owner, origin="self", received_at=clock.now())
    values |= {"settled_at": clock.now(), "cipher": said.enclose(words, key)}
    Intake.objects.create(id=key, **values)
    a_match(owner["person"], a_person(owner["territory"]))
    UnusualReading.objects.create(
        territory=owner["territory"], rule="structures", person=owner["person"].pk, count=5
    )


def _write_pathway(canaries: Canaries, cast: Cast, person: Person) -> None:
    """The cast's pathway, where a step is with the sensitive structure."""
    today = clock.today()
    row = Pathway.objects.get(person=person)
    part = {"territory": cast.territory, "pathway": row}
    kept = {"domain": "mobilite"}
    objective = Objective.objects.create(**canaries.fill(Objective, **part, **kept, set_on=today))
    Action.objects.create(**canaries.fill(Action, **part, objective=objective, added_on=today))
    Step.objects.create(
        **canaries.fill(
            Step,
            **part,
            kind="atelier",
            organization_id=cast.actors["structure sensible"].organization,
            wished_on=today,
        )
    )


def _write_rights(canaries: Canaries, cast: Cast, owner: dict[str, Any]) -> None:
    """A request and its answer, a copy that is not made yet, a hold."""
    today, officer = clock.today(), cast.actors["protection des données"].account
    referente = cast.actors["référente"].account
    assert officer
    assert referente
    answer = canaries.word(Level.RESTRICTED, ANSWERED)
    request = RightsRequest(
        **owner,
        kind="access",
        channel="letter",
        received_on=today,
        due_on=today,
        recorded_by_id=officer,
        answered_on=today,
        answered_by_id=officer,
        outcome="granted",
    )
    request.answer = crypto.encrypt(answer.encode(), f"{ANSWER}:{request.pk}")
    request.save(force_insert=True)
    StoredExport.objects.create(
        **owner, account_id=referente, expires_at=clock.now() + timedelta(days=1)
    )
    Hold.objects.create(
        **owner,
        motive="litigation",
        account_id=officer,
        starts_on=today,
        until=today + timedelta(days=1),
    )


def words_in(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in texts for word in WORD.findall(text)}


def texts_of(response: Any) -> Iterator[str]:
    """All that a response says: its headers, its body, what a file of an export holds."""
    yield " ".join(f"{name}: {value}" for name, value in response.headers.items())
    body = response.getvalue() if response.streaming else response.content
    if body.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(body))
        for name in archive.namelist():
            yield archive.read(name).decode(errors="replace")
    elif body.startswith(b"%PDF-1.7\nzq"):
        yield body.decode()
    elif body.startswith(b"%PDF"):
        for page in PdfReader(io.BytesIO(body)).pages:
            yield page.extract_text()
    else:
        yield body.decode()
