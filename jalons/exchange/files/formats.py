"""What a format of file is: its columns, what a row says, and the acts that it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from jalons.access.actor import Actor
from jalons.territories.actions.outcomes import Outcome

from .agreement import Claim, Said
from .cells import Cells
from .columns import Column

SEVERAL = (
    "Plusieurs structures portent ce nom à ce code postal. Ajoutez le SIRET pour dire laquelle."
)


class AmbiguousRow(Exception):
    """What the row speaks of is not known for sure: the column that would tell, and why."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


@dataclass(frozen=True)
class Row:
    """A row without error: its number in the file, and what it says."""

    number: int
    said: Said


@dataclass(frozen=True)
class Done:
    """What a row has changed, in which organization, and whether it prepared an invitation."""

    outcome: Outcome
    organization: UUID
    invited: bool


class Format(Protocol):
    """One module a format; `act` is what the policy is asked."""

    @property
    def act(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...

    def read(self, cells: Cells) -> Said:
        """The values of a row by column; what is wrong with them is remarked in `cells`."""

    def claims(self, rows: Sequence[Row]) -> dict[int, list[Claim]]:
        """What each row speaks of; nothing for an ambiguous one."""

    def apply(self, actor: Actor, claims: list[Said]) -> Done:
        """Does what a row asks, given what the file says of each of its claims.

        Raises Refused, AmbiguousRow.
        """
