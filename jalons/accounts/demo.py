"""The row of the demo's own provider of identities; the provider itself is `exchange.provider`."""

from django.conf import settings

from .federation.clients import DEMO
from .models import Provider

LABEL = "Professionnels de démonstration"
TWO_FACTORS, ONE_FACTOR = "deux-facteurs", "un-facteur"
ROW = {
    "label": LABEL,
    "client_id": "jalons",
    "secret": b"",
    "scopes": "openid email given_name usual_name",
    "acr_values": TWO_FACTORS,
    "userinfo": Provider.UserInfo.JWT,
    "algorithms": ["ES256"],
    "assured_acr": [TWO_FACTORS],
    "reauthenticates": True,
    "rank": 0,
    "demo": True,
}


def prepare(alias: str) -> None:
    """Makes the row where there is a demo."""
    if settings.DEMO:
        Provider.objects.using(alias).get_or_create(slug=DEMO, defaults=ROW)
