from django import forms
from django.urls import reverse

from .rules import KINDS

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.ods"


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
        help_text="CSV, XLSX ou ODS, 10 Mo et 20 000 lignes au plus.",
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
