"""The demo: invented, dated from today, plausible, and the same for the same day."""

import re
from collections import Counter
from datetime import date, timedelta
from random import Random
from time import monotonic

import pytest
from django.db.models import Count, F, Min, Q
from hypothesis import given
from hypothesis import strategies as st

from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.exchange.demo import loading
from jalons.exchange.demo.consortia import CONSORTIA
from jalons.exchange.demo.stories import Story, Teller
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.pathways.models import Step
from jalons.people.models import (
    Agreement,
    Document,
    Entry,
    FollowRequest,
    FollowUp,
    Objection,
    Pair,
    Person,
    Reorientation,
    Status,
)
from jalons.people.queries import caseload
from jalons.territories.actors import actor_of
from jalons.territories.models import (
    Action,
    Axis,
    Convention,
    Invitation,
    Mandate,
    Membership,
    Milestone,
    OpeningHours,
    Organization,
    Reception,
    SettingValue,
    Territory,
    YearlyGoal,
)
from jalons.territories.queries import demo_mandates
from tests.clients import nobody
from tests.worlds import within

SMALL = 24
IN_A_TERRITORY = sorted(set(Role) - {Role.OBSERVER, Role.PLATFORM_ADMIN})
LOCALS = [*IN_A_TERRITORY, "practitioner.pro", "practitioner2", "practitioner3"]
FICTION = re.compile(r"\+336399800\d\d")
TODAY = date(2026, 11, 27)


@pytest.fixture
def demo(db: None) -> list[Territory]:
    said: list[str] = []
    loading.load(SMALL, said.append)
    assert len(said) == len(CONSORTIA)
    return list(Territory.objects.order_by("code"))


def within_all(demo: list[Territory]) -> object:
    return within(*(territory.pk for territory in demo))


def test_each_territory_has_its_persons_and_its_consortium(demo: list[Territory]) -> None:
    assert [territory.code for territory in demo] == ["belfort", "pays-ajaccien", "val-d-oise"]
    assert {one.code: one.persons for one in CONSORTIA} == {
        "belfort": 872,
        "pays-ajaccien": 300,
        "val-d-oise": 1_500,
    }
    axes = dict(Axis.objects.values_list("territory__code").annotate(Count("pk")).order_by())
    assert axes == {"belfort": 4, "pays-ajaccien": 3, "val-d-oise": 4}
    for territory in demo:
        here = {"territory": territory}
        assert len(territory.communes) > 5
        with within(territory.pk):
            assert Person.objects.filter(**here).count() == SMALL
            steps = Step.objects.filter(**here, pathway__ended_on=None)
            assert steps.filter(ended_on__isnull=False).exists()
            assert steps.filter(ended_on=None, previous__isnull=False).exists()
            assert not steps.filter(started_on__gt=clock.today()).exists()
        assert Convention.objects.get(**here).carrier.name
        assert Invitation.objects.filter(**here, accepted_at=None).count() >= 3
        assert Membership.objects.filter(**here, ends_on=None).count() >= 10
        assert YearlyGoal.objects.filter(**here, year=clock.today().year).exists()
        assert Reception.objects.filter(**here).count() >= 5
    assert OpeningHours.objects.filter(weekday=1).exists()
    assert set(SettingValue.objects.values_list("territory__code", flat=True)) == {"val-d-oise"}


def test_the_calendar_has_what_is_done_late_and_to_come(demo: list[Territory]) -> None:
    today = clock.today()
    for code in ("pays-ajaccien", "belfort", "val-d-oise"):
        actions = Action.objects.filter(territory__code=code)
        late = Q(done_on=None, dropped_on=None, due_on__lt=today)
        assert actions.filter(done_on__isnull=False).exists(), code
        assert actions.filter(late).exists(), code
        assert actions.filter(starts_on__gt=today).exists(), code
    assert not Action.objects.filter(Q(done_on__gt=today) | Q(started_on__gt=today)).exists()
    assert not Milestone.objects.filter(reached_on__gt=today).exists()


def test_nobody_is_real(demo: list[Territory]) -> None:
    emails = list(Account.objects.values_list("email", flat=True))
    emails += Organization.objects.values_list("email", flat=True)
    emails += Invitation.objects.values_list("email", flat=True)
    assert all(email.endswith(".example") for email in emails)
    phones = [*Mandate.objects.values_list("phones", flat=True)]
    phones += [*Reception.objects.values_list("phones", flat=True)]
    phones += [*Invitation.objects.values_list("phones", flat=True)]
    assert all(FICTION.fullmatch(phone) for found in phones for phone in found)
    assert set(Organization.objects.values_list("siret", flat=True)) == {""}


def test_everybody_has_one_referent_at_most_and_most_have_one(demo: list[Territory]) -> None:
    today = clock.today()
    active = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gt=today))
    with within_all(demo):  # type: ignore[attr-defined]
        found = Counter(
            FollowUp.objects.filter(active, role="referent").values_list("person", flat=True)
        )
        following = FollowUp.objects.filter(active).values("account", "organization")
        pairs = {(row["account"], row["organization"]) for row in following}
    assert set(found.values()) == {1}
    assert len(found) > SMALL
    habilitated = Mandate.objects.filter(habilitated_from__isnull=False)
    mandates = set(Mandate.objects.values_list("account", "organization"))
    assert pairs <= mandates
    assert habilitated.filter(ends_on__isnull=False).exists()


def test_a_small_demo_has_something_on_each_list(demo: list[Territory]) -> None:
    with within_all(demo):  # type: ignore[attr-defined]
        assert Pair.objects.exists()
        assert set(FollowRequest.objects.values_list("answer", flat=True)) >= {"", "accepted"}
        assert Reorientation.objects.filter(outcome="").exists()
        assert Document.objects.values("kind").distinct().count() >= 3
    for mandate in Mandate.objects.filter(role=Role.COORDINATOR):
        actor = actor_of(mandate.account, mandate)
        with within(*actor.territories, account=actor.account):
            assert caseload(actor).exists(), mandate.account.email


def test_no_date_is_in_the_future_by_mistake(demo: list[Territory]) -> None:
    today, now = clock.today(), clock.now()
    with within_all(demo):  # type: ignore[attr-defined]
        late = Q(received_on__gt=today) | Q(assigned_on__gt=today) | Q(closed_on__gt=today)
        assert not Entry.objects.filter(late | Q(first_interview_on__gt=today)).exists()
        assert Entry.objects.filter(first_interview_on=None, closed_on=None).exists()
        for model in (FollowUp, Status, Agreement, Objection):
            assert not model.objects.filter(starts_on__gt=today).exists(), model
        planned = FollowUp.objects.filter(ends_on__gt=today)
        assert not planned.exclude(motive="handover_overlap").exists()
        assert not Event.objects.filter(Q(occurred_at__gt=now) | Q(recorded_at__gt=now)).exists()
        events = Event.objects.filter(person__isnull=False)
        assert events.filter(kind="people.person_created").count() == SMALL * len(demo)
        ordered = list(
            events.filter(territory=demo[0].pk).order_by("position").values_list("occurred_at")
        )
        assert ordered == sorted(ordered)
        received = FollowUp.objects.annotate(first=Min("person__entries__received_on"))
        assert not received.filter(first__gt=F("starts_on")).exists()


def test_every_role_signs_in(demo: list[Territory]) -> None:
    emails = [f"{local}@{one.code}.jalons.example" for one in demo for local in LOCALS]
    for email in [*emails, "observer@jalons.example", "platform_admin@jalons.example"]:
        client = nobody()
        response = client.post("/demo/connexion", {"email": email})
        assert response.status_code == 302, email
        assert client.get("/", follow=True).status_code == 200, email


def test_the_door_lists_the_roles_and_not_their_colleagues(demo: list[Territory]) -> None:
    listed = {mandate.account.email.split("@")[0] for mandate in demo_mandates(clock.today())}
    assert listed == {*LOCALS, "observer", "platform_admin"}


def test_somebody_holds_two_mandates(demo: list[Territory]) -> None:
    for territory in demo:
        email = f"practitioner3@{territory.code}.jalons.example"
        held = Mandate.objects.filter(account__email=email)
        assert set(held.values_list("role", flat=True)) == {"practitioner", "manager"}
        assert len(set(held.values_list("organization", flat=True))) == 2


def stories(seed: int, count: int) -> list[Story]:
    teller = Teller(Random(seed), TODAY)
    return [teller.story(waiting=number % 9 == 0) for number in range(count)]


@given(st.integers(0, 2**32))
def test_a_story_goes_forward_and_stops_today(seed: int) -> None:
    assert stories(seed, 20) == stories(seed, 20)
    for one in stories(seed, 20):
        assert one.received <= TODAY
        told = [day for day in (one.received, one.assigned, one.met, one.exited) if day]
        told += [day for day in (one.handover, one.left, one.closed) if day and one.met]
        assert max(told) <= TODAY
        assert one.assigned is None or one.received <= one.assigned
        assert one.met is None or (one.assigned is not None and one.assigned <= one.met)
        for later in (one.handover, one.left, one.exited):
            assert later is None or (one.met is not None and one.met < later)
        assert (one.closed is None) == (one.motive == "")
        assert one.received.weekday() < 5


def test_stories_give_the_attention_rules_something_to_show() -> None:
    told = stories(1, 900)
    waiting = [one for one in told if not one.met and not one.closed]
    assert sum(one.received < TODAY - timedelta(days=30) for one in waiting) >= 3
    assert sum(one.assigned is None for one in waiting) >= 5
    assert sum(one.left is not None for one in told) >= 5
    assert sum(one.handover is not None for one in told) >= 50


@pytest.mark.django_db
def test_the_full_demo_is_quick_and_gives_plausible_caseloads(full_size: bool) -> None:
    if not full_size:
        pytest.skip("asked with --long")
    started = monotonic()
    loading.load(None, lambda message: None)
    assert monotonic() - started < 20
    with within(*Territory.objects.values_list("pk", flat=True)):
        assert Person.objects.count() == 872 + 300 + 1_500
    for mandate in Mandate.objects.filter(account__email__startswith="practitioner"):
        local = mandate.account.email.split("@")[0]
        if local in {"practitioner", "practitioner.pro"}:
            actor = actor_of(mandate.account, mandate)
            with within(*actor.territories, account=actor.account):
                assert 40 <= caseload(actor).count() <= 70, mandate.account.email
