"""A log is read by people and by programs: what a record says cannot make another one."""

import logging
import sys

import pytest

from jalons.config import settings as house
from jalons.kernel.logs import OneLine, printable

FORGED = "1999-12-31 23:59:59,999 CRITICAL jalons faux"
LINE = OneLine("{levelname} {message}", style="{")


def _record(message: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord("jalons", logging.WARNING, __file__, 1, message, values, None)


@pytest.mark.parametrize("sign", ["\n", "\r", "\x0b", "\x85", "\u2028", "\x1b[2J", "\u202e", "\0"])
def test_a_record_is_one_line_of_visible_signs(sign: str) -> None:
    said = LINE.format(_record("Not Found: %s", f"é{sign}{FORGED}"))
    assert said.isprintable()
    assert said == f"WARNING Not Found: é{ascii(sign)[1:-1]}{FORGED}"


def test_words_and_their_spaces_are_kept() -> None:
    assert printable("L’été à 9\u00a0h\u202f30, œuvre") == "L’été à 9\u00a0h\u202f30, œuvre"


def test_the_lines_of_a_traceback_are_set_back() -> None:
    record = _record("Internal Server Error")
    try:
        int(f"zut\n{FORGED}")
    except ValueError as error:
        error.args = (f"zut\n{FORGED}\u2028{FORGED}\x1b[31m",)
        record.exc_info, record.stack_info = sys.exc_info(), f"Stack\n{FORGED}"
    first, *others = LINE.format(record).splitlines()
    assert first == "WARNING Internal Server Error"
    assert sum(FORGED in line for line in others) == 3
    assert all(line.startswith("  | ") and line.isprintable() for line in others)


def test_the_house_logs_so() -> None:
    formatters = house.LOGGING["formatters"]
    assert isinstance(formatters, dict)
    assert {each["()"] for each in formatters.values()} == {"jalons.kernel.logs.OneLine"}
    handlers = house.LOGGING["handlers"]
    assert isinstance(handlers, dict)
    assert all("formatter" in each for each in handlers.values())
