"""The « réorientations » file: who follows a known person, added and removed, row after row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jalons.access.actor import Actor
from jalons.kernel import clock
from jalons.people.arrivals.rules import ADDED, ATTACHED, REMOVED, Flow

from .. import values
from ..cells import Cells
from ..columns import Column
from .directory import Directory, Pair
from .formats import Attributes, Find, Saying, Together

COLUMNS = (
    Column("Prénom", required=True, example="Camille"),
    Column("Nom", required=True, example="Exemple"),
    Column("Date de naissance", required=True, example="22/04/1997"),
    Column("Accompagnateurs à ajouter", example="hugo.marande@ateliers.example"),
    Column("Accompagnateurs à supprimer", example="lou@ateliers.example"),
    Column("Structures à rattacher", example="Les Ateliers du Fil"),
)
OF = {
    "family_name": "Nom",
    "given_name": "Prénom",
    "birth_date": "Date de naissance",
    ADDED: "Accompagnateurs à ajouter",
    ATTACHED: "Accompagnateurs à ajouter",
    REMOVED: "Accompagnateurs à supprimer",
}


@dataclass(frozen=True)
class Reorientations:
    directory: Directory
    flow: Flow
    kind = "reorientations"
    columns = COLUMNS
    find: Find = "names"
    shared_numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, actor: Actor, own: str = "") -> "Reorientations":
        del own
        flow = Flow("reorientations", "partner", clock.today(), opens=False)
        return cls(Directory.of(actor), flow)

    def read(self, cells: Cells) -> Saying:
        structures = self.directory.structures(cells, "Structures à rattacher")
        added = self.directory.professionals(cells, "Accompagnateurs à ajouter")
        removed = self.directory.professionals(cells, "Accompagnateurs à supprimer")
        said: Attributes = {
            "given_name": cells.value("Prénom", values.name, required=True),
            "family_name": cells.value("Nom", values.name, required=True),
            "birth_date": cells.value("Date de naissance", values.birth_date, required=True),
            ADDED: [*([place, ""] for place in structures), *added],
            REMOVED: [["", account] for _, account in removed],
        }
        return Saying(cells.number, {name: value for name, value in said.items() if value})

    def agree(self, sayings: Sequence[Saying]) -> Together:
        """The rows follow one another: what a later row undoes is not done at all.

        What is left of each row is the end of the story, which the same file told again finds done.
        """
        last = {key: each.number for each in sayings for key in _acts(each)}
        kept = {each.number: _kept(each, last) for each in sayings}
        return Together(kept)

    def column_of(self, attribute: str) -> str:
        return OF[attribute]


def _acts(saying: Saying) -> Iterator[str]:
    """On whom the row acts; within a row, removals come first."""
    for name in (REMOVED, ADDED):
        for pair in saying.values.get(name, []):
            yield _whom(pair)


def _whom(pair: Pair) -> str:
    """A professional, wherever they work; else the structure."""
    organization, account = pair
    return account or organization


def _kept(saying: Saying, last: dict[str, int]) -> Attributes:
    added = [each for each in saying.values.get(ADDED, []) if last[_whom(each)] == saying.number]
    again = {_whom(each) for each in added}
    removed = [
        each
        for each in saying.values.get(REMOVED, [])
        if last[_whom(each)] == saying.number and _whom(each) not in again
    ]
    left = {ADDED: added, REMOVED: removed}
    said = {name: value for name, value in saying.values.items() if name not in left}
    return said | {name: pairs for name, pairs in left.items() if pairs}
