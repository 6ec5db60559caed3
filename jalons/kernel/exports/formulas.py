"""Text that no spreadsheet takes for a formula.

A cell that starts with a line break, or whose first visible character starts a formula (= + - @ in
any width), gets an apostrophe before it. The apostrophe stays visible, in all formats alike: a cell
that is harmless in a typed file is copied, edited or saved as CSV later, where it would come alive.
"""

import re
import unicodedata

GUARD = "'"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_GUARDED = re.compile(rf"""((?:^|[,;\t\n|"])\s*){GUARD}(\s*)(\S)""")
_STARTS = frozenset("=+-@−")


def neutral(text: str) -> str:
    """The text safe as a cell: line breaks as \\n, tabs as spaces, no other control character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _NOT_XML.sub("", text)
    return GUARD + text if _starts_formula(text) else text


def plain(text: str) -> str:
    """The text as it was before `neutral`, or a CSV, guarded it: what we exported comes back."""
    return _GUARDED.sub(_unguarded, text)


def _unguarded(found: re.Match[str]) -> str:
    before, blanks, first = found.groups()
    return f"{before}{blanks}{first}" if starts(first) else found[0]


def _starts_formula(text: str) -> bool:
    if text.startswith("\n"):
        return True
    return next((starts(char) for char in text if not _is_blank(char)), False)


def starts(char: str) -> bool:
    """Whether a formula may start with this character: full-width and other forms included."""
    return unicodedata.normalize("NFKC", char)[:1] in _STARTS


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Zs")
