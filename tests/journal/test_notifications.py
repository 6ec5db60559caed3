from collections.abc import Iterator

import pytest

from jalons.journal.events import append
from jalons.journal.models import Event, Notification
from jalons.journal.notifications import mark_read, notify, unread
from jalons.kernel import row_security
from jalons.kernel.ids import uuid7

TERRITORY = 7
AUTHOR, REFERENTE, COLLEGUE = uuid7(), uuid7(), uuid7()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_kinds")]


@pytest.fixture
def sown() -> Iterator[Event]:
    with row_security.context([TERRITORY]):
        yield append("garden.sown", territory=TERRITORY, account=AUTHOR)


def test_each_account_is_told_once_however_often_the_job_runs(sown: Event) -> None:
    for _ in range(2):
        notify(sown, [REFERENTE, COLLEGUE, REFERENTE])
    assert [one.event for one in unread(REFERENTE)] == [sown.pk]
    assert Notification.objects.count() == 2


def test_the_author_is_not_told(sown: Event) -> None:
    notify(sown, [AUTHOR])
    assert not Notification.objects.exists()


def test_a_notification_holds_no_person(sown: Event) -> None:
    notify(sown, [REFERENTE])
    names = {field.name for field in Notification._meta.concrete_fields}
    assert names == {"id", "recorded_at", "event", "account", "territory", "kind", "read_at"}


def test_the_oldest_comes_first(sown: Event) -> None:
    later = append("garden.sown", territory=TERRITORY)
    notify(sown, [REFERENTE])
    notify(later, [REFERENTE])
    assert [one.event for one in unread(REFERENTE)] == [sown.pk, later.pk]
    assert [one.event for one in unread(REFERENTE, limit=1)] == [sown.pk]


def test_reading_marks_one_s_own_only(sown: Event) -> None:
    notify(sown, [REFERENTE, COLLEGUE])
    keys = list(Notification.objects.values_list("pk", flat=True))
    assert (mark_read(REFERENTE, keys), mark_read(REFERENTE, keys)) == (1, 0)
    assert not unread(REFERENTE)
    assert len(unread(COLLEGUE)) == 1


def test_another_territory_sees_none(sown: Event) -> None:
    notify(sown, [REFERENTE])
    with row_security.context([TERRITORY + 1]):
        assert not unread(REFERENTE)
