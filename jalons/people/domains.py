"""Delicate domains as rows name them: a keyed token, so that a lost backup does not say which."""

from jalons.kernel import crypto

VIOLENCES, JUSTICE = "violences", "justice"
SEALED = (VIOLENCES, JUSTICE)
NAMED = (*SEALED, "sante", "finances")
"""The domains that rows name by their token."""
PURPOSE = "people.sealed_domain"


def token(domain: str) -> str:
    """What a row and the second wall compare; empty for no domain."""
    return crypto.keyed_hash(domain, PURPOSE).hex()[:16] if domain else ""


def domain_of(found: str) -> str:
    """The domain of a token; another text as it is."""
    return {token(domain): domain for domain in NAMED}.get(found, found)
