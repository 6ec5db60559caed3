"""The people of the provider: the demo's professionals, and anybody that Jalons does not know."""

from hashlib import sha256

from jalons.accounts.actions.federate import link_identity
from jalons.accounts.demo import ONE_FACTOR, TWO_FACTORS
from jalons.accounts.federation.clients import DEMO
from jalons.accounts.federation.tokens import Told
from jalons.territories.queries import demo_account

from .grants import Person


def professional(email: str) -> Person | None:
    """One of the demo's accounts; chosen for the first time, it is linked to its identity here."""
    account = demo_account(email)
    if account is None:
        return None
    person = Person(
        f"compte-{account.pk}", account.email, account.given_name, account.family_name, TWO_FACTORS
    )
    link_identity(account, _told(person))
    return person


def stranger(email: str) -> Person:
    """Somebody recognised by one factor, whose identity opens no account yet."""
    sub = sha256(email.strip().lower().encode()).hexdigest()[:24]
    return Person(f"inconnu-{sub}", email.strip(), "Camille", "Aubry", ONE_FACTOR)


def _told(person: Person) -> Told:
    return Told(DEMO, person.sub, person.email, "", "", assured=True, when="", id_token="")
