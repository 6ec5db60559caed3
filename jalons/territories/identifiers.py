"""Numbers that somebody types: checked by their key, with what to say of a wrong one."""

from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength
from stdnum.fr import siret as register


class WrongSiret(ValueError):
    """`str()` is a French sentence for the field."""


def siret_of(text: str) -> str:
    """The fourteen digits of a SIRET, spaces and points forgiven; empty in, empty out.

    Raises WrongSiret.
    """
    number = register.compact(text)
    if not number:
        return ""
    try:
        return register.validate(number)
    except InvalidLength:
        raise WrongSiret(
            f"Un SIRET compte quatorze chiffres, celui-ci en compte {len(number)}."
        ) from None
    except InvalidFormat:
        raise WrongSiret("Un SIRET ne contient que des chiffres.") from None
    except InvalidChecksum:
        raise WrongSiret(
            "Ce SIRET contient une erreur : vérifiez chaque chiffre sur un document officiel."
        ) from None
