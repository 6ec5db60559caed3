"""Where a request comes from: an address, and a device in words that its owner recognises."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def address_of(request: Any) -> str:
    """The client's address: over https, the one that our proxy writes (docs/operations.md).

    What is no address, from a proxy that is not set as we ask, is not believed.
    """
    direct = str(request.META["REMOTE_ADDR"])
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE else ""
    last = forwarded.rsplit(",", 1)[-1].strip()
    return last if _is_address(last) else direct


def _is_address(text: str) -> bool:
    try:
        return "%" not in str(ip_address(text))
    except ValueError:
        return False


def device_of(request: Any) -> str:
    """« Firefox sur Windows », as far as the browser tells."""
    agent = request.headers.get("User-Agent", "")
    browser = _first(BROWSERS, agent) or "Navigateur"
    return f"{browser} sur {_first(SYSTEMS, agent) or 'un appareil'}"


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for mark, name in names.items() if mark in agent), "")
