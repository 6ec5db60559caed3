"""Row 31: no secret is committed. The planted ones are drawn here: this file is looked at too."""

import base64
import secrets
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from jalons.config import checking
from jalons.config.leaks import kinds, leaks, tracked
from tests.databases import ROOT


def _drawn(length: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "7" + "".join(secrets.choice(alphabet) for _ in range(length - 1))


def _signed() -> str:
    parts = [base64.urlsafe_b64encode(b'{"alg":"HS256","n":%d}' % number) for number in (1, 2)]
    return ".".join(part.decode().rstrip("=") for part in parts) + "." + _drawn(43)


PLANTED: dict[str, Callable[[], str]] = {
    "private key": lambda: "-----BEGIN RSA " + "PRIVATE KEY-----",
    "access key": lambda: f"key: AKIA{_drawn(16, string.ascii_uppercase + string.digits)}",
    "token of a forge": lambda: f"token: gh{'p'}_{_drawn(36)}",
    "token of a chat": lambda: f"xox{'b'}-{_drawn(12)}-{_drawn(24)}",
    "signed token": _signed,
    "password in an address": lambda: f"DATABASE_URL=postgresql://jalons:{_drawn(10)}@db/jalons",
    "python": lambda: f'SECRET_KEY = "{_drawn(50)}"',
    "typed python": lambda: f'API_KEY: str = "{_drawn(32)}"',
    "shell": lambda: f"export DB_PASSWORD={_drawn(24)}",
    "json": lambda: f'{{"client_secret": "{_drawn(40)}"}}',
    "yaml": lambda: f"password: {_drawn(24)}",
    "unnamed": lambda: f'signer = Signer("{_drawn(44)}")',
}


@pytest.mark.parametrize("secret", PLANTED)
def test_a_planted_secret_is_found(tmp_path: Path, secret: str) -> None:
    for _ in range(20):
        line = PLANTED[secret]()
        (tmp_path / "settings.py").write_text(f"# Settings\n\n{line}\n")
        found = leaks(tmp_path, ["settings.py"])
        assert found, line
        assert all(each.startswith("settings.py:3 : ") for each in found)
        assert _not_said(line, found)


def _not_said(line: str, found: list[str]) -> bool:
    return not any(line[at : at + 12] in each for each in found for at in range(len(line) - 12))


@pytest.mark.parametrize(
    "line",
    [
        "postgresql://jalons_app:…@host/jalons",
        "f'postgresql://{user}:{password}@{host}/x'",
        'password = request.POST["password"]',
        'SECRET_KEY = os.environ["JALONS_SECRET_KEY"]',
        "psql -v owner_password=$OWNER_PASSWORD",
        'PASSWORD = "quatre chevaux sous la pluie"',
        'TOKEN = re.compile(r"csrfmiddlewaretoken")',
        "token_digest = models.BinaryField(unique=True)",
        'name = "test_the_codes_of_recovery_are_given_once_and_for_all"',
        'key = "0198f3a2-7c11-7000-8000-3d1f7a20b9c4"',
    ],
)
def test_what_is_no_secret_is_not_blamed(line: str) -> None:
    assert list(kinds(line)) == []


def test_the_repository_holds_none() -> None:
    files = tracked(ROOT)
    if files is None:
        pytest.skip("Ce dossier n’est pas suivi par git.")
    assert len(files) > 400
    assert leaks(ROOT, files) == []


def test_without_git_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tracked(tmp_path) is None
    monkeypatch.setattr(checking, "ROOT", tmp_path)
    assert checking.secrets()
    assert "secrets non cherchés" in capsys.readouterr().err
