"""The daily mail, on the owner's connection so that a test rolls everything back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from jalons.journal import digests
from jalons.journal.digests import NotAllSent, send_digests
from jalons.journal.models import DigestSent, Event, Notification
from jalons.kernel import clock
from jalons.kernel import mail as post
from jalons.kernel.ids import uuid7

OWNER = "migrator"
REFERENTE, COLLEGUE, DISABLED = uuid7(), uuid7(), uuid7()
ADDRESSES = {REFERENTE: "referente@jalons.example", COLLEGUE: "collegue@jalons.example"}
pytestmark = [pytest.mark.django_db(databases=["migrator"])]


@pytest.fixture(autouse=True)
def _resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "ALIAS", OWNER)
    monkeypatch.setattr(digests, "_resolvers", [])

    @digests.addresses_of
    def resolve(accounts: Iterable[UUID]) -> dict[UUID, str]:
        return {account: ADDRESSES[account] for account in accounts if account in ADDRESSES}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/Paris"))


def told(account: UUID, when: datetime) -> Notification:
    with clock.travel(when):
        return Notification.objects.using(OWNER).create(
            event=uuid7(), account=account, territory=7, kind="garden.sown"
        )


def sent_at(when: datetime) -> list[str]:
    """Who receives a mail when the job runs then."""
    mail.outbox = []
    with clock.travel(when):
        send_digests()
    return [address for message in mail.outbox for address in message.to]


def test_what_waits_since_yesterday_is_told_at_seven() -> None:
    told(REFERENTE, at(2, 15))
    assert sent_at(at(3, 6, 59)) == []
    assert sent_at(at(3, 7)) == ["referente@jalons.example"]


def test_one_mail_a_day_however_much_waits_and_however_often_it_runs() -> None:
    for minute in (1, 2, 3):
        told(REFERENTE, at(2, 15, minute))
    assert len(sent_at(at(3, 7))) == 1
    told(REFERENTE, at(3, 7, 30))
    assert [sent_at(at(3, hour)) for hour in (7, 8, 23)] == [[], [], []]
    assert len(sent_at(at(4, 7))) == 1


def test_what_comes_in_the_day_waits_for_the_morning() -> None:
    told(REFERENTE, at(3, 8))
    assert sent_at(at(3, 12)) == []
    assert len(sent_at(at(4, 7))) == 1


def test_a_worker_that_was_down_at_seven_sends_later() -> None:
    told(REFERENTE, at(2, 15))
    assert len(sent_at(at(3, 11))) == 1


def test_what_was_told_already_is_not_told_again() -> None:
    told(REFERENTE, at(2, 15))
    sent_at(at(3, 7))
    assert sent_at(at(4, 7)) == []


def test_what_was_read_is_not_told() -> None:
    notification = told(REFERENTE, at(2, 15))
    notification.read_at = at(2, 16)
    notification.save(using=OWNER)
    assert sent_at(at(3, 7)) == []


def test_an_account_without_address_gets_none_and_delays_nobody() -> None:
    told(DISABLED, at(2, 15))
    told(REFERENTE, at(2, 15))
    assert sent_at(at(3, 7)) == ["referente@jalons.example"]
    assert not DigestSent.objects.using(OWNER).filter(account=DISABLED).exists()


def test_without_a_resolver_nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "_resolvers", [])
    told(REFERENTE, at(2, 15))
    assert sent_at(at(3, 7)) == []


def test_the_mail_says_nothing_of_anybody() -> None:
    notifications = [told(account, at(2, 15)) for account in (REFERENTE, COLLEGUE)]
    sent_at(at(3, 7))
    first, second = mail.outbox
    assert (first.subject, first.body) == (second.subject, second.body)
    assert first.subject == "Quelque chose vous attend dans Jalons"
    assert "http://127.0.0.1:8000/" in str(first.body)
    assert "garden" not in str(first.message())
    for notification in notifications:
        assert str(notification.event) not in str(first.message())


def test_a_refused_address_delays_nobody_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for account in (REFERENTE, COLLEGUE):
        told(account, at(2, 15))
    send = post.send

    def refuse(to: str, subject: str, body: str) -> None:
        if to.startswith("referente"):
            raise OSError
        send(to, subject, body)

    monkeypatch.setattr(post, "send", refuse)
    with pytest.raises(NotAllSent):
        sent_at(at(3, 7))
    assert [message.to for message in mail.outbox] == [["collegue@jalons.example"]]
    monkeypatch.setattr(post, "send", send)
    assert sent_at(at(3, 7, 15)) == ["referente@jalons.example"]


def test_a_mail_lost_with_its_process_is_told_the_next_day() -> None:
    told(REFERENTE, at(2, 15))
    DigestSent.objects.using(OWNER).create(account=REFERENTE, day=at(3, 7).date())
    assert sent_at(at(3, 7)) == []
    assert sent_at(at(4, 7)) == ["referente@jalons.example"]


def test_each_sending_is_journalled() -> None:
    told(REFERENTE, at(2, 15))
    sent_at(at(3, 7))
    sent_at(at(3, 8))
    assert [event.kind for event in Event.objects.using(OWNER).all()] == ["journal.digest_sent"]


def test_the_hour_is_that_of_paris_in_summer_too() -> None:
    told(REFERENTE, at(2, 15) + timedelta(days=120))
    summer = datetime(2026, 7, 1, 6, 59, tzinfo=ZoneInfo("Europe/Paris"))
    assert sent_at(summer) == []
    assert len(sent_at(summer + timedelta(minutes=1))) == 1
