"""The table of providers, as plain values; a secret is read when a provider is called."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from jalons.accounts.models import Provider
from jalons.kernel import crypto

from .discovery import SUFFIX

PURPOSE = "accounts.provider"
DEMO = "demo"


@dataclass(frozen=True)
class Client:
    """What this installation is for one provider. `callback` and `left` are its addresses here."""

    key: UUID
    slug: str
    label: str
    issuer: str
    row: Provider
    callback: str
    left: str

    @property
    def secret(self) -> str:
        """The demo's is never stored: both sides are this installation."""
        if self.row.demo:
            return crypto.keyed_hash(DEMO, PURPOSE).hex()
        return crypto.decrypt(bytes(self.row.secret), PURPOSE).decode()

    @property
    def assures(self) -> bool:
        """Whether it may stand for our second factor."""
        return bool(self.row.assured_acr or self.row.assured_amr)


def enclose(secret: str) -> bytes:
    return crypto.encrypt(secret.encode(), PURPOSE)


def all_rows() -> list[Provider]:
    """Every row, enabled or not, as an administrator sees them."""
    return [row for row in Provider.objects.order_by("rank", "slug") if _exists(row)]


def offered() -> list[Client]:
    """The providers that a login page offers, in their order."""
    return [_client(row) for row in all_rows() if row.disabled_at is None]


def client_of(slug: str) -> Client | None:
    """The enabled provider of this name."""
    row = Provider.objects.filter(slug=slug, disabled_at=None).first()
    return _client(row) if row and _exists(row) else None


def _exists(row: Provider) -> bool:
    return settings.DEMO or not row.demo


def _client(row: Provider) -> Client:
    return Client(
        row.pk,
        row.slug,
        row.label,
        _own_issuer() if row.demo else row.issuer,
        row,
        settings.BASE_URL + reverse("accounts:federation_return", args=[row.slug]),
        settings.BASE_URL + reverse("accounts:signed_out"),
    )


def _own_issuer() -> str:
    return settings.BASE_URL + reverse("provider:discovery").removesuffix(SUFFIX)
