"""Every address of the house, walked from the resolver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, StringConverter

from jalons.access.routes import Line, lines_of

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@dataclass(frozen=True)
class Address:
    name: str
    view: Callable[..., Any]
    converters: tuple[str, ...]
    """The names of what its path holds, but numbers: « person », « token »…"""
    texts: tuple[str, ...] = ()
    """Those that are any text."""
    numbers: tuple[str, ...] = ()

    @property
    def lines(self) -> dict[str, Line] | None:
        return lines_of(self.view, self.name)

    def line(self, verb: str) -> Line | None:
        return (self.lines or {}).get(verb)

    def url(self, **values: Any) -> str:
        keys = {name: values[name] for name in self.converters}
        return reverse(
            self.name, kwargs=keys | {name: values.get(name, 1) for name in self.numbers}
        )


def addresses() -> list[Address]:
    """In the order of their names."""
    return sorted(_walk(get_resolver().url_patterns, ()), key=lambda address: address.name)


def _walk(patterns: list[Any], spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern.url_patterns, spaces + space)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name or ""))
            converters = pattern.pattern.converters
            texts = [one for one, kind in converters.items() if isinstance(kind, StringConverter)]
            numbers = [one for one, kind in converters.items() if isinstance(kind, IntConverter)]
            keys = tuple(one for one in converters if one not in numbers)
            yield Address(name, pattern.callback, keys, tuple(texts), tuple(numbers))
