"""`dev.py check`: all that reads the code without running it, then the audit of dependencies."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jalons.kernel import dependencies

from .embedded import environment
from .leaks import leaks, tracked
from .preparing import ROOT, say

BIN = Path(sys.executable).parent
COMMANDS: dict[str, list[str]] = {
    "style": ["ruff", "check", "."],
    "mise en forme": ["ruff", "format", "--check", "."],
    "imports entre pièces": ["lint-imports"],
    "gabarits": ["djlint", "jalons", "--lint", "--quiet"],
    "types": ["mypy"],
}


def check(arguments: list[str]) -> int:
    """Runs everything, then says what failed; 0 when nothing did."""
    if arguments:
        say("dev.py check ne prend pas d’argument.")
        return 2
    steps: dict[str, Callable[[], bool]] = {
        name: lambda command=command: _passes(command)  # type: ignore[misc]
        for name, command in COMMANDS.items()
    }
    steps |= {"migrations et documents produits": _documents, "licences": licences}
    steps |= {"secrets": secrets, "audit": audit}
    failed = []
    for name, step in steps.items():
        say(f"== {name}")
        if not step():
            failed.append(name)
    say(f"Échec : {', '.join(failed)}" if failed else "Tout est bon.")
    return 1 if failed else 0


def _passes(command: list[str]) -> bool:
    program, *options = command
    return subprocess.run([str(BIN / program), *options], cwd=ROOT, check=False).returncode == 0


def _documents() -> bool:
    """No migration is missing, and the documents generated from the code are current."""
    commands = [["makemigrations", "--check", "--dry-run"], ["write_docs", "--check"]]
    with environment():
        results = [_managed(command) for command in commands]
    return all(results)


def _managed(command: list[str]) -> bool:
    line = [sys.executable, "-m", "jalons.config.manage", *command]
    return subprocess.run(line, cwd=ROOT, check=False).returncode == 0


def licences() -> bool:
    """Whether every package of a server comes under an allowed licence, with its hashes."""
    refused = dependencies.refused()
    locks = (dependencies.SERVER_LOCK, dependencies.WHOLE_LOCK)
    refused += [
        f"{package.name} : aucune empreinte dans {lock.name}"
        for lock in locks
        for package in dependencies.locked(lock)
        if not package.hashes
    ]
    for each in refused:
        say(each)
    return not refused


def secrets() -> bool:
    """Whether no tracked file holds a secret."""
    files = tracked(ROOT)
    if files is None:
        say("*** secrets non cherchés : ce dossier n’est pas suivi par git. ***")
        return True
    found = leaks(ROOT, files)
    for each in found:
        say(each)
    return not found


def audit() -> bool:
    """Known flaws of the locked dependencies: False on a flaw, or if only some were looked up."""
    command = [str(BIN / "pip-audit"), "--requirement=requirements.lock", "--disable-pip"]
    command += ["--require-hashes", "--format=json", "--progress-spinner=off", "--timeout=20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return _not_done(done.stderr.strip().splitlines()[-1:])
    return verdict(found)


def verdict(found: list[dict[str, Any]]) -> bool:
    """Judges pip-audit's list of dependencies, saying what is wrong."""
    skipped = [each["name"] for each in found if "skip_reason" in each]
    if len(skipped) == len(found):
        return _not_done([found[0]["skip_reason"]] if found else [])
    flawed = [each for each in found if each.get("vulns")]
    for each in flawed:
        ids = ", ".join(flaw["id"] for flaw in each["vulns"])
        say(f"{each['name']} {each['version']} : {ids}")
    if skipped:
        say(f"Non examinés alors que la source répondait : {', '.join(skipped)}")
    return not flawed and not skipped


def _not_done(reasons: list[str]) -> bool:
    """Without an advisory source, says so aloud; it is no failure of the code."""
    say("*** audit non fait : la source des avis de sécurité ne répond pas. ***")
    for reason in reasons:
        say(reason)
    return True
