"""An account is a person who works here; what they may do comes from their mandates."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(BaseModel, AbstractBaseUser):
    email = models.EmailField("courriel", max_length=254)
    given_name = models.CharField("prénom", max_length=100)
    family_name = models.CharField("nom", max_length=100)
    disabled_at = models.DateTimeField("désactivé le", null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    field_levels: ClassVar[dict[str, Level]] = {
        "email": Level.OPEN,
        "given_name": Level.OPEN,
        "family_name": Level.OPEN,
        "disabled_at": Level.OPEN,
        "password": Level.SECRET,
        "last_login": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="account_email_unique",
                violation_error_message="Un compte existe déjà avec ce courriel.",
            )
        ]

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.disabled_at is None

    def __str__(self) -> str:
        return self.full_name
