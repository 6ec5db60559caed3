"""The RSA flow of the CAF and the MSA as persons: their names, their numbers, their right.

The household's number is everybody's in it: it tells nobody apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from django.db.models import Q

from jalons.access.actor import Actor
from jalons.kernel import clock, row_security
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.models import Commune
from jalons.people.arrivals.rules import FACT, Flow
from jalons.people.matching import match
from jalons.territories.models import Territory

from .. import values
from ..cells import Cells
from ..columns import Column, heading
from ..values import Bad
from .agreeing import together
from .formats import Attributes, Find, Saying, Table, Together, records
from .rsa_flow import RsaFlow
from .rsa_rows import CAF, CLOSED, HEADERS, MSA, OPEN, YES, Door

REQUIRED = ("NOM", "PRENOM", "DTNAI")
EXAMPLES = {"NOM": "EXEMPLE", "PRENOM": "CAMILLE", "DTNAI": "1997-04-22", "ETATDOSRSA": "2"}
COLUMNS = tuple(
    Column(name, required=name in REQUIRED, example=EXAMPLES.get(name, "")) for name in HEADERS
)
OF = {
    "family_name": "NOM",
    "birth_name": "NOMNAI",
    "given_name": "PRENOM",
    "birth_date": "DTNAI",
    "nir": "NIR",
    "ft": "IDASSEDIC",
    "caf": CAF,
    "msa": MSA,
    f"{FACT}rsa": "ETATDOSRSA",
    f"{FACT}brsa": "TOPPERSDRODEVORSA",
    f"{FACT}rsa_suspension": "MOTISUSVERSRSA",
    f"{FACT}rsa_closing": "MOTICLORSA",
}
NOTHING = ["", ""]
NOTE = (
    "Le numéro CAF ou MSA est celui du foyer\u00a0: à lui seul, il ne fait reconnaître personne. Le"
    " reste du flux n’est gardé nulle part."
)


@dataclass(frozen=True)
class CafRsa:
    flow: Flow
    kind = "caf-rsa"
    columns = COLUMNS
    find: Find = "match"
    shared_numbers: frozenset[str] = frozenset({"caf", "msa"})

    @classmethod
    def of(cls, actor: Actor, own: str = "") -> "CafRsa":
        del own
        return cls(Flow(f"caf-rsa:{actor.organization}", "caf_flow", clock.today()))

    def read(self, cells: Cells) -> Saying:
        said: Attributes = {
            "family_name": cells.value("NOM", values.name, required=True),
            "birth_name": cells.taken("NOMNAI", values.name),
            "given_name": cells.value("PRENOM", values.name, required=True),
            "birth_date": cells.value("DTNAI", values.birth_date, required=True),
            "nir": cells.value("NIR", values.nir),
            "ft": cells.taken("IDASSEDIC", values.france_travail),
            "caf": cells.taken(CAF, values.caf),
            "msa": cells.taken(MSA, values.msa),
            **_right(cells),
        }
        if said["birth_name"] == said["family_name"]:
            del said["birth_name"]
        return Saying(cells.number, {name: value for name, value in said.items() if value})

    def agree(self, sayings: Sequence[Saying]) -> Together:
        """An open right speaks for somebody whom another household's closed one names too."""
        opened = [saying for saying in sayings if not _is_closed(saying)]
        if not opened:
            return together(sayings)
        agreed = together(opened)
        said = next(iter(agreed.values.values()), None)
        for saying in sayings:
            if said and saying.number not in agreed.conflicts:
                agreed.values.setdefault(saying.number, said)
        return agreed

    def column_of(self, attribute: str) -> str:
        return OF.get(attribute, COLUMNS[0].name)


def opened(file: BinaryIO, name: str, actor: Actor) -> Table:
    """Raises Unreadable, at once or while the rows are read."""
    del name
    return Door(_communes(actor), lambda rows: _known(actor, rows)).table(RsaFlow(file))


def _communes(actor: Actor) -> frozenset[str]:
    """Those of the territory, and what each was made of: a flow writes either."""
    assert actor.territory
    inside = Territory.objects.values_list("communes", flat=True).get(pk=actor.territory)
    rows = Commune.objects.filter(Q(code__in=inside) | Q(parent__in=inside))
    return frozenset(inside) | frozenset(rows.values_list("code", flat=True))


def _known(actor: Actor, rows: Sequence[list[str]]) -> set[int]:
    """Those who are somebody known for sure; who is protected never is."""
    assert actor.territory
    assert actor.organization
    form, found = CafRsa.of(actor), heading(HEADERS, COLUMNS)
    cells = [Cells(rank, found, row) for rank, row in enumerate(rows)]
    read = [(form.read(each), each.errors) for each in cells]
    sayings = [saying for saying, errors in read if not errors]
    if not sayings:
        return set()
    with row_security.context(actor.territories, actor.account):
        verdicts = match(actor.territory, records(sayings), actor.organization)
        return {verdict.number for verdict in verdicts if verdict.outcome == "same"}


def _code(name: str, text: str) -> str:
    """Our code of what the CAF calls so."""
    found = nomenclature.of_partner(name, "caf", text.upper())
    if found is None:
        raise Bad("unknown_code", "Ce code n’est pas connu.")
    return found.code


CLOSING, SUSPENSION = partial(_code, "rsa_closing"), partial(_code, "rsa_suspension")


def _right(cells: Cells) -> dict[str, Any]:
    """The right to the RSA, why it is suspended or closed, and whether it binds to duties."""
    state = cells.raw("ETATDOSRSA")
    right = cells.coded("ETATDOSRSA", partial(_code, "rsa_right"))
    closed_on = cells.taken("DTCLORSA", values.day) if state in CLOSED else ""
    since = [closed_on] if closed_on else []
    closing = cells.coded("MOTICLORSA", CLOSING) if state in CLOSED else None
    suspension = cells.coded("MOTISUSVERSRSA", SUSPENSION) if state in OPEN else None
    bound = cells.raw("TOPPERSDRODEVORSA")
    said: dict[str, Any] = {
        "rsa": [right, "", *since] if right else None,
        "rsa_closing": [closing, "", *since] if closing else NOTHING,
        "rsa_suspension": [suspension, ""] if suspension else NOTHING,
    }
    if bound or state in CLOSED:
        said["brsa"] = ["brsa" if state in OPEN and bound in YES else "", ""]
    return {f"{FACT}{family}": fact for family, fact in said.items()}


def _is_closed(saying: Saying) -> bool:
    return str(saying.values[f"{FACT}rsa"][0]).startswith("rsa_droit_clos")
