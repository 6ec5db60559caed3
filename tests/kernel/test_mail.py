"""E-mails: one way out, the demo's mailbox, and its pages."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import BadHeaderError, EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from jalons.kernel import clock, mail, time_travel
from jalons.kernel.models import SentMail

SUBJECT = "Quelque chose vous attend"


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Settings:
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND = "jalons.kernel.mail.DemoBackend"
    return settings


# Sending


def test_send_writes_a_plain_text_in_french_typography() -> None:
    mail.send("a@exemple.fr", SUBJECT, "Un message : l'ouvrir ?")
    (sent,) = django_mail.outbox
    assert (sent.to, sent.subject) == (["a@exemple.fr"], SUBJECT)
    assert sent.body == "Un message\u00a0: l’ouvrir\u202f?"
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert sent.content_subtype == "plain"


def test_a_line_break_cannot_add_a_header() -> None:
    with pytest.raises(BadHeaderError):
        mail.send("a@exemple.fr", "Objet\nBcc: b@exemple.fr", "")


@pytest.mark.django_db
def test_the_demo_refuses_what_a_server_would(demo: Settings) -> None:
    with pytest.raises(BadHeaderError):
        mail.DemoBackend().send_messages([EmailMessage("a\nb", "", to=["a@exemple.fr"])])
    assert not SentMail.objects.exists()


@pytest.mark.django_db
def test_the_demo_keeps_one_mail_a_recipient(demo: Settings) -> None:
    to, copy = "a@exemple.fr", "b@exemple.fr"
    sent = mail.DemoBackend().send_messages([EmailMessage(SUBJECT, "Corps", to=[to], cc=[copy])])
    assert sent == 1
    kept = SentMail.objects.order_by("to").values_list("to", "subject", "body")
    assert list(kept) == [(to, SUBJECT, "Corps"), (copy, SUBJECT, "Corps")]


@pytest.mark.django_db
def test_nothing_is_kept_outside_the_demo(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        mail.DemoBackend().send_messages([EmailMessage(SUBJECT, "", to=["a@exemple.fr"])])
    assert not SentMail.objects.exists()


# The mailbox


@pytest.mark.django_db
def test_the_mailbox_lists_and_shows(client: Client, demo: Settings) -> None:
    mail.DemoBackend().send_messages(
        [EmailMessage(SUBJECT, "<b>Code</b> 123456\nhttp://127.0.0.1:8000/x", to=["a@exemple.fr"])]
    )
    listed = client.get(reverse("kernel:sent_mails")).content.decode()
    assert SUBJECT in listed
    assert "1 sur 1" in listed
    address = reverse("kernel:sent_mail", args=[SentMail.objects.get().pk])
    assert address in listed
    shown = client.get(address).content.decode()
    assert "&lt;b&gt;Code&lt;/b&gt; 123456" in shown
    assert 'href="http://127.0.0.1:8000/x"' in shown


@pytest.mark.django_db
def test_an_empty_mailbox_says_so(client: Client, demo: Settings) -> None:
    assert "Aucun courriel" in client.get(reverse("kernel:sent_mails")).content.decode()


@pytest.mark.django_db
def test_an_unknown_mail_is_not_found(client: Client, demo: Settings) -> None:
    assert client.get(reverse("kernel:sent_mail", args=[uuid4()])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["sent_mails", "time_travel"])
def test_the_pages_do_not_exist_outside_the_demo(
    client: Client, settings: Settings, name: str
) -> None:
    settings.DEMO = False
    address = reverse(f"kernel:{name}")
    assert client.get(address).status_code == 404
    assert client.post(address, {"step": "day"}).status_code in (404, 405)


# Time travel


def days_away() -> int:
    return round(clock.demo_shift() / timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "days"), [("day", 1), ("week", 7)])
def test_steps_add_up(client: Client, demo: Settings, step: str, days: int) -> None:
    address = reverse("kernel:time_travel")
    for count in (1, 2):
        answer = client.post(address, {"step": step})
        assert (answer.status_code, answer.headers["Location"]) == (302, address)
        assert days_away() == days * count
    client.post(address, {"step": "back"})
    assert clock.demo_shift() == timedelta(0)


@pytest.mark.django_db
def test_going_to_a_date(client: Client, demo: Settings) -> None:
    there = clock.today() + timedelta(days=400)
    client.post(reverse("kernel:time_travel"), {"day": there.isoformat()})
    assert clock.today() == there
    page = client.get(reverse("kernel:time_travel")).content.decode()
    assert "Revenir au présent" in page
    assert str(there.year) in page


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["", "demain", "1900-01-01", "9999-12-31"])
def test_a_wrong_date_moves_nothing(client: Client, demo: Settings, day: str) -> None:
    answer = client.post(reverse("kernel:time_travel"), {"day": day})
    assert answer.status_code == 422
    assert "Choisissez une date" in answer.content.decode()
    assert clock.demo_shift() == timedelta(0)


@pytest.mark.django_db
def test_an_unknown_step_moves_nothing(client: Client, demo: Settings) -> None:
    assert client.post(reverse("kernel:time_travel"), {"step": "year"}).status_code == 422
    assert clock.demo_shift() == timedelta(0)


@pytest.mark.django_db
def test_reading_the_page_moves_nothing(client: Client, demo: Settings) -> None:
    assert client.get(reverse("kernel:time_travel"), {"step": "day"}).status_code == 200
    assert clock.demo_shift() == timedelta(0)


def test_a_month_ends_with_the_shorter_one() -> None:
    start = datetime(2026, 1, 31, tzinfo=UTC).date()
    february = time_travel.next_month(start)
    assert february.isoformat() == "2026-02-28"
    assert time_travel.next_month(february).isoformat() == "2026-03-28"
    assert time_travel.next_month(datetime(2026, 12, 5, tzinfo=UTC).date()).year == 2027


def test_steps_stop_at_the_last_date(demo: Settings) -> None:
    last = time_travel.bounds()[1]
    time_travel.go_to(last)
    time_travel.forward("month")
    assert clock.today() == last
    with pytest.raises(ValueError, match="beyond"):
        time_travel.go_to(last + timedelta(days=1))
