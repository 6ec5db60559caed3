"""The forms of a step: what it is, its days, how it ended, what blocks it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from jalons.nomenclature.cache import Item
from jalons.people.form_page import date_field

from ..models import Outcome, Step
from ..objectives.forms import words_field

ENDINGS = [(one.value, one.label) for one in Outcome if one != Outcome.ABANDONED]


class StepForm(forms.Form):
    kind = forms.ChoiceField(
        label="Étape",
        error_messages={
            "required": "Choisissez une étape.",
            "invalid_choice": "Choisissez une étape de la liste.",
        },
    )
    organization = forms.ChoiceField(
        label="Avec la structure",
        required=False,
        error_messages={"invalid_choice": "Choisissez une structure."},
    )
    previous = forms.ChoiceField(
        label="Vient après",
        help_text="L’attente se compte de la fin de cette étape.",
        required=False,
        error_messages={"invalid_choice": "Choisissez une étape du parcours."},
    )
    wished_on = date_field("Souhaitée le", "Le jour où la personne l’a dit.", required=True)
    planned_on = date_field("Prévue le", "Si le jour est connu.")

    def __init__(
        self,
        kinds: Iterable[Item],
        organizations: Iterable[tuple[str, str]],
        steps: Iterable[Step],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        known = [(item.code, item.label) for item in kinds]
        self._choose("kind", "Choisissez", known)
        self._choose("organization", "Aucune structure", organizations)
        self._choose("previous", "Aucune étape", [(str(row.pk), row.label) for row in steps])

    def _choose(self, name: str, empty: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    planned_on = date_field("Prévue le", required=True)


class StartForm(forms.Form):
    started_on = date_field("Commencée le", "Aujourd’hui ou un jour passé.", required=True)


class EndForm(forms.Form):
    ended_on = date_field("Terminée le", "Aujourd’hui ou un jour passé.", required=True)
    outcome = forms.ChoiceField(
        label="Issue",
        choices=ENDINGS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une issue.",
            "invalid_choice": "Choisissez une issue de la liste.",
        },
    )


class BlockerForm(forms.Form):
    blocked_by = words_field(
        "Ce qui bloque", "Laissez vide si plus rien ne bloque.", required=False
    )
