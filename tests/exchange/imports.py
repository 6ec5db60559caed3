"""A consortium, and files imported into it."""

import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.territories.models import Organization, Territory
from tests.exchange.tables import csv_of
from tests.worlds import a_mandate, a_territory, an_organization


@dataclass
class Consortium:
    """A territory of Belfort alone, its organization, and where files are written."""

    territory: Territory
    home: Organization
    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Consortium":
        territory = a_territory()
        return cls(territory, an_organization(territory, "Conseil du Fil"), folder)

    def email(self, role: Role, organization: Organization | None = None) -> str:
        """The e-mail of a new account that holds this role."""
        mandate = a_mandate(organization or self.home, role)
        return Account.objects.get(pk=mandate.account_id).email

    def load(
        self,
        content: bytes,
        kind: str = "structures",
        *options: str,
        name: str = "liste.csv",
        email: str = "",
    ) -> dict[str, Any]:
        """What `import_file --apply` answers; raises CommandError. A coordinator's by default."""
        return self.run(content, kind, "--apply", *options, name=name, email=email)

    def run(
        self, content: bytes, kind: str, *options: str, name: str = "liste.csv", email: str = ""
    ) -> dict[str, Any]:
        path = self.folder / name
        path.write_bytes(content)
        written = StringIO()
        command = [kind, str(path), f"--territory={self.territory.code}"]
        command.append(f"--as={email or self.email(Role.COORDINATOR)}")
        call_command("import_file", *command, *options, stdout=written)
        answer: dict[str, Any] = json.loads(written.getvalue().splitlines()[-1])
        counts = ("created", "updated", "unchanged", "ambiguous", "rejected")
        assert sum(answer[name] for name in counts) == answer["rows"]
        return answer

    def structures(self, *rows: dict[str, str]) -> dict[str, Any]:
        return self.load(csv_of(*rows))

    def refusal(self, content: bytes, *options: str, **named: Any) -> str:
        """The message of a file that is not read: exit code 2."""
        with pytest.raises(CommandError) as refused:
            self.load(content, *options, **named)
        assert refused.value.returncode == 2
        return str(refused.value)


def counted(answer: dict[str, Any]) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: value for name, value in answer.items() if isinstance(value, int) and value}


def kinds(remarks: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["value_kind"]) for one in remarks]
