"""Where a request comes from, as far as our own proxy says."""

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from jalons.accounts.origin import address_of

DIRECT = "198.51.100.7"
SAID = {
    "203.0.113.9": "203.0.113.9",
    "10.0.0.1, 203.0.113.9": "203.0.113.9",
    "2001:db8::9": "2001:db8::9",
    "": DIRECT,
    "203.0.113.9, ": DIRECT,
    "fe80::1%eth0": DIRECT,
    "203.0.113.9:4431": DIRECT,
    "'; DROP TABLE accounts_session; --": DIRECT,
    "<script>alert(1)</script>": DIRECT,
    "\u0661.1.1.1": DIRECT,
}


def _request(said: str) -> object:
    headers = {"HTTP_X_FORWARDED_FOR": said, "REMOTE_ADDR": DIRECT}
    return RequestFactory().get("/", **headers)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", SAID)
def test_the_proxy_s_word_is_taken_when_it_is_an_address(settings: Settings, said: str) -> None:
    settings.SECURE = True
    assert address_of(_request(said)) == SAID[said]


def test_without_a_proxy_nobody_s_word_is_taken(settings: Settings) -> None:
    settings.SECURE = False
    assert address_of(_request("203.0.113.9")) == DIRECT
