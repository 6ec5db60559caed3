"""Row 17: a corpus of injections in whatever the house reads of a request.

What is read is seen while the house answers: a new field is tried without being named here. The
pages are then gone through with a browser (`test_injected_pages`).
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.mail import EmailMessage
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from jalons.kernel.jobs import registered
from tests.sampling import Some
from tests.security.addresses import addresses
from tests.security.asked import watching
from tests.security.cast import a_cast
from tests.security.corpus import CORPUS, HEADER, drawn
from tests.security.house import House, Place, taken_back
from tests.security.shown import Reader, marked, problems_of_answer, problems_of_page

pytestmark = pytest.mark.xdist_group("injection")

SAMPLE = 1
"""Strings a place in the suite's time, drawn by its name: each place has another one."""
Mails = list[EmailMessage]


@pytest.fixture
def house(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, full_size: bool) -> House:
    """Behind a proxy, so that what it says is read; with hashes at the least cost."""
    settings.SECURE = True
    for name, value in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, value)
    return House(a_cast(), everybody=full_size)


SEEN = {
    "GET territories:organizations parameter q",
    "GET nomenclature:communes parameter q",
    "POST access:break_glass parameter reason",
    "POST access:draft parameter draft_form",
    "POST access:link_code parameter code",
    "POST accounts:code parameter code",
    "POST accounts:enrolment parameter code",
    "POST accounts:login parameter email",
    "POST accounts:login header HTTP_X_FORWARDED_FOR",
    "POST accounts:login parameter next",
    "POST desk:alerts parameter notification",
    "POST desk:caseload_export parameter format",
    "GET access:link path token",
    "GET people:own_identity cookie jalons-lien",
    "GET desk:caseload parameter page",
}
_known: list[Place] = []
"""Found once: no place depends on what a database holds."""


@pytest.fixture
def places(house: House, monkeypatch: pytest.MonkeyPatch, some: Some) -> list[Place]:
    """Of the addresses that some test names, and of one in three of the others."""
    if not _known:
        named = {place.split()[1] for place in SEEN}
        chosen = [each for each in addresses() if each.name in named or some(each.name, 3)]
        with watching(monkeypatch) as asked:
            _known.extend(house.places(chosen, asked))
    return _known


def test_whatever_is_read_stays_a_text(
    house: House,
    places: list[Place],
    mailoutbox: Mails,
    caplog: pytest.LogCaptureFixture,
    *,
    some: Some,
    full_size: bool,
) -> None:
    caplog.set_level(logging.DEBUG, "jalons")
    problems, sent = list[str](), 0
    for place, most in _tried(places, some, full_size):
        for payload in drawn(str(place), most):
            sent += 1
            with taken_back():
                answer = house.send(place, payload.text)
                found = [*problems_of_answer(answer), *_after(place, mailoutbox)]
            problems += [f"{place}, {payload.text[:60]!r} : {problem}" for problem in found]
    assert problems == []
    assert _forged(caplog) == []
    assert sent > 100


def _tried(places: list[Place], some: Some, full_size: bool) -> Iterator[tuple[Place, int | None]]:
    """How many strings each place is sent; None is all of them."""
    seen = Counter[str]()
    for place in places:
        everywhere = place.kind in {"header", "cookie"}
        seen[place.name if everywhere else str(place)] += 1
        again = everywhere and seen[place.name] > 2
        if not everywhere and not some(str(place), 3):
            continue
        if not (again and not full_size and seen[place.name] % 8):
            yield place, None if full_size else SAMPLE


def _after(place: Place, mails: Mails) -> Iterator[str]:
    """What the jobs that a form asked for do, and how the mails that left begin."""
    if place.verb != "POST":
        return
    for job in ProcrastinateJob.objects.filter(status="todo"):
        declared = registered()[job.task_name]
        if declared.atomic:
            declared.function(**job.args)
    for mail in mails:
        headers = dict(mail.message().items())
        broken = [name for name, value in headers.items() if "\n" in str(value).replace("\n ", "")]
        yield from (f"courriel : {name}" for name in broken)
        if HEADER in headers or len(mail.recipients()) != 1:
            yield f"courriel : {headers}"
    mails.clear()


def _forged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The records that the console would write on several lines, or with hidden signs."""
    console = next(each for each in logging.getLogger().handlers if each.name == "console")
    lines = [console.format(record) for record in caplog.records if not record.exc_info]
    return [line for line in lines if not line.replace("\u202f", " ").isprintable()]


def test_the_search_sees_what_it_must(places: list[Place]) -> None:
    """Otherwise the corpus would have been sent nowhere."""
    assert {str(place) for place in places} >= SEEN


def test_every_form_s_address_was_reached(places: list[Place]) -> None:
    """Something was seen at each: a cookie at least."""
    read = Counter(f"{place.verb} {place.address.name}" for place in places)
    assert [name for name, names in read.items() if names < 2] == []


WILD = ("s%e", "s_ructure", "a\\e", "dép%", "%", "_", "s?ructure", "s*", "[a-z]", "^s.*")


def test_signs_of_patterns_stand_for_themselves(
    house: House, places: list[Place], *, full_size: bool
) -> None:
    """A sign finds what a space in its place would find, or nothing: never what it stands for."""
    searched = [place for place in places if place.verb == "GET" and place.kind == "parameter"]
    assert searched
    for number, place in enumerate(searched):
        for text in WILD if full_size else WILD[number % 2 :][:1]:
            plain = "".join(sign if sign.isalpha() else " " for sign in text)
            looked_for = ("zqnullepart", text, plain)
            nothing, found, expected = (
                _rows(house, place, each, looked_for) for each in looked_for
            )
            assert found in (nothing, expected), f"{place} : {text}"


def _rows(house: House, place: Place, text: str, looked_for: Iterable[str]) -> str:
    """What a page says, without the words that are looked for."""
    with taken_back():
        answer: Any = house.send(place, text)
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return str(answer.content)
    said = " ".join(" ".join(Reader(answer.content.decode()).said).split())
    for words in (" ".join(each.split()) for each in looked_for):
        said = said.replace(words, "…") if words else said
    return said


@pytest.mark.parametrize("payload", CORPUS, ids=lambda payload: f"{payload.kind} {payload.mark}")
def test_each_string_is_recognised(payload: Any) -> None:
    assert payload in marked(payload.text)


@pytest.mark.parametrize(
    "html",
    [
        '<p>zx~00 <script>ran("zx~00")</script></p>',
        '<input value="" autofocus onfocus="ran(\'zx~06\')" x="">',
        "<a href=\"javascript:ran('zx~09')\">site</a>",
        '<a href="//zx.example/zx~12">site</a>',
        "<p>1337 zx~36</p>",
        "<p><c-button>zx~39</c-button></p>",
        '<script>const name = "zx~14";</script>',
        "<p>zx~29'; DROP TABLE people_person</p>",
    ],
)
def test_what_is_not_a_text_is_seen(html: str) -> None:
    assert problems_of_page(html)


def test_what_is_a_text_is_not_blamed() -> None:
    shown = "<p title='&lt;script&gt;ran(&quot;zx~00&quot;)&lt;/script&gt;'>zx~29&#x27;; DROP TABLE"
    assert problems_of_page(f"{shown} people_person; --</p>") == []
