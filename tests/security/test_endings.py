"""Row 7: a mandate ends, by an act or by its date, or an account is disabled.

What was given before (a session, a form left open, a queued job, a link) is refused at the next
request. Each thing is tried before, so that its refusal proves something.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.accounts.actions.links import make
from jalons.accounts.models import Account, AccountLink
from jalons.accounts.tasks import send_link
from jalons.journal import events
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people.identity.actions.send_link import send_link as give_link
from jalons.people.tasks import tell_referent
from jalons.territories.actors import actor_of
from jalons.territories.models import Invitation, Mandate, Organization
from jalons.territories.tasks import mail_invitation
from jalons.territories.team.actions.end_mandate import end_mandate
from jalons.territories.team.actions.send_invitation import send_invitation
from tests.clients import client_for, nobody
from tests.worlds import (
    a_follow_up,
    a_mandate,
    a_person,
    a_territory,
    an_actor,
    an_invitation,
    an_organization,
    within,
    written_over,
)

pytestmark = pytest.mark.django_db
End = Callable[[Mandate], None]
URGENT = {"reason": "La personne est à l’accueil sans solution"}


def by_an_act(mandate: Mandate) -> None:
    assert mandate.organization
    coordinator = an_actor(mandate.organization, Role.COORDINATOR)
    with within(mandate.organization.territory_id):
        end_mandate(coordinator, mandate.pk)


def by_its_date(mandate: Mandate) -> None:
    """Its last day was yesterday: nobody did anything today."""
    written_over(mandate.pk, ends_on=clock.today())


def by_its_account(mandate: Mandate) -> None:
    Account.objects.filter(pk=mandate.account_id).update(disabled_at=clock.now())


WAYS = [by_an_act, by_its_date, by_its_account]
every_way = pytest.mark.parametrize("end", WAYS, ids=lambda way: way.__name__)


@pytest.fixture
def home(db: None) -> Organization:
    return an_organization(a_territory(), "Département")


def at_work(home: Organization, role: Role = Role.PRACTITIONER) -> tuple[Mandate, Actor]:
    mandate = a_mandate(home, role, starts_on=clock.today() - timedelta(days=30))
    return mandate, actor_of(mandate.account, mandate)


def refused(client: Client, path: str, said: dict[str, str] | None = None) -> bool:
    """Nothing is shown or done: signed out, told that the mandate is over, or not found."""
    response = client.get(path) if said is None else client.post(path, said)
    signed_out = response.status_code == 302 and "/connexion/" in response.headers["Location"]
    return signed_out or response.status_code in (403, 404)


@every_way
def test_an_open_session_reads_nothing_more(home: Organization, end: End) -> None:
    mandate, actor = at_work(home)
    person = a_person(home.territory)
    a_follow_up(person, actor, "referent")
    client = client_for(actor)
    pages = [f"/personnes/{person.pk}/", f"/personnes/{person.pk}/pourquoi/", "/file-active/"]
    pages += ["/structures/", f"/structures/{home.pk}/professionnels/", "/mon-compte/fiche/"]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    end(mandate)
    assert all(refused(client, page) for page in pages)


@every_way
def test_an_open_form_does_nothing(home: Organization, end: End) -> None:
    mandate, actor = at_work(home)
    mine, others = a_person(home.territory), a_person(home.territory)
    a_follow_up(mine, actor, "referent")
    client = client_for(actor)
    forms = {
        f"/personnes/{others.pk}/acces-urgent/": URGENT,
        f"/personnes/{mine.pk}/lien/": {},
        f"/personnes/{mine.pk}/protection/": {"protected": "1"},
        "/mon-compte/fiche/": {"function": "Autre"},
        "/file-active/export/": {"format": "csv"},
    }
    assert client.get(f"/personnes/{others.pk}/acces-urgent/").status_code == 200
    end(mandate)
    before = counted(home)
    assert {path: refused(client, path, said) for path, said in forms.items()} == dict.fromkeys(
        forms, True
    )
    assert counted(home) == before
    assert Mandate.objects.get(pk=mandate.pk).function == ""


def counted(home: Organization) -> int:
    with within(home.territory_id):
        return Event.objects.filter(territory=home.territory_id).count()


@every_way
def test_a_manager_s_open_forms_do_nothing(home: Organization, end: End) -> None:
    mandate, actor = at_work(home, Role.MANAGER)
    colleague, invited = a_mandate(home), an_invitation(home.pk, sent_at=None)
    client = client_for(actor)
    said = {"organization": str(home.pk), "email": "noe@structure.example", "role": "clerk"}
    assert client.get("/equipe/inviter/").status_code == 200
    end(mandate)
    before = counted(home)
    for path in (
        "/equipe/inviter/",
        "/equipe/invitations/",
        f"/equipe/invitations/{invited.pk}/envoyer/",
        f"/equipe/{colleague.pk}/",
        f"/equipe/{colleague.pk}/fin/",
        f"/professionnels/{colleague.pk}/contact/",
    ):
        assert refused(client, path, said), path
    assert counted(home) == before
    assert Mandate.objects.get(pk=colleague.pk).ends_on is None


@pytest.mark.parametrize("end", [by_an_act, by_its_date], ids=lambda way: way.__name__)
def test_a_form_opened_under_one_mandate_acts_under_no_other(home: Organization, end: End) -> None:
    mandate, actor = at_work(home, Role.MANAGER)
    ccas = an_organization(home.territory, "CCAS")
    a_mandate(ccas, Role.MANAGER, account=mandate.account)
    client = client_for(actor)
    assert "Département" in client.get("/equipe/").content.decode()
    end(mandate)
    refusal = client.post("/equipe/invitations/")
    assert refusal.status_code == 403
    assert "Rien n’a été enregistré" in refusal.content.decode()
    page = client.get("/equipe/").content.decode()
    assert "Votre mandat précédent est terminé" in page
    assert "Responsable de structure, CCAS" in page
    assert client.post("/equipe/invitations/").status_code == 302


def test_the_first_mandate_is_the_session_s_own_too(home: Organization) -> None:
    """Never chosen, it does not slide under another one while a form is open."""
    mandate, actor = at_work(home, Role.MANAGER)
    a_mandate(an_organization(home.territory), Role.MANAGER, account=mandate.account)
    client = client_for(actor)
    session = client.session
    del session["mandate"]
    session.save()
    client.get("/equipe/")
    by_its_date(mandate)
    assert client.post("/equipe/invitations/").status_code == 403


@every_way
def test_a_queued_mail_does_not_leave(
    home: Organization, end: End, mailoutbox: list[EmailMessage]
) -> None:
    mandate, actor = at_work(home, Role.MANAGER)
    rows = [an_invitation(home.pk, sent_at=None) for _ in range(2)]
    with within(home.territory_id):
        for row in rows:
            send_invitation(actor, row.pk)
    jobs = [Invitation.objects.get(pk=row.pk) for row in rows]
    mail_invitation(str(jobs[0].pk), jobs[0].sent_at.isoformat())  # type: ignore[union-attr]
    assert len(mailoutbox) == 1
    end(mandate)
    mail_invitation(str(jobs[1].pk), jobs[1].sent_at.isoformat())  # type: ignore[union-attr]
    assert len(mailoutbox) == 1
    assert Invitation.objects.get(pk=rows[1].pk).token_digest is None


@every_way
def test_a_queued_notice_reaches_nobody_who_left(home: Organization, end: End) -> None:
    mandate, actor = at_work(home)
    person = a_person(home.territory)
    a_follow_up(person, actor, "referent")
    end(mandate)
    other = an_actor(an_organization(home.territory))
    with within(home.territory_id):
        event = events.append(
            "access.break_glass_opened",
            territory=home.territory_id,
            account=other.account,
            person=person.pk,
        )
    tell_referent(str(event.pk), home.territory_id)
    with within(home.territory_id):
        told = Notification.objects.filter(event=event.pk).values_list("account", flat=True)
        assert mandate.account_id not in told


def test_a_queued_link_does_not_reach_a_disabled_account(
    home: Organization, mailoutbox: list[EmailMessage]
) -> None:
    mandate, _ = at_work(home)
    by_its_account(mandate)
    send_link(str(mandate.account_id), AccountLink.Purpose.RECOVERY.value)
    assert not mailoutbox


@every_way
def test_a_link_given_to_a_person_falls(home: Organization, end: End) -> None:
    mandate, actor = at_work(home)
    person = a_person(home.territory)
    a_follow_up(person, actor, "referent")
    with within(home.territory_id):
        sent = give_link(actor, person.pk)
    holder = nobody()
    holder.post(f"/lien/{sent.token}/")
    holder.post("/lien/", {"code": sent.code})
    assert holder.get("/vos-informations/").status_code == 200
    end(mandate)
    fresh = links.find(sent.token)
    assert fresh is not None
    assert links.current_state(fresh) == "revoked"
    assert holder.get("/vos-informations/").status_code in (302, 404)
    assert nobody().post(f"/lien/{sent.token}/").status_code == 410


@every_way
def test_an_invitation_sent_before_falls(
    home: Organization, end: End, mailoutbox: list[EmailMessage]
) -> None:
    mandate, actor = at_work(home, Role.MANAGER)
    invited = an_invitation(home.pk, sent_at=None, role=Role.CLERK)
    with within(home.territory_id):
        send_invitation(actor, invited.pk)
    row = Invitation.objects.get(pk=invited.pk)
    assert row.sent_at
    mail_invitation(str(row.pk), row.sent_at.isoformat())
    path = next(word for word in str(mailoutbox[0].body).split() if "/invitation/lien/" in word)
    path = path[path.index("/invitation/") :]
    assert nobody().get(path).status_code == 200
    opened = nobody()
    end(mandate)
    assert nobody().get(path).status_code == 410
    assert opened.post(path).status_code == 410


def test_a_link_to_choose_a_password_falls_with_its_account(home: Organization) -> None:
    mandate, _ = at_work(home)
    path = make(mandate.account, AccountLink.Purpose.RECOVERY).split("/", 3)[3]
    assert nobody().get(f"/{path}").status_code == 200
    by_its_account(mandate)
    assert nobody().get(f"/{path}").status_code == 410
