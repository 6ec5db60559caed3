from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from .models import Account

LONGEST_PASSWORD = 256


def password_field(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": "Écrivez le mot de passe."},
    )


class LoginForm(forms.Form):
    email = forms.EmailField(
        label="Courriel professionnel",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Écrivez votre courriel.",
            "invalid": "Écrivez un courriel complet, comme prenom.nom@structure.fr.",
        },
    )
    password = password_field("Mot de passe", "current-password")


class EmailForm(forms.Form):
    email = LoginForm.base_fields["email"]


class CodeForm(forms.Form):
    """`on_paper`: a recovery code is accepted in place of the application's."""

    code = forms.CharField(
        label="Code de votre application",
        help_text="Six chiffres, ou l’un de vos codes de secours.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "size": 18}),
        error_messages={"required": "Écrivez le code."},
    )


class EnrolForm(forms.Form):
    code = forms.CharField(
        label="Code à six chiffres affiché par l’application",
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 8}
        ),
        error_messages={"required": "Écrivez les six chiffres."},
    )


class NewPasswordForm(forms.Form):
    """A new password for `account`, written twice."""

    password = password_field(
        "Nouveau mot de passe",
        "new-password",
        "Douze signes au moins. Une phrase que vous retenez convient bien.",
    )
    again = password_field("Le même, une seconde fois", "new-password")

    def __init__(self, account: Account, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("password") and values.get("again") != values["password"]:
            self.add_error("again", ValidationError("Les deux mots de passe sont différents."))
        return values


class OpenAccountForm(NewPasswordForm):
    """The holder of an invitation says who they are."""

    given_name = forms.CharField(
        label="Prénom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Écrivez votre prénom."},
    )
    family_name = forms.CharField(
        label="Nom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Écrivez votre nom."},
    )
    field_order = ["given_name", "family_name", "password", "again"]


class ChangePasswordForm(NewPasswordForm):
    current = password_field("Mot de passe actuel", "current-password")
    field_order = ["current", "password", "again"]
