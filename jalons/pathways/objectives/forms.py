"""The forms of an objective and of an action."""

from collections.abc import Iterable
from typing import Any

from django import forms

from jalons.people.form_page import date_field

from ..models import Objective
from .domains import shared_domains

LONGEST = 200
DISCREET = (
    "Lu par les professionnels qui accompagnent la personne. Rien de médical ni de judiciaire."
)


def words_field(label: str, help_text: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=f"{help_text} {DISCREET}",
        max_length=LONGEST,
        required=required,
        error_messages={
            "required": "Écrivez quelques mots.",
            "max_length": f"Écrivez {LONGEST} signes au plus.",
        },
    )


class ObjectiveForm(forms.Form):
    words = words_field("Objectif", "Dans les mots de la personne.")
    domain = forms.ChoiceField(
        label="Domaine",
        help_text="La santé, l’argent, la justice et les violences ne s’écrivent pas ici.",
        error_messages={
            "required": "Choisissez un domaine.",
            "invalid_choice": "Choisissez un domaine de la liste.",
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(item.code, item.label) for item in shared_domains()]
        self.fields["domain"].choices = [("", "Choisissez"), *known]  # type: ignore[attr-defined]


class ActionForm(forms.Form):
    words = words_field("Action", "Ce qui est à faire, et par qui.")
    objective = forms.ChoiceField(
        label="Pour l’objectif",
        required=False,
        error_messages={"invalid_choice": "Choisissez un objectif en cours."},
    )
    due_on = date_field("À faire pour le")

    def __init__(self, objectives: Iterable[Objective], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(str(row.pk), row.words) for row in objectives]
        self.fields["objective"].choices = [  # type: ignore[attr-defined]
            ("", "Pour le parcours entier"),
            *known,
        ]
