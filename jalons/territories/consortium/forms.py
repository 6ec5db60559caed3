"""The forms of the consortium: founding, members, convention, axes, goal, proposals."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from jalons.kernel import clock
from jalons.kernel.french_dates import short
from jalons.nomenclature.cache import Item

from ..models import NationalAxis, Organization
from ..structures.forms import SiretField, kind_choices
from .actions.axes import Titled
from .actions.convention import Signed
from .actions.found_territory import Founding
from .proposals import ACTIONS, dates_of, milestones_of


def day_field(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez une date.",
            "invalid": "Écrivez la date en entier : jour, mois, année.",
        },
        **options,
    )


class FoundingForm(forms.Form):
    """A territory, the structure that carries it, and its first coordinator."""

    name = forms.CharField(
        label="Nom du territoire",
        max_length=150,
        error_messages={"required": "Écrivez le nom du territoire."},
    )
    code = forms.SlugField(
        label="Code du territoire",
        help_text="Minuscules, chiffres et tirets : pays-ajaccien. Il ne changera plus.",
        max_length=40,
        widget=forms.TextInput(attrs={"size": 24, "autocapitalize": "none"}),
        error_messages={
            "required": "Écrivez un code.",
            "invalid": "Le code ne contient que des lettres sans accent, des chiffres, des tirets.",
        },
    )
    organization = forms.CharField(
        label="Structure porteuse",
        max_length=200,
        error_messages={"required": "Écrivez le nom de la structure qui porte le consortium."},
    )
    kind = forms.ChoiceField(
        label="Type de structure", error_messages={"required": "Choisissez le type de structure."}
    )
    siret = SiretField()
    given_name = forms.CharField(
        label="Prénom de la coordinatrice ou du coordinateur",
        max_length=100,
        error_messages={"required": "Écrivez son prénom."},
    )
    family_name = forms.CharField(
        label="Nom", max_length=100, error_messages={"required": "Écrivez son nom."}
    )
    email = forms.EmailField(
        label="Courriel professionnel",
        help_text="Un lien valable sept jours y sera envoyé.",
        max_length=254,
        error_messages={
            "required": "Écrivez son courriel.",
            "invalid": "Écrivez un courriel complet, comme prenom.nom@structure.fr.",
        },
    )

    def __init__(self, *args: Any, kinds: Iterable[Item], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kind_choices(kinds)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()

    def founding(self) -> Founding:
        return Founding(**self.cleaned_data)


class TerritoryNameForm(forms.Form):
    name = forms.CharField(
        label="Nom du territoire",
        max_length=150,
        error_messages={"required": "Écrivez le nom du territoire."},
    )


class MemberForm(forms.Form):
    """A structure that joins; `anyway` says that it is none of those that look like it."""

    name = forms.CharField(
        label="Nom de la structure",
        max_length=200,
        error_messages={"required": "Écrivez le nom de la structure."},
    )
    kind = forms.ChoiceField(
        label="Type de structure", error_messages={"required": "Choisissez le type de structure."}
    )
    siret = SiretField()
    starts_on = day_field("Membre depuis le")

    def __init__(self, *args: Any, kinds: Iterable[Item], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kind_choices(kinds)  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    starts_on = day_field("Membre depuis le")


class LeaveForm(forms.Form):
    last_day = day_field("Dernier jour dans le consortium")


class ConventionForm(forms.Form):
    title = forms.CharField(
        label="Intitulé",
        max_length=200,
        error_messages={"required": "Écrivez l’intitulé de la convention."},
    )
    carrier = forms.TypedChoiceField(
        label="Structure porteuse",
        coerce=UUID,
        error_messages={
            "required": "Choisissez la structure porteuse.",
            "invalid_choice": "Choisissez une structure membre du consortium.",
        },
    )
    signed_on = day_field("Signée le", required=False)
    starts_on = day_field("Début")
    last_day = day_field("Dernier jour", required=False)
    aims = forms.CharField(
        label="Ce que le territoire veut changer",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    publics = forms.MultipleChoiceField(
        label="Publics visés", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        carriers: Iterable[Organization],
        publics: Iterable[Item],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        choices = [(str(row.pk), row.name) for row in carriers]
        self.fields["carrier"].choices = choices  # type: ignore[attr-defined]
        self.fields["publics"].choices = [(item.code, item.label) for item in publics]  # type: ignore[attr-defined]

    def signed(self) -> Signed:
        return Signed(**self.cleaned_data)


class AxisForm(forms.Form):
    """An axis; without title, it is none."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput())
    title = forms.CharField(label="Intitulé", max_length=200, required=False)
    national = forms.ChoiceField(label="Axe national", choices=NationalAxis.choices)
    description = forms.CharField(
        label="Ce qu’il recouvre",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


AxesFormSet = forms.formset_factory(AxisForm, extra=1, max_num=10, absolute_max=10)


def titled(axes: Iterable[forms.Form]) -> list[Titled]:
    """The axes of a valid form set, those without title left out."""
    return [Titled(**axis.cleaned_data) for axis in axes if axis.cleaned_data.get("title")]


class GoalForm(forms.Form):
    year = forms.TypedChoiceField(label="Année", coerce=int)
    persons = forms.IntegerField(
        label="Personnes à accompagner",
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(),
        error_messages={
            "required": "Écrivez un nombre de personnes.",
            "invalid": "Écrivez un nombre entier.",
            "min_value": "Écrivez un nombre à partir de 1.",
            "max_value": "Ce nombre est trop grand.",
        },
    )
    reason = forms.CharField(
        label="Pourquoi ce chiffre ?",
        help_text="Par exemple : décidé au comité de pilotage de mars.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        year = clock.today().year
        choices = [(each, str(each)) for each in (year - 1, year, year + 1)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]


class ProposalsForm(forms.Form):
    """The actions that the method proposes from a day on; those left checked are kept."""

    kept = forms.MultipleChoiceField(
        label="Actions à garder", widget=forms.CheckboxSelectMultiple, required=False
    )
    starts_on = forms.DateField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, start: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].initial = start.isoformat()
        self.fields["kept"].initial = [proposed.key for proposed in ACTIONS]
        self.fields["kept"].choices = [  # type: ignore[attr-defined]
            (proposed.key, _proposal(proposed, start)) for proposed in ACTIONS
        ]


def _proposal(proposed: Any, start: Any) -> str:
    first, last = dates_of(proposed, start)
    stones = milestones_of(proposed, start)
    told = "".join(f" · {title} ({short(day)})" for title, day in stones)
    return f"{proposed.title} : du {short(first)} au {short(last)}{told}"
