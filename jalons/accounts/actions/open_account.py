"""What the room that invites calls: an account without password, then the link to its mailbox."""

from django.db import transaction

from jalons.accounts.models import Account, AccountLink
from jalons.kernel import jobs, locks

from .set_password import set_password


@transaction.atomic
def prepare_account(email: str, given_name: str = "", family_name: str = "") -> Account:
    """The account of this e-mail, made without password if it is new. It can do nothing by itself.

    The caller has the right to invite, and gives the mandate.
    """
    email = email.strip().lower()
    locks.hold(f"account:{email}")
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        account = Account(email=email, given_name=given_name, family_name=family_name)
        account.set_unusable_password()
        account.full_clean(exclude=["given_name", "family_name"])
        account.save(force_insert=True)
    return account


def invite(account: Account) -> None:
    """Asks for the mail that lets the holder open the account: a link valid seven days.

    Its holder chooses a password, then enrols a second factor, then reads the charter. A holder who
    is enrolled already gives their second factor: an invitation never replaces it.
    """
    jobs.enqueue(
        "accounts.send_link", account=str(account.pk), purpose=AccountLink.Purpose.INVITATION.value
    )


def open_account(account: Account, given_name: str, family_name: str, password: str) -> None:
    """The holder of a consumed link names themselves and chooses a password.

    Raises django.core.exceptions.ValidationError with French sentences.
    """
    with transaction.atomic():
        account.given_name, account.family_name = given_name.strip(), family_name.strip()
        set_password(account, password)
        account.save(update_fields=["given_name", "family_name"])
