"""RSA flows of invented households, with all that a real one holds around what is read."""

from collections.abc import Iterator
from itertools import cycle, islice
from xml.sax.saxutils import escape

SECRETS = ("KERSECRET", "0001675.00", "12 RUE DES MURMURES", "GRAVELINES-LES-ARCANES")
"""What no reading may keep: a first name's second, a resource, an address, a place of birth."""


def node(name: str, *inside: str, **leaves: str) -> str:
    said = "".join(f"<{leaf}>{escape(text)}</{leaf}>" for leaf, text in leaves.items() if text)
    return f"<{name}>{said}{''.join(inside)}</{name}>"


def a_member(number: int = 0, /, **values: str) -> str:
    """Somebody of a household; `values` by node."""
    said = {
        "NOM": f"TRÉBOUL{chr(65 + number % 26)}",
        "NOMNAI": "",
        "PRENOM": "SOLÈNE",
        "DTNAI": f"{1960 + number % 40}-02-{1 + number % 28:02}",
        "NIR": "",
        "SEXE": "2",
        "IDASSEDIC": "",
        "TOPPERSDRODEVORSA": "1",
        **values,
    }
    identity = {name: said[name] for name in ("NOM", "NOMNAI", "PRENOM", "DTNAI", "NIR", "SEXE")}
    return node(
        "Personne",
        node("Identification", QUAL="MME", PRENOM2=SECRETS[0], NOMCOMNAI=SECRETS[3], **identity),
        node("DossierCAF", TOPRESPDOS="1", DDRATDOS="2007-05-15"),
        node("Rattachement", NIR="2820251108030", NOM=SECRETS[0]),
        node("DossierPoleEmploi", IDASSEDIC=said["IDASSEDIC"]) if said["IDASSEDIC"] else "",
        node("Ressources", node("DetailRessourcesMensuelles", MTNATRESSMEN=SECRETS[1])),
        node("MontantCalculDroitRSAPersonne", TOPPERSDRODEVORSA=said["TOPPERSDRODEVORSA"]),
    )


def a_household(*members: str, **values: str) -> str:
    said = {
        "FONORG": "CAF",
        "MATRICULE": "205599000000000",
        "NUMCOM": "90010",
        "TOPSANSDOMFIXE": "0",
        "ETATDOSRSA": "2",
        "MOTISUSVERSRSA": "",
        "MOTICLORSA": "",
        "DTCLORSA": "",
        **values,
    }
    body = node("Organisme", FONORG=said["FONORG"], NUMORG="900", MATRICULE=said["MATRICULE"])
    address = node("AdresseDetailleeFrance", NOMVOIE=SECRETS[2], NUMCOM=said["NUMCOM"])
    situation = [node("EtatDossierRSA", ETATDOSRSA=said["ETATDOSRSA"])]
    if said["MOTISUSVERSRSA"]:
        situation.append(node("SuspensionVersement", MOTISUSVERSRSA=said["MOTISUSVERSRSA"]))
    if said["MOTICLORSA"]:
        end = {name: said[name] for name in ("MOTICLORSA", "DTCLORSA")}
        situation.append(node("FinDroit", **end))
    detail = node("TroncCommunDroitRSA", TOPSANSDOMFIXE=said["TOPSANSDOMFIXE"], ORIDEMRSA="DEM")
    return node(
        "InfosFoyerRSA",
        node("IdentificationRSA", body, node("Partenaire", TYPEPARTE="CG ")),
        *(members or [a_member()]),
        node("DonneesAdministratives", node("Adresse", address)),
        node(
            "PrestationRSA",
            node("SituationDossierRSA", *situation),
            node("DetailDroitRSA", detail),
        ),
    )


def a_flow(
    *households: str,
    encoding: str = "windows-1252",
    said: str = "",
    reference: str = "2026-10-31",
    created: str = "2026-11-05",
) -> bytes:
    """`said` is the encoding that the file declares, when it is another one."""
    head = node(
        "IdentificationFlux", APPLIEME="CRI", TYPEFLUX="M", DTCREAFLUX=created, DTREF=reference
    )
    text = f'<?xml version="1.0" encoding="{said or encoding}"?>\n<Racine>{head}\n'
    text += "\n".join(households) + "\n<TransmissionFlux/></Racine>"
    return text.encode(encoding)


def many(number: int) -> Iterator[bytes]:
    """A flow of so many persons, in pieces: two a household, with some of the bulk of real ones."""
    before, after = a_flow("@@").split(b"@@")
    bulk = node("Evenement", node("Detail", MTNATRESSMEN=SECRETS[1] * 100) * 8)
    homes = [
        a_household(a_member(rank), a_member(rank, PRENOM="MALO"), bulk).encode("windows-1252")
        for rank in range(26)
    ]
    yield before
    yield from islice(cycle(homes), number // 2)
    yield after
