"""Who else says who somebody is: providers of identities, and the identities they gave."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel

from .account import Account

SIGNATURES = ["ES256", "ES384", "PS256", "RS256"]
"""Signed with a key that the provider alone holds: nothing that our secret could sign."""


def accepted_signatures() -> list[str]:
    return ["ES256", "RS256"]


class Provider(BaseModel):
    """A provider of identities (OpenID Connect), and exactly what is said to it.

    Nothing is sent that the row does not name: some refuse what they do not know. `assured_acr` and
    `assured_amr` are the values by which the provider says that it asked for two factors; empty,
    ours follows. Edited by `manage oidc_provider`.
    """

    class UserInfo(models.TextChoices):
        JWT = "jwt", "JWT signé"
        JSON = "json", "JSON"
        NONE = "none", "Aucune : le jeton d’identité suffit"

    class TokenAuth(models.TextChoices):
        POST = "client_secret_post", "Dans le corps"
        BASIC = "client_secret_basic", "En-tête"

    slug = models.SlugField("nom court", max_length=30, unique=True)
    label = models.CharField("nom affiché", max_length=60)
    issuer = models.URLField("émetteur", blank=True)
    client_id = models.CharField("identifiant du client", max_length=200)
    secret = models.BinaryField()
    scopes = models.CharField("portées", max_length=200, default="openid email")
    acr_values = models.CharField("niveaux demandés", max_length=300, blank=True)
    claims = models.CharField("paramètre claims", max_length=500, blank=True)
    pkce = models.BooleanField("PKCE", default=True)
    token_auth = models.CharField(
        "secret envoyé", max_length=20, choices=TokenAuth, default=TokenAuth.POST
    )
    userinfo = models.CharField(max_length=4, choices=UserInfo, default=UserInfo.JSON)
    algorithms = ArrayField(
        models.CharField(max_length=10),
        verbose_name="signatures acceptées",
        default=accepted_signatures,
    )
    assured_acr = ArrayField(
        models.CharField(max_length=100),
        verbose_name="acr à deux facteurs",
        blank=True,
        default=list,
    )
    assured_amr = ArrayField(
        models.CharField(max_length=20),
        verbose_name="amr à deux facteurs",
        blank=True,
        default=list,
    )
    reauthenticates = models.BooleanField("redemande à la demande", default=False)
    logout = models.BooleanField("déconnexion propagée", default=True)
    rank = models.PositiveSmallIntegerField("ordre", default=10)
    demo = models.BooleanField(default=False, editable=False)
    """Served by this installation; it has no issuer of its own, and exists in the demo only."""
    disabled_at = models.DateTimeField("désactivé le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "slug": Level.OPEN,
        "label": Level.OPEN,
        "issuer": Level.OPEN,
        "client_id": Level.OPEN,
        "secret": Level.SECRET,
        "scopes": Level.OPEN,
        "acr_values": Level.OPEN,
        "claims": Level.OPEN,
        "pkce": Level.OPEN,
        "token_auth": Level.OPEN,
        "userinfo": Level.OPEN,
        "algorithms": Level.OPEN,
        "assured_acr": Level.OPEN,
        "assured_amr": Level.OPEN,
        "reauthenticates": Level.OPEN,
        "logout": Level.OPEN,
        "rank": Level.OPEN,
        "demo": Level.OPEN,
        "disabled_at": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assured_acr=[], assured_amr=[]) | Q(reauthenticates=True),
                name="provider_asks_again",
                violation_error_message="Un fournisseur qui remplace le second facteur doit savoir"
                " le redemander (prompt=login et max_age).",
            ),
            models.CheckConstraint(
                condition=Q(algorithms__contained_by=SIGNATURES) & ~Q(algorithms=[]),
                name="provider_signatures",
                violation_error_message=f"Signatures possibles : {', '.join(SIGNATURES)}.",
            ),
            models.CheckConstraint(
                condition=Q(demo=True) | ~Q(issuer=""),
                name="provider_issuer",
                violation_error_message="Donnez l’adresse de l’émetteur.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FederatedIdentity(BaseModel):
    """Who an account is at a provider: the `sub` that it gave, never an e-mail, makes the link."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="identities")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="identities")
    sub = models.CharField(max_length=255)
    email = models.EmailField("courriel donné par le fournisseur", max_length=254, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "account": Level.OPEN,
        "provider": Level.OPEN,
        "sub": Level.SECRET,
        "email": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "sub"], name="federated_identity_unique")
        ]

    def __str__(self) -> str:
        return f"{self.account} – {self.provider}"
