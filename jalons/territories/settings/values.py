"""What a setting may be worth, and how a value is said in French."""

from typing import Any

from jalons.kernel.templatetags.french import plural, thousands
from jalons.nomenclature import queries as nomenclature

from . import COUNTED, Kind, Setting


class Unacceptable(ValueError):
    """The value is not one that the setting takes; the message says what to write instead."""


def accepted(setting: Setting, value: Any, territory: int) -> None:
    """Raises Unacceptable. None, the default, is always accepted."""
    if value is None:
        return
    if setting.kind in COUNTED:
        _counted(setting, value)
    elif setting.kind == Kind.CODES:
        _codes(setting, value, territory)
    elif not isinstance(value, bool):
        raise Unacceptable("Choisissez oui ou non.")


def _counted(setting: Setting, value: Any) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not setting.least <= value <= setting.most:
        raise Unacceptable(
            f"Écrivez un nombre entier de {thousands(setting.least)} à {thousands(setting.most)}."
        )


def _codes(setting: Setting, value: Any, territory: int) -> None:
    known = {item.code for item in nomenclature.terms(setting.list, territory=territory)}
    if not isinstance(value, list) or len(set(value)) != len(value) or not set(value) <= known:
        raise Unacceptable("Choisissez des entrées de la liste.")


def said(setting: Setting, value: Any, territory: int | None) -> str:
    """« 15 jours », « 30 % », « oui », the labels of the codes."""
    if setting.kind == Kind.DAYS:
        return plural(value, "jour")
    if setting.kind == Kind.NUMBER:
        return thousands(value)
    if setting.kind == Kind.PERCENTAGE:
        return f"{thousands(value)} %"
    if setting.kind == Kind.SWITCH:
        return "oui" if value else "non"
    labels = [nomenclature.label(setting.list, code, territory=territory) for code in value]
    return ", ".join(labels) or "aucune entrée"
