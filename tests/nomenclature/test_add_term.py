"""A coordinator completes a list of their territory, and changes nothing else."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.nomenclature.actions.add_term import NewTerm, add_term
from jalons.nomenclature.files import UnknownList
from jalons.nomenclature.models import Edition, Term
from jalons.nomenclature.queries import terms
from jalons.nomenclature.rights import load_term
from tests.worlds import a_territory, an_actor, an_organization, within

pytestmark = pytest.mark.django_db
EPICERIE = NewTerm(list="action", label="Épicerie solidaire", parent="difficulte_administrative")


def a_coordinator() -> Actor:
    territory = a_territory()
    with within(territory.pk):
        return an_actor(an_organization(territory), Role.COORDINATOR)


def added(actor: Actor, new: NewTerm) -> Term:
    assert actor.territory is not None
    with within(actor.territory):
        return add_term(actor, new)


def test_the_entry_is_the_territory_s_and_starts_today() -> None:
    coordinator = a_coordinator()
    with clock.travel(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        term = added(coordinator, EPICERIE)
    assert term.territory == coordinator.territory
    assert term.code == "local_epicerie_solidaire"
    assert str(term.valid_from) == "2026-05-04"
    assert (term.domain, term.level) == ("administratif", Level.SHARED)


def test_it_is_proposed_at_once_and_to_its_territory_only() -> None:
    coordinator, other = a_coordinator(), a_coordinator()
    before = len(terms("action"))
    added(coordinator, EPICERIE)
    assert len(terms("action", territory=coordinator.territory)) == before + 1
    assert len(terms("action", territory=other.territory)) == before


def test_two_territories_may_add_the_same() -> None:
    assert added(a_coordinator(), EPICERIE).code == added(a_coordinator(), EPICERIE).code


def test_it_is_told_to_the_journal_and_stamped() -> None:
    coordinator = a_coordinator()
    before = Edition.objects.get(name="terms").stamp
    assert coordinator.territory is not None
    with within(coordinator.territory):
        term = add_term(coordinator, EPICERIE)
        event = Event.objects.get(object_key=term.pk)
    assert (event.kind, event.territory) == ("nomenclature.term_added", coordinator.territory)
    assert Edition.objects.get(name="terms").stamp != before


@pytest.mark.parametrize(
    ("parent", "domain", "asked", "expected"),
    [
        ("logement", "", Level.OPEN, Level.SHARED),
        ("logement", "", Level.RESTRICTED, Level.RESTRICTED),
        ("sante", "", Level.OPEN, Level.RESTRICTED),
        ("difficulte_financiere", "", Level.SHARED, Level.RESTRICTED),
        ("logement", "violences", Level.OPEN, Level.SEALED),
        ("difficulte_administrative", "justice", Level.SHARED, Level.SEALED),
    ],
)
def test_it_is_as_hidden_as_its_domain_asks(
    parent: str, domain: str, asked: Level, expected: Level
) -> None:
    term = added(a_coordinator(), NewTerm("action", "Autre appui", parent, domain, asked))
    assert term.level == expected


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewTerm("scale", "Presque bloquant"), "list"),
        (NewTerm("domain", "Animaux"), "list"),
        (NewTerm("action", "Appel  au 115"), "label"),
        (NewTerm("action", "orientation vers geic"), "label"),
        (NewTerm("action", "Jardin", parent="jardinage"), "parent"),
        (NewTerm("action", ""), "label"),
        (NewTerm("action", "x" * 151), "label"),
        (NewTerm("action", "Appui", "logement", "", Level.SEALED), "__all__"),
    ],
)
def test_what_is_refused_says_where(new: NewTerm, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        added(a_coordinator(), new)
    assert field in refused.value.message_dict


def test_not_twice() -> None:
    coordinator = a_coordinator()
    added(coordinator, EPICERIE)
    with pytest.raises(ValidationError, match="Cette liste a déjà « Épicerie solidaire »"):
        added(coordinator, EPICERIE)


def test_a_list_unknown() -> None:
    with pytest.raises(UnknownList):
        added(a_coordinator(), NewTerm("colours", "Bleu"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_nobody_else_may(role: Role) -> None:
    coordinator = a_coordinator()
    actor = Actor(
        kind="professional",
        account=coordinator.account,
        territory=coordinator.territory,
        territories=coordinator.territories,
        role=role,
    )
    with pytest.raises(Refused):
        added(actor, EPICERIE)


def test_nobody_without_a_territory() -> None:
    with pytest.raises(Refused):
        add_term(Actor(kind="professional", role=Role.COORDINATOR), EPICERIE)


def test_a_national_entry_is_no_object_of_the_policy() -> None:
    coordinator = a_coordinator()
    term = added(coordinator, EPICERIE)
    national = Term.objects.filter(territory=None).order_by("id").first()
    assert national is not None
    assert load_term(national.pk, clock.now()) is None
    facts = load_term(term.pk, clock.now())
    assert facts is not None
    assert facts.territory == coordinator.territory
