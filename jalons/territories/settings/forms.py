"""The form of a change: its field follows from the setting's kind."""

from datetime import date
from typing import Any

from django import forms

from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature

from . import COUNTED, Kind, Setting
from .actions.change_setting import REASON, TOO_EARLY, Change

YES, NO = "oui", "non"


class ChangeForm(forms.Form):
    """`default` is the name of the button that goes back to the default: no value is then asked."""

    starts_on = forms.DateField(
        label="À partir du",
        help_text="Aujourd’hui, ou une date à venir. Les jours passés gardent leur valeur.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez une date.",
            "invalid": "Écrivez une date, comme 01/03/2027.",
        },
    )
    reason = forms.CharField(
        label="Pourquoi ce changement ?",
        help_text="Une phrase. Elle se lit dans l’historique du réglage.",
        max_length=REASON,
        error_messages={
            "required": "Écrivez pourquoi ce réglage change.",
            "max_length": f"Écrivez {REASON} signes au plus.",
        },
    )

    def __init__(self, setting: Setting, territory: int, data: Any = None, value: Any = None):
        today = clock.today()
        super().__init__(data, initial={"value": _shown(setting, value), "starts_on": today})
        self.setting = setting
        self.to_default = data is not None and "default" in data
        self.fields["value"] = _field(setting, territory)
        self.fields["value"].required = not self.to_default and setting.kind != Kind.CODES
        self.fields["starts_on"].widget.attrs["min"] = today.isoformat()
        self.order_fields(["value", "starts_on", "reason"])

    def clean_starts_on(self) -> date:
        """Said with the other errors; the act asks again."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < clock.today():
            raise forms.ValidationError(TOO_EARLY)
        return starts_on

    def change(self) -> Change:
        """What a valid form asks."""
        starts_on: date = self.cleaned_data["starts_on"]
        value = None if self.to_default else _meant(self.setting, self.cleaned_data["value"])
        return Change(self.setting.key, value, starts_on, self.cleaned_data["reason"].strip())


def _field(setting: Setting, territory: int) -> forms.Field:
    if setting.kind in COUNTED:
        return _number(setting)
    if setting.kind == Kind.SWITCH:
        return forms.ChoiceField(
            label=setting.label,
            choices=[(YES, "Oui"), (NO, "Non")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez oui ou non."},
        )
    terms = nomenclature.terms(setting.list, territory=territory)
    return forms.MultipleChoiceField(
        label=setting.label,
        choices=[(term.code, term.label) for term in terms],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des entrées de la liste."},
    )


UNITS = {Kind.DAYS: "Nombre de jours", Kind.NUMBER: "Nombre", Kind.PERCENTAGE: "Pourcentage"}


def _number(setting: Setting) -> forms.IntegerField:
    bounds = f"Écrivez un nombre entier de {setting.least} à {setting.most}."
    return forms.IntegerField(
        label=UNITS[setting.kind],
        help_text=f"De {setting.least} à {setting.most}.",
        min_value=setting.least,
        max_value=setting.most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), bounds),
    )


def _shown(setting: Setting, value: Any) -> Any:
    return {True: YES, False: NO}[value] if setting.kind == Kind.SWITCH else value


def _meant(setting: Setting, value: Any) -> Any:
    return value == YES if setting.kind == Kind.SWITCH else value
