"""What the journal keeps of accounts: who signed in, and what changed in the ways to do so."""

from uuid import UUID

from jalons.journal import events
from jalons.journal.events import Kind, register

KINDS = {
    "signed_in": "Connexion",
    "password_set": "Mot de passe choisi",
    "second_factor_enrolled": "Second facteur enregistré",
    "recovery_code_used": "Code de secours utilisé",
    "recovery_codes_renewed": "Codes de secours renouvelés",
    "sessions_closed": "Sessions fermées",
    "link_sent": "Lien de compte envoyé",
    "charter_accepted": "Charte de confidentialité acceptée",
    "identity_linked": "Identité reliée à un compte",
    "identity_forgotten": "Identité retirée d’un compte",
    "identity_email_changed": "Courriel d’une identité changé",
    "second_factor_replaced": "Second facteur remplacé",
    "second_factor_reset": "Nouveau second facteur autorisé",
    "account_disabled": "Compte désactivé",
    "account_enabled": "Compte réactivé",
    "platform_opened": "Premier compte d’administration créé",
    "provider_changed": "Fournisseur d’identité changé",
}


def register_kinds() -> None:
    for name, label in KINDS.items():
        register(Kind(f"accounts.{name}", label, level="open"))


def record(name: str, account: UUID, **payload: str | int) -> None:
    """Appends one event of the platform about an account, in the open transaction."""
    events.append(
        f"accounts.{name}",
        territory=None,
        account=account,
        object_kind="account",
        object_key=account,
        payload=dict(payload) if payload else None,
    )
