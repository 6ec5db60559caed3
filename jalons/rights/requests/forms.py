"""The forms of the person's requests and of the clocks."""

from django import forms

from ..models import Hold, RightsRequest


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez une date.",
            "invalid": "Écrivez la date en entier : jour, mois, année.",
        },
    )


class RequestForm(forms.Form):
    kind = forms.ChoiceField(
        label="Ce que la personne demande",
        choices=RightsRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qui est demandé."},
    )
    channel = forms.ChoiceField(
        label="Reçue par",
        choices=RightsRequest.Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez comment la demande est arrivée."},
    )
    received_on = _day("Reçue le", "La réponse est due dans le mois.")


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Suite donnée",
        choices=RightsRequest.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la suite donnée."},
    )
    text = forms.CharField(
        label="Ce qui est répondu à la personne",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez la réponse, ou le motif du refus."},
    )


class HoldForm(forms.Form):
    motive = forms.ChoiceField(
        label="Motif",
        choices=Hold.Motive.choices,
        error_messages={"required": "Choisissez un motif."},
    )
    until = _day("Jusqu’au")
