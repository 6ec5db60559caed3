"""Going somewhere first, then where one was going: on this site only."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

SAFE = ("GET", "HEAD")


def destination(request: Any, target: str) -> str:
    """`target` if it is of this site, else the home page."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else "/"


def detour(request: Any, name: str) -> HttpResponse:
    """To the page `name`, which comes back here; after a POST, to the page that sent it."""
    here = request.get_full_path() if request.method in SAFE else _sender(request)
    return redirect(f"{reverse(name)}?{urlencode({'next': here})}")


def asked(request: Any) -> str:
    """Where the page should lead once done, as its address or its form says."""
    return destination(request, request.POST.get("next") or request.GET.get("next", "/"))


def _sender(request: Any) -> str:
    sender = destination(request, request.headers.get("Referer", "/"))
    parts = urlsplit(sender)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
