"""The forms of a status; a last day on screen is an exclusive end in the rows."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from jalons.access.levels import Level
from jalons.nomenclature.cache import Item

from ..form_page import date_field

TOLD = {Level.RESTRICTED: " (restreint)", Level.SEALED: " (scellé)"}


class DatesForm(forms.Form):
    starts_on = date_field("Début", required=True)
    last_day = date_field("Dernier jour", "S’il est connu, même à venir.")

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        start, last = values.get("starts_on"), values.get("last_day")
        if start and last and last < start:
            self.add_error("last_day", "Le dernier jour ne peut pas venir avant le début.")
        return values

    @property
    def ends_on(self) -> date | None:
        last: date | None = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last else None


class StatusForm(DatesForm):
    kind = forms.ChoiceField(
        label="Statut",
        help_text="Restreint : lu un à un. Scellé : lu par vous, le référent et qui est désigné.",
        error_messages={"required": "Choisissez un statut."},
    )
    source = forms.ChoiceField(
        label="D’après",
        required=False,
        error_messages={"invalid_choice": "Choisissez une structure."},
    )
    field_order = ("kind", "starts_on", "last_day", "source")

    def __init__(
        self, items: Iterable[Item], sources: Iterable[tuple[str, str]], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        kinds = [(item.code, item.label + TOLD.get(item.level, "")) for item in items]
        self.fields["kind"].choices = [("", "Choisissez"), *kinds]  # type: ignore[attr-defined]
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", "La personne"),
            *sources,
        ]


class EndForm(forms.Form):
    last_day = date_field("Dernier jour", "Aujourd’hui, un jour passé ou à venir.", required=True)


class ReaderForm(forms.Form):
    domain = forms.ChoiceField(
        label="Ce qui est scellé", error_messages={"required": "Choisissez un domaine."}
    )
    account = forms.ChoiceField(
        label="Qui pourra le lire",
        help_text="Parmi ceux qui accompagnent la personne, si elle le souhaite.",
        error_messages={"required": "Choisissez qui pourra le lire."},
    )

    def __init__(
        self,
        domains: Iterable[tuple[str, str]],
        accounts: Iterable[tuple[str, str]],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["domain"].choices = list(domains)  # type: ignore[attr-defined]
        self.fields["account"].choices = list(accounts)  # type: ignore[attr-defined]
