from django import forms

from .change_phase import CHOSEN


class PhaseForm(forms.Form):
    phase = forms.ChoiceField(
        label="Phase du parcours",
        choices=[(phase.value, phase.label) for phase in CHOSEN],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une phase.",
            "invalid_choice": "Choisissez une phase de la liste.",
        },
    )
