"""The table of providers, as the command `oidc_provider` edits it: the operator's act, told."""

from typing import Any

from django.db import transaction

from jalons.accounts.federation import clients
from jalons.accounts.models import Provider, Session
from jalons.journal import events
from jalons.kernel import clock


@transaction.atomic
def record_provider(slug: str, values: dict[str, Any], secret: str = "") -> Provider:
    """Makes or changes a row; an empty secret keeps the former one.

    Raises django.core.exceptions.ValidationError with French sentences.
    """
    provider = Provider.objects.select_for_update().filter(slug=slug).first()
    provider = provider or Provider(slug=slug)
    for name, value in values.items():
        setattr(provider, name, value)
    if secret:
        provider.secret = clients.enclose(secret)
    provider.full_clean(exclude=["secret"])
    provider.save()
    _tell(provider, sorted(values) + (["secret"] if secret else []))
    return provider


@transaction.atomic
def switch_provider(slug: str, *, enabled: bool) -> int:
    """Offers a provider or not; once not, the sessions that it opened end. How many ended.

    Raises Provider.DoesNotExist.
    """
    provider = Provider.objects.select_for_update().get(slug=slug)
    provider.disabled_at = None if enabled else clock.now()
    provider.save(update_fields=["disabled_at"])
    _tell(provider, ["disabled_at"])
    opened = Session.objects.filter(identity__provider=provider)
    return 0 if enabled else opened.delete()[0]


def _tell(provider: Provider, changed: list[str]) -> None:
    events.append(
        "accounts.provider_changed",
        territory=None,
        object_kind="provider",
        object_key=provider.pk,
        payload={"provider": provider.slug, "changed": changed},
    )
