from typing import Any

from django import forms

from jalons.access.roles import Field, Role
from jalons.kernel.phones import phones, shown

from ..models import Mandate, Organization
from .actions.change_mandate import Sheet
from .rules import LONGEST_SKILL, MOST_SKILLS, OFFICES, TEAM_ROLES, needs_field, skills_in

SKILLS_HINT = "Séparez-les par des virgules : mobilité, écoute, droit des étrangers…"


def date_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Choisissez une date dans le calendrier."},
    )


def competence_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Champ",
        choices=Field.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={
            "required": "Choisissez un champ.",
            "invalid_choice": "Choisissez un champ de la liste.",
        },
    )


def text_field(label: str, length: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=length,
        required=False,
        error_messages={"max_length": f"Écrivez {length} signes au plus."},
    )


class SheetForm(forms.Form):
    """How a professional is described to the others."""

    function = text_field("Fonction", 150, "Comme on la dirait à un partenaire.")
    skills = text_field("Compétences", 1000, SKILLS_HINT)
    phones = text_field("Téléphones professionnels", 100, "Affichés un par un, à la demande.")

    @staticmethod
    def of(mandate: Mandate) -> dict[str, Any]:
        """What the form holds at first."""
        return {
            "function": mandate.function,
            "skills": ", ".join(mandate.skills),
            "phones": ", ".join(shown(number) for number in mandate.phones),
        }

    def clean_skills(self) -> list[str]:
        skills = skills_in(self.cleaned_data["skills"])
        if len(skills) > MOST_SKILLS:
            raise forms.ValidationError(f"Gardez les {MOST_SKILLS} plus utiles.")
        if any(len(skill) > LONGEST_SKILL for skill in skills):
            raise forms.ValidationError(f"Une compétence tient en {LONGEST_SKILL} signes.")
        return skills

    def clean_phones(self) -> list[str]:
        numbers, all_valid = phones(self.cleaned_data["phones"])
        if not all_valid:
            raise forms.ValidationError("Écrivez chaque numéro en entier, séparé par une virgule.")
        return numbers

    @property
    def sheet(self) -> Sheet:
        values = self.cleaned_data
        return Sheet(values["function"], values["skills"], values["phones"])


class MandateForm(SheetForm):
    """`flags`: a coordinator also sets what only they set."""

    field = competence_field()
    habilitated_from = date_field(
        "Habilitation de référent, depuis le",
        "Décision du département. Vide : la personne ne peut pas être référente de parcours.",
    )
    data_protection_from = date_field(
        "Protection des données, depuis le", "Traite les demandes des personnes sur leurs données."
    )
    field_order = ["field", "function", "skills", "phones"]

    def __init__(self, mandate: Mandate, *args: Any, flags: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.mandate = mandate
        practitioner = mandate.role == Role.PRACTITIONER
        self.flags = flags
        self.fields["field"].required = practitioner
        if not practitioner:
            del self.fields["field"]
        if not flags or not practitioner:
            del self.fields["habilitated_from"]
        if not flags:
            del self.fields["data_protection_from"]


class EndForm(forms.Form):
    last_day = date_field("Dernier jour", "Laissez vide pour mettre fin au mandat tout de suite.")


class RoleForm(forms.Form):
    """A role, and the field of whoever needs one."""

    role = forms.ChoiceField(label="Rôle", error_messages={"required": "Choisissez un rôle."})
    field = competence_field()

    def __init__(self, *args: Any, offices: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = [*TEAM_ROLES, *OFFICES] if offices else [*TEAM_ROLES]
        choices = [("", "Choisir…"), *((role.value, role.label) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.fields["field"].help_text = "Pour un accompagnement seulement."


class ReplaceForm(RoleForm):
    """Beside the form of the mandate: its fields have other identifiers."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="new_%s", **options)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if needs_field(values.get("role", "")):
            if not values.get("field"):
                self.add_error("field", "Choisissez un champ : la personne accompagnera.")
        else:
            values["field"] = ""
        return values


class InvitationForm(forms.Form):
    """What may still be said of somebody expected."""

    given_name = text_field("Prénom", 100)
    family_name = text_field("Nom", 100)
    function = text_field("Fonction", 150)
    field = competence_field()

    @property
    def said(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items()}


class InviteForm(RoleForm, InvitationForm):
    organization = forms.ChoiceField(
        label="Structure", error_messages={"required": "Choisissez une structure."}
    )
    email = forms.EmailField(
        label="Courriel professionnel",
        help_text="L’invitation n’y dit rien d’autre que son lien.",
        max_length=254,
        error_messages={
            "required": "Écrivez un courriel.",
            "invalid": "Écrivez un courriel complet, comme prenom.nom@structure.fr.",
        },
    )
    field_order = ["organization", "email", "given_name", "family_name", "role", "field"]

    def __init__(self, organizations: list[Organization], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(str(row.pk), row.name) for row in organizations]
        if len(named) == 1:
            self.fields["organization"].widget = forms.HiddenInput()
            self.fields["organization"].initial = named[0][0]
        else:
            named = [("", "Choisir…"), *named]
        self.fields["organization"].choices = named  # type: ignore[attr-defined]
        self.fields["field"].help_text = "Sinon, la personne le dira en acceptant."


class AnswerForm(forms.Form):
    """What is asked of the holder, when nobody said it before."""

    field = competence_field()

    def __init__(self, *args: Any, asked: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].label = "Que faites-vous auprès des personnes ?"
        if asked:
            self.fields["field"].required = True
        else:
            del self.fields["field"]


class FilterForm(forms.Form):
    """The filters of the teams: shown, never validated, nothing in them is compulsory."""

    use_required_attribute = False
    structure = forms.ChoiceField(label="Structure")
    role = forms.ChoiceField(label="Rôle")
    champ = forms.ChoiceField(label="Champ")
    etat = forms.ChoiceField(label="État")


class SoughtForm(forms.Form):
    """What is looked for among the partners; the same."""

    use_required_attribute = False
    q = forms.CharField(label="Mot", max_length=100, widget=forms.TextInput({"type": "search"}))
    type = forms.ChoiceField(label="Type")
    commune = forms.ChoiceField(label="Commune")
    competence = forms.ChoiceField(label="Compétence")


def choose(form: forms.Form, name: str, empty: str, choices: list[tuple[str, str]]) -> None:
    """Gives a list to a field of choice, after what stands for none."""
    field = form.fields[name]
    field.choices = [("", empty), *choices] if empty else choices  # type: ignore[attr-defined]
