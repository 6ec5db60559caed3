"""Tagged PDF (PDF/UA-1) by typst: a template of a room, and data passed as JSON.

A template is `<room>/pdf/<name>.typ`. It reads `data` from `/kernel/pdf/base.typ`, which also gives
the frame of every document: title, territory, page numbers, date of printing. Data are strings and
numbers for typst, never markup: nothing a person typed is interpreted.
"""

import json
import re
import unicodedata
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.apps import apps
from django.conf import settings

from jalons.kernel import clock, french_dates

FONTS = "public-sans-ttf"
REPLACEMENT = "\ufffd"

# What Public Sans and typst's own fonts draw, alone or side by side: Latin, Greek, Cyrillic, common
# signs. PDF/UA-1 refuses a document with any other character, and the shaper of typst 0.15 stops
# on stacks of combining marks in right-to-left scripts.
_NOT_DRAWN = re.compile(
    "[^\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0373\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0481"
    "\u048a-\u04ff\u1e00-\u1eff\u2010-\u2027\u202f-\u203a\u2070\u2074-\u208e\u20a0-\u20bf"
    "\u2116\u2122\u2153-\u215e\u2190-\u2193\u2212\u2264\u2265\u25a0-\u25cf\u2713\ufffd]+"
)
_INVISIBLE = ("Cf", "Mn", "Me", "Mc")


class PdfError(RuntimeError):
    """The engine refused the document, or stopped; the cause is chained."""


def render(template: str, data: Mapping[str, object]) -> bytes:
    """The PDF of `room/name.typ` for `data`, whose keys `title` and `territory` every frame needs.

    Characters that no font draws come out as U+FFFD. Raises PdfError (a mistake in a template, or
    data of another shape than it reads).
    """
    room, name = template.split("/")
    now = clock.now()
    printed = f"Édité le {french_dates.long(now)} à {french_dates.hour(now)}"
    return _compile(
        Path(apps.get_app_config(room).path) / "pdf" / name,
        json.dumps(drawable({**data, "printed": printed})),
    )


def drawable(value: Any) -> Any:
    """The same JSON-like value, its texts reduced to characters that can be drawn."""
    if isinstance(value, str):
        return _drawable_text(value)
    if isinstance(value, Mapping):
        return {key: drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(item) for item in value]
    return value


def _drawable_text(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\t", " "))
    if _NOT_DRAWN.search(composed) is None:
        return composed
    visible = (char for char in composed if unicodedata.category(char) not in _INVISIBLE)
    return _NOT_DRAWN.sub(REPLACEMENT, "".join(visible))


def _compile(source: Path, data: str) -> bytes:
    try:
        content, found = typst.compile_with_warnings(
            source,
            root=settings.BASE_DIR / "jalons",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            timestamp=int(clock.now().timestamp()),
        )
    except RuntimeError as error:
        raise PdfError(f"{source.name}: {error}") from error
    except BaseException as error:
        # A panic of the engine is no Exception, and would end the thread that serves the request.
        if type(error).__name__ == "PanicException":
            raise PdfError(source.name) from error
        raise
    for warning in found:
        warnings.warn(warning, stacklevel=3)
    return content


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, font_paths=[settings.BASE_DIR / "vendor" / FONTS]
    )
