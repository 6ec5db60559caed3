"""An account is a person who works here; what they may do comes from their mandates."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat, Lower

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel

ACCENTS = "àâäãéèêëîïíôöõóùûüúçñÀÂÄÃÉÈÊËÎÏÍÔÖÕÓÙÛÜÚÇÑ"
PLAIN = "aaaaeeeeiiioooouuuucnaaaaeeeeiiioooouuuucn"
"""Lower case does not fold accents, and a collation would depend on the machine."""


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(BaseModel, AbstractBaseUser):
    email = models.EmailField("courriel", max_length=254)
    given_name = models.CharField("prénom", max_length=100)
    family_name = models.CharField("nom", max_length=100)
    disabled_at = models.DateTimeField("désactivé le", null=True, blank=True)
    sort_key = models.GeneratedField(
        expression=Func(
            Lower(
                Concat(
                    *(F("family_name"), Value(" "), F("given_name"), Value(" "), F("email")),
                    output_field=models.TextField(),
                )
            ),
            Value(ACCENTS),
            Value(PLAIN),
            function="translate",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    """What a list is sorted by and searched in, computed by PostgreSQL."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    field_levels: ClassVar[dict[str, Level]] = {
        "email": Level.OPEN,
        "given_name": Level.OPEN,
        "family_name": Level.OPEN,
        "disabled_at": Level.OPEN,
        "sort_key": Level.OPEN,
        "password": Level.SECRET,
        "last_login": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["sort_key", "id"], name="account_order")]
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


class SecondFactor(models.Model):
    """What an authenticator application shares with us. Without a row, none is enrolled yet."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="second_factor"
    )
    secret = models.BinaryField()
    enrolled_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)
    """The number of the last period of 30 s whose code was taken: a code serves once."""

    field_levels: ClassVar[dict[str, Level]] = {
        "account": Level.OPEN,
        "secret": Level.SECRET,
        "enrolled_at": Level.OPEN,
        "last_step": Level.SECRET,
    }

    def __str__(self) -> str:
        return str(self.account)


class RecoveryCode(BaseModel):
    """One of the codes kept on paper, for whoever lost the application: it serves once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField()
    used_at = models.DateTimeField(null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "account": Level.OPEN,
        "digest": Level.SECRET,
        "used_at": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_unique")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AccountLink(BaseModel):
    """A link sent to the account's own address; its token is kept as a digest and serves once."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        RECOVERY = "recovery", "Nouveau mot de passe"
        FEDERATION = "federation", "Identité à relier"
        FACTOR = "factor", "Nouveau second facteur"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    digest = models.BinaryField(unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "account": Level.OPEN,
        "purpose": Level.OPEN,
        "digest": Level.SECRET,
        "expires_at": Level.OPEN,
        "used_at": Level.OPEN,
    }

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} – {self.account}"


class CharterAcceptance(BaseModel):
    """An account read and accepted one version of the confidentiality charter."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="acceptances")
    version = models.CharField(max_length=10)
    accepted_at = models.DateTimeField()

    field_levels: ClassVar[dict[str, Level]] = {
        "account": Level.OPEN,
        "version": Level.OPEN,
        "accepted_at": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "version"], name="charter_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.account} – {self.version}"


class Tries(models.Model):
    """A counter of failed tries; its name is a keyed hash. Written by `throttle` only."""

    digest = models.BinaryField(primary_key=True)
    tries = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    next_at = models.DateTimeField()

    field_levels: ClassVar[dict[str, Level]] = {
        "digest": Level.SECRET,
        "tries": Level.OPEN,
        "last_at": Level.OPEN,
        "next_at": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="tries_last_at")]

    def __str__(self) -> str:
        return f"{self.tries}"
