"""The forms that describe a structure, and the places where it receives."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from jalons.kernel.french_dates import WEEKDAYS
from jalons.nomenclature.cache import Item

from ..consortium.communes import code_of
from ..identifiers import WrongSiret, siret_of
from ..telephones import WrongNumber, numbers_of
from .actions.edit_organization import Sheet
from .actions.places import Described
from .hours import Span, WrongHours, spans_of


def kind_choices(kinds: Iterable[Item]) -> list[tuple[str, str]]:
    return [("", "Choisissez"), *((item.code, item.label) for item in kinds)]


class SiretField(forms.CharField):
    """Empty, or a SIRET whose key is right."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "SIRET",
            "help_text": "Quatorze chiffres, les espaces sont acceptées.",
            "max_length": 30,
            "required": False,
            "widget": forms.TextInput(attrs={"size": 20, "inputmode": "numeric"}),
        }
        super().__init__(**defaults | options)

    def clean(self, value: Any) -> str:
        try:
            return siret_of(super().clean(value))
        except WrongSiret as error:
            raise ValidationError(str(error)) from None


class PhonesField(forms.CharField):
    """Numbers between commas, kept in the E.164 form."""

    def __init__(self) -> None:
        super().__init__(
            label="Téléphones",
            help_text="Plusieurs numéros se séparent par une virgule.",
            max_length=200,
            required=False,
        )

    def clean(self, value: Any) -> Any:
        try:
            return numbers_of(super().clean(value))
        except WrongNumber as error:
            raise ValidationError(str(error)) from None


class HoursField(forms.CharField):
    """The openings of one day."""

    def __init__(self, weekday: int) -> None:
        super().__init__(label=WEEKDAYS[weekday - 1].capitalize(), max_length=120, required=False)

    def clean(self, value: Any) -> Any:
        try:
            return spans_of(super().clean(value))
        except WrongHours as error:
            raise ValidationError(str(error)) from None


class AddressForm(forms.Form):
    """An address; `commune` is the Insee code that a suggestion gives, else that of the town."""

    address = forms.CharField(label="Adresse", max_length=200, required=False)
    address_more = forms.CharField(
        label="Complément d’adresse", max_length=200, required=False, help_text="Bâtiment, étage."
    )
    postcode = forms.RegexField(
        r"^\d{5}$",
        label="Code postal",
        required=False,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}),
        error_messages={"invalid": "Un code postal compte cinq chiffres."},
    )
    city = forms.CharField(
        label="Ville",
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-combobox-url": reverse_lazy("nomenclature:communes"),
                "data-combobox-code": "id_commune",
            }
        ),
    )
    commune = forms.RegexField(
        r"^[0-9AB]{5}$", required=False, widget=forms.HiddenInput(), max_length=5
    )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not values.get("commune"):
            values["commune"] = code_of(values.get("postcode", ""), values.get("city", ""))
        return values


class StructureForm(AddressForm):
    """Everything that a structure says of itself."""

    name = forms.CharField(
        label="Nom", max_length=200, error_messages={"required": "Écrivez le nom de la structure."}
    )
    kind = forms.ChoiceField(
        label="Type de structure",
        error_messages={"required": "Choisissez le type de structure."},
    )
    siret = SiretField()
    description = forms.CharField(
        label="Ce que fait la structure",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    phones = PhonesField()
    email = forms.EmailField(
        label="Courriel",
        required=False,
        error_messages={"invalid": "Écrivez un courriel complet, comme accueil@structure.fr."},
    )
    website = forms.URLField(
        label="Site web",
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": "Écrivez l’adresse complète du site, comme https://structure.fr."
        },
    )
    field_order = ["name", "kind", "siret", "description", "phones", "email", "website"]

    def __init__(self, *args: Any, kinds: Iterable[Item], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kind_choices(kinds)  # type: ignore[attr-defined]

    def sheet(self) -> Sheet:
        return Sheet(**self.cleaned_data)


class SensitiveForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi ce changement ?",
        help_text="Votre motif est gardé dans l’historique de la structure.",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Écrivez le motif.",
            "min_length": "Écrivez une phrase complète.",
        },
    )
    sensitive = forms.TypedChoiceField(
        choices=[("1", "oui"), ("0", "non")],
        coerce=lambda value: value == "1",
        widget=forms.HiddenInput(),
    )


class PlaceForm(AddressForm):
    """A place of reception, its seven days included."""

    name = forms.CharField(
        label="Nom du lieu",
        max_length=150,
        error_messages={"required": "Écrivez le nom du lieu, comme « Antenne nord »."},
    )
    phones = PhonesField()
    note = forms.CharField(
        label="À savoir pour venir",
        help_text="Par exemple : sur rendez-vous, sonner au 2.",
        max_length=300,
        required=False,
    )
    field_order = ["name", "address", "address_more", "postcode", "city", "phones", "note"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for day in range(1, 8):
            self.fields[f"day_{day}"] = HoursField(day)
        self.fields["day_1"].help_text = "Par exemple : 9 h – 12 h, 13 h 30 – 17 h. Vide : fermé."

    def described(self) -> Described:
        values = self.cleaned_data
        hours: dict[int, list[Span]] = {day: values[f"day_{day}"] for day in range(1, 8)}
        named = {name: value for name, value in values.items() if not name.startswith("day_")}
        return Described(hours=hours, **named)
