"""Going somewhere first, then where one was going: on this site only."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

SAFE = ("GET", "HEAD")


def destination(request: Any, target: str) -> str:
    """`target` if it is a path of this site, else the home page."""
    return target if target.startswith("/") and _of_this_site(request, target) else "/"


def detour(request: Any, name: str) -> HttpResponse:
    """To the page `name`, which comes back here; after a POST, to the page that sent it."""
    here = request.get_full_path() if request.method in SAFE else _sender(request)
    return redirect(f"{reverse(name)}?{urlencode({'next': here})}")


def asked(request: Any) -> str:
    """Where the page should lead once done, as its address or its form says."""
    return destination(request, request.POST.get("next") or request.GET.get("next", "/"))


def _sender(request: Any) -> str:
    sender = request.headers.get("Referer", "/")
    parts = urlsplit(sender if _of_this_site(request, sender) else "/")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def _of_this_site(request: Any, target: str) -> bool:
    return url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
