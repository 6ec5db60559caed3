"""What an organization calls our columns, remembered from one file to the next."""

from collections.abc import Mapping
from uuid import UUID

from jalons.access.actor import Actor
from jalons.kernel.text import fold

from .models import HeaderMap


def renamed(actor: Actor, kind: str) -> dict[str, str]:
    """Our columns by folded header, as the actor's organization said last."""
    return renamed_by(actor.organization, kind)


def renamed_by(organization: UUID | None, kind: str) -> dict[str, str]:
    """The same, of an organization."""
    rows = HeaderMap.objects.filter(organization__in=[organization], kind=kind)
    return dict(rows.values_list("names", flat=True).first() or {})


def remember(actor: Actor, kind: str, chosen: Mapping[str, str]) -> None:
    """Keeps, by our column, the header chosen for it; one that is ours already says nothing."""
    assert actor.organization
    assert actor.territory
    new = {fold(header): name for name, header in chosen.items() if fold(header) != fold(name)}
    kept = {
        header: name
        for header, name in renamed(actor, kind).items()
        if name not in chosen and header not in new
    }
    HeaderMap.objects.update_or_create(
        organization_id=actor.organization,
        kind=kind,
        defaults={"territory_id": actor.territory, "names": kept | new},
    )
