from typing import Any

from django import forms

from jalons.access.levels import Level

from ..models.document import DocumentKind
from .actions.add_document import TITLE
from .rules import BY_CODE, IDENTITY_KINDS, READINGS, Reading, is_readable_so

ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp"
PHOTOS = "image/jpeg,image/png"
WRONG_KIND = (
    "L’accueil ne lit que les pièces d’identité et les justificatifs. Choisissez d’autres lecteurs."
)
_CHOOSE = "Choisissez qui peut lire ce document."


def _file(label: str, help_text: str, **attributes: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.FileInput(attrs=attributes),
        error_messages={
            "invalid": "Choisissez un fichier.",
            "missing": "Choisissez un fichier.",
            "empty": "Le fichier est vide. Vérifiez que vous avez choisi le bon fichier.",
        },
    )


class ReadersForm(forms.Form):
    reading = forms.ChoiceField(
        label="Qui peut le lire ?",
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )

    def __init__(self, *args: Any, readings: tuple[Reading, ...], kind: str = "", **named: Any):
        """`readings`: what may be chosen; `kind` when the document is there already."""
        super().__init__(*args, **named)
        self._kind = kind
        choices = [(each.code, READINGS[each]) for each in READINGS if each in readings]
        field = self.fields["reading"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            self.initial.setdefault("reading", choices[0][0])

    @property
    def chosen(self) -> Reading:
        return BY_CODE[self.cleaned_data["reading"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        kind, reading = data.get("kind", self._kind), data.get("reading")
        if kind and reading and not is_readable_so(kind, BY_CODE[reading].level):
            self.add_error("reading", WRONG_KIND)
        return data


class DocumentForm(ReadersForm):
    """A file chosen, or a photo taken: one of the two."""

    kind = forms.ChoiceField(
        label="Quel document ?",
        choices=DocumentKind.choices,
        error_messages={
            "required": "Choisissez de quel document il s’agit.",
            "invalid_choice": "Choisissez de quel document il s’agit.",
        },
    )
    title = forms.CharField(
        label="Titre",
        help_text="Par exemple : attestation de juin. Sans titre, la nature du document suffit.",
        required=False,
        max_length=TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = _file("Fichier", "PDF, JPEG ou PNG, 10 Mo au plus.", accept=ACCEPTED)
    photo = _file(
        "Ou photo",
        "Sur un téléphone, l’appareil photo s’ouvre.",
        accept=PHOTOS,
        capture="environment",
    )
    field_order = ("kind", "title", "file", "photo", "reading")

    def __init__(self, *args: Any, readings: tuple[Reading, ...], **named: Any):
        super().__init__(*args, readings=readings, **named)
        if {reading.level for reading in readings} == {Level.IDENTITY}:
            field = self.fields["kind"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [each for each in DocumentKind.choices if each[0] in IDENTITY_KINDS]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        sent = [data[name] for name in ("file", "photo") if data.get(name)]
        if len(sent) > 1:
            self.add_error("photo", "Envoyez le fichier ou la photo, pas les deux.")
        elif not sent and not {"file", "photo"} & set(self.errors):
            self.add_error("file", "Choisissez un fichier, ou prenez une photo.")
        return data

    @property
    def content(self) -> bytes:
        sent = self.cleaned_data.get("file") or self.cleaned_data["photo"]
        found: bytes = sent.read()
        return found
