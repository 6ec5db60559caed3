"""What the house is made of: the locked packages, their hashes, and the licences they come under.

Read from the lock files and from what is installed; nothing is asked of the network.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVER_LOCK, WHOLE_LOCK = ROOT / "requirements-server.lock", ROOT / "requirements.lock"

ALLOWED = {
    "Apache-2.0",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
}
"""The licences a server may carry: they ask nothing of the code that imports the package."""

CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}
"""For packages older than licence expressions; « BSD » does not say how many clauses."""

_PACKAGE = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"#\s+(?:via\s+)?(?P<name>[A-Za-z0-9][\w.\[\]-]*)(?: \(pyproject\.toml\))?$")


@dataclass(frozen=True)
class Package:
    """`asked_by` holds the packages that need it; `jalons` when the house itself does."""

    name: str
    version: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(lock: Path = SERVER_LOCK) -> list[Package]:
    """The packages of a lock file, by name."""
    return [_package(block) for block in re.split(r"\n(?=\S)", lock.read_text()) if block.strip()]


def _package(block: str) -> Package:
    first, *others = block.splitlines()
    found = _PACKAGE.match(first)
    if found is None:
        raise ValueError(f"Not the line of a package: {first}")
    vias = (_VIA.search(line) for line in others)
    names = [via["name"].split("[")[0] for via in vias if via and via["name"] != "via"]
    return Package(found["name"], found["version"], tuple(_HASH.findall(block)), tuple(names))


def declared() -> list[str]:
    """What pyproject.toml asks for a server, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [re.split(r"[\[<>=~! ]", each)[0] for each in project["dependencies"]]


@cache
def licence(name: str) -> str:
    """As the installed package says it; "" when it does not. Raises PackageNotFoundError."""
    found = metadata.metadata(name)
    said = {field: found.get_all(field) or [] for field in ("License-Expression", "License")}
    classified = list(_from_classifiers(found.get_all("Classifier") or []))
    short = [text for text in said["License"] if "\n" not in text and len(text) < 60]
    return next(iter([*said["License-Expression"], *classified, *short]), "")


def _from_classifiers(classifiers: list[str]) -> Iterator[str]:
    for classifier in classifiers:
        if classifier.startswith("License :: "):
            last = classifier.rsplit(" :: ", 1)[-1]
            yield CLASSIFIERS.get(last, last)


def allowed(expression: str) -> bool:
    """Whether one of the choices that an expression offers holds allowed licences only."""
    choices = [choice.strip(" ()") for choice in expression.split(" OR ")]
    return any(
        all(part.strip(" ()") in ALLOWED for part in choice.split(" AND ")) for choice in choices
    )


def refused() -> list[str]:
    """The packages of a server whose licence is not allowed, or not said; with what they say."""
    pairs = [(package.name, licence(package.name)) for package in locked()]
    return [f"{name} : {said or 'aucune licence'}" for name, said in pairs if not allowed(said)]
