"""Delicate domains as rows name them: a keyed token, so that a lost backup does not say which."""

from jalons.kernel import crypto

VIOLENCES, JUSTICE = "violences", "justice"
SEALED = (VIOLENCES, JUSTICE)
NAMED = (*SEALED, "sante", "finances")
"""The domains that rows name by their token."""
PURPOSE = "people.sealed_domain"
LINEAGES = 9
"""Files that one may absorb: what is sealed in each keeps a token, hence readers, of its own."""


def token(domain: str, lineage: int = 0) -> str:
    """What a row and the second wall compare; empty for no domain."""
    said = f"{domain} {lineage}" if lineage else domain
    return crypto.keyed_hash(said, PURPOSE).hex()[:16] if domain else ""


def tokens(domain: str) -> list[str]:
    """Every token of a domain: of the file itself, then of those it absorbed."""
    return [token(domain, lineage) for lineage in range(LINEAGES + 1)] if domain else [""]


def domain_of(found: str) -> str:
    """The domain of a token; another text as it is."""
    return _known(found)[0]


def lineage_of(found: str) -> int:
    """The lineage of a token; 0 for another text."""
    return _known(found)[1]


def _known(found: str) -> tuple[str, int]:
    for lineage in range(LINEAGES + 1) if found else ():
        for domain in NAMED:
            if token(domain, lineage) == found:
                return domain, lineage
    return found, 0
