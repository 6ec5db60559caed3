"""Pages by key: every row once, in order, both ways, whatever happens between two pages."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from jalons.kernel import pagination
from jalons.kernel.models import SentMail
from jalons.kernel.pagination import Page, keyset_page
from jalons.kernel.typography import NARROW

START = datetime(2026, 11, 23, tzinfo=UTC)
NAMES = ("subject", "id")
NEWEST = ("-recorded_at", "-id")

pytestmark = pytest.mark.django_db


def write(*subjects: str) -> list[SentMail]:
    """Mails in the order given by their times."""
    return SentMail.objects.bulk_create(
        SentMail(to="a@exemple.fr", subject=subject, body="", recorded_at=START + timedelta(rank))
        for rank, subject in enumerate(subjects)
    )


def subjects(page: Page[SentMail]) -> str:
    return "".join(mail.subject for mail in page.items)


def page(
    cursor: str | None = None,
    fields: tuple[str, ...] = NAMES,
    size: int = 2,
    *,
    keys_first: bool = False,
) -> Page[SentMail]:
    mails = SentMail.objects.all()
    return keyset_page(mails, fields, size, cursor, keys_first=keys_first)


def walk(fields: tuple[str, ...], size: int, *, keys_first: bool = False) -> list[Page[SentMail]]:
    pages = [page(None, fields, size, keys_first=keys_first)]
    while pages[-1].next:
        pages.append(page(pages[-1].next, fields, size, keys_first=keys_first))
    return pages


def test_pages_follow_one_another_both_ways() -> None:
    write(*"ecabd")
    first = page()
    second = page(first.next)
    third = page(second.next)
    assert [subjects(each) for each in (first, second, third)] == ["ab", "cd", "e"]
    assert (first.previous, third.next) == (None, None)
    assert subjects(page(third.previous)) == "cd"
    assert page(page(third.previous).previous) == first


def test_labels_count_the_rows() -> None:
    write(*"abcde")
    first = page()
    second = page(first.next)
    assert [first.label, second.label, page(second.next).label] == [
        "1 à 2 sur 5",
        "3 à 4 sur 5",
        "5 sur 5",
    ]
    assert page(page(second.next).previous).label == "3 à 4 sur 5"


def test_an_empty_list_has_one_empty_page() -> None:
    empty = page()
    assert (empty.items, empty.next, empty.previous) == ([], None, None)
    assert (empty.first, empty.last, empty.total) == (0, 0, 0)


def test_descending_order() -> None:
    write(*"abc")
    first = page(None, NEWEST)
    assert subjects(first) == "cb"
    last = page(first.next, NEWEST)
    assert subjects(last) == "a"
    assert page(last.previous, NEWEST) == first


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["", "a", "é", "l’", "Z"]), max_size=9),
    st.integers(1, 4),
    st.sampled_from([NAMES, NEWEST, ("id",), ("-subject", "-id")]),
)
def test_every_row_once_in_order(texts: list[str], size: int, fields: tuple[str, ...]) -> None:
    SentMail.objects.all().delete()
    write(*texts)
    pages = walk(fields, size)
    rows = [mail.pk for each in pages for mail in each.items]
    assert rows == list(SentMail.objects.order_by(*fields).values_list("pk", flat=True))
    assert [each.first for each in pages if each.items] == list(range(1, len(texts) + 1, size))
    for before, after in pairwise(pages):
        assert page(after.previous, fields, size) == before
        assert page(after.previous, fields, size, keys_first=True) == before
    assert walk(fields, size, keys_first=True) == pages


def test_a_row_added_above_changes_no_page_below() -> None:
    write(*"bcde")
    first = page()
    write("a")
    assert subjects(page(first.next)) == "de"


def test_going_back_shows_the_rows_added_meanwhile() -> None:
    write(*"bcde")
    second = page(page().next)
    write("a")
    back = page(second.previous)
    assert subjects(back) == "bc"
    assert subjects(page(back.previous)) == "a"
    assert page(back.previous).first == 1


def test_a_boundary_row_that_left_the_filter_still_marks_the_place() -> None:
    mails = write(*"abcd")
    cursor = page().next
    hidden = SentMail.objects.exclude(pk=mails[1].pk)
    assert subjects(keyset_page(hidden, NAMES, 2, cursor)) == "cd"


def test_a_boundary_row_that_is_gone_leads_to_the_first_page() -> None:
    mails = write(*"abcd")
    cursor = page().next
    mails[1].delete()
    assert subjects(page(cursor)) == "ac"


def test_rows_gone_after_the_boundary_lead_to_the_first_page() -> None:
    mails = write(*"abcd")
    cursor = page().next
    for mail in mails[2:]:
        mail.delete()
    assert subjects(page(cursor)) == "ab"
    assert page(cursor, keys_first=True) == page()


@pytest.mark.parametrize("change", [lambda cursor: cursor + "x", lambda cursor: "x", str.swapcase])
def test_a_forged_cursor_leads_to_the_first_page(change: object) -> None:
    write(*"abcd")
    cursor = page().next
    assert callable(change)
    assert subjects(page(change(cursor))) == "ab"


def test_a_cursor_of_another_order_leads_to_the_first_page() -> None:
    write(*"abcd")
    assert subjects(page(page().next, NEWEST)) == "dc"


def test_a_cursor_holds_an_id_and_no_key() -> None:
    mails = write("Rousseau Magali", "Roy", "Sahli")
    cursor = page().next
    assert cursor is not None
    content = signing.b64_decode(cursor.split(":")[0].encode()).decode()
    assert str(mails[1].pk) in content
    assert "Ro" not in content


@pytest.mark.parametrize(("keys_first", "numbers"), [(False, (2, 2, 1)), (True, (2, 3, 2))])
def test_number_of_queries(keys_first: bool, numbers: tuple[int, int, int]) -> None:
    write(*"abcde")
    with CaptureQueriesContext(connection) as first:
        cursor = page(keys_first=keys_first).next
    with CaptureQueriesContext(connection) as second:
        page(cursor, keys_first=keys_first)
    with CaptureQueriesContext(connection) as whole:
        page(size=5, keys_first=keys_first)
    assert (len(first), len(second), len(whole)) == numbers


def test_the_rows_are_counted_at_the_top_of_the_list() -> None:
    write(*"abcde")
    cursor = page().next
    write(*"fg")
    second = page(cursor)
    assert (second.label, page(second.previous).total) == ("3 à 4 sur 5", 5)
    assert page().label == "1 à 2 sur 7"
    assert page(size=7).label == "1 à 7 sur 7"


def test_rows_met_below_are_counted() -> None:
    write(*"abcd")
    cursor = page().next
    write(*"ef")
    third = page(page(cursor).next)
    assert third.label == "5 à 6 sur 6"


def test_one_row_comparison_serves_the_index() -> None:
    write(*"abc")
    with CaptureQueriesContext(connection) as queries:
        page(page(None, NEWEST).next, NEWEST)
    rows = [query["sql"] for query in queries if "ROW(" in query["sql"]]
    assert len(rows) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {rows[0]}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: (ROW(recorded_at, id) < ROW(" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("keys_first", [False, True])
def test_the_count_stops(keys_first: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "COUNTED", 3)
    write(*"abc")
    assert page(keys_first=keys_first).label == "1 à 2 sur 3"
    write("de")
    found = page(keys_first=keys_first)
    assert (found.label, found.total) == ("1 à 2 sur plus de 3", 4)


def test_large_numbers_are_grouped() -> None:
    mail = SentMail(id=UUID(int=1))
    many = Page([mail, mail], first=1999, total=10_001, next=None, previous=None)
    assert many.label == f"1{NARROW}999 à 2{NARROW}000 sur plus de 10{NARROW}000"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (("subject",), "primary key"),
        (("-subject", "id"), "same way"),
        (("id", "-id"), "same way"),
    ],
)
def test_an_order_that_keys_cannot_follow_is_refused(fields: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        page(None, fields)


def test_a_key_that_may_be_null_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SentMail._meta.get_field("subject"), "null", True)
    with pytest.raises(ValueError, match="null"):
        page()
