"""Sessions in PostgreSQL, with what their owner's list shows (`settings.SESSION_ENGINE`)."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

SIGN_IN = "sign_in"
"""The key of what `sessions.begin` keeps of a sign-in."""


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from .models import Session

        return Session

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
