"""What is asked of whoever asks for help, signals somebody, or met them outside."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jalons.kernel.phones import phone
from jalons.nomenclature.models import Commune
from jalons.nomenclature.queries import terms

from .. import contacts
from ..front_door.forms import BirthDateField
from ..models import ContactKind, Intake
from . import tickets
from .places import Place, commune_named
from .said import Said
from .tickets import Ticket

LONGEST_REQUEST = 2000
NO_WAY = "Donnez un téléphone, un courriel, ou dites où trouver la personne."
NO_AGREEMENT = (
    "Sans l’accord de la personne, nous ne pouvons pas recevoir ce signalement. Parlez-lui-en"
    " d’abord, ou donnez-lui l’adresse de la page « Demander un accompagnement »."
)


class Suggested(forms.TextInput):
    """A text field beside which the browser proposes values, without JavaScript."""

    def __init__(self, values: list[str], **attrs: str) -> None:
        super().__init__(attrs)
        self.values = values

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}_values"
        field = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join(
            "", "<option{}></option>", ((flatatt({"value": v}),) for v in self.values)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


def _text(label: str, autocomplete: str = "off", **options: Any) -> forms.CharField:
    attrs = {"autocomplete": autocomplete, **options.pop("attrs", {})}
    options = {"max_length": 100} | options
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attrs), **options)


class PersonForm(forms.Form):
    """Who the person is, how to reach them, what they need; and the ticket of the form."""

    no_way = NO_WAY
    ticket = forms.CharField(widget=forms.HiddenInput(), required=False)
    given_name = _text("Prénom", "given-name", error_messages={"required": "Écrivez le prénom."})
    family_name = _text("Nom", "family-name", error_messages={"required": "Écrivez le nom."})
    phone = _text("Téléphone", "tel", required=False, attrs={"type": "tel", "inputmode": "tel"})
    email = _text(
        "Courriel",
        "email",
        required=False,
        max_length=200,
        attrs={"type": "email", "inputmode": "email"},
    )
    whereabouts = _text("Sinon, où la trouver ?", required=False, max_length=300)
    request = forms.CharField(
        label="De quoi a-t-elle besoin ?",
        max_length=LONGEST_REQUEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": "Dites en quelques mots ce qui est demandé."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ticket"].initial = str(tickets.new())

    @property
    def sent_ticket(self) -> Ticket:
        return tickets.read(self.cleaned_data["ticket"])

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"].strip()
        found = phone(text)
        if text and not found:
            raise ValidationError(contacts.WRONG[ContactKind.PHONE])
        return found

    def clean_email(self) -> str:
        text = self.cleaned_data["email"]
        found = contacts.normalised(ContactKind.EMAIL, text)
        if text.strip() and not found:
            raise ValidationError(contacts.WRONG[ContactKind.EMAIL])
        return found

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        ways = ("phone", "email", "whereabouts")
        if not any(name in self.errors or values.get(name) for name in ways):
            self.add_error("phone", self.no_way)
        return values

    def said(self, **more: Any) -> Said:
        values = self.cleaned_data
        return Said(
            values["family_name"],
            values["given_name"],
            values.get("birth_date"),
            phone=values["phone"],
            email=values.get("email", ""),
            whereabouts=values["whereabouts"],
            commune=values.get("commune", ""),
            request=values["request"],
            message=values.get("message") == "yes",
            language=values.get("language", ""),
            notice=self.sent_ticket.notice,
            **more,
        )


class PlacedForm(PersonForm):
    """The same with the birth date, the commune, and whether to leave a message."""

    birth_date = BirthDateField()
    commune = _text("Commune", required=False)
    message = forms.ChoiceField(
        label="Pouvons-nous laisser un message ?",
        help_text="Sur le répondeur, par SMS ou par courriel.",
        choices=[("no", "Non"), ("yes", "Oui")],
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez oui ou non."},
    )

    def __init__(self, *args: Any, communes: list[Commune], **options: Any) -> None:
        super().__init__(*args, **options)
        self.communes = communes
        names = [row.name for row in communes]
        self.fields["commune"].widget = Suggested(names, autocomplete="off", maxlength="100")
        self.fields["birth_date"].widget.attrs["autocomplete"] = "off"

    def clean_commune(self) -> str:
        text = self.cleaned_data["commune"].strip()
        found = commune_named(text, self.communes) if text else ""
        if text and not found:
            raise ValidationError(
                "Cette commune n’est pas du territoire. Vérifiez son nom, ou laissez vide."
            )
        return found


class AskForm(PlacedForm):
    """What a person asks for themselves, without an account. `website` is a trap for robots."""

    place = forms.ChoiceField(
        label="Où préférez-vous être reçu ?",
        required=False,
        error_messages={"invalid_choice": "Choisissez un lieu de la liste."},
    )
    website = forms.CharField(
        label="Ne remplissez pas cette case",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    no_way = "Donnez un téléphone, un courriel, ou dites-nous où vous trouver."

    def __init__(self, *args: Any, places: list[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places
        named = [(str(one.key), f"{one.member}, {one.where}") for one in places]
        self.fields["place"].choices = [("", "Je n’ai pas de préférence"), *named]  # type: ignore[attr-defined]
        if not places:
            del self.fields["place"]
        for name, value in {"birth_date": "bday", "commune": "address-level2"}.items():
            self.fields[name].widget.attrs["autocomplete"] = value
        self.fields["phone"].help_text = "Le vôtre, ou celui d’un proche."
        self.fields["whereabouts"].label = "Sinon, comment vous trouver ?"
        self.fields["whereabouts"].help_text = (
            "Si vous n’avez ni téléphone ni courriel : un foyer, une association, un lieu, une"
            " heure."
        )
        self.fields["request"].label = "De quoi avez-vous besoin ?"
        self.fields["request"].help_text = (
            "Quelques mots suffisent. N’écrivez rien sur votre santé : vous en parlerez de vive"
            " voix, si vous le voulez."
        )

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    @property
    def door(self) -> UUID | None:
        """The structure of the place that was chosen."""
        chosen = self.cleaned_data.get("place")
        return next((one.organization for one in self.places if str(one.key) == chosen), None)


class SignalForm(PlacedForm):
    """A partner signals somebody who agrees."""

    agreed = forms.BooleanField(
        label="La personne est d’accord pour que je transmette ces informations",
        required=False,
    )
    signaller = _text("Votre nom", "name", error_messages={"required": "Écrivez votre nom."})
    signaller_contact = _text(
        "Comment vous joindre",
        help_text="Téléphone ou courriel.",
        max_length=200,
        error_messages={"required": "Donnez un téléphone ou un courriel."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("given_name", "family_name", "phone", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["message"].label = "Pouvons-nous lui laisser un message ?"
        self.fields["request"].label = "Que demande la personne ?"
        self.fields["request"].help_text = "Avec ses mots. Rien sur sa santé ni sur sa famille."

    def clean_agreed(self) -> bool:
        if not self.cleaned_data["agreed"]:
            raise ValidationError(NO_AGREEMENT)
        return True


class MeetingForm(PersonForm):
    """The least that a professional notes of somebody met outside."""

    language = forms.ChoiceField(label="Langue", initial="fra")
    field_order = ["given_name", "family_name", "whereabouts", "phone", "language", "request"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("given_name", "family_name", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        del self.fields["email"]
        self.fields["given_name"].label = "Prénom ou surnom"
        self.fields["whereabouts"].label = "Où la retrouver ?"
        self.fields["whereabouts"].help_text = "Un lieu, un jour, une heure. Sinon, un téléphone."
        self.fields["request"].widget.attrs["rows"] = 3
        languages = [(item.code, item.label) for item in terms("language")]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]


class AsideForm(forms.Form):
    motive = forms.ChoiceField(
        label="Pourquoi ?",
        choices=Intake.Motive.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif."},
    )


class LinkForm(forms.Form):
    organization = forms.ChoiceField(
        label="À quel partenaire ?",
        help_text="Le lien sert huit jours. Il remplace celui que ce partenaire avait.",
        error_messages={
            "required": "Choisissez un partenaire.",
            "invalid_choice": "Choisissez un partenaire de la liste.",
        },
    )

    def __init__(self, *args: Any, structures: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [("", "Choisir…"), *structures]
        self.fields["organization"].choices = named  # type: ignore[attr-defined]
