"""Secrets that would have been committed: looked for in every tracked file."""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

SHAPES = {
    "clé privée": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "clé d’accès": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b"),
    "jeton": re.compile(
        r"\b(?:gh[opsur]_\w{36}|github_pat_\w{50}|glpat-[\w-]{20}|xox[abeprs]-[\w-]{20}"
        r"|npm_\w{36}|pypi-[\w-]{50}|[rs]k_live_\w{20}|hf_\w{30}|SG\.[\w-]{20}\.[\w-]{20})"
    ),
    "jeton signé": re.compile(r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}"),
}
"""What only a secret looks like."""

URL = re.compile(r"\b[a-z][a-z0-9+]*://[^\s/:@\"']*:([^\s/@\"'`]{4,})@")
NAMED = re.compile(
    r"(?i)(?:passw(?:or)?d|passwd|pwd|secret|token|credential|api_?key|access_?key|private_?key)"
    r"[\w\"'\]]*\s*(?::\s*[\w|\[\] ]+=|:=|=>|[:=])\s*[rbuf]?[\"']?([^\s\"'#,;)]{12,})"
)
"""A value given to a name that says it is secret."""
LITERAL = re.compile(r"[\"'=]([A-Za-z0-9+/_-]{32,}={0,2})(?=[\"'\s]|$)")
"""Letters and digits that no word has."""
PLACEHOLDER = re.compile(r"[…<>{}$*()\[\]|]|%[s(]|\.\.\.|\\", re.ASCII)
"""What documents and programs write in place of a secret: a variable, a call, a mark."""

NAMED_BITS, LITERAL_BITS = 3.3, 4.3
"""Entropy, in bits a sign, above which a value is no word."""
SKIPPED = {".lock", ".gz", ".woff2", ".ttf", ".svg", ".csv"}
"""Hashes, fonts and data: nobody keeps a secret there, and everything looks like one."""


def leaks(root: Path, files: Iterable[str]) -> list[str]:
    """« file:line : kind » of all that looks like a secret; what is found is never said."""
    found = []
    for name in files:
        path = root / name
        if path.suffix not in SKIPPED and path.is_file():
            lines = path.read_text(errors="replace").splitlines()
            for number, line in enumerate(lines, 1):
                found += [f"{name}:{number} : {kind}" for kind in kinds(line)]
    return found


def kinds(line: str) -> Iterator[str]:
    """What a line seems to give away."""
    yield from (kind for kind, shape in SHAPES.items() if shape.search(line))
    if any(not PLACEHOLDER.search(password) for password in URL.findall(line)):
        yield "mot de passe dans une adresse"
    if any(_drawn(value, NAMED_BITS) for value in NAMED.findall(line)):
        yield "valeur d’un nom secret"
    elif any(_drawn(value, LITERAL_BITS) and _mixed(value) for value in LITERAL.findall(line)):
        yield "suite tirée au hasard"


def tracked(root: Path) -> list[str] | None:
    """The files that git follows; None where there is no git."""
    command = ["git", "ls-files", "-z"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return None if done.returncode else [name for name in done.stdout.split("\0") if name]


def _drawn(value: str, bits: float) -> bool:
    """Drawn at random rather than written by somebody."""
    if PLACEHOLDER.search(value) or not re.search(r"\d", value):
        return False
    counts = Counter(value).values()
    entropy = -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
    return entropy >= bits


def _mixed(value: str) -> bool:
    return bool(re.search("[a-z]", value) and re.search("[A-Z]", value))
