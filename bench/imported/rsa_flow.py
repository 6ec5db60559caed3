"""An RSA flow of invented households of two, with some of the bulk that real ones have."""

from collections.abc import Iterator
from random import Random
from typing import IO

from ..linked.files import surname
from ..synthetic import names

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Racine><IdentificationFlux>'
    "<TYPEFLUX>M</TYPEFLUX><DTCREAFLUX>2026-11-05</DTCREAFLUX><DTREF>2026-10-31</DTREF>"
    "</IdentificationFlux>\n"
)
FOOT = "<TransmissionFlux/></Racine>\n"
BULK = "<Ressources>" + "<Mensuelles><MT>0000512.25</MT></Mensuelles>" * 12 + "</Ressources>"
"""What a real household holds and nobody reads."""


def write(file: IO[bytes], persons: int) -> None:
    """A flow of so many persons whose right is open, always the same."""
    rng = Random(f"flow {persons}")
    file.write(HEAD.encode())
    for number in range(0, persons, 2):
        members = "".join(_member(rng) for _ in range(min(2, persons - number)))
        file.write("".join(_household(number, members)).encode())
    file.write(FOOT.encode())


def _household(number: int, members: str) -> Iterator[str]:
    yield "<InfosFoyerRSA><IdentificationRSA><Organisme><FONORG>CAF</FONORG><NUMORG>951</NUMORG>"
    yield f"<MATRICULE>{number:07}</MATRICULE></Organisme></IdentificationRSA>{members}"
    yield "<DonneesAdministratives><Adresse><AdresseDetailleeFrance><NUMCOM>95018</NUMCOM>"
    yield "</AdresseDetailleeFrance></Adresse></DonneesAdministratives><PrestationRSA>"
    yield "<SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA>"
    yield "</SituationDossierRSA><DetailDroitRSA><TroncCommunDroitRSA><TOPSANSDOMFIXE>0"
    yield "</TOPSANSDOMFIXE></TroncCommunDroitRSA></DetailDroitRSA></PrestationRSA>"
    yield "</InfosFoyerRSA>\n"


def _member(rng: Random) -> str:
    sex = rng.randrange(2)
    family = surname(rng)
    given = names.drawer(("male", "female")[sex]).draw(rng.random()).written
    born = f"{1955 + rng.randrange(50)}-{1 + rng.randrange(12):02}-{1 + rng.randrange(28):02}"
    return (
        f"<Personne><Identification><QUAL>{('M', 'MME')[sex]}</QUAL><NOM>{family}</NOM>"
        f"<PRENOM>{given}</PRENOM><DTNAI>{born}</DTNAI><SEXE>{sex + 1}</SEXE></Identification>"
        f"{BULK}<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA>"
        "</MontantCalculDroitRSAPersonne></Personne>"
    )
