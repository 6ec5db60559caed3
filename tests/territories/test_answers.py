"""An invitation is sent, opened, accepted; or it serves no more, and says what to do."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.mail import EmailMessage
from procrastinate.contrib.django.models import ProcrastinateJob

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.table import COMPLETE, SEND, WITHDRAW
from jalons.access.transitions import Impossible
from jalons.accounts import throttle
from jalons.accounts.models import Account
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.territories.models import Invitation, Mandate, Organization
from jalons.territories.tasks import mail_invitation, tell_inviters
from jalons.territories.team.actions.answer_invitation import (
    AlreadyThere,
    AnotherAccount,
    FieldMissing,
    accept_invitation,
    ask_again,
)
from jalons.territories.team.actions.send_invitation import (
    complete_invitation,
    send_all,
    send_invitation,
    withdraw_invitation,
)
from jalons.territories.team.queries import invitations
from jalons.territories.team.rules import INVITATION, invitation_state
from tests.accounts.agents import PASSWORD, a_browser, an_agent, give_code, sign_in
from tests.clients import CleanClient, client_for
from tests.worlds import (
    a_mandate,
    a_territory,
    an_actor,
    an_invitation,
    an_organization,
    within,
    written_over,
)

pytestmark = pytest.mark.django_db
Mails = list[EmailMessage]
LINK = re.compile(r"https?://[^/]+(/invitation/lien/\S+)")
NEW = "trois vélos contre un mur"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def cheap_and_forgotten(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    for name, value in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, value)
    _forget()
    yield
    _forget()


def _forget() -> None:
    with throttle._cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tries")


@pytest.fixture
def home(db: None) -> Organization:
    return an_organization(a_territory(), "Département")


@pytest.fixture
def manager(home: Organization) -> Actor:
    return an_actor(home, Role.MANAGER)


def acting(actor: Actor, act: Callable[..., Any], *arguments: Any) -> Any:
    with within(*actor.territories):
        return act(actor, *arguments)


def prepared(home: Organization, **values: Any) -> Invitation:
    return an_invitation(home.pk, **{"sent_at": None, "field": "social"} | values)


def work() -> None:
    """What the worker would do, once."""
    jobs = ProcrastinateJob.objects.filter(task_name="territories.mail_invitation")
    for job in jobs.order_by("id"):
        mail_invitation(**job.args)
    jobs.delete()


def link_of(mail: EmailMessage) -> str:
    [path] = LINK.findall(str(mail.body))
    return str(path)


def send(actor: Actor, invitation: Invitation, mails: Mails) -> str:
    """Sends it and answers the path of its link."""
    acting(actor, send_invitation, invitation.pk)
    work()
    return link_of(mails[-1])


def in_hand(path: str) -> CleanClient:
    """A browser in which the link was opened."""
    browser = a_browser()
    assert browser.post(path).headers["Location"] == "/invitation/"
    return browser


def states(actor: Actor) -> dict[str, int]:
    with within(*actor.territories):
        return {name: invitations(actor, name).count() for name in ("prepared", "sent", "expired")}


def test_a_mail_says_nothing_but_its_link(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    invitation = prepared(home, given_name="Léa", family_name="Morin")
    path = send(manager, invitation, mailoutbox)
    [mail] = mailoutbox
    assert mail.to == [invitation.email]
    for name in ("Léa", "Morin", "Département", "territoire", invitation.email):
        assert name.casefold() not in f"{mail.subject} {mail.body}".casefold()
    kept = Invitation.objects.get(pk=invitation.pk)
    token = path.split("/")[3]
    assert token.encode() not in bytes(kept.token_digest or b"")
    assert kept.sent_by_id == manager.mandate
    with within(home.territory_id):
        rows = Event.objects.filter(object_key=invitation.pk).order_by("position")
        kinds = [row.kind.split(".")[1] for row in rows]
    assert kinds == ["invitation_sent", "invitation_mailed"]


def test_all_that_is_prepared_is_sent_once(home: Organization, manager: Actor) -> None:
    rows = [prepared(home) for _ in range(3)]
    keys = [row.pk for row in rows]
    assert acting(manager, send_all, keys) == 3
    assert acting(manager, send_all, keys) == 0
    assert states(manager) == {"prepared": 0, "sent": 3, "expired": 0}
    elsewhere = prepared(an_organization(home.territory, "CCAS"))
    with pytest.raises(Refused):
        acting(manager, send_all, [elsewhere.pk])


def test_sent_again_the_former_link_falls(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    invitation = prepared(home)
    first = send(manager, invitation, mailoutbox)
    second = send(manager, invitation, mailoutbox)
    assert first != second
    assert a_browser().get(first).status_code == a_browser().post(first).status_code == 410
    assert a_browser().get(second).status_code == 200


def test_an_older_job_mails_no_link(home: Organization, manager: Actor, mailoutbox: Mails) -> None:
    """Sent twice before the worker comes: one mail, whose link serves."""
    invitation = prepared(home)
    acting(manager, send_invitation, invitation.pk)
    acting(manager, send_invitation, invitation.pk)
    work()
    assert len(mailoutbox) == 1
    assert a_browser().get(link_of(mailoutbox[0])).status_code == 200


def test_a_link_is_opened_once_by_its_button(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    path = send(manager, prepared(home), mailoutbox)
    for _ in range(2):
        assert a_browser().get(path).status_code == 200
    in_hand(path)
    for method in ("get", "post"):
        page = getattr(a_browser(), method)(path)
        assert page.status_code == 410
        assert "Ce lien a déjà servi" in page.content.decode()
        assert "/invitation/nouvelle/" in page.content.decode()


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 410), (1, 410)])
def test_a_link_serves_seven_days_exactly(
    home: Organization,
    manager: Actor,
    mailoutbox: Mails,
    clock_at: Callable[[datetime], None],
    seconds: int,
    status: int,
) -> None:
    start = clock.now()
    clock_at(start)
    path = send(manager, prepared(home), mailoutbox)
    clock_at(start + WEEK + timedelta(seconds=seconds))
    assert a_browser().get(path).status_code == status
    counts = {"prepared": 0, "sent": int(status == 200), "expired": int(status == 410)}
    assert states(manager) == counts


def test_the_state_is_computed() -> None:
    now = clock.now()
    known: dict[str, Any] = {"sent_at": now, "accepted_at": None, "withdrawn_at": None}
    known |= {"sender_works": True, "at": now}
    for change, expected in (
        ({}, "sent"),
        ({"sent_at": None}, "prepared"),
        ({"at": now + WEEK}, "expired"),
        ({"at": now + WEEK - timedelta.resolution}, "sent"),
        ({"sender_works": False}, "expired"),
        ({"accepted_at": now, "at": now + WEEK}, "accepted"),
        ({"withdrawn_at": now, "sent_at": None}, "withdrawn"),
    ):
        assert invitation_state(**known | change) == expected


ACTS = {
    COMPLETE: {"prepared", "sent", "expired"},
    SEND: {"prepared", "sent", "expired"},
    "expire": {"sent"},
    "accept": {"sent"},
    WITHDRAW: {"prepared", "sent", "expired"},
}


def test_the_workflow_is_this_one() -> None:
    found = {act: {state for state in INVITATION.states if possible(act, state)} for act in ACTS}
    assert found == ACTS
    assert {each.act for each in INVITATION.transitions} == set(ACTS)


def possible(act: str, state: str) -> bool:
    try:
        INVITATION.target(act, state)
    except Impossible:
        return False
    return True


@pytest.mark.parametrize("state", ["accepted", "withdrawn"])
def test_what_is_answered_does_not_change(home: Organization, manager: Actor, state: str) -> None:
    invitation = prepared(home, sent_at=clock.now(), **{f"{state}_at": clock.now()})
    for act, more in (
        (send_invitation, ()),
        (withdraw_invitation, ()),
        (complete_invitation, ({"field": "both"},)),
    ):
        with pytest.raises(Impossible):
            acting(manager, act, invitation.pk, *more)


def test_a_withdrawn_link_says_so(home: Organization, manager: Actor, mailoutbox: Mails) -> None:
    invitation = prepared(home)
    path = send(manager, invitation, mailoutbox)
    browser = in_hand(path)
    acting(manager, withdraw_invitation, invitation.pk)
    page = browser.get("/invitation/")
    assert page.status_code == 410
    assert "a retiré cette invitation" in page.content.decode()


def test_a_new_person_chooses_a_password_then_lands_with_a_mandate(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    invitation = prepared(home, field="", given_name="Léa", family_name="Morin")
    browser = in_hand(send(manager, invitation, mailoutbox))
    assert "Choisir mon mot de passe" in browser.get("/invitation/").content.decode()
    assert not Account.objects.filter(email=invitation.email).exists()
    assert browser.post("/invitation/").headers["Location"] == "/compte/mot-de-passe/"
    said = {"password": NEW, "again": NEW, "given_name": "Léa", "family_name": "Morin-Diaz"}
    done = browser.post("/compte/mot-de-passe/", said)
    assert done.headers["Location"] == "/connexion/application/"
    assert browser.get("/invitation/").status_code == 200, "not signed in yet"
    assert not Mandate.objects.filter(account__email=invitation.email).exists()


def test_whoever_has_an_account_signs_in_and_accepts(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    """One e-mail, many roles; accepting never habilitates."""
    agent = an_agent()
    former = a_mandate(an_organization(a_territory()), account=agent.account)
    invitation = prepared(home, email=agent.account.email.upper(), field="", function="Cheffe")
    browser = in_hand(send(manager, invitation, mailoutbox))
    assert "Me connecter" in browser.get("/invitation/").content.decode()
    said = {"email": agent.account.email, "password": PASSWORD, "next": "/invitation/"}
    browser.post("/connexion/", said)
    assert give_code(browser, agent.code()).headers["Location"] == "/invitation/"
    assert browser.get("/").headers["Location"] == "/file-active/", "later is possible"
    assert "Que faites-vous" in browser.get("/invitation/").content.decode()
    assert browser.post("/invitation/").status_code == 422, "which field?"
    assert browser.post("/invitation/", {"field": "both"}).headers["Location"] == "/"
    opened = Mandate.objects.exclude(pk=former.pk).get(account=agent.account)
    assert (opened.organization_id, opened.role, opened.field) == (home.pk, "practitioner", "both")
    assert (opened.habilitated_from, opened.function) == (None, "Cheffe")
    assert opened.starts_on == clock.today()
    assert Invitation.objects.get(pk=invitation.pk).state == "accepted"
    assert browser.get("/").headers["Location"] == "/file-active/"
    assert "Département" in browser.get("/mon-compte/").content.decode()
    again = browser.get("/invitation/")
    assert again.status_code == 410


def test_without_any_mandate_the_invitation_comes_first(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    agent, other = an_agent(), an_agent()
    path = send(manager, prepared(home, email=agent.account.email), mailoutbox)
    browser = in_hand(path)
    sign_in(browser, other)
    assert browser.get("/").status_code == 200, "it is not theirs"
    browser.post("/deconnexion/")
    sign_in(browser, agent)
    assert browser.get("/").headers["Location"] == "/invitation/"
    assert "Plus tard" not in browser.get("/invitation/").content.decode()
    browser.post("/invitation/")
    assert browser.get("/").headers["Location"] == "/file-active/"


def test_a_link_falls_with_the_mandate_of_who_sent_it(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    coordinator = an_actor(home, Role.COORDINATOR)
    path = send(manager, prepared(home), mailoutbox)
    assert states(coordinator) == {"prepared": 0, "sent": 1, "expired": 0}
    written_over(manager.mandate)
    assert states(coordinator) == {"prepared": 0, "sent": 0, "expired": 1}
    assert a_browser().post(path).status_code == 410
    assert (
        a_browser().get(send(coordinator, Invitation.objects.get(), mailoutbox)).status_code == 200
    )


def test_another_account_accepts_nothing(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    path = send(manager, prepared(home), mailoutbox)
    other = client_for(an_actor(home))
    other.post(path)
    for method in ("get", "post"):
        page = getattr(other, method)("/invitation/")
        assert page.status_code == 409
        assert "pour un autre compte" in page.content.decode()
    invitation = Invitation.objects.get()
    with pytest.raises(AnotherAccount):
        accept_invitation(a_mandate(home).account_id, invitation.pk)


def test_what_accepting_asks(home: Organization) -> None:
    account = a_mandate(an_organization(home.territory)).account
    sent = prepared(home, email=account.email, field="", sent_at=clock.now())
    with pytest.raises(FieldMissing):
        accept_invitation(account.pk, sent.pk)
    accept_invitation(account.pk, sent.pk, "social")
    with pytest.raises(Impossible):
        accept_invitation(account.pk, sent.pk, "social")
    twice = prepared(home, email=account.email, sent_at=clock.now())
    with pytest.raises(AlreadyThere):
        accept_invitation(account.pk, twice.pk)
    assert Invitation.objects.get(pk=twice.pk).state == "sent"


def test_a_clerk_has_no_field(home: Organization) -> None:
    account = a_mandate(an_organization(home.territory)).account
    sent = prepared(home, email=account.email, field="", role=Role.CLERK, sent_at=clock.now())
    assert accept_invitation(account.pk, sent.pk).field == ""


def test_a_disabled_account_opens_nothing(
    home: Organization, manager: Actor, mailoutbox: Mails
) -> None:
    account = Account.objects.create(email="ferme@structure.example", disabled_at=clock.now())
    browser = in_hand(send(manager, prepared(home, email=account.email), mailoutbox))
    assert browser.post("/invitation/").status_code == 410


def test_asking_for_another_link_tells_who_sent_it(home: Organization, manager: Actor) -> None:
    sender = Mandate.objects.get(pk__in=[manager.mandate])
    coordinator = an_actor(an_organization(home.territory), Role.COORDINATOR)
    an_invitation(home.pk, email="lea@structure.example", sent_by=sender)
    assert ask_again(" LEA@structure.example ") == 1
    assert ask_again("personne@structure.example") == 0
    assert told_of_asking(home) == {manager.account}
    written_over(manager.mandate)
    assert told_of_asking(home) == {manager.account, coordinator.account}


def told_of_asking(home: Organization) -> set[Any]:
    with within(home.territory_id):
        event = Event.objects.get(kind="territories.invitation_asked_again")
    tell_inviters(str(event.pk), home.territory_id)
    with within(home.territory_id):
        return set(Notification.objects.filter(event=event.pk).values_list("account", flat=True))


def test_asking_says_nothing_of_who_is_invited(home: Organization) -> None:
    an_invitation(home.pk, email="lea@structure.example")
    pages = [
        a_browser().post("/invitation/nouvelle/", {"email": email})
        for email in ("lea@structure.example", "personne@structure.example")
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].content == pages[1].content
    known = "lea@structure.example"
    tries = [a_browser().post("/invitation/nouvelle/", {"email": known}) for _ in range(11)]
    assert tries[-1].status_code == 429


def test_the_pages_of_a_manager(home: Organization, manager: Actor, mailoutbox: Mails) -> None:
    client = client_for(manager)
    said = {"organization": str(home.pk), "email": "noe@structure.example", "role": "clerk"}
    assert client.post("/equipe/inviter/", said | {"prepare": "1"}).status_code == 302
    assert states(manager) == {"prepared": 1, "sent": 0, "expired": 0}
    assert "Préparée" in client.get("/equipe/invitations/?etat=prepared").content.decode()
    assert client.post("/equipe/invitations/").status_code == 302
    assert states(manager) == {"prepared": 0, "sent": 1, "expired": 0}
    again = client.post("/equipe/inviter/", said)
    assert (again.status_code, "déjà été envoyée" in again.content.decode()) == (422, True)
    office = client.post("/equipe/inviter/", said | {"role": "coordinator"})
    assert office.status_code == 422
    other = an_organization(home.territory, "CCAS")
    outside = client.post("/equipe/inviter/", said | {"organization": str(other.pk)})
    assert outside.status_code == 422
    key = Invitation.objects.get().pk
    assert client.post(f"/equipe/invitations/{key}/", {"given_name": "Noé"}).status_code == 302
    assert Invitation.objects.get().given_name == "Noé"
    assert client.post(f"/equipe/invitations/{key}/retirer/").status_code == 302
    assert Invitation.objects.get().state == "withdrawn"
    client.post(f"/equipe/invitations/{key}/envoyer/")
    assert Invitation.objects.get().state == "withdrawn"
