"""French typography: what it changes, what it must leave alone, and its stability."""

from datetime import UTC, date, datetime
from html import escape, unescape

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from jalons.kernel import clock
from jalons.kernel.templatetags import french
from jalons.kernel.typography import APOSTROPHE, NARROW, SOLID, typo

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TRICKY = st.text(alphabet="aéL1209 :;!?«»'\u00a0\u202f%€hjmn&#x7;<>/.()\n\thtp_\ufdd0", max_size=20)


def written(text: str) -> str:
    """No-break spaces made visible: _ narrow, ~ ordinary width."""
    return text.replace(NARROW, "_").replace(SOLID, "~")


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Quoi ?", "Quoi_?"),
        ("Quoi?", "Quoi_?"),
        ("Quoi ?!", "Quoi_?!"),
        ("Vrai ; faux !", "Vrai_; faux_!"),
        ("Date du point : choisissez", "Date du point~: choisissez"),
        ("Objet: bilan", "Objet~: bilan"),
        ("«Sans nouvelles»", "«_Sans nouvelles_»"),
        ("« Sans nouvelles »", "«_Sans nouvelles_»"),
        ("aujourd'hui, l'avis", "aujourd’hui, l’avis"),
        ("à 9 h 30 précises", "à 9~h~30 précises"),
        ("66 j visé 30 j", "66~j visé 30~j"),
        ("81 % et 5%", "81~% et 5~%"),
        ("1 250 000 €", "1_250_000~€"),
        ("12 ans, 3 mois", "12~ans, 3~mois"),
        ("4 personnes", "4 personnes"),
    ],
)
def test_changes(given_text: str, expected: str) -> None:
    assert written(typo(given_text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "http://exemple.fr/a?b=c",
        "https://exemple.fr:8000/?q",
        "mailto:a@exemple.fr",
        "10:30",
        "12:00",
        "06 39 98 00 12",
        "en 2026 300 personnes",
        "5'30",
        "",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert typo(text) == text


def test_leaves_tags_and_entities_of_safe_text() -> None:
    html = '<a href="/x?a=1 ; b" title="l\'x">Tom &amp; Jerry ; fin</a>'
    assert written(typo(html)) == '<a href="/x?a=1 ; b" title="l\'x">Tom &amp; Jerry_; fin</a>'


def test_joins_a_written_no_break_space() -> None:
    assert written(typo("Date&nbsp;: «&nbsp;mot&nbsp;» ?")) == "Date~: «_mot_»_?"


def test_curls_an_escaped_apostrophe() -> None:
    assert typo("l&#x27;avis") == f"l{APOSTROPHE}avis"


@given(TRICKY)
def test_idempotent(text: str) -> None:
    assert typo(typo(text)) == typo(text)


@given(st.text())
def test_changes_spaces_and_apostrophes_only(text: str) -> None:
    def bare(value: str) -> str:
        return value.replace("'", APOSTROPHE).translate(dict.fromkeys(map(ord, " \u00a0\u202f")))

    assert bare(typo(text)) == bare(unescape_apostrophes(text))


def unescape_apostrophes(text: str) -> str:
    return text.replace("&#x27;", "'").replace("&#39;", "'").replace("&nbsp;", "")


@given(st.text(alphabet="aé1 :;!?«»'\"%€hj.()", max_size=20))
def test_commutes_with_escaping(text: str) -> None:
    assert unescape(typo(escape(text))) == typo(text)


def test_filter_keeps_safe_text_safe_and_escapes_the_rest() -> None:
    template = Template("{{ value|typo }}")
    assert template.render(Context({"value": "<b> ?"})) == f"&lt;b&gt;{NARROW}?"
    assert template.render(Context({"value": mark_safe("<b>a</b> ?")})) == f"<b>a</b>{NARROW}?"


def test_filter_around_a_block() -> None:
    template = Template("{% filter typo %}<p>{{ name }} : vu ?</p>{% endfilter %}")
    rendered = template.render(Context({"name": "L'<i>"}))
    assert written(rendered) == "<p>L&#x27;&lt;i&gt;~: vu_?</p>"


def test_initials() -> None:
    assert french.initials("Magali Rousseau") == "MR"
    assert french.initials("Anne-Lise Aït Saïd") == "AS"
    assert french.initials("élodie") == "É"
    assert french.initials("") == ""
    assert french.initials(None) == ""


def test_numbers() -> None:
    assert french.thousands(1234567) == f"1{NARROW}234{NARROW}567"
    assert french.thousands(12640.5) == f"12{NARROW}640,5"
    assert french.decimal_comma(3.5) == "3,5"
    assert french.decimal_comma(3, 1) == "3,0"
    assert french.thousands(None) == french.decimal_comma(None) == ""


@pytest.mark.parametrize(
    ("count", "forms", "expected"),
    [
        (0, "jour", "0~jour"),
        (1, "jour", "1~jour"),
        (2, "jour", "2~jours"),
        (1250, "personne suivie/personnes suivies", "1_250~personnes suivies"),
        (3, "travail/travaux", "3~travaux"),
        (3, "mois", "3~mois"),
    ],
)
def test_plural(count: int, forms: str, expected: str) -> None:
    assert written(french.plural(count, forms)) == expected


@pytest.mark.parametrize(
    ("day", "when", "due"),
    [
        (date(2026, 11, 23), "aujourd’hui", "aujourd’hui"),
        (date(2026, 11, 24), "demain", "demain"),
        (date(2026, 11, 22), "hier", "1~jour de retard"),
        (date(2026, 11, 20), "il y a 3~jours", "3~jours de retard"),
        (date(2026, 10, 24), "il y a 30~jours", "30~jours de retard"),
        (date(2026, 10, 23), "le~23~oct.", "31~jours de retard"),
        (date(2026, 11, 27), "dans 4~jours", "vendredi"),
        (date(2026, 11, 29), "dans 6~jours", "dimanche"),
        (date(2026, 11, 30), "dans 7~jours", "30~nov."),
        (date(2027, 3, 1), "le~1er~mars 2027", "1er~mars 2027"),
    ],
)
def test_relative_dates(day: date, when: str, due: str) -> None:
    with clock.travel(MONDAY):
        assert written(french.when(day)) == when
        assert written(french.due(day)) == due


def test_dates_in_words() -> None:
    with clock.travel(MONDAY):
        assert written(french.short_date(date(2026, 11, 27))) == "27~nov."
        assert written(french.short_date(date(2025, 11, 27))) == "27~nov. 2025"
        assert written(french.long_date(date(2026, 11, 23))) == "lundi 23~novembre 2026"
        assert written(french.long_date(date(2026, 3, 1))) == "dimanche 1er~mars 2026"


def test_a_moment_is_read_in_the_local_time_zone() -> None:
    late = datetime(2026, 11, 23, 23, 5, tzinfo=UTC)
    assert written(french.hour(late)) == "0~h~05"
    assert written(french.hour(MONDAY)) == "9~h"
    with clock.travel(MONDAY):
        assert french.when(late) == "demain"


def test_age_turns_on_the_birthday() -> None:
    with clock.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)):
        assert written(french.age(date(2001, 11, 23))) == "25~ans"
        assert written(french.age(date(2001, 11, 24))) == "24~ans"


def test_born_on_29_february() -> None:
    with clock.travel(datetime(2026, 2, 28, 12, tzinfo=UTC)):
        assert written(french.age(date(2000, 2, 29))) == "25~ans"
    with clock.travel(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        assert written(french.age(date(2000, 2, 29))) == "26~ans"


@pytest.mark.parametrize("name", ["short_date", "long_date", "when", "due", "hour", "age"])
def test_no_date_shows_nothing(name: str) -> None:
    assert getattr(french, name)(None) == ""
