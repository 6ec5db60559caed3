"""`{% icon %}` and the tag behind the delay bar; builtins of every template."""

from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from django import template
from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist

from .. import drawing

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """A Lucide icon of `size` px, hidden from screen readers: a word stands beside it.

    Raises lucide.IconDoesNotExist. The strokes are drawn by the class `icon` of the stylesheet.
    """
    return _icon(str(name), int(size))


@register.simple_tag
def delay_bar(
    days: int, target: int | str | None = None, scale: int | str | None = None
) -> drawing.DelayBar:
    """`{% delay_bar days target scale as bar %}`; an empty target or scale counts as none."""
    return drawing.delay_bar(int(days), _whole(target), _whole(scale))


@register.simple_tag
def share(part: float, whole: float) -> str:
    """`{% share 3 8 %}` → « 37.5% », for an attribute of an SVG."""
    return drawing.percent(part, whole)


@cache
def _archive() -> ZipFile:
    """All the package's icons: its own tag opens the archive again for each, 20 ms a drawing."""
    return ZipFile(str(files("lucide") / "lucide.zip"))


@cache
def _icon(name: str, size: int) -> SafeString:
    try:
        drawn = _archive().read(f"{name}.svg").decode()
    except KeyError:
        raise IconDoesNotExist(name) from None
    shapes = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    shapes = "".join(line.strip() for line in shapes.splitlines()).replace(" />", "/>")
    return mark_safe(  # noqa: S308 - drawings of the package, named by our templates
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" aria-hidden="true">'
        f"{shapes}</svg>"
    )


def _whole(value: int | str | None) -> int | None:
    return None if value is None or value == "" else int(value)
