"""What the owner of an account is told by mail when it changes: what, never why nor by whom."""

from uuid import UUID

from jalons.kernel import jobs, mail

from .models import Account

UNEXPECTED = "\n\nSi vous ne l’attendiez pas, prévenez tout de suite votre structure.\n"
REPLACED = (
    "Une autre application d’authentification ouvre maintenant votre compte. La précédente et les"
    " codes de secours ne servent plus."
)
LINKED = (
    "Un fournisseur d’identité ouvre maintenant votre compte Jalons. La page « Mes sessions et ma"
    " sécurité » montre lequel, et permet de le retirer."
)
EMAIL = (
    "Votre fournisseur d’identité donne maintenant un autre courriel que celui qu’il donnait."
    " L’adresse de votre compte Jalons ne change pas."
)
DISABLED = "L’administration de Jalons a désactivé votre compte. Vos sessions sont fermées."
ENABLED = (
    "L’administration de Jalons a réactivé votre compte. Votre mot de passe et votre second"
    " facteur sont les mêmes."
)
MAILS = {
    "second_factor_replaced": ("Votre second facteur", REPLACED),
    "identity_linked": ("Une identité reliée à votre compte", LINKED),
    "identity_email_changed": ("Un courriel a changé", EMAIL),
    "account_disabled": ("Votre compte est désactivé", DISABLED),
    "account_enabled": ("Votre compte est réactivé", ENABLED),
}


def tell(account: Account, what: str) -> None:
    """Asks for the mail, in the transaction of the change."""
    jobs.enqueue("accounts.tell", account=str(account.pk), what=what)


def send(key: UUID, what: str) -> None:
    """Raises what `mail.send` raises."""
    account = Account.objects.filter(pk=key).first()
    if account:
        subject, body = MAILS[what]
        mail.send(account.email, subject, f"Bonjour,\n\n{body}{UNEXPECTED}")
