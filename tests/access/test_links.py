"""Scoped links: single use, a code by another way, five tries, an hour, eight days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.links import COOKIE, SESSION, VALIDITY, WORKFLOW, WRONG_CODES, Sent, state_of
from jalons.access.models import Consultation, ScopedLink
from jalons.access.transitions import WORKFLOWS, Impossible
from jalons.journal import events
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.kernel.ids import uuid7
from jalons.people.identity.actions.send_link import send_link
from jalons.people.models import Person
from tests.clients import client_for, nobody
from tests.worlds import Case, a_case, a_follow_up, within, written_over

OWN = "/vos-informations/"
STATES = ("sent", "opened", "unlocked", "blocked", "expired", "revoked")
AFTER = {
    ("sent", "open"): "opened",
    ("opened", "unlock"): "unlocked",
    ("opened", "fail"): "opened",
    ("sent", "revoke"): "revoked",
    ("opened", "revoke"): "revoked",
    ("unlocked", "revoke"): "revoked",
    ("blocked", "revoke"): "revoked",
}
"""State and act → state; every other pair is impossible."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


@pytest.fixture
def sent(case: Case) -> Sent:
    with as_(case.referente):
        return send_link(case.referente, case.person.pk)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def fresh(link: ScopedLink) -> ScopedLink:
    return ScopedLink.objects.get(pk=link.pk)


def bring_to(sent: Sent, state: str) -> None:
    """Every state through real acts, but those that time makes."""
    link = sent.link
    if state in ("opened", "unlocked", "blocked"):
        links.open_link(sent.token)
    if state == "unlocked":
        links.unlock(fresh(link), sent.code)
    if state == "blocked":
        for _ in range(WRONG_CODES):
            links.unlock(fresh(link), wrong(sent.code))
    if state == "expired":
        ScopedLink.objects.filter(pk=link.pk).update(expires_at=clock.now())
    if state == "revoked":
        ScopedLink.objects.filter(pk=link.pk).update(revoked_at=clock.now())


def act_on(sent: Sent, act: str, actor: Actor) -> Any:
    link = fresh(sent.link)
    acts: dict[str, Callable[[], Any]] = {
        "open": lambda: links.open_link(sent.token),
        "unlock": lambda: links.unlock(link, sent.code),
        "fail": lambda: links.unlock(link, wrong(sent.code)),
        "revoke": lambda: links.revoke(actor, link),
    }
    with as_(actor):
        return acts[act]()


@pytest.mark.parametrize(
    ("state", "act"), list(product(STATES, ("open", "unlock", "fail", "revoke")))
)
def test_every_act_in_every_state(case: Case, sent: Sent, state: str, act: str) -> None:
    bring_to(sent, state)
    assert state_of(fresh(sent.link), clock.now()) == state
    if (state, act) in AFTER:
        act_on(sent, act, case.referente)
    else:
        with pytest.raises(Impossible):
            act_on(sent, act, case.referente)
    expected = AFTER.get((state, act), state)
    assert state_of(fresh(sent.link), clock.now()) == expected


def test_the_workflow_says_the_same() -> None:
    assert WORKFLOWS["link"] is WORKFLOW
    assert tuple(WORKFLOW.states) == STATES
    told = {
        (source, transition.act): transition.target
        for transition in WORKFLOW.transitions
        for source in transition.sources
    }
    lasting = dict.fromkeys(
        [(state, "reopen") for state in ("sent", "opened", "unlocked")], "opened"
    )
    assert told == AFTER | lasting


def test_the_fifth_wrong_code_blocks(sent: Sent) -> None:
    links.open_link(sent.token)
    answers = [links.unlock(fresh(sent.link), wrong(sent.code)) for _ in range(WRONG_CODES)]
    assert answers == ["opened"] * (WRONG_CODES - 1) + ["blocked"]
    with pytest.raises(Impossible):
        links.unlock(fresh(sent.link), sent.code)


def test_four_wrong_codes_leave_a_chance(sent: Sent) -> None:
    links.open_link(sent.token)
    for _ in range(WRONG_CODES - 1):
        links.unlock(fresh(sent.link), wrong(sent.code))
    assert links.unlock(fresh(sent.link), f" {sent.code} ") == "unlocked"


def test_neither_token_nor_code_nor_cookie_is_stored(sent: Sent) -> None:
    session = links.open_link(sent.token)
    link = fresh(sent.link)
    stored = [getattr(link, field.attname) for field in ScopedLink._meta.concrete_fields]
    texts = b" ".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in stored
    )
    for secret in (sent.token, sent.code, session):
        assert secret.encode() not in texts


def test_two_links_differ_in_everything(case: Case) -> None:
    with as_(case.referente):
        one, two = (send_link(case.referente, case.person.pk) for _ in range(2))
    assert one.token != two.token
    assert len(one.token) >= 43
    assert len(one.code) == 6
    assert bytes(one.link.code_digest) != bytes(two.link.code_digest)
    links.open_link(two.token)
    if one.code != two.code:
        assert links.unlock(fresh(two.link), one.code) == "opened"


def test_a_new_link_replaces_the_former(case: Case) -> None:
    with as_(case.referente):
        one, two = (send_link(case.referente, case.person.pk) for _ in range(2))
    assert links.current_state(fresh(one.link)) == "revoked"
    assert links.current_state(fresh(two.link)) == "sent"


def test_a_link_falls_with_the_mandate_of_its_author(case: Case, sent: Sent) -> None:
    bring_to(sent, "unlocked")
    written_over(case.referente.mandate)
    assert links.current_state(fresh(sent.link)) == "revoked"


def test_sending_unlocking_and_revoking_are_written(case: Case, sent: Sent) -> None:
    bring_to(sent, "unlocked")
    act_on(sent, "revoke", case.referente)
    with as_(case.referente):
        events = list(Event.objects.filter(kind__startswith="access.link").order_by("position"))
    assert [event.kind for event in events] == [
        "access.link_sent",
        "access.link_unlocked",
        "access.link_revoked",
    ]
    assert {event.person for event in events} == {case.person.pk}
    assert [event.account for event in events][1] is None


# The pages.


def row(sent: Sent) -> dict[str, Any]:
    return {**ScopedLink.objects.filter(pk=sent.link.pk).values().get()}


def unlocked(sent: Sent) -> Client:
    client = nobody()
    client.post(f"/lien/{sent.token}/")
    assert client.post("/lien/", {"code": sent.code}).status_code == 302
    return client


def test_a_get_changes_nothing(sent: Sent) -> None:
    before, client = row(sent), nobody()
    for _ in range(3):
        response = client.get(f"/lien/{sent.token}/")
        assert response.status_code == 200
        assert client.head(f"/lien/{sent.token}/").status_code == 200
    assert row(sent) == before
    assert COOKIE not in client.cookies
    assert sent.token not in response.content.decode().replace(f"/lien/{sent.token}/", "")


def test_the_button_gives_a_cookie_and_a_clean_address(sent: Sent) -> None:
    client = nobody()
    response: Any = client.post(f"/lien/{sent.token}/")
    assert (response.status_code, response.url) == (302, "/lien/")
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    assert SESSION.total_seconds() == 3600
    assert bool(cookie["secure"]) == django_settings.SECURE
    assert cookie.value != sent.token


def test_the_cookie_is_secure_over_https(sent: Sent, settings: Any) -> None:
    settings.SECURE = True
    response: Any = nobody().post(f"/lien/{sent.token}/")
    assert response.cookies[COOKIE]["secure"] is True


def test_the_token_serves_once(sent: Sent) -> None:
    assert nobody().post(f"/lien/{sent.token}/").status_code == 302
    again = nobody().post(f"/lien/{sent.token}/")
    assert again.status_code == 410
    assert COOKIE not in again.cookies
    assert nobody().get(f"/lien/{sent.token}/").status_code == 410


@pytest.mark.parametrize("token", ["inconnu", "a" * 43, "%00"])
def test_an_unknown_token_is_an_expired_one(sent: Sent, token: str) -> None:
    expired = nobody().get(f"/lien/{token}/")
    assert expired.status_code == 410
    assert nobody().post(f"/lien/{token}/").status_code == 410


def test_the_code_opens_the_page(case: Case, sent: Sent) -> None:
    client = unlocked(sent)
    response = client.get(OWN)
    assert response.status_code == 200
    assert case.person.family_name in response.content.decode()


@pytest.mark.parametrize("steps", [0, 1])
def test_before_the_code_nothing_is_read(case: Case, sent: Sent, steps: int) -> None:
    client = nobody()
    if steps:
        client.post(f"/lien/{sent.token}/")
    response: Any = client.get(OWN)
    assert response.status_code == (302 if steps else 404)
    assert case.person.family_name not in response.content.decode()
    if steps:
        assert response.url == "/lien/"


def test_five_wrong_codes_close_the_page(sent: Sent) -> None:
    client = nobody()
    client.post(f"/lien/{sent.token}/")
    tries = [client.post("/lien/", {"code": wrong(sent.code)}) for _ in range(WRONG_CODES)]
    assert [answer.status_code for answer in tries] == [422] * 4 + [410]
    assert client.post("/lien/", {"code": sent.code}).status_code == 410
    assert client.get("/lien/").status_code == 410
    assert client.get(OWN).status_code in (302, 404)


def test_a_form_without_code_says_so_and_counts_nothing(sent: Sent) -> None:
    client = nobody()
    client.post(f"/lien/{sent.token}/")
    assert client.post("/lien/", {"code": ""}).status_code == 422
    assert row(sent)["wrong_codes"] == 0


def test_an_opened_link_lasts_an_hour(sent: Sent, clock_at: Callable[[datetime], None]) -> None:
    start = clock.now()
    clock_at(start)
    client = unlocked(sent)
    clock_at(start + SESSION - timedelta(seconds=1))
    assert client.get(OWN).status_code == 200
    clock_at(start + SESSION)
    assert client.get(OWN).status_code == 404


def test_a_link_lasts_eight_days(sent: Sent, clock_at: Callable[[datetime], None]) -> None:
    assert timedelta(days=8) == VALIDITY
    clock_at(sent.link.expires_at - timedelta(seconds=1))
    assert nobody().get(f"/lien/{sent.token}/").status_code == 200
    clock_at(sent.link.expires_at)
    assert nobody().get(f"/lien/{sent.token}/").status_code == 410
    assert nobody().post(f"/lien/{sent.token}/").status_code == 410


def test_a_revoked_link_stops_at_the_next_request(case: Case, sent: Sent) -> None:
    client = unlocked(sent)
    act_on(sent, "revoke", case.referente)
    response: Any = client.get(OWN)
    assert (response.status_code, response.url) == (302, "/lien/")
    assert client.get("/lien/").status_code == 410


def test_a_link_opens_its_own_scope_only(sent: Sent) -> None:
    client = unlocked(sent)
    ScopedLink.objects.filter(pk=sent.link.pk).update(scope="people.another")
    assert client.get(OWN).status_code == 404


def test_a_link_is_one_person_s(case: Case, sent: Sent) -> None:
    """Its holder reads neither the file nor anything else of the house."""
    client = unlocked(sent)
    for page in (f"/personnes/{case.person.pk}/", "/file-active/", "/structures/", "/"):
        response: Any = client.get(page)
        assert response.status_code == 302
        assert response.url.startswith("/connexion/")


def test_the_page_is_a_consultation(case: Case, sent: Sent) -> None:
    unlocked(sent).get(OWN)
    with as_(case.referente):
        consultation = Consultation.objects.get(page="people:own_identity")
    assert consultation.person == case.person.pk
    assert (consultation.account, consultation.reason) == (None, "link")
    assert (consultation.act, consultation.refused) == ("people.own_identity", False)


def test_a_professional_sees_the_secrets_once(case: Case) -> None:
    from tests.clients import client_for

    client = client_for(case.referente)
    response = client.post(f"/personnes/{case.person.pk}/lien/")
    page, context = response.content.decode(), response.context
    assert context["code"] in page
    assert context["address"] in page
    assert context["code"] not in client.get(f"/personnes/{case.person.pk}/").content.decode()


@pytest.mark.parametrize("closed", ["archived_at", "frozen_at"])
def test_a_link_ends_with_its_archived_or_frozen_file(case: Case, sent: Sent, closed: str) -> None:
    client = unlocked(sent)
    assert client.get(OWN).status_code == 200
    with within(case.territory.pk):
        events.append("rights.file_archived", territory=case.territory.pk)
        Person.objects.filter(pk=case.person.pk).update(**{closed: clock.now()})
    answer = client.get(OWN)
    assert (answer.status_code, answer["Location"]) == (302, "/lien/")
    assert client.get("/lien/").status_code == 410
    with as_(case.referente), pytest.raises(Impossible):
        links.open_link(sent.token)
    assert nobody().get(f"/lien/{sent.token}/").status_code == 410


def test_a_link_ends_with_its_erased_file(case: Case, sent: Sent) -> None:
    client = unlocked(sent)
    ScopedLink.objects.filter(pk=sent.link.pk).update(object_key=uuid7())
    assert client.get(OWN).status_code == 302
    assert client.get("/lien/").status_code == 410


def test_its_author_ends_a_link_by_a_button(case: Case, sent: Sent) -> None:
    holder, client = unlocked(sent), client_for(case.referente)
    path = f"/personnes/{case.person.pk}/"
    assert "Mettre fin<" in client.get(path).content.decode()
    with within(case.territory.pk):
        a_follow_up(case.person, case.collegue)
    assert "Mettre fin<" not in client_for(case.collegue).get(path).content.decode()
    said = {"link": str(sent.link.pk)}
    client_for(case.collegue).post(f"{path}lien/fin/", said)
    client_for(case.partenaire).post(f"{path}lien/fin/", said)
    assert fresh(sent.link).revoked_at is None
    assert client.post(f"{path}lien/fin/", said).status_code == 302
    assert holder.get(OWN).status_code == 302
    assert holder.get("/lien/").status_code == 410
    assert "Mettre fin<" not in client.get(path).content.decode()
    assert client.post(f"{path}lien/fin/", {"link": "x"}).status_code == 302
    with within(case.territory.pk):
        assert Event.objects.filter(kind="access.link_revoked").count() == 1
