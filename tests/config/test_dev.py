"""The entry point, which knows Python's library only."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tests.databases import ROOT


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No pip or uv setting of this machine's."""
    for name in (*dev.PIP_TO_UV.values(), "UV_INDEX_STRATEGY", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    for option in (*dev.PIP_TO_UV, "no-index"):
        monkeypatch.delenv("PIP_" + option.upper().replace("-", "_"), raising=False)
    monkeypatch.setattr(dev, "pip_files", lambda: [tmp_path / "pip.conf"])


def call(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "dev.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_alone_it_lists_its_commands() -> None:
    answer = call()
    assert answer.returncode == 0
    listed = [line.split()[0] for line in answer.stdout.splitlines() if line.startswith("  ")]
    assert listed == list(dev.COMMANDS)


def test_an_unknown_command_fails_and_lists_them() -> None:
    answer = call("serve")
    assert answer.returncode == 2
    assert "run" in answer.stdout


def test_it_needs_the_standard_library_only() -> None:
    line = [sys.executable, "-I", "-S", "-c", "import runpy; runpy.run_path('dev.py')"]
    subprocess.run(line, cwd=ROOT, check=True)


def test_modules_stay_compiled_whatever_the_environment_says() -> None:
    """Apart from the sources: the tree stays as clean as the variable asks."""
    given = {"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C"}
    kept = dev.with_bytecode(given)
    assert kept == {"LANG": "C", "PYTHONPYCACHEPREFIX": str(dev.TOOLS / "bytecode")}
    assert "PYTHONDONTWRITEBYTECODE" in given


def test_uv_is_told_what_pip_is(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://mirror.example/simple\ncert = /etc/cert.pem\n"
        "[install]\nfind_links =\n  /one\n  /two\nextra-index-url = a b\n"
    )
    told = dev.uv_environment()
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["SSL_CERT_FILE"] == "/etc/cert.pem"
    assert told["UV_FIND_LINKS"] == "/one,/two"
    assert told["UV_EXTRA_INDEX_URL"] == "a b"
    assert told["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_variables_win_over_files_and_uv_over_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = file\ntimeout = 5\n")
    monkeypatch.setenv("PIP_INDEX_URL", "variable")
    monkeypatch.setenv("UV_HTTP_TIMEOUT", "99")
    told = dev.uv_environment()
    assert told["UV_DEFAULT_INDEX"] == "variable"
    assert told["UV_HTTP_TIMEOUT"] == "99"
    assert "UV_INDEX_STRATEGY" not in told


@pytest.mark.parametrize(("value", "flags"), [("1", ["--no-index"]), ("0", [])])
def test_without_any_index(value: str, flags: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", value)
    assert dev.no_index() == flags


def test_a_broken_pip_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("no section = here")
    assert "UV_DEFAULT_INDEX" not in dev.uv_environment()


def test_without_pip_an_ordinary_user_is_told_the_one_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing: subprocess.CompletedProcess[str] = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: missing)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="sudo apt-get install -y python3-pip"):
        dev.ensure_pip()


def test_without_pip_root_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    def run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        called.append(" ".join(command))
        return subprocess.CompletedProcess(command, 1 if "pip" in command else 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    dev.ensure_pip()
    assert called[1:] == [
        "apt-get -qq update",
        "apt-get -qq install -y --no-install-recommends python3-pip",
    ]


@pytest.mark.parametrize("lock", [dev.LOCK, dev.SERVER_LOCK], ids=lambda file: file.name)
def test_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert text.count("==") > 20
    for entry in text.split("\n\n"):
        assert "==" not in entry or "--hash=sha256:" in entry
