"""What the next page tells about the act just done, on top of Django's messages.

A notice with an `undo` address becomes a toast with « Annuler »; the others stand above the page.
"""

from dataclasses import dataclass
from typing import Literal

from django.contrib import messages
from django.http import HttpRequest

Tone = Literal["ok", "info", "soon", "late"]

_TONES: dict[str, Tone] = {"success": "ok", "info": "info", "warning": "soon", "error": "late"}
_UNDO = "undo="


@dataclass(frozen=True)
class Notice:
    text: str
    tone: Tone
    undo: str = ""


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Says that an act is done; `undo` is the address to which « Annuler » posts."""
    messages.success(request, text, extra_tags=f"{_UNDO}{undo}" if undo else "")


def take(request: HttpRequest) -> list[Notice]:
    """The waiting notices, which are then forgotten."""
    return [
        Notice(
            text=str(message.message),
            tone=_TONES.get(message.level_tag, "info"),
            undo=(message.extra_tags or "").removeprefix(_UNDO),
        )
        for message in messages.get_messages(request)
    ]
