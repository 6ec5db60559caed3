"""How a page, a file or a mail shows what was written: as it was written, and as a text only."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_plus
from xml.etree import ElementTree

from tests.security.corpus import BY_MARK, HEADER, Payload

MARK = re.compile(r"zx~\d\d")
"""No token of ours holds such a sign."""
DANGEROUS = ("javascript:", "data:text", "vbscript:", "//", "\\\\", "http://zx.", "https://zx.")
ADDRESSES = {"href", "src", "action", "formaction", "poster", "srcset", "xlink:href", "data"}
ADDRESSES |= {f"data-hx-{verb}" for verb in ("get", "post", "push-url", "on")}
FOREIGN = {"base", "embed", "frame", "iframe", "math", "mglyph", "object"}
"""No page of the house has them."""
RAW = {"script", "style"}
FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


@dataclass
class Form:
    """A form as a page shows it: what its fields hold, and which of them take any text."""

    action: str
    post: bool
    values: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """A page as a browser would take it: what it says, and what it does that no text may do.

    `texts` holds what is said and the values of attributes, `said` what is said only.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.said: list[str] = []
        self.problems: list[str] = []
        self.forms: list[Form] = []
        self._raw = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag if tag in RAW else ""
        self.texts.append("\n")
        if tag in FOREIGN or tag.startswith("c-"):
            self.problems.append(f"élément <{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        self._field(tag, {name: value or "" for name, value in attrs})

    def _attribute(self, tag: str, name: str, value: str) -> None:
        self.problems += [f"<{tag} {name}>"] if name.startswith("on") else []
        refresh = name == "http-equiv" and value.lower() == "refresh"
        self.problems += [f"<{tag} {name}={value}>"] if refresh else []
        if name in ADDRESSES and value.strip().lower().startswith(DANGEROUS):
            self.problems.append(f"<{tag} {name}={value[:80]!r}>")
        if MARK.search(value):
            address = name in ADDRESSES or name.startswith("data-")
            self.texts += ["\n", unquote_plus(value) if address else value, "\n"]

    def _field(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "form":
            post = attrs.get("method", "").lower() == "post"
            self.forms.append(Form(attrs.get("action", ""), post=post))
        elif attrs.get("name") and self.forms and tag in {"input", "textarea", "select"}:
            kind = attrs.get("type", "text" if tag == "input" else tag)
            self.forms[-1].values.setdefault(attrs["name"], attrs.get("value", ""))
            if kind not in {"checkbox", "file", "hidden", "radio", "select", "submit"}:
                self.forms[-1].texts.append(attrs["name"])

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""
        self.texts.append("\n")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        self.said.append("" if self._raw else data)
        if self._raw and MARK.search(data):
            self.problems.append(f"dans <{self._raw}> : {data[:80]}")


def problems_of_page(html: str) -> list[str]:
    """What a page makes of the corpus besides showing it."""
    reader = Reader(html)
    return reader.problems + changed("".join(reader.texts))


def changed(text: str) -> list[str]:
    """The strings of the corpus of which a text shows a part, or something else."""
    said = _plain(text)
    return [
        f"{payload.mark} ({payload.kind}) ne se lit pas tel quel : {_around(said, payload.mark)}"
        for payload in marked(text)
        if payload.kind != "odd" and _plain(payload.text) not in said
    ]


def marked(text: str) -> list[Payload]:
    """The strings of the corpus whose mark is there."""
    return [BY_MARK[mark] for mark in sorted(set(MARK.findall(text))) if mark in BY_MARK]


def _plain(text: str) -> str:
    """Without what typography, line wrapping and parsers may change: spaces, invisible signs."""
    text = unicodedata.normalize("NFC", text.replace("’", "'"))
    return "".join(sign for sign in text if unicodedata.category(sign)[0] not in "CZ")


def _around(text: str, mark: str) -> str:
    at = text.find(mark)
    return repr(text[max(0, at - 60) : at + 60])


def problems_of_answer(answer: Any) -> list[str]:
    """Of an answer of Django's test client: its status, headers and body, whatever its kind."""
    problems = [f"statut {answer.status_code}"] if answer.status_code >= 500 else []
    problems += problems_of_headers(dict(answer.headers))
    body = answer.getvalue() if answer.streaming else answer.content
    return problems + problems_of_body(body, answer.headers.get("Content-Type", ""))


def problems_of_headers(headers: dict[str, str]) -> list[str]:
    problems = [f"en-tête {name}" for name in headers if name.lower() == HEADER.lower()]
    problems += [
        f"{name}: {value!r}" for name, value in headers.items() if set(value) & set("\r\n")
    ]
    place = unquote_plus(headers.get("Location", headers.get("location", "/"))).strip()
    if place.startswith(DANGEROUS) or place.replace("\\", "/").startswith(("//", "http")):
        problems.append(f"Location: {place}")
    return problems


def problems_of_body(body: bytes, kind: str) -> list[str]:
    if body.startswith(b"PK"):
        return list(_formulas_of_archive(body))
    if "csv" in kind:
        return list(_formulas_of_csv(body.decode("utf-8-sig")))
    if "json" in kind:
        return changed("\n".join(_strings(json.loads(body))))
    return problems_of_page(body.decode()) if "html" in kind else []


def _formulas_of_csv(text: str) -> Iterator[str]:
    first = text.splitlines()[0]
    for row in csv.reader(io.StringIO(text), delimiter=max(";,\t", key=first.count)):
        for cell in row:
            if cell.lstrip(" \n").startswith(FORMULA):
                yield f"formule dans un CSV : {cell[:80]!r}"


def _formulas_of_archive(body: bytes) -> Iterator[str]:
    """Of an XLSX or an ODS: a cell that computes, or a link that leaves."""
    archive = zipfile.ZipFile(io.BytesIO(body))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            for element in ElementTree.fromstring(archive.read(name)).iter():
                local = element.tag.rsplit("}", 1)[-1]
                attributes = {each.rsplit("}", 1)[-1]: it for each, it in element.attrib.items()}
                if local in {"f", "hyperlink"} or "formula" in attributes:
                    yield f"{local} dans {name}"
                if attributes.get("TargetMode") == "External":
                    yield f"lien externe dans {name}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value
