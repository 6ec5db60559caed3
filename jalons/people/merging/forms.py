from typing import Any
from uuid import UUID

from django import forms

from .contents import Choices
from .queries import Preview


class MergeForm(forms.Form):
    """Which file is kept, and, field by field, whose value."""

    def __init__(self, preview: Preview, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._preview = preview
        sides = [(str(side.key), side.label) for side in preview.sides]
        self._ask("kept", "Le dossier à garder", sides, preview.suggested)
        for field in preview.fields:
            values = [(str(key), said) for key, said in field.values]
            self._ask(field.name, field.label, values, preview.suggested)
        if preview.referents:
            names = [(str(key), name) for key, name in preview.referents]
            self._ask("referent", "Le référent de parcours", names, preview.suggested)

    def _ask(self, name: str, label: str, choices: list[tuple[str, str]], first: UUID) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            initial=str(first),
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez."},
        )

    @property
    def kept(self) -> UUID:
        return UUID(self.cleaned_data["kept"])

    @property
    def choices(self) -> Choices:
        said, kept = self.cleaned_data, self.cleaned_data["kept"]
        taken = [field.name for field in self._preview.fields if said[field.name] != kept]
        referent = said.get("referent")
        return Choices(tuple(taken), bool(referent) and referent != kept)
