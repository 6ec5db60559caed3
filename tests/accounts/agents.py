"""A professional with their two factors, and the browser from which they sign in."""

import re
import secrets
from dataclasses import dataclass
from typing import Any

import pyotp

from jalons.accounts import charter
from jalons.accounts.actions.accept_charter import accept_charter
from jalons.accounts.actions.enrol import enrol
from jalons.accounts.models import Account
from jalons.accounts.second_factor import PERIOD
from jalons.accounts.sessions import moment
from jalons.kernel import clock
from tests.clients import CleanClient

PASSWORD = "quatre chevaux sous la pluie"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
CODE = re.compile(r"<li><code>([A-Z0-9-]+)</code></li>")


@dataclass
class Agent:
    """`secret` is what the application holds, `codes` what is kept on paper."""

    account: Account
    secret: str
    codes: list[str]

    def code(self, later: int = 0) -> str:
        """What the application shows, now or some periods of 30 s later."""
        step = int(moment().timestamp()) // PERIOD
        return pyotp.TOTP(self.secret).generate_otp(step + later)


def an_account(*, password: str = PASSWORD) -> Account:
    account = Account(
        email=f"{secrets.token_hex(6)}@jalons.example", given_name="Inès", family_name="Marchal"
    )
    account.set_password(password)
    account.save(force_insert=True)
    return account


def an_agent(*, accepted: bool = True) -> Agent:
    """An account whose second factor is enrolled: the code of the present period is spent."""
    account, secret = an_account(), pyotp.random_base32(32)
    with clock.travel(clock.now()):
        codes = enrol(account, secret, Agent(account, secret, []).code(-1))
    if accepted:
        accept_charter(account)
        assert charter.acceptance(account.pk)
    return Agent(account, secret, codes)


def a_browser(address: str = "") -> CleanClient:
    """A browser at an address of its own."""
    parts = secrets.token_bytes(3)
    found = address or f"10.{parts[0]}.{parts[1]}.{parts[2]}"
    return CleanClient(REMOTE_ADDR=found, HTTP_USER_AGENT=FIREFOX)


def give_password(browser: CleanClient, account: Account, password: str = PASSWORD) -> Any:
    return browser.post("/connexion/", {"email": account.email, "password": password})


def give_code(browser: CleanClient, code: str) -> Any:
    return browser.post("/connexion/code/", {"code": code})


def sign_in(browser: CleanClient, agent: Agent) -> Any:
    give_password(browser, agent.account)
    return give_code(browser, agent.code())


def is_signed_in(browser: CleanClient) -> bool:
    """Whether a page for professionals opens, or asks for the charter first."""
    response = browser.get("/mon-compte/sessions/")
    return response.status_code == 200 or "/charte/" in response.headers["Location"]
