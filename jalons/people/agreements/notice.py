"""The notice that persons are given, by version: one JSON file each, never changed once given."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jalons.access.documents import NOTICE
from jalons.kernel import clock

FOLDER = Path(__file__).parent / "notices"


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Notice:
    """`since` is the day it is given from."""

    version: str
    since: date
    title: str
    sections: list[Section]


@cache
def notices() -> dict[str, Notice]:
    """Every version, the oldest first."""
    found = [_read(path) for path in FOLDER.glob("*.json")]
    return {notice.version: notice for notice in sorted(found, key=lambda notice: notice.since)}


def current() -> Notice:
    """The version given today."""
    return [notice for notice in notices().values() if notice.since <= clock.today()][-1]


def page() -> str:
    """The notice in force, and which versions were given before, for `docs/dpo/`."""
    last = list(notices().values())[-1]
    lines = [
        f"# {last.title}\n",
        NOTICE,
        f"Notice remise aux personnes (RGPD, articles 13 et 14), version {last.version}.\n",
        f"Depuis le {last.since:%d/%m/%Y}. Toutes les versions : {', '.join(notices())}.\n",
    ]
    for section in last.sections:
        lines += [f"## {section.title}\n", *(f"{paragraph}\n" for paragraph in section.paragraphs)]
    return "\n".join(lines)


def _read(path: Path) -> Notice:
    said = json.loads(path.read_text())
    sections = [Section(**section) for section in said["sections"]]
    return Notice(said["version"], date.fromisoformat(said["from"]), said["title"], sections)
