"""Small invented worlds: a consortium, its professionals, the persons they meet.

Rows are written by the application's role, in the context that its policies ask for. Traits are
named as situations, actors by their relation to the case: référente, collègue, partenaire,
étrangère.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.roles import Field, Role
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.kernel import clock, row_security
from jalons.kernel.ids import uuid7
from jalons.kernel.text import fold
from jalons.people import names
from jalons.people.contacts import new_contact
from jalons.people.documents import contents
from jalons.people.domains import token
from jalons.people.identifiers import new_identifier
from jalons.people.identity.fields import in_json
from jalons.people.identity.proposals import Proposal, encrypted
from jalons.people.merging.contents import Content, enclosed
from jalons.people.models import (
    Agreement,
    Contact,
    Document,
    Entry,
    FollowUp,
    Identifier,
    Merge,
    Objection,
    Pair,
    Person,
    ProposedChange,
    SealedReader,
    Status,
)
from jalons.people.statuses.contents import columns
from jalons.territories.actors import actor_of
from jalons.territories.models import (
    Invitation,
    Mandate,
    Membership,
    Organization,
    SettingValue,
    Territory,
)
from jalons.territories.team.rules import words_of

_numbers = count(1)


def a_territory(code: str = "") -> Territory:
    number = next(_numbers)
    return Territory.objects.create(
        code=code or f"territoire-{number}", name=f"Territoire {number}", communes=["90010"]
    )


def an_organization(territory: Territory, name: str = "", **values: Any) -> Organization:
    name = name or f"Structure {next(_numbers)}"
    values = {"kind": "ASSOCIATION"} | values
    return Organization.objects.create(
        territory=territory, name=name, sort_key=fold(name), **values
    )


def a_membership(organization: Organization, **dates: Any) -> Membership:
    """The organization signed the convention thirty days ago, unless said otherwise."""
    with within(organization.territory_id):
        events.append("territories.member_joined", territory=organization.territory_id)
        return Membership.objects.create(
            territory_id=organization.territory_id,
            organization=organization,
            **{"starts_on": clock.today() - timedelta(days=30)} | dates,
        )


def a_mandate(organization: Organization, role: Role = Role.PRACTITIONER, **values: Any) -> Mandate:
    number = next(_numbers)
    account = values.pop("account", None) or Account.objects.create(
        email=f"pro{number}@jalons.example", given_name="Inès", family_name=f"Marchal {number}"
    )
    today = clock.today()
    defaults: dict[str, Any] = {
        "field": Field.SOCIAL,
        "starts_on": today,
        "habilitated_from": today if role == Role.PRACTITIONER else None,
    }
    values = defaults | values
    words = words_of(
        account.family_name,
        account.given_name,
        values.get("function", ""),
        values.get("skills", []),
    )
    with within(organization.territory_id):
        events.append("territories.mandate_opened", territory=organization.territory_id)
        return Mandate.objects.create(
            account=account,
            organization=organization,
            territory_id=organization.territory_id,
            role=role,
            words=words,
            **values,
        )


def a_platform_mandate(role: Role, **values: Any) -> Mandate:
    """Of the whole platform: neither organization nor territory."""
    account = values.pop("account", None) or Account.objects.create(
        email=f"pro{next(_numbers)}@jalons.example", given_name="Noé", family_name=role.value
    )
    with transaction.atomic():
        events.append("territories.mandate_opened", territory=None)
        return Mandate.objects.create(
            account=account, role=role, **{"starts_on": clock.today()} | values
        )


def an_invitation(organization: UUID | None, **values: Any) -> Invitation:
    """Sent just now, unless said otherwise."""
    place = Organization.objects.get(pk=_known(organization))
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "email": f"invite{number}@structure.example",
        "role": Role.PRACTITIONER,
        "sent_at": clock.now(),
    }
    with within(place.territory_id):
        events.append("territories.invitation_prepared", territory=place.territory_id)
        return Invitation.objects.create(
            organization=place, territory_id=place.territory_id, **defaults | values
        )


def written_over(mandate: UUID | None, **values: Any) -> None:
    """What becomes of a mandate, written without its act: over today unless said otherwise."""
    found = Mandate.objects.get(pk__in=[mandate])
    territory = found.territory_id
    with within(*([territory] if territory else [])):
        events.append("territories.mandate_ended", territory=territory)
        Mandate.objects.filter(pk=found.pk).update(**values or {"ends_on": clock.today()})


def an_actor(organization: Organization, role: Role = Role.PRACTITIONER, **values: Any) -> Actor:
    mandate = a_mandate(organization, role, **values)
    return actor_of(mandate.account, mandate)


def within(*territories: int, account: UUID | None = None) -> Any:
    """The row-security context in which a test writes its rows."""
    return row_security.context(territories, account)


def a_person(territory: Territory | int, **values: Any) -> Person:
    key = territory if isinstance(territory, int) else territory.pk
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "family_name": f"Vasseur{number}",
        "given_name": "Élodie",
        "birth_date": date(1990, 5, 17),
        "commune": "90010",
    }
    values = defaults | values
    family, given = values["family_name"], values["given_name"]
    values["names"] = names.indexed(family, values.get("birth_name", ""), given)
    with within(key):
        events.append("people.person_created", territory=key)
        return Person.objects.create(
            territory_id=key, sort_key=names.sort_key(family, given), **values
        )


def a_follow_up(person: Person, actor: Actor, role: str = "intervenant", **values: Any) -> FollowUp:
    with within(person.territory_id):
        events.append("people.follow_up_started", territory=person.territory_id)
        return FollowUp.objects.create(
            territory_id=person.territory_id,
            person=person,
            organization_id=_known(actor.organization),
            account_id=_known(actor.account),
            role=role,
            **{"starts_on": clock.today() - timedelta(days=30)} | values,
        )


def _known(key: UUID | None) -> UUID:
    assert key
    return key


def an_entry(person: Person, door: UUID | None, **values: Any) -> Entry:
    received = clock.today() - timedelta(days=3)
    defaults = {"received_on": received, "opened_on": received, "origin": "self"}
    with within(person.territory_id):
        events.append("people.entry_received", territory=person.territory_id)
        return Entry.objects.create(
            territory_id=person.territory_id,
            person=person,
            door_id=_known(door),
            **defaults | values,
        )


def a_status(person: Person, kind: str = "brsa", **values: Any) -> Status:
    said = {
        "kind": kind,
        "label": values.pop("label", "Bénéficiaire du RSA"),
        "level": values.pop("level", "shared"),
        "domain": values.pop("domain", ""),
    }
    values = {"starts_on": clock.today() - timedelta(days=200)} | values | columns(**said)
    with within(person.territory_id):
        events.append("people.status_recorded", territory=person.territory_id)
        return Status.objects.create(territory_id=person.territory_id, person=person, **values)


def a_sealed_status(person: Person, author: Actor, domain: str = "justice") -> Status:
    assert author.account
    with within(person.territory_id, account=author.account):
        events.append("people.status_recorded", territory=person.territory_id)
        SealedReader.objects.get_or_create(
            territory_id=person.territory_id,
            person=person,
            domain=token(domain),
            account_id=author.account,
            reason="author",
        )
        return Status.objects.create(
            territory_id=person.territory_id,
            person=person,
            **columns("mesure_judiciaire", "Mesure judiciaire", "sealed", domain),
            starts_on=clock.today(),
        )


def a_document(
    person: Person, author: Actor, level: str = "shared", title: str = "", **values: Any
) -> Document:
    """Kept as the act keeps it, but for the file: a few words."""
    with within(person.territory_id, account=author.account):
        events.append("people.document_added", territory=person.territory_id)
        if level == "sealed":
            values = {"domain": token("justice")} | values
            SealedReader.objects.get_or_create(
                territory_id=person.territory_id,
                person=person,
                domain=values["domain"],
                account_id=_known(author.account),
                reason="author",
            )
        document = Document(
            territory_id=person.territory_id,
            person=person,
            level=level,
            account_id=_known(author.account),
            organization_id=_known(author.organization),
            **{"kind": "other", "media_type": "application/pdf", "added_on": clock.today()}
            | {"size": 9, "pages": 1, "digest": b""}
            | values,
        )
        document.title = contents.closed_title(document.pk, title)
        document.save(force_insert=True)
        contents.keep(document, b"%PDF-1.7\n" + title.encode())
        return document


def a_contact(person: Person, kind: str, text: str, **values: Any) -> Contact:
    with within(person.territory_id):
        events.append("people.contact_added", territory=person.territory_id)
        row = new_contact(person, kind, text, **values)
        row.save(force_insert=True)
        return row


def a_pair(one: Person, other: Person, **values: Any) -> Pair:
    """Two files that are alike by their names and dates, unless said otherwise."""
    first, second = sorted((one.pk, other.pk))
    with within(one.territory_id):
        events.append("people.files_compared", territory=one.territory_id)
        return Pair.objects.create(
            territory_id=one.territory_id,
            person_id=first,
            other_id=second,
            found_on=clock.today(),
            **{"source": "comparison", "reasons": ["names_same", "date_same"]} | values,
        )


def an_identifier(person: Person, kind: str, text: str, **values: Any) -> Identifier:
    with within(person.territory_id):
        events.append("people.identifier_added", territory=person.territory_id)
        row = new_identifier(person, kind, text, **values)
        row.save(force_insert=True)
        return row


def a_proposed_change(person: Person, author: Actor, **values: Any) -> ProposedChange:
    """`values`: what the author proposes, of what the person's row says now."""
    pairs = {name: [in_json(getattr(person, name)), value] for name, value in values.items()}
    with within(person.territory_id):
        events.append("people.change_proposed", territory=person.territory_id)
        return ProposedChange.objects.create(
            territory_id=person.territory_id,
            person=person,
            organization_id=_known(author.organization),
            account_id=_known(author.account),
            cipher=encrypted(Proposal(pairs)),
            proposed_at=clock.now(),
        )


def a_match(person: Person, newcomer: Person) -> Pair:
    """A protected person whom somebody may have created again."""
    return a_pair(person, newcomer, source="protected", owner=person, reasons=[])


def a_merge(kept: Person, absorbed: Person, actor: Actor, **values: Any) -> Merge:
    """Done today, unless said otherwise; no row moved."""
    key = uuid7()
    with within(kept.territory_id):
        events.append("people.files_merged", territory=kept.territory_id)
        return Merge.objects.create(
            territory_id=kept.territory_id,
            kept=kept,
            absorbed=absorbed,
            asked_by_id=_known(actor.account),
            id=key,
            cipher=enclosed(Content(), key),
            **{
                "state": "done",
                "done_at": clock.now(),
                "undo_until": clock.today() + timedelta(days=90),
            }
            | values,
        )


def an_agreement(person: Person, **values: Any) -> Agreement:
    with within(person.territory_id):
        events.append("people.agreement_recorded", territory=person.territory_id)
        return Agreement.objects.create(
            territory_id=person.territory_id,
            person=person,
            given="on_the_spot",
            **{"starts_on": clock.today() - timedelta(days=10)} | values,
        )


def an_objection(person: Person, **values: Any) -> Objection:
    with within(person.territory_id):
        events.append("people.objection_recorded", territory=person.territory_id)
        return Objection.objects.create(
            territory_id=person.territory_id,
            person=person,
            **{"starts_on": clock.today() - timedelta(days=10)} | values,
        )


def a_setting(territory: Territory, key: str, value: Any, **dates: Any) -> SettingValue:
    with within(territory.pk):
        events.append("territories.setting_changed", territory=territory.pk)
        return SettingValue.objects.create(territory=territory, key=key, value=value, **dates)


@dataclass
class Case:
    """One person followed by a référente, and everybody else by their relation to her."""

    territory: Territory
    person: Person
    home: Organization
    partner: Organization
    referente: Actor
    collegue: Actor
    partenaire: Actor
    etrangere: Actor
    others: dict[Role, Actor] = field(default_factory=dict)


def a_case(**person: Any) -> Case:
    """A département's référente follows a person; her colleague, a partner, another territory."""
    territory, elsewhere = a_territory(), a_territory()
    home, partner = an_organization(territory, "Département"), an_organization(territory, "CCAS")
    case = Case(
        territory,
        a_person(territory, **person),
        home,
        partner,
        an_actor(home),
        an_actor(home),
        an_actor(partner),
        an_actor(an_organization(elsewhere, "Mission locale")),
    )
    a_follow_up(case.person, case.referente, "referent")
    for role in set(Role) - {Role.PRACTITIONER, Role.OBSERVER, Role.PLATFORM_ADMIN}:
        case.others[role] = an_actor(partner, role)
    return case
