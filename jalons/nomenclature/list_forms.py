from typing import Any

from django import forms

from .actions.add_term import NewTerm
from .files import Catalogued
from .queries import terms

LONGEST_LABEL = 150


class AddForm(forms.Form):
    """A new entry of a list; `parent` is asked where the list hangs from another one."""

    label = forms.CharField(
        label="Libellé de l’entrée",
        help_text="Comme vous voulez le lire dans les formulaires.",
        max_length=LONGEST_LABEL,
        error_messages={
            "required": "Écrivez le libellé.",
            "max_length": f"Écrivez {LONGEST_LABEL} signes au plus.",
        },
    )

    def __init__(self, listed: Catalogued, territory: int, data: Any = None) -> None:
        super().__init__(data)
        self.listed = listed
        if listed.parents:
            parents = terms(listed.parents, territory=territory)
            self.fields["parent"] = forms.ChoiceField(
                label="Rattachée à",
                choices=[("", "Choisissez"), *((item.code, item.label) for item in parents)],
                required=listed.parents != listed.name,
                error_messages={
                    "required": "Choisissez une entrée de la liste.",
                    "invalid_choice": "Choisissez une entrée de la liste.",
                },
            )

    def term(self) -> NewTerm:
        said = self.cleaned_data
        return NewTerm(self.listed.name, said["label"], said.get("parent", ""))


class CloseForm(forms.Form):
    """An entry, and the first day without it."""

    term = forms.UUIDField()
    day = forms.DateField(
        label="Fermée à partir du",
        error_messages={
            "required": "Choisissez la date à partir de laquelle l’entrée se ferme.",
            "invalid": "Écrivez une date, comme 01/03/2027.",
        },
    )
