"""Four persons, and everybody who stands around them, named by their relation."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

from jalons.access.actor import Actor
from jalons.access.models import BreakGlass
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.kernel import clock
from jalons.people.models import FollowUp, Person
from jalons.territories.actors import actor_of
from jalons.territories.models import Territory
from tests.pathways.given import a_pathway, a_step, an_action, an_objective
from tests.worlds import (
    a_contact,
    a_follow_up,
    a_person,
    a_platform_mandate,
    a_proposed_change,
    a_status,
    a_territory,
    an_actor,
    an_entry,
    an_identifier,
    an_organization,
    within,
)

_numbers = count(1)

PARTNER_ROLES = {
    "orientation": Role.DISPATCHER,
    "coordination": Role.COORDINATOR,
    "animation": Role.FACILITATOR,
    "entreprises": Role.COMPANY_LEAD,
    "partenariats": Role.NETWORK_LEAD,
    "pilotage": Role.STEERING,
}


@dataclass
class Cast:
    """`followed` has a référente; `received` waits at the CCAS; `blocked` waits for a structure;
    `protected` has the same référente and exists for nobody else."""

    territory: Territory
    followed: Person
    received: Person
    blocked: Person
    protected: Person
    follow_up: FollowUp
    protected_follow_up: FollowUp
    actors: dict[str, Actor] = field(default_factory=dict)
    documents: dict[str, UUID] = field(default_factory=dict)
    """By level, once a full file is written."""
    facts: dict[str, UUID] = field(default_factory=dict)
    """A contact, a number, a status, a proposed correction, an objective, an action and a step of
    the followed person."""

    @property
    def keys(self) -> dict[str, UUID]:
        """For each name that an address about the followed person holds, a key; no sealed reader
        is of anybody."""
        about = {"person": self.followed.pk, "follow_up": self.follow_up.pk}
        return about | self.facts | {"sealed_reader": uuid4()}

    @property
    def persons(self) -> dict[str, Person]:
        names = ("followed", "received", "blocked", "protected")
        return {name: getattr(self, name) for name in names}


def a_cast(**person: str) -> Cast:
    """`person` gives values to the followed person."""
    territory, elsewhere = a_territory(), a_territory()
    home = an_organization(territory, "Département")
    partner = an_organization(territory, "CCAS")
    third = an_organization(territory, "PLIE")
    actors = {
        "référente": an_actor(home),
        "collègue": an_actor(home),
        "responsable": an_actor(home, Role.MANAGER),
        "accueil": an_actor(home, Role.CLERK),
        "partenaire": an_actor(partner),
        "responsable du partenaire": an_actor(partner, Role.MANAGER),
        "accueil du partenaire": an_actor(partner, Role.CLERK),
        "intervenante en lecture": an_actor(third),
        "ancienne référente": an_actor(third),
        "en urgence": an_actor(partner),
        "étrangère": an_actor(an_organization(elsewhere, "Mission locale")),
    }
    actors |= {name: an_actor(partner, role) for name, role in PARTNER_ROLES.items()}
    actors["protection des données"] = an_actor(
        partner, Role.STEERING, data_protection_from=clock.today()
    )
    actors |= {
        "observatrice": _without_organization(Role.OBSERVER),
        "administration": _without_organization(Role.PLATFORM_ADMIN),
        "sans mandat": actor_of(_an_account("sans-mandat"), None),
    }
    followed, protected = a_person(territory, **person), a_person(territory, protected=True)
    received, blocked = a_person(territory), a_person(territory)
    today = clock.today()
    days_ago = [today - timedelta(days=days) for days in range(21)]
    a_follow_up(followed, actors["intervenante en lecture"], read_only=True)
    a_follow_up(followed, actors["ancienne référente"], starts_on=days_ago[9], ends_on=today)
    an_entry(received, partner.pk, assigned_to=partner, assigned_on=days_ago[1])
    an_entry(blocked, partner.pk, received_on=days_ago[20], opened_on=days_ago[20])
    cast = Cast(
        territory,
        followed,
        received,
        blocked,
        protected,
        a_follow_up(followed, actors["référente"], "referent"),
        a_follow_up(protected, actors["référente"], "referent"),
        actors,
    )
    an_urgent_access(actors["en urgence"], followed)
    cast.facts = _facts(followed, actors["intervenante en lecture"])
    return cast


def _facts(person: Person, author: Actor) -> dict[str, UUID]:
    return {
        "contact": a_contact(person, "phone", "06 39 98 00 12").pk,
        "identifier": an_identifier(person, "ft", "7654321Z").pk,
        "status": a_status(person).pk,
        **_pathway(person),
        "proposed_change": a_proposed_change(person, author, given_name="Élodye").pk,
    }


def _pathway(person: Person) -> dict[str, UUID]:
    pathway = a_pathway(person)
    return {
        "objective": an_objective(pathway).pk,
        "pathway_action": an_action(pathway).pk,
        "step": a_step(pathway).pk,
    }


def an_urgent_access(actor: Actor, person: Person) -> None:
    now = clock.now()
    assert actor.account
    assert actor.mandate
    with within(person.territory_id, account=actor.account):
        events.append("access.break_glass_opened", territory=person.territory_id)
        BreakGlass.objects.create(
            territory=person.territory_id,
            account=actor.account,
            mandate=actor.mandate,
            person=person.pk,
            cipher=BreakGlass.encrypted("Une urgence du moment"),
            opened_at=now,
            closes_at=now + timedelta(hours=3),
        )


def _an_account(name: str) -> Account:
    return Account.objects.create(
        email=f"{name}{next(_numbers)}@jalons.example", given_name="Noé", family_name=name
    )


def _without_organization(role: Role) -> Actor:
    mandate = a_platform_mandate(role)
    return actor_of(mandate.account, mandate)
