"""The Nu HTML checker (npm `vnu-jar`, run by Java), where Java and npm are: fetched once, verified.

`python -m tests.pages.nu` fetches it ahead of the tests. Without it `tests.pages.markup` still
reads every page.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "vnu-jar@25.12.31"
SHA256 = "db6ee66f25f09002791a4c14d1fae1c1ad1e08b78b0c1f9255bcbd26cf186b49"
MEMBER = "package/build/dist/vnu.jar"
JAR = Path(__file__).parents[2] / ".tools" / "vnu" / "vnu.jar"


class Unavailable(Exception):
    """Why HTML is not validated, in words."""


def jar() -> Path:
    """The checker's file. Raises Unavailable."""
    missing = [name for name in ("java", "npm") if not shutil.which(name)]
    if "java" in missing or (missing and not JAR.exists()):
        raise Unavailable(f"il manque {' et '.join(missing)}")
    if not JAR.exists():
        _fetch()
    return JAR


def _fetch() -> None:
    JAR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=JAR.parent) as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, PACKAGE]
        done = subprocess.run(command, check=False, capture_output=True, cwd=folder, timeout=180)
        packed = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or packed is None:
            raise Unavailable(f"npm n’a pas pu chercher {PACKAGE}")
        with tarfile.open(packed) as archive:
            member = archive.extractfile(MEMBER)
            content = member.read() if member else b""
        if hashlib.sha256(content).hexdigest() != SHA256:
            raise Unavailable(f"{PACKAGE} n’est pas le fichier attendu")
        whole = Path(folder) / JAR.name
        whole.write_bytes(content)
        whole.rename(JAR)


def problems_of(pages: dict[str, str], folder: Path) -> list[str]:
    """The errors and warnings of whole pages, by name; one run of Java. Raises Unavailable."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.as_uri()] = name
    command = ["java", "-jar", str(jar()), "--format", "json", "--exit-zero-always", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=180)
    messages = json.loads(done.stderr or "{}").get("messages", [])
    return [
        f"{names.get(message.get('url', ''), '?')}, ligne {message.get('lastLine')} :"
        f" {message['message']} ({message.get('extract', '').strip()})"
        for message in messages
        if message.get("subType") == "warning" or message["type"] == "error"
    ]


if __name__ == "__main__":
    try:
        print(jar())
    except Unavailable as reason:
        sys.exit(f"Le HTML ne sera pas validé : {reason}.")
