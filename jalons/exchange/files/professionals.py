"""The « professionnels » file: somebody expected in one organization a row, as a practitioner."""

from collections.abc import Sequence
from dataclasses import dataclass

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.access.table import INVITE
from jalons.territories.actions.outcomes import Outcome
from jalons.territories.models import Organization
from jalons.territories.team.actions.prepare_invitation import Guest, prepare_invitation

from . import values
from .agreement import Claim, Said
from .cells import Cells
from .columns import Column
from .formats import Done, Row

COLUMNS = (
    Column("Courriel", required=True, example="exemple@atelier.example"),
    Column("Prénom", required=True, example="Jeanne"),
    Column("Nom", required=True, example="Doucet"),
    Column("Téléphone", example="06 39 98 00 13"),
    Column("Fonction", example="conseillère en insertion"),
)
NAMES = {
    "Courriel": "email",
    "Prénom": "given_name",
    "Nom": "family_name",
    "Téléphone": "phones",
    "Fonction": "function",
}


@dataclass(frozen=True)
class Professionals:
    organization: Organization
    act = INVITE
    columns = COLUMNS

    def read(self, cells: Cells) -> Said:
        return {
            "Courriel": cells.value("Courriel", values.email, required=True),
            "Prénom": cells.text("Prénom", 100, required=True),
            "Nom": cells.text("Nom", 100, required=True),
            "Téléphone": cells.phones("Téléphone"),
            "Fonction": cells.text("Fonction", 150),
        }

    def claims(self, rows: Sequence[Row]) -> dict[int, list[Claim]]:
        return {row.number: [Claim(str(row.said["Courriel"]), row.said)] for row in rows}

    def apply(self, actor: Actor, claims: list[Said]) -> Done:
        said = {name: claims[0].get(column) for column, name in NAMES.items()}
        guest = Guest(**{name: value for name, value in said.items() if value})  # type: ignore[arg-type]
        outcome = prepare_invitation(actor, self.organization, Role.PRACTITIONER, guest)
        return Done(outcome, self.organization.pk, outcome is Outcome.CREATED)
