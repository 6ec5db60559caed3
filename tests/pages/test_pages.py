"""page_checks: every address that shows a page, visited at two widths, owes all of `checks`."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

from jalons.access.routes import lines_of
from jalons.kernel.middleware import HEADERS, Nonce, content_security_policy
from tests.demo_site import Site
from tests.pages import nu
from tests.pages.catalogue import ERRORS, PAGES, WITHOUT_PAGE, Page
from tests.pages.checks import problems_of
from tests.pages.visits import NARROW, WIDE, Visit, keep_screenshot, visiting


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.label)
def test_page_is_good(chromium: Browser, demo_site: Site, entry: Page, width: int) -> None:
    with visiting(chromium, demo_site, entry, width) as visit:
        keep_screenshot(visit)
        said = visit.probe("text()")
        problems = problems_of(visit)
    if width == NARROW:
        with visiting(chromium, demo_site, entry, width, scripts=False) as bare:
            problems += [] if bare.probe("text()") == said else ["autre texte sans scripts"]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("status", ERRORS)
def test_error_page_is_good(chromium: Browser, demo_site: Site, status: int, width: int) -> None:
    body = render_to_string(f"kernel/{status}.html")
    headers = HEADERS | {"Content-Security-Policy": content_security_policy(Nonce())}
    headers |= {"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"}
    entry = Page(str(status), lambda site, context: "/erreur/", status=status)

    def answer(visit: Visit) -> None:
        visit.window.route(
            "**/erreur/",
            lambda route: route.fulfill(status=status, body=body, headers=headers),
        )

    with visiting(chromium, demo_site, entry, width, before=answer) as visit:
        keep_screenshot(visit)
        problems = problems_of(visit)
    assert not problems, "\n".join(problems)


def test_every_address_has_its_visits() -> None:
    """An address that is neither visited nor said to show no page fails; so does a forgotten one."""
    known = {entry.name for entry in PAGES if ":" in entry.name} | set(WITHOUT_PAGE)
    assert set(_addresses()) == known


def test_only_addresses_without_get_go_without_a_page() -> None:
    with_get = [name for name, lines in _addresses().items() if "GET" in lines]
    assert not set(with_get) & set(WITHOUT_PAGE)


def test_html_is_valid(chromium: Browser, demo_site: Site, tmp_path: Path) -> None:
    """The Nu HTML checker, where Java and npm are."""
    try:
        nu.jar()
    except nu.Unavailable as reason:
        pytest.skip(f"HTML non validé : {reason}")
    pages = {}
    for entry in PAGES:
        with visiting(chromium, demo_site, entry, WIDE, scripts=False) as visit:
            pages[entry.label] = visit.html
    problems = nu.problems_of(pages, tmp_path)
    assert not problems, "\n".join(problems)


def _addresses() -> dict[str, dict[str, object]]:
    """The verbs of every URL name of the house."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, namespace: str) -> "list[tuple[str, dict[str, object]]]":
    found: list[tuple[str, dict[str, object]]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            name = f"{namespace}:{entry.name}"
            found.append((name, dict(lines_of(entry.callback, name) or {})))
        else:
            found += _walk(entry, entry.namespace or namespace)
    return found
