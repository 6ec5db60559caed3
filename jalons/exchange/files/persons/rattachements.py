"""The « rattachements » file: professionals given to persons named by our own identifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jalons.access.actor import Actor
from jalons.kernel import clock
from jalons.people.arrivals.rules import ADDED, ATTACHED, Flow

from .. import values
from ..cells import Cells
from ..columns import Column
from ..values import Bad
from .directory import Directory
from .formats import Attributes, Find, Saying, Together

KEY = "Identifiant Carnet de bord"
COLUMNS = (
    Column(KEY, required=True, example="0190a000-0000-7000-8000-000000000000"),
    Column("Prénom", example="Camille"),
    Column("Nom", example="Exemple"),
    Column("Date de naissance", example="22/04/1997"),
    Column("Accompagnateurs", required=True, example="hugo.marande@ateliers.example"),
)
OF = {ADDED: "Accompagnateurs", ATTACHED: "Accompagnateurs"}


@dataclass(frozen=True)
class Rattachements:
    directory: Directory
    flow: Flow
    kind = "rattachements"
    columns = COLUMNS
    find: Find = "key"
    shared_numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, actor: Actor, own: str = "") -> "Rattachements":
        del own
        flow = Flow("rattachements", "partner", clock.today(), opens=False)
        return cls(Directory.of(actor), flow)

    def read(self, cells: Cells) -> Saying:
        key = cells.value(KEY, _key, required=True)
        cells.text("Accompagnateurs", 2000, required=True)
        said: Attributes = {
            "given_name": cells.value("Prénom", values.name),
            "family_name": cells.value("Nom", values.name),
            "birth_date": cells.value("Date de naissance", values.birth_date),
            ADDED: self.directory.professionals(cells, "Accompagnateurs"),
        }
        kept = {name: value for name, value in said.items() if value}
        return Saying(cells.number, kept, key=key)

    def agree(self, sayings: Sequence[Saying]) -> Together:
        """Each row adds what it says."""
        return Together({each.number: each.values for each in sayings})

    def column_of(self, attribute: str) -> str:
        return OF[attribute]


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        message = "Cet identifiant n’est pas celui d’un dossier d’ici."
        raise Bad("bad_format", message) from None
