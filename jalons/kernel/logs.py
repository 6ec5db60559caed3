"""What a log may hold: one line a record, whatever was in it."""

import logging
import unicodedata
from types import TracebackType

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class OneLine(logging.Formatter):
    """Nothing that a record says can begin a line, nor speak to a terminal.

    The lines of a traceback are set back: none looks like a record.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        return printable(super().formatMessage(record))

    def formatException(self, ei: Raised) -> str:  # noqa: N802
        return _set_back(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return _set_back(super().formatStack(stack_info))


def printable(text: str) -> str:
    """The text with its control, invisible and line-breaking signs written as Python would."""
    return "".join(sign if _kept(sign) else ascii(sign)[1:-1] for sign in text)


def _kept(sign: str) -> bool:
    return sign.isprintable() or unicodedata.category(sign) == "Zs"


def _set_back(text: str) -> str:
    return "\n".join(f"  | {printable(line)}" for line in text.splitlines())
