"""Facts of which one is true at a time: the right to the RSA, the situation, the level of studies.

A status of a family is kept under `<family>.<code>`, of the family's own list; an allowance is a
family of one, kept under its own code.
"""

from dataclasses import dataclass

from jalons.access.levels import Level
from jalons.nomenclature import queries as nomenclature

LISTS = {
    "rsa": ("rsa_right", "RSA"),
    "rsa_suspension": ("rsa_suspension", "RSA suspendu"),
    "rsa_closing": ("rsa_closing", "RSA clos"),
    "situation": ("current_situation", "Situation"),
    "study": ("study_level", "Niveau d’études"),
}
"""Of each family, its list of the nomenclature, and what is written before its labels."""
WRITTEN = {"rome": "Emploi recherché", "mobility": "Zone de mobilité"}
"""The families of which the file gives the words."""
ALONE = ("are", "ass", "prime_activite", "rqth", "brsa", "demandeur_emploi")
"""The statuses that are or are not."""
FAMILIES = (*LISTS, *WRITTEN, *ALONE)
RSA_OPEN = frozenset(
    {
        "rsa_droit_ouvert_versable",
        "rsa_droit_ouvert_et_suspendu",
        "rsa_droit_ouvert_versement_suspendu",
    }
)
"""The rights under which somebody is « bénéficiaire du RSA » (ETATDOSRSA 2, 3, 4)."""
HEALTH = frozenset({"maladie", "invalidite"})
STATUSES = "person_status"


@dataclass(frozen=True)
class Fact:
    """A status as it is kept."""

    kind: str
    label: str
    level: Level
    domain: str


def fact(family: str, code: str, words: str = "", territory: int | None = None) -> Fact:
    """The status of a family. Raises nomenclature.UnknownTerm."""
    if family in WRITTEN:
        label = f"{WRITTEN[family]} : {words or code}"[:150]
        return Fact(f"{family}.{code}", label, Level.SHARED, "")
    if family in LISTS:
        name, before = LISTS[family]
        term = nomenclature.term(name, code, territory=territory)
        domain = "sante" if family == "situation" and code in HEALTH else term.domain
        return Fact(f"{family}.{code}"[:40], f"{before} : {term.label}", term.level, domain)
    term = nomenclature.term(STATUSES, code, territory=territory)
    return Fact(term.code, term.label, term.level, term.domain)


def family_of(kind: str) -> str:
    """The family of a kept status; a kind outside any is its own."""
    return kind.partition(".")[0]
