from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from .models import Account


class LocalBackend(BaseBackend):
    """Finds the account of a session; a disabled account has none at its next request."""

    def get_user(self, user_id: UUID) -> Account | None:
        return Account.objects.filter(pk=user_id, disabled_at=None).first()
