"""Files sent on the pages of imports, and the jobs that work on them."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.exchange.contents import keep
from jalons.exchange.files.bounds import Sheet
from jalons.exchange.models import Import, ImportedFile, ImportedRow
from jalons.journal import events
from jalons.kernel import jobs
from jalons.territories.models import Organization, Territory
from tests.clients import client_for
from tests.exchange.tables import STRUCTURE, csv_of
from tests.worlds import a_territory, an_actor, an_organization, within


@dataclass
class Desk:
    """Somebody who imports files in a territory: Belfort, for the postcodes."""

    territory: Territory
    home: Organization
    actor: Actor
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        self.client = client_for(self.actor)

    @classmethod
    def of(cls, role: Role = Role.COORDINATOR) -> "Desk":
        territory = a_territory()
        home = an_organization(territory, "Conseil du Fil")
        return cls(territory, home, an_actor(home, role))

    def colleague(self, role: Role) -> "Desk":
        return Desk(self.territory, self.home, an_actor(self.home, role))

    def context(self) -> Any:
        return within(self.territory.pk, account=self.actor.account)

    def post(
        self,
        content: bytes,
        kind: str = "structures",
        name: str = "liste.csv",
        organization: str = "",
    ) -> Any:
        file = BytesIO(content)
        file.name = name
        form = {"kind": kind, "file": file, "organization": organization}
        return self.client.post("/imports/nouveau/", form)

    def send(self, *rows: dict[str, str], **options: str) -> str:
        """The address of the import of a file that was accepted."""
        answer = self.post(csv_of(*rows), **options)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer.url)

    def checked(self, *rows: dict[str, str], **options: str) -> str:
        url = self.send(*rows, **options)
        work()
        return url

    def apply(self, url: str) -> None:
        assert self.client.post(f"{url}importer/").status_code == 302

    def imported(self, *rows: dict[str, str], **options: str) -> str:
        url = self.checked(*rows, **options)
        self.apply(url)
        work()
        return url

    def read(self, url: str) -> str:
        return " ".join(self.client.get(url).content.decode().split())

    def found(self, url: str) -> Import:
        with self.context():
            return Import.objects.get(pk=key_of(url))

    def rows(self, url: str) -> list[ImportedRow]:
        with self.context():
            found = ImportedRow.objects.filter(file_import=key_of(url))
            return list(found.order_by("number"))

    def kept(self, url: str) -> bool:
        with self.context():
            return ImportedFile.objects.filter(file_import=key_of(url)).exists()


def an_import(actor: Actor, state: str = "checked", **values: Any) -> Import:
    """A file of one row in this state, written in the open context without any act."""
    events.append("exchange.import_received", territory=actor.territory)
    owner: dict[str, Any] = {"territory_id": actor.territory, "account_id": actor.account}
    sender: dict[str, Any] = {"mandate_id": actor.mandate, "role": actor.role}
    found = Import.objects.create(
        **owner,
        **sender,
        digest=b"x",
        state=state,
        **{"kind": "structures", "file_name": "structures.csv", "rows": 1} | values,
    )
    keep(found, Sheet(list(STRUCTURE), [list(STRUCTURE.values())], len(STRUCTURE)))
    ImportedRow.objects.create(**owner, file_import=found, number=1, foreseen="created")
    return found


def key_of(url: str) -> UUID:
    return UUID(url.strip("/").split("/")[1])


def work() -> None:
    """Does the jobs that wait, in the order in which they were asked for."""
    while row := ProcrastinateJob.objects.filter(status="todo").order_by("id").first():
        jobs.perform(jobs.registered()[row.task_name], row.pk, dict(row.args))
        forget(row.pk)


def forget(number: int) -> None:
    """Takes a job off the list, as the worker does once it is done."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])
