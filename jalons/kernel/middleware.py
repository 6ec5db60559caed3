"""What stands first: security headers on every response, and a bound on what comes in."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

SANDBOXED = "default-src 'none'; sandbox"
"""The one other policy that a view may ask for: a file that somebody sent runs nothing."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers would then post forms with `Origin: null`, which the CSRF check
    # refuses over https.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The web server adds its own name to responses that give none.
    "Server": "Jalons",
}
TWO_YEARS = 2 * 365 * 24 * 3600
PIECE, MOST_DROPPED = 64_000, 64_000_000
"""Bytes read at once, and in all, of a body that is too large."""


class Nonce:
    """A random value drawn when first written; a response that never wrote it allows none."""

    def __init__(self) -> None:
        self.value = ""

    def __str__(self) -> str:
        self.value = self.value or secrets.token_urlsafe(16)
        return self.value


class SecurityHeaders:
    """Scripts come from our own files; `request.csp_nonce` is there for the page that needs one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = Nonce()
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if response.headers.get("Content-Security-Policy") != SANDBOXED:
            response.headers["Content-Security-Policy"] = content_security_policy(nonce)
        if settings.SECURE:
            response.headers["Strict-Transport-Security"] = (
                f"max-age={TWO_YEARS}; includeSubDomains"
            )
        if not _is_static(request, response):
            response.headers["Cache-Control"] = "no-store"
        return response


def content_security_policy(nonce: Nonce) -> str:
    directives = dict(CONTENT_SECURITY_POLICY)
    if nonce.value:
        directives["script-src"] += f" 'nonce-{nonce.value}'"
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _is_static(request: HttpRequest, response: HttpResponseBase) -> bool:
    return request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)


class BoundedBody:
    """Refuses a body beyond `FILE_UPLOAD_MAX_MEMORY_SIZE` before anything reads or keeps it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdigit() or int(size) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            _drain(request)
            return errors.too_large(request)
        return self.get_response(request)


def _drain(request: HttpRequest) -> None:
    """A browser reads the answer once it has sent all: what it sends is dropped, up to a bound."""
    for _ in range(MOST_DROPPED // PIECE):
        if not request.read(PIECE):
            return
