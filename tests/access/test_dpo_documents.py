"""What a data protection officer signs points to tests that exist, and says the one notice."""

import re
from pathlib import Path

import pytest

from jalons.people.agreements.notice import current
from jalons.rights.settings import ACTIVE_YEARS, ARCHIVE_YEARS
from tests.databases import ROOT

FOLDER = ROOT / "docs" / "dpo"
PAGES = ["registre", "aipd", "responsables-conjoints", "sous-traitants", "notice", "conservation"]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def links(page: Path) -> list[Path]:
    found = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    return [(page.parent / link).resolve() for link in found]


def test_every_piece_is_there() -> None:
    assert {page.stem for page in FOLDER.glob("*.md")} == {"README", *PAGES}


@pytest.mark.parametrize("name", ["README", *PAGES])
def test_every_link_leads_somewhere(name: str) -> None:
    assert [link for link in links(FOLDER / f"{name}.md") if not link.exists()] == []


def test_each_measure_of_the_impact_assessment_has_its_test() -> None:
    said = (FOLDER / "aipd.md").read_text()
    rows = [
        line
        for line in said.split("## 2.")[1].split("## 4.")[0].splitlines()
        if line.startswith("| ") and not line.startswith(("| Menace", "| Principe"))
    ]
    unproved = [row for row in rows if "tests/" not in row]
    assert len(rows) > 20
    assert [row for row in unproved if "aucune | sans objet" not in row] == []


def test_the_notice_is_the_one_that_persons_are_given() -> None:
    said = (FOLDER / "notice.md").read_text()
    for section in current().sections:
        assert f"## {section.title}\n" in said
        assert all(paragraph in said for paragraph in section.paragraphs)


def test_the_durations_are_those_of_the_settings() -> None:
    said = (FOLDER / "conservation.md").read_text()
    for setting in (ACTIVE_YEARS, ARCHIVE_YEARS):
        title = setting.label.split(" (")[0]
        assert re.search(rf"\| {title} \| {setting.default} ans ", said)
        assert str(setting.source) in said


def test_what_depends_on_the_territory_is_marked() -> None:
    for name in PAGES[:4]:
        assert "à compléter" in (FOLDER / f"{name}.md").read_text()
