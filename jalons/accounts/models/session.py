from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from jalons.access.levels import Level

from .account import Account
from .federation import FederatedIdentity


class Session(AbstractBaseSession):
    """A browser's session; once signed in, it says whose it is, from where and since when."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    identity = models.ForeignKey(
        FederatedIdentity, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    """The identity that opened it: forgotten, it takes the session with it."""
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    device = models.CharField(max_length=80, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "session_key": Level.SECRET,
        "session_data": Level.SECRET,
        "expire_date": Level.OPEN,
        "account": Level.OPEN,
        "identity": Level.PRIVATE,
        "started_at": Level.PRIVATE,
        "seen_at": Level.PRIVATE,
        "device": Level.PRIVATE,
        "address": Level.PRIVATE,
    }

    @classmethod
    def get_session_store_class(cls) -> "type[Any]":
        from ..session_store import SessionStore

        return SessionStore
