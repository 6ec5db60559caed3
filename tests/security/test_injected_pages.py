"""Row 17, in a browser: the corpus stands in every text of the demo; no page is moved by it.

A site of its own: the other tests of pages read what the demo says.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import APIResponse, BrowserContext
from playwright.sync_api import Page as Window

from jalons.access.roles import Role
from tests import databases
from tests.browsers import Windows
from tests.demo_site import Site
from tests.pages.catalogue import PAGES
from tests.pages.checks import header_problems
from tests.pages.walking import CRAWLED, NOBODY, walk
from tests.sampling import Some
from tests.security.corpus import CORPUS, FORGED, drawn
from tests.security.planting import constrained, plant
from tests.security.shown import (
    Form,
    Reader,
    changed,
    marked,
    problems_of_body,
    problems_of_headers,
    problems_of_page,
)

KEPT = "jalons.example"
ROLE_PAGES, ALL_PAGES = 3, 60
"""Pages a role, in the suite's time and in `test --long`."""
ONE_IN = 20
"""Pages of the catalogue whose forms are sent in the suite's time."""
WATCH = """
window.watched = { ran: [], refused: [] };
window.ran = (mark) => window.watched.ran.push(String(mark));
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = window.ran;
addEventListener("securitypolicyviolation", (event) =>
  window.watched.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
"""What an executed payload calls; what the policy stopped was written as markup all the same."""


@dataclass
class Planted:
    site: Site
    columns: dict[str, int | None]


@pytest.fixture(scope="module")
def planted(
    database_server: databases.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    site = Site(database_server, tmp_path_factory.mktemp("injected"))
    try:
        assert site.cast.kept_mail is not None
        yield Planted(site, plant(site.owner, KEPT))
    finally:
        site.close()


def test_the_corpus_stands_where_texts_are_shown(planted: Planted) -> None:
    """Every text that no constraint protects takes it."""
    refused = {name for name, rows in planted.columns.items() if rows is None}
    assert refused <= constrained()
    assert {name for name, rows in planted.columns.items() if rows} > {
        "accounts.Account.family_name",
        "people.Entry.request",
        "people.Person.given_name",
        "people.Status.label",
        "territories.Organization.website",
    }


@pytest.mark.parametrize("visitor", [*Role.values, NOBODY])
def test_nothing_runs_in_a_crawl(
    windows: Windows, planted: Planted, visitor: str, *, full_size: bool
) -> None:
    if not full_size and visitor not in CRAWLED:
        pytest.skip("with --long")
    window = planted.site.window(windows, "injected", visitor, WATCH)
    problems, met = list[str](), set[str]()
    with _listening(window, problems):
        for page in walk(window, ALL_PAGES if full_size else ROLE_PAGES):
            problems += _seen(page)
            met |= {payload.mark for payload in marked(page.content())}
    assert problems == []
    assert met, "the crawl met no text of the corpus"


@contextmanager
def _listening(window: Window, problems: list[str]) -> Iterator[None]:
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda message: problems.append(f"console : {message.text}"),
        "pageerror": lambda error: problems.append(str(error)),
        "dialog": lambda dialog: problems.append(f"dialogue : {dialog.message}"),
        "response": lambda answer: problems.extend(
            header_problems(answer.url, answer.status, answer.headers)
        ),
    }
    for event, listener in listeners.items():
        window.on(event, listener)  # type: ignore[call-overload]
    try:
        yield
    finally:
        for event, listener in listeners.items():
            window.remove_listener(event, listener)


def _seen(page: Window) -> list[str]:
    watched = page.evaluate("window.watched")
    problems = [f"exécuté : {mark}" for mark in watched["ran"]]
    problems += [f"refusé : {what}" for what in watched["refused"]]
    problems += changed(page.evaluate("document.body.textContent"))
    problems += problems_of_page(page.content())
    return [f"{page.url} : {problem}" for problem in problems]


def test_forms_give_back_what_they_were_given(
    windows: Windows, planted: Planted, some: Some, *, full_size: bool
) -> None:
    """Every form of every page of the catalogue, a text of the corpus in each of its fields."""
    chosen = [page for page in PAGES if some(page.label, ONE_IN)]
    problems, tried = list[str](), 0
    for entry in chosen:
        context = planted.site.window(windows, "injected forms", entry.visitor).context
        page = context.request.get(entry.path(planted.site, context))
        problems += _problems_of(page)
        for number, form in enumerate(Reader(page.text()).forms):
            if form.texts:
                tried += 1
                label = f"{entry.label} {number}"
                problems += _sent(context, page.url, form, label, full_size)
    assert problems == []
    assert tried > len(chosen) / 4


def _sent(
    context: BrowserContext, url: str, form: Form, label: str, full_size: bool
) -> Iterator[str]:
    """Each round gives every field another text, until each field had all of them."""
    for rank in range(len(CORPUS) if full_size else 1):
        values: dict[str, str | float | bool] = dict(form.values)
        for field in form.texts:
            texts = drawn(f"{label} {field}", None if full_size else 1)
            values[field] = texts[rank % len(texts)].text
        target = urljoin(url, form.action or url)
        if form.post:
            answer = context.request.post(
                target, form=values, headers={"Referer": url}, max_redirects=0
            )
        else:
            answer = context.request.get(target, params=values, max_redirects=0)
        yield from _problems_of(answer)


def _problems_of(answer: APIResponse) -> list[str]:
    problems = [f"statut {answer.status}"] if answer.status >= 500 else []
    for header in answer.headers_array:
        problems += problems_of_headers({header["name"]: header["value"]})
    problems += problems_of_body(answer.body(), answer.headers.get("content-type", ""))
    return [f"{answer.url} : {problem}" for problem in problems]


def test_the_log_holds_no_line_of_theirs(planted: Planted) -> None:
    lines = planted.site.log.splitlines()
    assert [line for line in lines if line.startswith(FORGED[:10])] == []
    assert [line for line in lines if "Traceback" in line or "\x1b" in line] == []
