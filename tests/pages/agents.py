"""Professionals with two factors on the site of the demo, at each step of their way in."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from uuid import uuid4

import pyotp
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import APIRequestContext, BrowserContext

from jalons.accounts.actions.links import digest_of
from jalons.accounts.second_factor import PERIOD
from jalons.exchange.provider.people import stranger
from tests.demo_site import Site
from tests.pages.prepared import post

SECRET = re.compile(r"<code>([A-Z2-7 ]+)</code>")
PASSWORD = "quatre chevaux sous la pluie"
ACCOUNT = """
INSERT INTO accounts_account (id, recorded_at, password, email, given_name, family_name)
VALUES (%s, now(), %s, %s, 'Inès', 'Marchal')
"""
LINK = """
INSERT INTO accounts_accountlink (id, recorded_at, account_id, purpose, digest, expires_at)
VALUES (%s, now(), %s, %s, %s, now() + interval '7 days')
"""
IDENTITY = """
INSERT INTO accounts_federatedidentity (id, recorded_at, account_id, provider_id, sub, email)
SELECT %s, now(), %s, id, %s, 'avant@ailleurs.example' FROM accounts_provider WHERE demo
"""


def an_account(site: Site, password: str) -> tuple[str, str]:
    """The key and the e-mail of a new account; an empty password is none."""
    key, email = str(uuid4()), f"{token_hex(6)}@belfort.jalons.example"
    site.write(ACCOUNT, [key, make_password(password or None), email])
    return key, email


def a_token(site: Site, purpose: str = "invitation") -> str:
    token = token_hex(16)
    key, _ = an_account(site, "")
    site.write(LINK, [str(uuid4()), key, purpose, digest_of(token)])
    return token


def an_invitation(site: Site, context: BrowserContext) -> str:
    return reverse("accounts:link", args=[a_token(site)])


def a_spent_link(site: Site, context: BrowserContext) -> str:
    return reverse("accounts:link", args=["inconnu"])


def before_the_password(site: Site, context: BrowserContext) -> str:
    path = an_invitation(site, context)
    post(context.request, path, path)
    return reverse("accounts:choose_password")


def before_the_enrolment(site: Site, context: BrowserContext) -> str:
    _, email = an_account(site, PASSWORD)
    _give_password(context.request, email)
    return reverse("accounts:enrolment")


def before_the_code(site: Site, context: BrowserContext) -> str:
    email = enrol(site, context)
    post(context.request, reverse("accounts:charter"), reverse("accounts:logout"))
    _give_password(context.request, email)
    return reverse("accounts:code")


def before_the_charter(site: Site, context: BrowserContext) -> str:
    enrol(site, context)
    return reverse("accounts:charter")


def enrolled(name: str) -> Callable[[Site, BrowserContext], str]:
    """The page `name`, seen by a professional who gave both factors and accepted the charter."""

    def path(site: Site, context: BrowserContext) -> str:
        before_the_charter(site, context)
        post(context.request, reverse("accounts:charter"), reverse("accounts:charter"))
        return reverse(name)

    return path


def at_the_provider(site: Site, context: BrowserContext) -> str:
    """The demo's provider, where the login page's link leads."""
    start = reverse("accounts:federation", args=["demo"])
    answer = context.request.get(start, max_redirects=0)
    return answer.headers["location"].removeprefix(site.address)


def with_an_unknown_identity(site: Site, context: BrowserContext) -> str:
    _come_back_as(site, context, f"{token_hex(6)}@ailleurs.example")
    return reverse("accounts:reconcile")


def with_another_email(site: Site, context: BrowserContext) -> str:
    """An identity that is linked, and whose provider gives another e-mail than before."""
    email = f"{token_hex(6)}@ailleurs.example"
    sub = stranger(email).sub
    account, _ = an_account(site, PASSWORD)
    site.write(IDENTITY, [str(uuid4()), account, sub])
    _come_back_as(site, context, email)
    return reverse("accounts:reconcile")


def a_federation_link(site: Site, context: BrowserContext) -> str:
    return reverse("accounts:link", args=[a_token(site, "federation")])


def _come_back_as(site: Site, context: BrowserContext, email: str) -> None:
    provider = at_the_provider(site, context)
    post(context.request, provider, provider, {"stranger": "1", "stranger-email": email})


def enrol(site: Site, context: BrowserContext) -> str:
    """Signs in a new professional with two factors; answers their e-mail."""
    return an_enrolled_account(site, context.request).email


@dataclass(frozen=True)
class Enrolled:
    """`secret` is what the authenticator application holds."""

    email: str
    secret: str

    def next_code(self) -> str:
        """The code of the next period: the present one has served."""
        return _code(self.secret, 1)


def an_enrolled_account(site: Site, request: APIRequestContext) -> Enrolled:
    """A new account that enrols its second factor, and is then signed in."""
    _, email = an_account(site, PASSWORD)
    secret = SECRET.findall(_give_password(request, email))[0].replace(" ", "")
    page = reverse("accounts:enrolment")
    post(request, page, page, {"code": _code(secret)})
    return Enrolled(email, secret)


def _code(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(int(time.time()) // PERIOD + later)


def _give_password(request: APIRequestContext, email: str) -> str:
    page = reverse("accounts:login")
    return post(request, page, page, {"email": email, "password": PASSWORD})
