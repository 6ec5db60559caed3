"""Row 31: what a server runs is pinned, licensed and listed."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from jalons.kernel import dependencies
from jalons.kernel.dependencies import SERVER_LOCK, WHOLE_LOCK, allowed, locked
from jalons.kernel.sbom import bill

MOST = 30
"""Packages that a server may ask for; what these need in turn comes with them."""


@pytest.mark.parametrize("lock", [SERVER_LOCK, WHOLE_LOCK], ids=["server", "whole"])
def test_every_package_is_pinned_with_its_hashes(lock: Path) -> None:
    packages = locked(lock)
    assert [each.name for each in packages if not each.hashes or not each.asked_by] == []
    assert len(packages) == len(re.findall("^[a-z0-9]", lock.read_text(), re.MULTILINE))


def test_a_server_runs_what_the_tests_run() -> None:
    whole = {each.name: each for each in locked(WHOLE_LOCK)}
    assert [each.name for each in locked() if whole[each.name].version != each.version] == []
    assert [each.name for each in locked() if whole[each.name].hashes != each.hashes] == []


def test_a_server_asks_for_few_packages() -> None:
    asked = {each.name for each in locked() if "jalons" in each.asked_by}
    assert asked == {name.lower() for name in dependencies.declared()}
    assert len(asked) < MOST


def test_every_licence_is_allowed() -> None:
    assert dependencies.refused() == []


@pytest.mark.parametrize(
    ("expression", "fine"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("(GPL-3.0-only OR MIT)", True),
        ("MIT AND BSD-3-Clause", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_or_not(expression: str, fine: bool) -> None:
    assert allowed(expression) is fine


def test_a_refused_licence_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"django": "AGPL-3.0-only", "segno": ""}
    monkeypatch.setattr(dependencies, "licence", lambda name: said.get(name, "MIT"))
    assert dependencies.refused() == ["django : AGPL-3.0-only", "segno : aucune licence"]


def test_a_line_that_is_no_package_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("django @ file:///somewhere\n")
    with pytest.raises(ValueError, match="django @"):
        locked(lock)


def test_the_bill_names_everything_once() -> None:
    said = StringIO()
    call_command("sbom", stdout=said)
    found = json.loads(said.getvalue())
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert found == json.loads(json.dumps(bill()))
    refs = [each["bom-ref"] for each in found["components"]]
    assert refs == [f"pkg:pypi/{each.name}@{each.version}" for each in locked()]
    assert all(each["hashes"] and each["licenses"] for each in found["components"])


def test_the_bill_says_who_needs_whom() -> None:
    needs = {each["ref"].split("@")[0]: each["dependsOn"] for each in bill()["dependencies"]}
    names = {one.split("@")[0] for one in needs["pkg:generic/jalons"]}
    assert names == {f"pkg:pypi/{name.lower()}" for name in dependencies.declared()}
    assert any(each.startswith("pkg:pypi/asgiref@") for each in needs["pkg:pypi/django"])
    reached = {"pkg:generic/jalons"}
    for _ in needs:
        reached |= {one.split("@")[0] for ref in reached for one in needs[ref]}
    assert reached == set(needs), "each package is there for a reason"
