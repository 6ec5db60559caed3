from typing import Any

from django import forms

from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature

from ..models.entry import Origin
from .candidates import Structure
from .queries import EntryFilter

LONGEST_MOTIVE = 500
ALONE, APPOINT = "structure", "referent"


def _terms(name: str, territory: int | None = None) -> list[tuple[str, str]]:
    return [(term.code, term.label) for term in nomenclature.terms(name, territory=territory)]


class OrientationForm(forms.Form):
    """The type of an orientation and why: what every assignment says."""

    orientation_type = forms.ChoiceField(
        label="Type d’orientation",
        error_messages={"required": "Choisissez un type d’orientation."},
    )
    motive = forms.CharField(
        label="Motif",
        help_text="Lu par le professionnel désigné. N’écrivez rien de médical ni de judiciaire.",
        max_length=LONGEST_MOTIVE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Écrivez {LONGEST_MOTIVE} signes au plus."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "Choisir…"), *_terms("orientation_type")]
        self.fields["orientation_type"].choices = choices  # type: ignore[attr-defined]


class AssignForm(OrientationForm):
    """One entry: its structure, and its référent unless somebody is already."""

    structure = forms.ChoiceField(
        label="Structure",
        error_messages={"required": "Choisissez une structure."},
    )
    professional = forms.ChoiceField(
        label="Référent de parcours",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choisissez un professionnel de cette structure."},
    )
    field_order = ["structure", "orientation_type", "professional", "motive"]

    def __init__(
        self,
        structures: list[Structure],
        professionals: list[tuple[str, str]],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        named = [("", "Choisir…"), *((str(one.key), one.label) for one in structures)]
        self.fields["structure"].choices = named  # type: ignore[attr-defined]
        if professionals:
            choices = [("", "La structure le nommera"), *professionals]
            self.fields["professional"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["professional"]

    def clean(self) -> dict[str, Any]:
        """A professional of the structure that was chosen before is not of this one."""
        if self.data.get("professional") and "professional" not in self.fields:
            self.add_error("structure", "Ce professionnel n’est pas de cette structure.")
        return self.cleaned_data


class DistributionForm(OrientationForm):
    """Several entries: among which structures, and whether their référents are appointed."""

    structure = forms.MultipleChoiceField(
        label="Structures",
        help_text="Les personnes sont réparties entre celles que vous choisissez, selon la charge.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez une structure au moins."},
    )
    mode = forms.ChoiceField(
        label="Que décidez-vous ?",
        choices=[
            (ALONE, "La structure ; elle nommera le référent"),
            (APPOINT, "La structure et le référent, selon la charge"),
        ],
        initial=ALONE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que vous décidez."},
    )
    field_order = ["structure", "mode", "orientation_type", "motive"]

    def __init__(self, structures: list[Structure], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(str(one.key), one.label) for one in structures]
        self.fields["structure"].choices = named  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    motive = forms.ChoiceField(label="Motif", error_messages={"required": "Choisissez un motif."})

    def __init__(self, territory: int | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "Choisir…"), *_terms("entry_close_motive", territory)]
        self.fields["motive"].choices = choices  # type: ignore[attr-defined]


class InterviewForm(forms.Form):
    held_on = forms.DateField(
        label="Jour de l’entretien",
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez le jour de l’entretien.",
            "invalid": "Choisissez une date dans le calendrier.",
        },
    )


class FilterForm(forms.Form):
    """The filters of the list: shown, never validated, nothing in them is compulsory."""

    use_required_attribute = False
    origine = forms.ChoiceField(label="Origine", choices=[("", "Toutes"), *Origin.choices])
    lieu = forms.ChoiceField(label="Commune ou intercommunalité")

    def __init__(self, places: list[tuple[str, str]], chosen: EntryFilter) -> None:
        super().__init__(initial=chosen.query)
        choices = [("", "Toutes"), *places]
        self.fields["lieu"].choices = choices  # type: ignore[attr-defined]
