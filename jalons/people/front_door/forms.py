"""What the front door asks: as little as finds somebody, then as little as receives them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from jalons.kernel import clock
from jalons.kernel.phones import phones
from jalons.nomenclature.queries import commune as commune_of
from jalons.nomenclature.queries import search_communes, terms

from .. import contacts, identifiers
from ..intakes.said import Said
from ..models import ContactKind
from ..models.person import Channel
from .typed import UNSAID, Typed

OLDEST = 120
ORIGINS = [
    ("self", "La personne est venue d’elle-même"),
    ("partner", "Un partenaire l’a signalée"),
    ("outreach", "Nous sommes allés vers elle"),
]
_DAY = re.compile(r"(\d{1,2})[\s./-]*(\d{1,2})[\s./-]*(\d{4})")
_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class BirthDateField(forms.CharField):
    """A birth date as people say it; a year alone is its 1 January, as on official papers."""

    def __init__(self) -> None:
        super().__init__(
            label="Date de naissance",
            help_text="Par exemple 17/05/1990, ou l’année seule : 1990.",
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 12}),
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        day = _read(text)
        if day is None or not date(clock.today().year - OLDEST, 1, 1) <= day <= clock.today():
            raise ValidationError("Écrivez une date passée : jour, mois, année.")
        return day


def _read(text: str) -> date | None:
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1) if int(text) else None
    iso, usual = _ISO.fullmatch(text), _DAY.fullmatch(text)
    parts = iso.groups() if iso else usual.groups()[::-1] if usual else None
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


class SearchForm(forms.Form):
    """Names and a birth date, or one number. What is typed in the wrong field is understood."""

    family_name = forms.CharField(
        label="Nom", required=False, max_length=100, help_text="De naissance ou d’usage."
    )
    given_name = forms.CharField(label="Prénom", required=False, max_length=100)
    birth_date = BirthDateField()
    number = forms.CharField(
        label="Numéro, téléphone ou courriel",
        required=False,
        max_length=100,
        help_text="Allocataire CAF ou MSA, France Travail, sécurité sociale, téléphone, courriel.",
    )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for name in ("family_name", "given_name"):
            text = values.get(name, "")
            if text and not values.get("number") and _is_number(text):
                values["number"], values[name] = text, ""
        if values.get("number"):
            self._check_number(values["number"])
        elif not self.errors:
            self._check_names(values)
        return values

    def _check_number(self, text: str) -> None:
        if not _is_number(text):
            self.add_error(
                "number",
                "Ce n’est ni un numéro, ni un téléphone, ni un courriel. Pour un nom, remplissez"
                " Nom, Prénom et Date de naissance.",
            )

    def _check_names(self, values: dict[str, Any]) -> None:
        for name, asked in [
            ("family_name", "Écrivez le nom, ou un numéro."),
            ("given_name", "Écrivez le prénom."),
            ("birth_date", "Écrivez la date de naissance, ou l’année : un nom ne suffit pas."),
        ]:
            text = values.get(name)
            if not text or (name != "birth_date" and not any(map(str.isalpha, text))):
                self.add_error(name, asked)

    @staticmethod
    def asked(said: Said) -> dict[str, Any]:
        """What a request that gives no birth date already says."""
        return {
            "family_name": said.family_name,
            "given_name": said.given_name,
            "number": said.phone or said.email,
        }

    def typed(self) -> Typed:
        values = self.cleaned_data
        if values["number"]:
            return Typed(number=values["number"])
        return Typed(values["family_name"], values["given_name"], values["birth_date"])


def _is_number(text: str) -> bool:
    reached = (ContactKind.PHONE, ContactKind.EMAIL)
    return any(contacts.normalised(kind, text) for kind in reached) or bool(
        identifiers.digests(text)
    )


class NewcomerForm(forms.Form):
    """A person to receive: what was searched, then how to reach them and what they ask for."""

    family_name = forms.CharField(
        label="Nom d’usage", max_length=100, error_messages={"required": "Écrivez le nom."}
    )
    birth_name = forms.CharField(
        label="Nom de naissance", max_length=100, required=False, help_text="S’il est différent."
    )
    given_name = forms.CharField(
        label="Prénom", max_length=100, error_messages={"required": "Écrivez le prénom."}
    )
    birth_date = BirthDateField()
    commune = forms.CharField(
        label="Commune",
        max_length=100,
        required=False,
        help_text="Celle où la personne vit.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-combobox-url": reverse_lazy("nomenclature:communes"),
                "data-combobox-code": "id_code",
            }
        ),
    )
    code = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput())
    phones = forms.CharField(label="Téléphone", max_length=100, required=False)
    email = forms.CharField(label="Courriel", max_length=200, required=False)
    channel = forms.ChoiceField(
        label="Moyen de contact préféré",
        choices=[("", "Pas de préférence"), *Channel.choices],
        required=False,
    )
    language = forms.ChoiceField(label="Langue")
    origin = forms.ChoiceField(label="Comment est-elle arrivée ?", choices=ORIGINS)
    request = forms.CharField(
        label="Sa demande, dans ses mots",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    distinct = forms.BooleanField(
        label="J’ai regardé les personnes trouvées : ce n’est aucune d’elles",
        required=False,
    )

    def __init__(
        self, *args: Any, asks_distinct: bool, asks_origin: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        languages = [(item.code, item.label) for item in terms("language")]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        if not asks_distinct:
            del self.fields["distinct"]
        if not asks_origin:
            del self.fields["origin"]

    def clean_birth_date(self) -> date:
        day: date | None = self.cleaned_data["birth_date"]
        if day is None:
            raise ValidationError("Écrivez la date de naissance, ou l’année.")
        return day

    def clean_code(self) -> str:
        """The Insee code that a suggestion gave, else that of the commune typed."""
        text = self.cleaned_data.get("commune", "").strip()
        given = commune_of(self.cleaned_data["code"]) if self.cleaned_data["code"] else None
        if given or not text:
            return given.code if given else ""
        named = search_communes(text, limit=1)
        if not named:
            self.add_error("commune", "Cette commune est inconnue : vérifiez son nom.")
        return named[0].code if named else ""

    def clean_phones(self) -> list[str]:
        found, whole = phones(self.cleaned_data["phones"])
        if not whole:
            raise ValidationError("Vérifiez ce téléphone : dix chiffres.")
        return found

    def clean_email(self) -> str:
        text = self.cleaned_data["email"]
        found = contacts.normalised(ContactKind.EMAIL, text)
        if text.strip() and not found:
            raise ValidationError(contacts.WRONG[ContactKind.EMAIL])
        return found

    def clean(self) -> dict[str, Any]:
        if "distinct" in self.fields and not self.cleaned_data.get("distinct"):
            self.add_error(
                "distinct", "Regardez les personnes trouvées, puis cochez si ce n’est aucune."
            )
        return self.cleaned_data

    @staticmethod
    def asked(said: Said) -> dict[str, Any]:
        """What a request already says of it."""
        place = commune_of(said.commune) if said.commune else None
        found = {
            "phones": contacts.written(ContactKind.PHONE, said.phone),
            "email": said.email,
            "commune": place.name if place else "",
            "code": place.code if place else "",
            "language": said.language,
            "request": said.words,
        }
        return {name: value for name, value in found.items() if value}

    @staticmethod
    def of(typed: Typed) -> dict[str, Any]:
        """What the form holds at first."""
        day = typed.birth_date.strftime("%d/%m/%Y") if typed.birth_date else ""
        number = "" if typed.number == UNSAID else typed.number
        phone = number if contacts.normalised(ContactKind.PHONE, number) else ""
        email = number if contacts.normalised(ContactKind.EMAIL, number) else ""
        return {
            "language": "fra",
            "family_name": typed.family_name,
            "given_name": typed.given_name,
            "birth_date": day,
            "phones": phone,
            "email": email,
        }


class AskForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi souhaitez-vous suivre cette personne ?",
        help_text="Ces mots sont transmis à son référent.",
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Écrivez pourquoi : la personne qui répond en a besoin.",
            "min_length": "Écrivez une phrase complète.",
        },
    )
    request = forms.CharField(
        label="La demande de la personne, dans ses mots",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label="Réponse",
        help_text="Lue par la personne qui demande.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
