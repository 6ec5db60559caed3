"""page_checks: every address that shows a page, seen at two widths, owes all of `checks`."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Route

from jalons.access.routes import lines_of
from jalons.kernel.middleware import HEADERS, Nonce, content_security_policy
from tests.browsers import Windows
from tests.demo_cast import REFERENTE
from tests.demo_site import Site
from tests.pages import nu
from tests.pages.catalogue import ERRORS, FIRST, PAGES, WITHOUT_PAGE, Page
from tests.pages.checks import header_problems, problems_of
from tests.pages.visits import NARROW, WIDE, keep_screenshots, visiting
from tests.sampling import Some

STATES, BARE, DESK = 24, 20, 8
"""One state in so many is visited, one page in so many is read without scripts, or owes all of its
checks on the desk too; all of them with `--long`."""


@pytest.fixture(scope="module")
def html() -> dict[str, str]:
    """What the pages visited so far were sent as, by label."""
    return {}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.label)
def test_page_is_good(
    windows: Windows, demo_site: Site, entry: Page, html: dict[str, str], some: Some
) -> None:
    """At both widths; without scripts, and the states of a page, for some only."""
    first = FIRST[entry.name] is entry
    if not (first or some(entry.label, STATES)):
        pytest.skip("visited with --long")
    with visiting(windows, demo_site, entry) as visit:
        said, html[entry.label] = visit.probe("text()"), visit.html
        keep_screenshots(visit)
        wide = first and some(entry.name, DESK)
        problems = list(problems_of(visit, [NARROW, WIDE] if wide else [NARROW]))
    if first and some(f"{entry.name} bare", BARE) and not entry.drawn:
        with visiting(windows, demo_site, entry, scripts=False) as bare:
            problems += [] if bare.probe("text()") == said else ["autre texte sans scripts"]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("status", ERRORS)
def test_error_page_is_good(windows: Windows, demo_site: Site, status: int) -> None:
    body = render_to_string(f"kernel/{status}.html")
    headers = HEADERS | {"Content-Security-Policy": content_security_policy(Nonce())}
    headers |= {"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"}
    entry = Page(str(status), lambda site, context: "/erreur/", status=status)

    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, headers=headers)

    with visiting(windows, demo_site, entry, route=answer) as visit:
        keep_screenshots(visit)
        problems = list(problems_of(visit, [NARROW, WIDE]))
    assert not problems, "\n".join(problems)


def test_every_address_has_its_visits() -> None:
    """An address that is neither visited nor said to show no page fails."""
    known = {entry.name for entry in PAGES if ":" in entry.name} | set(WITHOUT_PAGE)
    assert set(_addresses()) == known


@pytest.mark.parametrize("name", sorted(WITHOUT_PAGE))
def test_an_address_without_page_shows_none(windows: Windows, demo_site: Site, name: str) -> None:
    """It takes no GET, answers data under the same headers, or is a file that does not exist."""
    context = demo_site.window(windows, "files", REFERENTE).context
    answer = context.request.get(_some_path(name))
    assert answer.status in {404, 405} or answer.headers["content-type"] == "application/json"
    assert header_problems(answer.url, answer.status, answer.headers) == []


def test_html_is_valid(
    windows: Windows, demo_site: Site, html: dict[str, str], tmp_path: Path
) -> None:
    """The Nu HTML checker, where Java and npm are."""
    try:
        nu.jar()
    except nu.Unavailable as reason:
        pytest.skip(f"HTML non validé : {reason}")
    for entry in FIRST.values():
        if entry.label not in html:
            with visiting(windows, demo_site, entry, scripts=False) as visit:
                html[entry.label] = visit.html
    problems = nu.problems_of(html, tmp_path)
    assert not problems, "\n".join(problems)


def _addresses() -> dict[str, dict[str, object]]:
    """The verbs of every URL name of the house."""
    return dict(_walk(get_resolver(), ""))


def _some_path(name: str) -> str:
    """The address of this name, with any key where it wants one, and the first row."""
    patterns = get_resolver().namespace_dict
    namespace, _, local = name.partition(":")
    wanted = patterns[namespace][1].reverse_dict.getlist(local)[0][0][0][1]
    keys: dict[str, object] = dict.fromkeys(wanted, str(uuid4()))
    return reverse(name, kwargs=keys | ({"number": 1} if "number" in keys else {}))


def _walk(resolver: URLResolver, namespace: str) -> "list[tuple[str, dict[str, object]]]":
    found: list[tuple[str, dict[str, object]]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            name = f"{namespace}:{entry.name}"
            found.append((name, dict(lines_of(entry.callback, name) or {})))
        else:
            found += _walk(entry, entry.namespace or namespace)
    return found
