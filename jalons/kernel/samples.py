"""Invented forms for the sheet of components: one to fill in, one sent back with its errors."""

from django import forms

CHANNELS = [
    ("visit", "Rendez-vous"),
    ("phone", "Téléphone"),
    ("video", "Visio"),
    ("none", "Sans réponse"),
]


class SampleForm(forms.Form):
    """Every kind of field that `<c-field>` knows."""

    day = forms.DateField(
        label="Date du point",
        help_text="Le jour de l’échange, même par téléphone",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choisissez une date"},
    )
    channel = forms.ChoiceField(
        label="Comment avez-vous échangé ?",
        choices=CHANNELS,
        widget=forms.RadioSelect,
        initial="visit",
    )
    domains = forms.MultipleChoiceField(
        label="De quoi avez-vous parlé ?",
        choices=[("mobility", "Mobilité"), ("housing", "Logement")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(label="Lieu", choices=[("", "Choisir…"), ("a", "MDS de Montclar")])
    commune = forms.CharField(
        label="Commune",
        help_text="Écrivez les premières lettres, puis choisissez.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        required=False,
    )
    words = forms.CharField(
        label="Suite prévue",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez une phrase"},
    )
    scan = forms.FileField(
        label="Document signé", help_text="PDF ou photo, 10 Mo au plus", required=False
    )
    agreed = forms.BooleanField(
        label="La personne est d’accord pour partager ce point", required=False
    )


def filled_with_errors() -> SampleForm:
    sent = {"day": "2026-12-14", "channel": "visit", "place": "a", "words": ""}
    data = {f"errors-{name}": value for name, value in sent.items()}
    form = SampleForm(data, prefix="errors")
    form.add_error("day", "Choisissez une date passée")
    return form
