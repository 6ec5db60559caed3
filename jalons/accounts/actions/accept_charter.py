from django.db import transaction

from jalons.accounts import charter
from jalons.accounts.events import record
from jalons.accounts.models import Account, CharterAcceptance
from jalons.kernel import clock


@transaction.atomic
def accept_charter(account: Account) -> None:
    """Keeps that the account accepted the present charter; once per version."""
    _, new = CharterAcceptance.objects.get_or_create(
        account=account, version=charter.VERSION, defaults={"accepted_at": clock.now()}
    )
    if new:
        record("charter_accepted", account.pk, version=charter.VERSION)
