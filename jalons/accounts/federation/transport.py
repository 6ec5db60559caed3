"""Calls to a provider: https (http on the demo's own loopback), bounded in size and time."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .refusals import Refused

LONGEST = 5.0
"""Seconds for a whole answer."""
LARGEST = 256 * 1024


@dataclass(frozen=True)
class Answer:
    body: bytes
    kind: str
    status: int


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler())


def call(url: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
    """GET, or POST when there is a body. Raises Refused: silence, or an answer too large."""
    if not allowed(url):
        raise Refused("answer")
    asked = urllib.request.Request(url, data=body, headers=headers or {})  # noqa: S310 - allowed
    end = time.monotonic() + LONGEST
    try:
        with _opener.open(asked, timeout=LONGEST) as answer:
            return Answer(_read(answer, end), answer.headers.get_content_type(), answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return Answer(_read(error, end), error.headers.get_content_type(), error.code)
    except (OSError, ValueError) as error:
        raise Refused("silence") from error


def allowed(url: str) -> bool:
    """https anywhere; http where nothing leaves the machine, in the demo only."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return True
    return bool(settings.DEMO and parts.scheme == "http" and _loopback(parts.hostname or ""))


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _read(answer: Any, end: float) -> bytes:
    parts, size = [], 0
    while part := answer.read1(LARGEST):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Refused("answer")
        if time.monotonic() > end:
            raise Refused("silence")
    return b"".join(parts)
