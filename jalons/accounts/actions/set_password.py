from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from jalons.accounts.events import record
from jalons.accounts.models import Account


@transaction.atomic
def set_password(account: Account, password: str) -> None:
    """Keeps a password; every session opened with the former one ends at its next request.

    Raises django.core.exceptions.ValidationError with French sentences.
    """
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    account.sessions.all().delete()
    record("password_set", account.pk)
