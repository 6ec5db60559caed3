from django.db import transaction

from jalons.accounts import second_factor, throttle
from jalons.accounts.events import record
from jalons.accounts.models import Account, SecondFactor
from jalons.accounts.sessions import moment
from jalons.accounts.telling import tell


class WrongCode(ValueError):
    """The application does not hold the secret that was shown."""


@transaction.atomic
def enrol(account: Account, secret: str, code: str, *, replacing: bool = False) -> list[str]:
    """Keeps the account's second factor, proven by a code; answers the recovery codes.

    `replacing`: a link allowed another in place of the one it has. Raises WrongCode, TooMany.
    """
    counter = throttle.of_account("enrol", str(account.pk))
    throttle.take(counter)
    Account.objects.select_for_update().get(pk=account.pk)
    step = second_factor.step_of(secret, code)
    if not step or (second_factor.enrolled(account) and not replacing):
        raise WrongCode
    throttle.succeed(counter)
    if replacing and second_factor.forget(account):
        record("second_factor_replaced", account.pk)
        tell(account, "second_factor_replaced")
    SecondFactor.objects.create(
        account=account,
        secret=second_factor.enclose(secret),
        enrolled_at=moment(),
        last_step=step,
    )
    record("second_factor_enrolled", account.pk)
    return second_factor.new_recovery_codes(account)


@transaction.atomic
def renew_recovery_codes(account: Account) -> list[str]:
    """Ten new codes in place of the former ones. The caller asked for a recent second factor."""
    record("recovery_codes_renewed", account.pk)
    return second_factor.new_recovery_codes(account)
