from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.access.levels import Level
from jalons.nomenclature.rules import (
    LOCAL_PREFIX,
    detail_level,
    in_force,
    local_code,
    rome_of,
    strictest,
)

EVE, DAY, NEXT = date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "expected"),
    [
        (None, None, True),
        (DAY, None, True),
        (NEXT, None, False),
        (None, DAY, False),
        (None, NEXT, True),
        (EVE, DAY, False),
        (DAY, NEXT, True),
    ],
)
def test_the_end_is_the_first_day_without(
    valid_from: date | None, valid_until: date | None, expected: bool
) -> None:
    assert in_force(valid_from, valid_until, DAY) is expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((Level.OPEN, Level.SHARED), Level.SHARED),
        ((Level.SEALED, Level.RESTRICTED, Level.OPEN), Level.SEALED),
        ((Level.SHARED, Level.RESTRICTED), Level.RESTRICTED),
        ((Level.IDENTITY,), Level.IDENTITY),
    ],
)
def test_the_strictest_level(levels: tuple[Level, ...], expected: Level) -> None:
    assert strictest(*levels) == expected


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("sante", Level.RESTRICTED),
        ("finances", Level.RESTRICTED),
        ("justice", Level.SEALED),
        ("violences", Level.SEALED),
        ("logement", Level.SHARED),
        ("", Level.SHARED),
    ],
)
def test_the_level_of_what_is_said_in_a_domain(domain: str, expected: Level) -> None:
    assert detail_level(domain) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pontier / Pontière (N1104)", ("N1104", "Pontier / Pontière")),
        ("Agent (H/F) de quai  (N1105) ", ("N1105", "Agent (H/F) de quai")),
        ("n1104", ("N1104", "")),
        ("Pontier", ("", "Pontier")),
        ("Pontier (X9)", ("", "Pontier (X9)")),
        ("", ("", "")),
    ],
)
def test_the_code_of_an_occupation_in_a_file(text: str, expected: tuple[str, str]) -> None:
    assert rome_of(text) == expected


def test_a_local_code_reads_like_its_label() -> None:
    assert local_code("L’épicerie solidaire") == "local_l_epicerie_solidaire"


@given(st.text(min_size=1))
def test_a_local_code_is_never_national_nor_too_long(label: str) -> None:
    code = local_code(label)
    assert code.startswith(LOCAL_PREFIX.rstrip("_"))
    assert len(code) <= 60
