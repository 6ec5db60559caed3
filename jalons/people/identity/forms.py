"""The forms of the identity tab."""

import base64
import json
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.nomenclature import queries as nomenclature

from .. import contacts, identifiers
from ..form_page import date_field
from ..models import ContactKind, IdentifierKind
from .fields import CHOICES, FIELDS, LABELS, PLACE, Value, in_json

OLDEST = date(1900, 1, 1)
MOST_CHILDREN = 20
REQUIRED = ("family_name", "given_name")


class CorrectForm(forms.Form):
    """The fields that the reader may correct, and what they saw of each (`seen`)."""

    family_name = forms.CharField(max_length=100, error_messages={"required": "Écrivez le nom."})
    birth_name = forms.CharField(max_length=100, required=False)
    given_name = forms.CharField(max_length=100, error_messages={"required": "Écrivez le prénom."})
    birth_date = date_field("Date de naissance")
    commune = forms.CharField(
        max_length=100,
        required=False,
        help_text="Choisissez-la dans les propositions.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-combobox-url": reverse_lazy("nomenclature:communes"),
                "data-combobox-code": "id_commune_code",
            }
        ),
    )
    commune_code = forms.CharField(max_length=5, required=False, widget=forms.HiddenInput())
    language = forms.ChoiceField(required=False)
    channel = forms.ChoiceField(required=False)
    household = forms.ChoiceField(required=False)
    children = forms.IntegerField(
        min_value=0,
        max_value=MOST_CHILDREN,
        required=False,
        error_messages={"max_value": f"Écrivez au plus {MOST_CHILDREN}."},
    )
    seen = forms.CharField(required=False, max_length=8000, widget=forms.HiddenInput())

    def __init__(self, names: list[str], *args: Any, hidden: bool = False, **options: Any) -> None:
        """`hidden`: the commune is not shown; left empty, it does not change."""
        super().__init__(*args, **options)
        self._hidden = hidden
        for name in FIELDS:
            if name not in names:
                del self.fields[name]
            else:
                self.fields[name].label = LABELS[name]
        if PLACE not in names:
            del self.fields["commune_code"]
        elif hidden:
            self.fields[PLACE].help_text = "Laissez vide pour ne pas la changer."
        languages = [(item.code, item.label) for item in nomenclature.terms("language")]
        self._choose("language", languages)
        for name, choices in CHOICES.items():
            self._choose(name, [("", "Non renseigné"), *choices])

    def _choose(self, name: str, choices: list[Any]) -> None:
        if name in self.fields:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_birth_date(self) -> date | None:
        found: date | None = self.cleaned_data["birth_date"]
        if found and not OLDEST <= found <= clock.today():
            raise ValidationError("Vérifiez l’année de naissance.")
        return found

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if PLACE in self.fields and PLACE in values:
            values[PLACE] = self._commune(values[PLACE], values.get("commune_code", ""))
        return values

    def _commune(self, text: str, code: str) -> str:
        """The Insee code of the name typed; the code of a suggestion decides between two."""
        if not text:
            return ""
        chosen = nomenclature.commune(code) if code else None
        if chosen and fold(chosen.name) == fold(text):
            return str(chosen.code)
        found = [row for row in nomenclature.search_communes(text) if fold(row.name) == fold(text)]
        if len(found) == 1:
            return str(found[0].code)
        self.add_error(PLACE, "Choisissez la commune dans les propositions.")
        return ""

    def values(self) -> dict[str, Value]:
        """What the form says of each field."""
        return {
            name: in_json(self.cleaned_data.get(name))
            for name in FIELDS
            if name in self.fields
            and name in self.cleaned_data
            and not (self._hidden and name == PLACE and not self.cleaned_data[name])
        }

    def what_was_seen(self) -> dict[str, Value]:
        return parsed(self.cleaned_data.get("seen", ""))


def told(values: dict[str, Any]) -> str:
    """The hidden `seen` of these values: letters and digits only."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def parsed(text: str) -> dict[str, Value]:
    """The values of a hidden `seen`, as far as they are values of fields."""
    try:
        found = json.loads(base64.urlsafe_b64decode(text or "e30="))
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: value
        for name, value in found.items()
        if name in FIELDS and (value is None or isinstance(value, str | int))
    }


class ContactForm(forms.Form):
    """A way to reach somebody; of a known one, the kind does not change."""

    kind = forms.ChoiceField(
        label="Type",
        choices=ContactKind.choices,
        initial=ContactKind.PHONE,
        error_messages={"required": "Choisissez un type."},
    )
    value = forms.CharField(
        label="Numéro, courriel ou adresse",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": "Écrivez le numéro, le courriel ou l’adresse."},
    )
    note = forms.CharField(
        label="Précision",
        help_text="À qui est ce moyen, quand l’utiliser : « appeler après 18 h ».",
        max_length=200,
        required=False,
    )
    safe = forms.BooleanField(
        label="Moyen sûr",
        help_text="La personne est seule à lire et à entendre ce qui passe par là.",
        required=False,
    )

    def __init__(self, *args: Any, kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self._kind = kind
        if kind:
            del self.fields["kind"]
            self.fields["value"].label = str(ContactKind(kind).label)

    @property
    def chosen_kind(self) -> str:
        return self._kind or str(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if (self._kind or "kind" in values) and values.get("value"):
            kind = self.chosen_kind
            if not contacts.normalised(kind, values["value"]):
                self.add_error("value", contacts.WRONG[ContactKind(kind)])
        return values


class IdentifierForm(forms.Form):
    """A number of an institution."""

    kind = forms.ChoiceField(
        label="Numéro",
        choices=[("", "Choisissez"), *IdentifierKind.choices],
        error_messages={"required": "Choisissez de quel numéro il s’agit."},
    )
    value = forms.CharField(
        label="Valeur",
        help_text="Elle est chiffrée, et ne s’affiche que sur demande. Les espaces sont acceptées.",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez le numéro."},
    )

    def __init__(self, *args: Any, kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self._kind = kind
        if kind:
            del self.fields["kind"]
            self.fields["value"].label = str(IdentifierKind(kind).label)

    @property
    def chosen_kind(self) -> str:
        return self._kind or str(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if (self._kind or values.get("kind")) and values.get("value"):
            kind = self.chosen_kind
            if not identifiers.normalised(kind, values["value"]):
                self.add_error("value", identifiers.WRONG[IdentifierKind(kind)])
        return values


class AnswerForm(forms.Form):
    """For each field of a proposal: keep what stands, or take what is proposed."""

    def __init__(self, names: dict[str, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in names.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("keep", "Garder"), ("replace", "Remplacer")],
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez."},
            )
        self.fields["words"] = forms.CharField(
            label="Votre réponse",
            help_text="L’auteur de la proposition la lira.",
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["seen"] = forms.CharField(
            required=False, max_length=8000, widget=forms.HiddenInput()
        )
        self._names = names

    @property
    def accepted(self) -> list[str]:
        return [name for name in self._names if self.cleaned_data.get(name) == "replace"]
