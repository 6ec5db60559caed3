"""Sessions in PostgreSQL, with what their owner's list shows (`settings.SESSION_ENGINE`)."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from jalons.kernel.prepared import Prepared

SIGN_IN = "sign_in"
"""The key of what `sessions.begin` keeps of a sign-in."""


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from .models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        found = _OPEN.rows(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        kept = data.get(SIGN_IN)
        if kept and SESSION_KEY in data:
            row.account_id = data[SESSION_KEY]
            row.identity_id = kept.get("identity") or None
            row.started_at = datetime.fromisoformat(kept["started"])
            row.seen_at = datetime.fromisoformat(kept["seen"])
            row.device, row.address = kept["device"], kept["address"] or None
        return row


_OPEN = Prepared(
    lambda key, at: SessionStore.get_model_class().objects.filter(
        session_key=key, expire_date__gt=at
    )
)
"""Each request asks for its session: its query is written once."""
