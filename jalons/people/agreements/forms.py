from typing import Any
from uuid import UUID

from django import forms

from ..models import Agreement, InformationGiven
from .actions.agreements import NewAgreement
from .queries import domains

PAPER = "application/pdf,image/jpeg,image/png,image/webp"


class InformationForm(forms.Form):
    how = forms.ChoiceField(
        label="Comment l’information a-t-elle été donnée ?",
        choices=InformationGiven.How.choices,
        error_messages={
            "required": "Choisissez comment l’information a été donnée.",
            "invalid_choice": "Choisissez comment l’information a été donnée.",
        },
    )


class AgreementForm(forms.Form):
    organizations = forms.MultipleChoiceField(
        label="Avec quelles structures ?",
        help_text="Sans choix : toutes celles qui accompagnent la personne.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez une structure de la liste."},
    )
    domains = forms.MultipleChoiceField(
        label="Sur quels sujets ?",
        help_text="Sans choix : tous.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez un sujet de la liste."},
    )
    ends_on = forms.DateField(
        label="Jusqu’à quel jour ?",
        help_text="Sans date, l’accord vaut jusqu’à ce que la personne le retire.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez une date : jour, mois, année."},
    )
    given = forms.ChoiceField(
        label="Comment la personne donne-t-elle son accord ?",
        choices=[
            ("on_the_spot", "Sur place, de vive voix"),
            ("by_code", "Sur son téléphone, par un lien et un code"),
            ("on_paper", "Sur papier, signé"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez comment la personne donne son accord.",
            "invalid_choice": "Choisissez comment la personne donne son accord.",
        },
    )
    scan = forms.FileField(
        label="Papier signé",
        help_text="Pour un accord sur papier : PDF ou photo, 10 Mo au plus.",
        required=False,
        widget=forms.FileInput(attrs={"accept": PAPER, "capture": "environment"}),
        error_messages={
            "invalid": "Choisissez un fichier.",
            "missing": "Choisissez un fichier.",
            "empty": "Le fichier est vide. Vérifiez que vous avez choisi le bon fichier.",
        },
    )

    def __init__(self, *args: Any, structures: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        for name, choices in (("organizations", structures), ("domains", domains())):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("given") == Agreement.Given.ON_PAPER and not data.get("scan"):
            self.add_error("scan", "Ajoutez le papier signé : une photo suffit.")
        return data

    def new(self) -> NewAgreement:
        data = self.cleaned_data
        return NewAgreement(
            data["given"],
            tuple(data["domains"]),
            tuple(map(UUID, data["organizations"])),
            data["ends_on"],
            data["scan"].read() if data.get("scan") else b"",
        )


class ObjectionForm(forms.Form):
    """A structure, a subject, or both."""

    organization = forms.ChoiceField(
        label="À quelle structure ?",
        help_text="Sans structure, le sujet est fermé à tous sauf au référent de parcours.",
        required=False,
        error_messages={"invalid_choice": "Choisissez une structure de la liste."},
    )
    domain = forms.ChoiceField(
        label="Sur quel sujet ?",
        help_text="Sans sujet, tout le dossier est fermé à la structure.",
        required=False,
        error_messages={"invalid_choice": "Choisissez un sujet de la liste."},
    )

    def __init__(self, *args: Any, structures: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        for name, first, choices in (
            ("organization", "Toutes les structures", structures),
            ("domain", "Tous les sujets", domains()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", first), *choices]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("organization") and not data.get("domain"):
            self.add_error("organization", "Choisissez une structure, un sujet, ou les deux.")
        return data

    @property
    def place(self) -> UUID | None:
        return (
            UUID(self.cleaned_data["organization"]) if self.cleaned_data["organization"] else None
        )

    def words(self, name: str) -> str:
        """What the chosen entry is called; empty for none."""
        chosen = self.cleaned_data[name]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        labels = {str(value): str(label) for value, label in field.choices}  # type: ignore[union-attr, misc]
        return labels[chosen] if chosen else ""
