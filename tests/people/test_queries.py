"""What each page of a person is made of, and what it costs."""

from datetime import date, timedelta
from typing import Any

import pytest

from jalons.access.actor import Actor
from jalons.access.break_glass import open_urgently
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people import queries
from jalons.people.circle import Circle, load_circle
from jalons.people.rules import years_before
from jalons.people.statuses import queries as status_queries
from jalons.people.statuses.queries import ShownStatus
from jalons.people.tasks import tell_referent
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_contact,
    a_follow_up,
    a_person,
    a_proposed_change,
    a_sealed_status,
    a_status,
    an_actor,
    an_identifier,
    an_objection,
    an_organization,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def circle(case: Case) -> Circle:
    found = load_circle(case.person.pk, clock.now())
    assert found
    return found


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 3, 2), 26, date(2000, 3, 2)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2024, 2, 29), 1, date(2023, 3, 1)),
    ],
)
def test_years_before(day: date, years: int, expected: date) -> None:
    assert years_before(day, years) == expected


def masked(actor: Actor, case: Case) -> queries.MaskedLine:
    with as_(actor):
        return queries.masked_line(actor, circle(case))


def test_the_masked_line_says_four_things(case: Case) -> None:
    a_follow_up(case.person, case.collegue)
    a_follow_up(case.person, an_actor(case.partner, Role.MANAGER))
    with as_(case.partenaire):
        commune = queries.shown_communes([case.person])[case.person.pk]
    line = masked(case.partenaire, case)
    assert line == queries.MaskedLine("É. V.", 1990, commune, 2)
    assert commune == "Belfort"


@pytest.mark.parametrize("hides", ["hidden_address", "discreet_contact"])
def test_the_masked_line_of_a_hidden_address_has_no_commune(hides: str) -> None:
    case = a_case(**{hides: True})
    assert masked(case.partenaire, case).commune == ""


def test_the_masked_line_without_birth_date() -> None:
    case = a_case(birth_date=None)
    assert masked(case.partenaire, case).birth_year is None


def in_a_sensitive_structure(case: Case) -> Actor:
    sensitive = an_actor(an_organization(case.territory, "CHRS Les Acacias", sensitive=True))
    a_follow_up(case.person, sensitive)
    return sensitive


def followers(actor: Actor, case: Case) -> set[Any]:
    with as_(actor):
        return {row.organization_id for row in queries.followers(actor, circle(case))}


def test_a_sensitive_structure_shows_to_the_referent_and_to_itself(case: Case) -> None:
    sensitive, reader = in_a_sensitive_structure(case), an_actor(case.partner)
    a_follow_up(case.person, reader)
    everybody = {case.home.pk, case.partner.pk, sensitive.organization}
    assert followers(case.referente, case) == everybody
    assert followers(sensitive, case) == everybody
    assert followers(reader, case) == {case.home.pk, case.partner.pk}
    assert followers(an_actor(case.home, Role.MANAGER), case) == {case.home.pk, case.partner.pk}


def test_a_number_of_structures_gives_none_away(case: Case) -> None:
    """Whoever reads the circle is told the number that they see there."""
    in_a_sensitive_structure(case)
    assert masked(an_actor(case.home, Role.MANAGER), case).known_by == 1
    assert masked(case.referente, case).known_by == 2


def labels(rows: list[ShownStatus]) -> set[str]:
    return {row.label for row in rows}


def test_statuses_in_force_only(case: Case) -> None:
    today = clock.today()
    a_status(case.person, label="en cours")
    a_status(case.person, label="du jour", starts_on=today)
    a_status(case.person, label="à venir", starts_on=today + timedelta(days=1))
    a_status(case.person, label="finie", ends_on=today)
    a_status(case.person, label="dernier jour", ends_on=today + timedelta(days=1))
    with as_(case.referente):
        found = status_queries.statuses(case.referente, circle(case), today)
    assert labels(found) == {"en cours", "du jour", "dernier jour"}


def shown(actor: Actor, case: Case) -> tuple[set[str], set[str]]:
    """Labels without and with a reveal."""
    with as_(actor):
        known, today = circle(case), clock.today()
        return (
            labels(status_queries.statuses(actor, known, today)),
            labels(status_queries.revealed_statuses(actor, known, today)),
        )


def test_what_is_restricted_or_sealed_waits_for_a_reveal(case: Case) -> None:
    a_status(case.person, label="partagé")
    a_status(case.person, label="santé", level="restricted", domain="sante")
    a_sealed_status(case.person, case.referente)
    a_follow_up(case.person, case.partenaire)
    assert shown(case.referente, case) == ({"partagé"}, {"santé", "Mesure judiciaire"})
    assert shown(case.partenaire, case) == ({"partagé"}, {"santé"})
    assert shown(an_actor(case.home, Role.MANAGER), case) == (set(), set())


def test_a_domain_that_was_closed_stays_closed_to_a_reveal(case: Case) -> None:
    a_status(case.person, label="santé", level="restricted", domain="sante")
    a_status(case.person, label="dette", level="restricted", domain="finances")
    a_follow_up(case.person, case.partenaire)
    an_objection(case.person, domain="sante")
    assert shown(case.partenaire, case)[1] == {"dette"}
    assert shown(case.referente, case)[1] == {"santé", "dette"}


def test_persons_come_by_name_and_by_relation(case: Case) -> None:
    for name in ("Zola", "Éluard", "aragon"):
        a_follow_up(a_person(case.territory, family_name=name), case.collegue)
    with as_(case.collegue):
        names = [person.family_name for person in queries.persons(case.collegue)]
        assert names == ["aragon", "Éluard", "Zola"]
        assert not queries.persons(case.collegue, Level.SEALED).exists()
    with as_(case.referente):
        assert list(queries.persons(case.referente)) == [case.person]
    with as_(case.etrangere):
        assert not queries.persons(case.etrangere).exists()


def test_who_is_told_when_no_referent_is_at_work(case: Case) -> None:
    """The managers of the structures that follow, else whoever answers for the territory."""
    manager = an_actor(case.home, Role.MANAGER)
    with as_(case.referente):
        open_urgently(case.partenaire, circle(case), "La personne attend sans solution ici")
    assert told(case) == {case.referente.account}
    Account.objects.filter(pk__in=[case.referente.account]).update(disabled_at=clock.now())
    assert told(case) == {manager.account}


def told(case: Case) -> set[Any]:
    with as_(case.collegue):
        Notification.objects.all().delete()
        event = Event.objects.get(kind="access.break_glass_opened")
    tell_referent(str(event.pk), case.territory.pk)
    with as_(case.collegue):
        return set(Notification.objects.values_list("account", flat=True))


PAGES = {
    "/personnes/{}/": 24,
    "/personnes/{}/apercu/": 18,
    "/personnes/{}/pourquoi/": 12,
}
"""SQL statements of a page, whatever the number of rows about the person."""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_a_fixed_number_of_queries(
    case: Case, path: str, django_assert_num_queries: Any
) -> None:
    client, address = client_for(case.referente), path.format(case.person.pk)
    a_status(case.person, source_id=case.home.pk)
    client.get(address)
    for turn in (0, 3):
        with django_assert_num_queries(PAGES[path]):
            client.get(address)
        for number in range(turn, turn + 3):
            a_status(case.person, source_id=case.home.pk)
            a_follow_up(case.person, an_actor(case.partner))
            a_contact(case.person, "phone", f"06 39 98 00 1{number}", source=case.partner.pk)
            an_identifier(case.person, "si", f"IDENT{number}", source=case.home.pk)
            a_proposed_change(case.person, case.partenaire, given_name=f"Élodie {number}")
