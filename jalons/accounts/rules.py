"""What may be said without asking anybody: pure functions on plain values."""

from collections.abc import Iterable


def gives_second_factor(
    acr: object, amr: object, assured_acr: Iterable[str], assured_amr: Iterable[str]
) -> bool:
    """Whether a provider says, by its `acr` or `amr`, that it asked for two factors."""
    methods = {each for each in amr if isinstance(each, str)} if isinstance(amr, list) else set()
    level = {acr} if isinstance(acr, str) else set()
    return bool(level & set(assured_acr) or methods & set(assured_amr))
