"""What XLSX and ODS share: both are XML in an archive, streamed into it row by row."""

import re

from .formulas import neutral

ROWS = 2**20 - 1
"""The most that spreadsheets open, but for the header row."""
NOTES = "Filtres"
"""The second sheet, which says what the file is."""
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FORBIDDEN_IN_TAB = re.compile(r"[\[\]:*?/\\']")
_TAB = 31


def tab_name(title: str) -> str:
    """At most 31 characters, without those Excel refuses, and never that of the second sheet."""
    name = " ".join(_FORBIDDEN_IN_TAB.sub(" ", neutral(title)).split())[:_TAB].strip()
    return name if name and name.lower() != NOTES.lower() else "Liste"
