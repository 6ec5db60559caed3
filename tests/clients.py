"""A browser without screen, signed in as an actor under one of their mandates."""

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client

from jalons.access.actor import Actor
from jalons.accounts import charter, sessions
from jalons.accounts.models import Account
from jalons.kernel import row_security
from jalons.territories.actors import MANDATE_KEY

PURPOSE = {"purpose": "coordinate", "words": "Réunion d’équipe"}
"""What the export of a list says of itself."""

BACKEND = "jalons.accounts.backends.LocalBackend"


class CleanClient(Client):
    """Empties the row-security context after each request: in a test it outlives the savepoint."""

    def request(self, **request: Any) -> Any:
        try:
            return super().request(**request)
        finally:
            if connection.in_atomic_block and not connection.needs_rollback:
                row_security.clear()


def client_for(actor: Actor, **options: Any) -> Client:
    """A client whose session holds the actor's account and mandate."""
    client = CleanClient(**options)
    account = Account.objects.get(pk__in=[actor.account])
    session = client.session
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if actor.mandate:
        session[MANDATE_KEY] = str(actor.mandate)
    sessions.begin(session, account)
    sessions.note(session, charter=charter.VERSION)
    session.save()
    return client


def nobody(**options: Any) -> Client:
    """A client without account."""
    return CleanClient(**options)
