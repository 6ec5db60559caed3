"""Telephone numbers as a form takes and shows them."""

from collections.abc import Iterable

from jalons.kernel.phones import phones, shown

MOST = 5


class WrongNumber(ValueError):
    """`str()` is a French sentence for the field."""


def numbers_of(text: str) -> list[str]:
    """The numbers of a field in the E.164 form, in order, each once. Raises WrongNumber."""
    found, whole = phones(text)
    if text.strip() and not whole:
        raise WrongNumber(
            "Ce n’est pas un numéro de téléphone : écrivez ses dix chiffres, et une virgule entre"
            " deux numéros."
        )
    if len(found) > MOST:
        raise WrongNumber(f"Gardez au plus {MOST} numéros.")
    return found


def written(numbers: Iterable[str]) -> str:
    """What a field shows, which `numbers_of` reads back."""
    return ", ".join(shown(number) for number in numbers)
