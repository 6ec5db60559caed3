"""The commands of `dev.py`, once the dependencies are installed."""

import inspect
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from fcntl import LOCK_EX, LOCK_NB, flock
from importlib import import_module

from . import checking, running, testing
from .embedded import environment, var
from .postgres import Cluster, PostgresError, bin_path
from .preparing import ROOT, collect_static, load_demo, prepare_database, say

WITHOUT_DATA = {
    "check",
    "collectstatic",
    "help",
    "load_demo",
    "makemigrations",
    "migrate",
    "new_keys",
    "prepare_database",
    "sbom",
    "showmigrations",
    "sqlmigrate",
    "write_docs",
}
"""Commands that need no prepared database."""


def manage(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
    with environment():
        if arguments and arguments[0] not in WITHOUT_DATA and os.environ.get("JALONS_EMBEDDED"):
            prepare_database()
            load_demo()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["dev.py manage", *arguments])
    return 0


def bench(arguments: list[str]) -> int:
    """Runs `bench.<name>.run(quick=…)`: JSON lines on standard output.

    `--persons=N` asks for another size than the measure's own, `--events=0` for persons without a
    journal, `--existing A.csv` for files of one's own: each says in its first lines what it takes.
    """
    known = measures()
    name, wanted = _asked(arguments)
    if name not in known:
        say(f"dev.py bench NOM [--quick] [--persons=N], où NOM est : {', '.join(known)}")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
    with environment():
        prepare_database()
        collect_static()
        import django

        django.setup()
        run = import_module(f"bench.{name}").run
        if unknown := set(wanted) - set(inspect.signature(run).parameters):
            say(f"{name} ne prend pas : {', '.join(sorted(unknown))}.")
            return 2
        run(**{"quick": False, **wanted})
    return 0


def _asked(arguments: list[str]) -> tuple[str, dict[str, object]]:
    """The measure, and its options: `--quick`, `--name=value` or `--name value`."""
    names: list[str] = []
    wanted: dict[str, object] = {}
    words = iter(arguments)
    for word in words:
        if word == "--quick":
            wanted["quick"] = True
        elif word.startswith("--"):
            key, given, value = word[2:].partition("=")
            said = value if given else next(words, "")
            wanted[key] = int(said) if said.isdigit() else said
        else:
            names.append(word)
    return (names[0] if len(names) == 1 else ""), wanted


def measures() -> list[str]:
    """The modules of `bench` that measure something by themselves."""
    files = sorted((ROOT / "bench").glob("*.py"))
    return [file.stem for file in files if "\ndef run(" in file.read_text()]


def reset(arguments: list[str]) -> int:
    """Deletes the embedded clusters and `var/`; refused on another server or while one is used."""
    if arguments or os.environ.get("DATABASE_URL"):
        say("reset n’efface que la base embarquée : il est refusé quand DATABASE_URL est donné.")
        return 2
    folders = sorted(var().glob("pg*"))
    for folder in folders:
        with (folder / "users.lock").open("w") as users:
            try:
                flock(users, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                say("La base embarquée sert à une autre commande : arrêtez-la d’abord.")
                return 1
            Cluster(folder, bin_path()).remove()
    shutil.rmtree(var(), ignore_errors=True)
    say(f"Effacé : {var()}")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": running.run,
    "test": testing.test,
    "check": checking.check,
    "bench": bench,
    "manage": manage,
    "reset": reset,
}


def main(command: str, arguments: list[str]) -> int:
    try:
        return COMMANDS[command](arguments)
    except PostgresError as error:
        say(str(error))
    except subprocess.CalledProcessError as error:
        say(f"Échec : {' '.join(map(str, error.cmd))}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
