"""The structure of a page as it was sent, read without a browser: always checked.

The Nu HTML checker knows the standard better (`tests.pages.nu`); this one needs nothing, and knows
the house's own rules: no inline style or script, nothing from elsewhere, one `h1`, signed forms.
"""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SHAPES = {"path", "rect", "circle", "line", "polyline", "polygon", "ellipse"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget")
HEADING = re.compile(r"h[1-6]")
AWAY = {("href", "https://www.meteofrance.com/")}
"""Where « Quitter vite » leads, the one address of a page that is not ours."""
ADDRESSES = ("href", "src", "action", "data-hx-get", "data-hx-post")


def problems_of(html: str) -> list[str]:
    """What is wrong in a whole page, in words."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.problems()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: set[tuple[str, str]] = set()
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.unsigned: list[str] = []
        self.language: str | None = None

    def problems(self) -> list[str]:
        self.found += [f"<{tag}> n’est pas fermé" for tag in self.open]
        self.found += [f"id {name!r} {count} fois" for name, count in self.ids.items() if count > 1]
        self.found += [
            f"{attribute}={name!r} ne mène nulle part"
            for attribute, name in sorted(self.references)
            if name not in self.ids
        ]
        self.found += [f"{self.tags[tag]} <{tag}>" for tag in ("h1", "main") if self.tags[tag] != 1]
        self.found += [f"formulaire POST sans jeton : {form}" for form in self.unsigned]
        if self.language != "fr":
            self.found.append(f"langue {self.language!r}")
        return self.found + self._skipped_levels()

    def _skipped_levels(self) -> list[str]:
        pairs = zip(self.headings, self.headings[1:], strict=False)
        return [f"h{low} juste après h{high}" for high, low in pairs if low > high + 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if tag not in VOID | SHAPES:
            self.open.append(tag)
        if HEADING.fullmatch(tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = values.get("lang")
        if len(values) < len(attrs):
            self.found.append(f"attribut répété dans <{tag}>")
        self._note(tag, values)
        self._refuse(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID | SHAPES:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in SHAPES:
            return
        if not self.open or self.open[-1] != tag:
            self.found.append(f"</{tag}> ferme <{self.open[-1] if self.open else ''}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def _note(self, tag: str, values: dict[str, str]) -> None:
        if "id" in values:
            self.ids[values["id"]] += 1
        for attribute in REFERENCES:
            self.references |= {(attribute, name) for name in values.get(attribute, "").split()}
        if tag == "form" and values.get("method", "").lower() == "post":
            self.unsigned.append(values.get("action", "?"))
        if values.get("name") == "csrfmiddlewaretoken" and self.unsigned:
            self.unsigned.pop()

    def _refuse(self, tag: str, values: dict[str, str]) -> None:
        inline = [name for name in values if name == "style" or name.startswith("on")]
        self.found += [f"{name} écrit dans <{tag}>" for name in inline]
        if tag == "style" or (tag == "script" and "src" not in values):
            self.found.append(f"<{tag}> écrit dans la page")
        if tag == "button" and "type" not in values:
            self.found.append("bouton sans type")
        if tag == "img" and "alt" not in values:
            self.found.append("image sans alt")
        for name in ADDRESSES:
            if "//" in values.get(name, "") and (name, values[name]) not in AWAY:
                self.found.append(f"{name}={values[name]!r} mène ailleurs")
