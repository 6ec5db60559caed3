"""Error pages. They need no database, no session and no request: the failure may be any of these.

A page that exists but is not shared answers exactly like a page that does not exist.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

_LAST_RESORT = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Jalons</title></head><body>'
    "<h1>La page n’a pas pu s’afficher</h1><p>Réessayez dans quelques minutes.</p></body></html>"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(500)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without a valid token (`CSRF_FAILURE_VIEW`)."""
    return _page(403)


def _page(status: int) -> HttpResponse:
    try:
        content = render_to_string(f"kernel/{status}.html")
    except Exception:
        log.exception("The page of error %d could not be rendered", status)
        content = _LAST_RESORT
    return HttpResponse(content, status=status)
