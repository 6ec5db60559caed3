"""An import at work: whose rows it opens, in whose name it acts, and each step of its workflow."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.journal.models import Event
from jalons.kernel import clock, jobs, row_security
from jalons.territories.actors import actor_of
from jalons.territories.queries import mandates_in_force

from .models import Import
from .rules import IMPORT


@dataclass(frozen=True)
class Run:
    """The keys of an import, and those that open its rows."""

    key: UUID
    territory: int
    account: UUID

    @classmethod
    def of(cls, found: Import) -> "Run":
        return cls(found.pk, found.territory_id, found.account_id)

    def context(self) -> AbstractContextManager[None]:
        return row_security.context([self.territory], self.account)

    def hold(self, *states: str) -> Import | None:
        """The import, locked, when it is in one of these states."""
        rows = Import.objects.select_for_update(of=["self"]).select_related("organization")
        return rows.filter(pk=self.key, state__in=states).first()

    def enqueue(self, job: str) -> None:
        """The imports of a territory follow one another: none waits inside the worker."""
        jobs.enqueue(
            job,
            lock=f"exchange.import {self.territory}",
            key=str(self.key),
            territory=self.territory,
            account=str(self.account),
        )


def acting(found: Import) -> Actor | None:
    """Who sent the file, if the account and its mandate still allow what they did then."""
    for mandate in mandates_in_force(found.account_id, clock.today()):
        if mandate.pk == found.mandate_id and mandate.role == found.role:
            return actor_of(mandate.account, mandate)
    return None


def move(actor: Actor, found: Import, act: str, **values: Any) -> Event:
    """Takes a locked import to its next state. Raises Impossible."""
    found.state = IMPORT.target(act, found.state)
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=["state", *values])
    return tell(actor, found, found.state)


def tell(actor: Actor, found: Import, what: str) -> Event:
    return record(
        actor,
        f"exchange.import_{what}",
        object_kind="file_import",
        object_key=found.pk,
        payload={"kind": found.kind, "rows": found.rows, "counts": found.counts},
    )
