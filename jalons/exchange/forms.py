from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse

from .files.columns import Column
from .rules import KINDS

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.ods,.xml"


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label="Que contient le fichier ?",
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez ce que contient le fichier.",
            "invalid_choice": "Choisissez ce que contient le fichier.",
        },
    )
    organization = forms.CharField(
        label="Structure des professionnels",
        help_text="Pour un fichier de professionnels, écrivez son nom ou son SIRET.",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Fichier",
        help_text="CSV, XLSX ou ODS, 10 Mo au plus ; le flux RSA en XML, tel que reçu.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "Choisissez un fichier.",
            "invalid": "Choisissez un fichier.",
            "missing": "Choisissez un fichier.",
            "empty": "Le fichier est vide. Vérifiez que vous avez choisi le bon fichier.",
        },
    )

    def __init__(self, *args: object, manages: bool = False, **kwargs: object) -> None:
        """`manages`: a manager imports for their own organization."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        proposed = {"data-combobox-url": reverse("exchange:organizations")}
        self.fields["organization"].widget.attrs |= proposed
        if manages:
            del self.fields["organization"]


class MappingForm(forms.Form):
    """Of each column of ours that the file does not name, which of its own it is."""

    def __init__(self, missing: Sequence[Column], headers: Sequence[str], *args: Any) -> None:
        super().__init__(*args)
        self._names = {f"column{place}": column for place, column in enumerate(missing)}
        kept = [(header, header.strip()) for header in headers if header.strip()]
        for field, column in self._names.items():
            self.fields[field] = forms.ChoiceField(
                label=column.name,
                choices=[("", "Aucune"), *kept],
                required=column.required,
                error_messages={
                    "required": f"Dites quelle colonne est « {column.name} ».",
                    "invalid_choice": "Choisissez une colonne du fichier.",
                },
            )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        chosen = [header for header in values.values() if header]
        if len(chosen) > len(set(chosen)):
            raise forms.ValidationError("Une même colonne est choisie deux fois.")
        return values

    @property
    def chosen(self) -> dict[str, str]:
        """By our column, its header."""
        return {
            column.name: self.cleaned_data[field]
            for field, column in self._names.items()
            if self.cleaned_data.get(field)
        }
