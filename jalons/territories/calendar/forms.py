"""The forms of the deployment calendar."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from ..consortium.forms import day_field
from ..models import Action, Axis, Organization
from .actions.plan import Expected, Planned


def _key(value: str) -> UUID:
    return UUID(value)


class ActionForm(forms.Form):
    title = forms.CharField(
        label="Ce qu’il faut faire",
        max_length=200,
        error_messages={"required": "Écrivez ce qu’il faut faire."},
    )
    axis_id = forms.TypedChoiceField(
        label="Axe", coerce=_key, error_messages={"required": "Choisissez un axe."}
    )
    starts_on = day_field("Début prévu")
    due_on = day_field("Fin prévue")
    organization_id = forms.TypedChoiceField(
        label="Structure responsable", coerce=_key, empty_value=None, required=False
    )
    owner_id = forms.TypedChoiceField(
        label="Personne responsable", coerce=_key, empty_value=None, required=False
    )
    description = forms.CharField(
        label="Précisions",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        axes: Iterable[Axis],
        organizations: Iterable[Organization],
        people: Iterable[tuple[UUID, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        nobody = [("", "Personne pour l’instant")]
        self._choose("axis_id", [(axis.pk, axis.title) for axis in axes])
        self._choose(
            "organization_id",
            [("", "Aucune pour l’instant"), *((row.pk, row.name) for row in organizations)],
        )
        self._choose("owner_id", nobody + [(str(key), name) for key, name in people])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [(str(key), label) for key, label in choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        start, end = values.get("starts_on"), values.get("due_on")
        if start and end and end < start:
            self.add_error("due_on", "La fin prévue vient après le début prévu.")
        return values

    def planned(self) -> Planned:
        return Planned(**self.cleaned_data)


class DropForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi abandonner cette action ?",
        help_text="Le motif se lit dans le calendrier.",
        min_length=5,
        max_length=200,
        error_messages={
            "required": "Écrivez le motif.",
            "min_length": "Écrivez quelques mots de plus.",
        },
    )


class MilestoneForm(forms.Form):
    title = forms.CharField(
        label="Ce qui doit être atteint",
        max_length=200,
        error_messages={"required": "Écrivez ce qui doit être atteint."},
    )
    due_on = day_field("Prévu le")
    action_id = forms.TypedChoiceField(
        label="Action", coerce=_key, empty_value=None, required=False
    )

    def __init__(self, *args: Any, actions: Iterable[Action], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "Tout le déploiement"), *((str(row.pk), row.title) for row in actions)]
        self.fields["action_id"].choices = choices  # type: ignore[attr-defined]

    def expected(self) -> Expected:
        return Expected(**self.cleaned_data)
