"""The keyed hashes of many numbers and contacts: the keys are read once."""

from collections.abc import Callable, Mapping

from jalons.kernel import crypto

from . import contacts, identifiers
from .models import ContactKind, IdentifierKind

Hashers = Mapping[str, Callable[[str], bytes]]


def hashers() -> Hashers:
    """By kind, what hashes a value that `normalised` gave: addresses are to be folded first."""
    purposes = {kind: identifiers.purpose(kind) for kind in IdentifierKind.values}
    purposes |= {kind: contacts.purpose(kind) for kind in ContactKind.values}
    return {kind: crypto.hasher(purpose) for kind, purpose in purposes.items()}
