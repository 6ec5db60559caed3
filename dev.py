#!/usr/bin/env python3
"""The only command to know: `python3 dev.py` lists what it does.

It needs Python 3.11 and nothing else: it installs the locked dependencies into `.venv` (with uv,
fetched into `.tools` when the machine has none), then hands over to `jalons.config.launch` there.
It installs from wherever pip is configured to.
"""

import configparser
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
SERVER_LOCK = ROOT / "requirements-server.lock"
STAMP = VENV / "installed"

COMMANDS = {
    "run": "démarre Jalons et sa démonstration sur http://127.0.0.1:8000 (Ctrl-C pour arrêter)",
    "test": "passe tous les tests (--long : en taille réelle ; le reste va à pytest)",
    "check": "relit le code : style, types, imports, gabarits, documents produits, audit",
    "bench": "mesure (bench NOM [--quick]) ; sans nom, liste les mesures",
    "manage": "une commande de Django (manage shell, manage who_saw…)",
    "lock": "refait les fichiers .lock d’après pyproject.toml (--upgrade : au plus récent)",
    "reset": "efface la base embarquée et tout ce que contient var/",
}

PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
}


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Jalons demande Python 3.11 ou plus récent.")
    command, *arguments = sys.argv[1:] or ["help"]
    if command not in COMMANDS:
        describe()
        sys.exit(0 if command in {"help", "-h", "--help"} else 2)
    os.chdir(ROOT)
    if command == "lock":
        make_lock(arguments)
        return
    install()
    python = str(VENV / "bin" / "python")
    line = [python, "-m", "jalons.config.launch", command, *arguments]
    os.execve(python, line, with_bytecode(os.environ))


def with_bytecode(environment: Mapping[str, str]) -> dict[str, str]:
    """Compiled modules are kept, apart from the sources; each process would compile them again."""
    kept = {**environment, "PYTHONPYCACHEPREFIX": str(TOOLS / "bytecode")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


def describe() -> None:
    print("python3 dev.py COMMANDE\n")
    for name, what in COMMANDS.items():
        print(f"  {name:<8}{what}")


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def install() -> None:
    """Brings `.venv` to what the lock says; does nothing when it is there already."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if installed() == wanted:
        return
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if installed() == wanted:
            return
        say("Installation des dépendances dans .venv…")
        uv = find_uv()
        if not (VENV / "bin" / "python").exists():
            call([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])
        target = ["--python", str(VENV / "bin" / "python")]
        call([uv, "pip", "sync", *target, "--require-hashes", *no_index(), str(LOCK)])
        STAMP.write_text(wanted)


def installed() -> str:
    return STAMP.read_text() if STAMP.exists() else ""


def make_lock(arguments: list[str]) -> None:
    """Locks everything, then what a server needs; with hashes, without any address.

    `--upgrade` takes the newest versions.
    """
    options = ["--generate-hashes", "--universal", "--no-header", "--quiet"]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11"]
    compiled = [find_uv(), "pip", "compile", *options, "pyproject.toml"]
    # A machine's own packages would leave their hashes alone in the lock.
    environment = {**uv_environment(), "UV_FIND_LINKS": "", "UV_EXTRA_INDEX_URL": ""}
    call([*compiled, *arguments, "--all-extras", "-o", LOCK.name], environment)
    call([*compiled, "--constraint", LOCK.name, "-o", SERVER_LOCK.name], environment)


def call(command: list[str], environment: dict[str, str] | None = None) -> None:
    chosen = environment or uv_environment()
    done = subprocess.run(command, check=False, env=chosen, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"Échec : {' '.join(command)}")


def find_uv() -> str:
    """The path of uv: the machine's, else the one in `.tools`, fetched with pip at need."""
    if found := shutil.which("uv"):
        return found
    own = TOOLS / "bin" / "uv"
    if not own.exists():
        ensure_pip()
        say("Installation de uv dans .tools…")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        call([*pip, "--target", str(TOOLS), "--upgrade", "uv"])
    return str(own)


def ensure_pip() -> None:
    """As root, installs Debian's pip when it is missing; else says the one command to run."""
    probe = [sys.executable, "-m", "pip", "--version"]
    if subprocess.run(probe, check=False, capture_output=True).returncode == 0:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit("Il manque pip. Une seule commande : sudo apt-get install -y python3-pip")
    say("Installation de python3-pip…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", "python3-pip"]):
        apt = ["apt-get", "-qq", *step]
        if subprocess.run(apt, check=False, env=quiet, stdout=sys.stderr).returncode:
            sys.exit(f"Échec : {' '.join(apt)}")


def uv_environment() -> dict[str, str]:
    """The environment, with what pip is told about indexes said in uv's words too."""
    found = dict(os.environ)
    pip = pip_settings()
    for option, variable in PIP_TO_UV.items():
        if pip.get(option):
            separator = "," if option == "find-links" else " "
            found.setdefault(variable, separator.join(pip[option].split()))
    if "extra-index-url" in pip:
        # pip looks everywhere, uv stops at the first index; the hashes make it safe.
        found.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    if not writable_home():
        found.setdefault("UV_CACHE_DIR", str(TOOLS / "cache"))
    found.setdefault("UV_PYTHON_DOWNLOADS", "never")
    return found


def no_index() -> list[str]:
    return ["--no-index"] if pip_settings().get("no-index", "") in {"1", "true", "yes"} else []


def writable_home() -> bool:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    nearest = next(parent for parent in (cache, *cache.parents) if parent.exists())
    return os.access(nearest, os.W_OK)


def pip_settings() -> dict[str, str]:
    """pip's options from its files, the strongest last, then from PIP_… variables."""
    found: dict[str, str] = {}
    for file in pip_files():
        parser = configparser.RawConfigParser()
        try:
            parser.read(file)
        except (OSError, configparser.Error):
            continue
        for section in ("global", "install"):
            if parser.has_section(section):
                found |= {key.replace("_", "-"): value for key, value in parser.items(section)}
    for name, value in os.environ.items():
        if name.startswith("PIP_"):
            found[name[4:].lower().replace("_", "-")] = value
    return found


def pip_files() -> list[Path]:
    home = Path("~").expanduser()
    shared = os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    own = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    files = [Path(folder) / "pip" / "pip.conf" for folder in shared.split(":")]
    files += [Path("/etc/pip.conf"), home / ".pip" / "pip.conf", own / "pip" / "pip.conf"]
    files.append(Path(sys.prefix) / "pip.conf")
    given = os.environ.get("PIP_CONFIG_FILE")
    if given == os.devnull:
        return []
    return [*files, Path(given)] if given else files


if __name__ == "__main__":
    main()
