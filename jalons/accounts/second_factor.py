"""The second factor: an authenticator application (TOTP, RFC 6238), or a code kept on paper."""

import hmac
import io
import secrets

import pyotp
import segno

from jalons.kernel import crypto

from .models import Account, RecoveryCode, SecondFactor
from .sessions import moment

PURPOSE = "accounts.second_factor"
ISSUER = "Jalons"
PERIOD = 30
DRIFT = 1
"""Periods of 30 s accepted before and after the present one: clocks differ."""
CODES = 10
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Letters and figures that are not taken for one another on paper."""
LENGTH = 12


def new_secret() -> str:
    """160 bits in base 32, as RFC 4226 advises."""
    return pyotp.random_base32(32)


def drawing(account: Account, secret: str) -> str:
    """The QR code that an application reads, as SVG."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER)
    drawn = io.BytesIO()
    segno.make(uri, error="m").save(
        drawn, kind="svg", scale=5, light="#fff", xmldecl=False, svgns=False, svgclass=None
    )
    return drawn.getvalue().decode().strip()


def enclose(secret: str) -> bytes:
    return crypto.encrypt(secret.encode(), PURPOSE)


def disclose(body: bytes) -> str:
    return crypto.decrypt(body, PURPOSE).decode()


def enrolled(account: Account) -> bool:
    return SecondFactor.objects.filter(account=account).exists()


def forget(account: Account) -> int:
    """The application and the codes on paper serve no more; how many applications there were."""
    RecoveryCode.objects.filter(account=account).delete()
    return SecondFactor.objects.filter(account=account).delete()[0]


def step_of(secret: str, code: str, after: int = 0) -> int:
    """The period whose code this is, later than `after`; 0 when there is none."""
    present = int(moment().timestamp()) // PERIOD
    for step in range(present - DRIFT, present + DRIFT + 1):
        expected = pyotp.TOTP(secret).generate_otp(step)
        if step > after and hmac.compare_digest(expected.encode(), plain(code).encode()):
            return step
    return 0


def accept_code(account: Account, code: str) -> bool:
    """Takes the application's code, once, in the caller's transaction."""
    factor = SecondFactor.objects.select_for_update().filter(account=account).first()
    if factor is None:
        return False
    step = step_of(disclose(bytes(factor.secret)), code, factor.last_step)
    if step:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
    return bool(step)


def accept_recovery_code(account: Account, code: str) -> bool:
    """Takes one of the codes kept on paper, once."""
    found = RecoveryCode.objects.filter(
        account=account, digest=_digest(account, code), used_at=None
    )
    return bool(found.update(used_at=moment()))


def new_recovery_codes(account: Account) -> list[str]:
    """Ten new codes, shown once; the former ones serve no more."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=_digest(account, code)) for code in codes
    )
    return ["-".join(code[at : at + 4] for at in range(0, LENGTH, 4)) for code in codes]


def codes_left(account: Account) -> int:
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


def plain(code: str) -> str:
    """A code as it is compared: without the spaces and dashes that make it readable."""
    return "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())


def _digest(account: Account, code: str) -> bytes:
    return crypto.keyed_hash(f"{account.pk}:{plain(code)}", "accounts.recovery_code")
