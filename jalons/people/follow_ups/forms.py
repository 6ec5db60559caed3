from typing import Any

from django import forms

from jalons.nomenclature import queries as nomenclature

AUTOMATIC = {"handover", "overlap_over", "mandate_over", "organization_left"}
"""Reasons that the platform gives: nobody chooses them."""


class EndForm(forms.Form):
    """Why a follow-up ends."""

    end_reason = forms.ChoiceField(
        label="Motif de fin", error_messages={"required": "Choisissez un motif."}
    )

    def __init__(self, territory: int | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = nomenclature.terms("follow_up_end_reason", territory=territory)
        choices = [(term.code, term.label) for term in known if term.code not in AUTOMATIC]
        self.fields["end_reason"].choices = [("", "Choisir…"), *choices]  # type: ignore[attr-defined]


class SuccessorForm(forms.Form):
    """The référent who is appointed, or who takes over."""

    professional = forms.ChoiceField(
        label="Référent de parcours",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un professionnel.",
            "invalid_choice": "Choisissez un professionnel de cette structure.",
        },
    )

    def __init__(self, professionals: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["professional"].choices = professionals  # type: ignore[attr-defined]
