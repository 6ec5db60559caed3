"""What the house reads of a request: seen while it answers, never listed by hand."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from django.core.handlers import wsgi
from django.http import QueryDict, parse_cookie
from django.http.request import HttpHeaders
from django.utils.datastructures import MultiValueDict

Note = Callable[[str], object]
Kind = Literal["parameter", "header", "cookie", "path", "file"]

CONTROLLED = {"HTTP_COOKIE", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
"""Cookies are seen one by one; the two others choose the site, and are checked by Django."""


@dataclass
class Asked:
    """The names that were looked up: parameters of both kinds, headers, cookies, files."""

    parameters: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    cookies: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def add_value(self, values: object, name: str) -> None:
        """Looked up in the parameters, or in the files; other such dictionaries are not ours."""
        if isinstance(values, QueryDict):
            self.parameters.add(name)
        elif getattr(values, "sent", False):
            self.files.add(name)

    def add_header(self, name: str) -> None:
        self.add_variable(f"HTTP_{name.upper().replace('-', '_')}")

    def add_variable(self, name: str) -> None:
        """Of the environment: a header or something of the server's."""
        if name.startswith("HTTP_"):
            self.headers |= {name} - CONTROLLED

    def by_kind(
        self, path: Iterable[str], more: dict[Kind, set[str]] | None = None
    ) -> dict[Kind, set[str]]:
        """The names of each kind, `path` being those of the address itself; with `more`."""
        found: dict[Kind, set[str]] = {
            "parameter": set(self.parameters),
            "header": set(self.headers),
            "cookie": set(self.cookies),
            "path": set(path),
            "file": set(self.files),
        }
        return {kind: names | (more or {}).get(kind, set()) for kind, names in found.items()}

    def clear(self) -> None:
        for names in (self.parameters, self.headers, self.cookies, self.files):
            names.clear()


class _Seen(dict[str, Any]):
    """A dictionary that tells which names it was asked for."""

    def __init__(self, values: dict[str, Any], note: Note) -> None:
        super().__init__(values)
        self._note = note

    def __getitem__(self, name: str) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._note(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._note(name)
        return super().get(name, default)


@contextmanager
def watching(patch: pytest.MonkeyPatch) -> Iterator[Asked]:
    asked = Asked()
    with patch.context() as inside:
        for name in ("__getitem__", "get", "getlist", "__contains__"):
            method = getattr(MultiValueDict, name)
            inside.setattr(MultiValueDict, name, _noting(method, asked.add_value), raising=False)
        header = _noting(HttpHeaders.__getitem__, lambda _, name: asked.add_header(name))
        inside.setattr(HttpHeaders, "__getitem__", header)
        inside.setattr(wsgi.WSGIRequest, "FILES", property(_files), raising=False)
        begin, read = wsgi.WSGIRequest.__init__, parse_cookie
        inside.setattr(
            wsgi.WSGIRequest,
            "__init__",
            lambda self, environ: begin(self, _Seen(environ, asked.add_variable)),
        )
        inside.setattr(wsgi, "parse_cookie", lambda raw: _Seen(read(raw), asked.cookies.add))
        yield asked


def _files(request: Any) -> Any:
    if not hasattr(request, "_files"):
        request._load_post_and_files()
    request._files.sent = True
    return request._files


def _noting(method: Callable[..., Any], note: Callable[[Any, str], object]) -> Callable[..., Any]:
    def called(self: Any, name: str, *others: Any, **named: Any) -> Any:
        note(self, name)
        return method(self, name, *others, **named)

    return called
