from typing import Any

from django import forms

from jalons.nomenclature import queries as nomenclature

from ..entries.candidates import Structure
from ..models.reorientation import ReorientationMotive

LONGEST = 1000


def _types(empty: str) -> list[tuple[str, str]]:
    known = nomenclature.terms("orientation_type")
    return [("", empty), *((term.code, term.label) for term in known)]


def words(label: str, help_text: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Écrivez la réponse : elle sera lue par qui a demandé.",
            "max_length": f"Écrivez {LONGEST} signes au plus.",
        },
    )


class AskForm(forms.Form):
    motive = forms.ChoiceField(
        label="Motif",
        choices=ReorientationMotive.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif."},
    )
    words = words(
        "Précisions",
        "Lues par qui est chargé de l’orientation. N’écrivez rien de médical ni de judiciaire.",
        required=False,
    )
    wished_type = forms.ChoiceField(label="Type d’orientation souhaité", required=False)
    wished_organization = forms.ChoiceField(label="Structure souhaitée", required=False)

    def __init__(self, structures: list[Structure], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = sorted((one.name, str(one.key)) for one in structures)
        self.fields["wished_type"].choices = _types("Sans préférence")  # type: ignore[attr-defined]
        self.fields["wished_organization"].choices = [  # type: ignore[attr-defined]
            ("", "Sans préférence"),
            *((key, name) for name, key in named),
        ]


class AcceptForm(forms.Form):
    decided_type = forms.ChoiceField(
        label="Type d’orientation", error_messages={"required": "Choisissez un type d’orientation."}
    )
    professional = forms.ChoiceField(
        label="Nouveau référent",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un professionnel.",
            "invalid_choice": "Choisissez un professionnel de cette structure.",
        },
    )
    accepted_answer = words("Réponse", "Lue par qui a demandé.", required=False)

    def __init__(self, professionals: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_type"].choices = _types("Choisir…")  # type: ignore[attr-defined]
        self.fields["professional"].choices = professionals  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    refused_answer = words("Réponse", "Lue par qui a demandé.", required=True)
