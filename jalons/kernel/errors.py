"""Error pages. They need no database, no session and no request: the failure may be any of these.

A page that exists but is not shared answers exactly like a page that does not exist.
"""

import logging
from collections.abc import Callable
from functools import cache

from django.http import HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

_LAST_RESORT = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Jalons</title></head><body>'
    "<h1>La page n’a pas pu s’afficher</h1><p>Réessayez dans quelques minutes.</p></body></html>"
)


def _handler(status: int) -> Callable[..., HttpResponse]:
    def answer(*_args: object, **_named: object) -> HttpResponse:
        return HttpResponse(_page(status), status=status)

    return answer


def _page(status: int) -> str:
    try:
        return _drawn(status)
    except Exception:
        log.exception("The page of error %d could not be rendered", status)
        return _LAST_RESORT


@cache
def _drawn(status: int) -> str:
    """Once a process: whoever guesses addresses is answered for nothing."""
    return render_to_string(f"kernel/{status}.html")


bad_request = _handler(400)
forbidden = _handler(403)
not_found = _handler(404)
too_large = _handler(413)
server_error = _handler(500)
expired_form = _handler(403)
"""The answer to a form without a valid token (`CSRF_FAILURE_VIEW`)."""
