"""What each page owes its reader. Each check answers problems in words: none is what is wanted."""

import re
from collections.abc import Callable, Iterator, Sequence

from axe_playwright_python.base import AXE_SCRIPT

from jalons.kernel.middleware import HEADERS, Nonce, content_security_policy
from tests.pages import markup
from tests.pages.visits import NARROW, WIDE, Visit

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_SHIFT = 0.02
LEAST_TARGET = 44
INNER_STOPS = 3
"""Tab stops inside a date field besides its first: month, year, calendar."""
LIVE, MOST_LIVE = "main [data-hx-push-url] [data-hx-get]", 3
"""The links that change a part of the page and its address, and how many of them are followed."""
ZOOMED, PHONE = 640, 320
"""A window of 1,280 px at 200 %, and the narrowest one without sideways scroll (WCAG 1.4.10)."""

ENGLISH = re.compile(
    r"\b(Log ?in|Log ?out|Sign (in|out)|Submit|Errors?|Next|Previous|Search|Loading|Save|Cancel"
    r"|Delete|Edit|Close|None|True|False|Yes|Home|Welcome|Password|Email|Page not found|Required"
    r"|This field|Choose|Back|Show|Hide|Download|Upload|Undo|Today|Unknown)\b"
)
STRAIGHT = re.compile(r"\w'\w|\.\.\.|\w [:;?!»]|« \w")
"""A straight apostrophe, three dots, an ordinary space where French has a no-break one."""

Check = Callable[[Visit], list[str]]


def answers_as_expected(visit: Visit) -> list[str]:
    status = visit.answer.status if visit.answer else None
    return [] if status == visit.page.status else [f"statut {status}"]


def accessible(visit: Visit) -> list[str]:
    if not visit.window.evaluate("Boolean(window.axe)"):
        visit.window.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "preload": False}
    options |= {"runOnly": {"type": "tag", "values": AXE_RULES}}
    found = visit.window.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"axe {violation['id']} : {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def within_budget(visit: Visit) -> list[str]:
    budget = visit.page.budget
    shift = visit.window.evaluate("window.watched.shift")
    measured = {
        "ko transférés": (visit.transferred / 1000, budget.kilobytes),
        "requêtes": (len(visit.answers), budget.requests),
        "nœuds": (visit.probe("nodes()"), budget.nodes),
        "décalage": (shift, MOST_SHIFT),
    }
    return [
        f"{value:.3g} {name}, {most} au plus"
        for name, (value, most) in measured.items()
        if value > most
    ]


def enhanced_as_reloaded(visit: Visit) -> list[str]:
    """What a live link brings in place is what the whole page shows once reloaded."""
    different: list[str] = []
    visit.resize(WIDE)
    for number in range(min(visit.window.locator(LIVE).count(), MOST_LIVE)):
        visit.probe("expectSwap()")
        visit.window.locator(LIVE).nth(number).click()
        visit.probe("swapped")
        brought = visit.window.title() + visit.probe("main()")
        visit.reload()
        reloaded = visit.window.title() + visit.probe("main()")
        if brought != reloaded:
            parts = _first_difference(brought, reloaded)
            different.append(f"rechargée, {visit.window.url} dit autre chose : {parts}")
    return different


def _first_difference(*texts: str) -> list[str]:
    pairs = enumerate(zip(*texts, strict=False))
    start = next((place for place, letters in pairs if len(set(letters)) > 1), len(texts[0]))
    return [text[max(0, start - 60) : start + 60] for text in texts]


def silent(visit: Visit) -> list[str]:
    refused = visit.window.evaluate("window.watched.refused")
    return visit.messages + [f"refusé par la politique : {what}" for what in refused]


def protected_by_headers(visit: Visit) -> list[str]:
    return [
        problem
        for answer in visit.answers
        for problem in header_problems(answer.url, answer.status, answer.headers)
    ]


def header_problems(url: str, status: int, headers: dict[str, str]) -> list[str]:
    """What security.md row 16 asks of every response, files included."""
    wanted = {**HEADERS, "Content-Security-Policy": content_security_policy(Nonce())}
    missing = [name for name, value in wanted.items() if headers.get(name.lower()) != value]
    static = "/static/" in url and status in (200, 304)
    if not static and headers.get("cache-control") != "no-store":
        missing.append(f"cache {headers.get('cache-control')}")
    return [f"{url} : en-tête {what}" for what in missing]


def usable_by_keyboard(visit: Visit) -> list[str]:
    """Tab reaches everything, each with its ring, none under what floats."""
    wanted = visit.probe("tabbables()")
    stops = wanted + INNER_STOPS * visit.window.locator("input[type=date]").count()
    visit.probe("follow()")
    for _ in range(stops + 1):
        visit.window.keyboard.down("Tab")
    visit.window.keyboard.up("Tab")
    reached = visit.probe("followed()")
    problems = [f"pas d’anneau : {each['name']}" for each in reached if not each["ringed"]]
    problems += [f"focus caché : {each['name']}" for each in reached if not each["free"]]
    if len(reached) < wanted:
        problems.append(f"{len(reached)} éléments atteints sur {wanted}")
    return problems


def skips_to_content(visit: Visit) -> list[str]:
    link = visit.window.locator("a.skip")
    link.focus()
    problems = [] if link.is_visible() else ["lien d’évitement invisible"]
    visit.window.keyboard.press("Enter")
    reached = visit.window.evaluate("document.activeElement.id")
    return problems + ([] if reached == "contenu" else [f"évitement vers {reached!r}"])


def reflows(visit: Visit) -> list[str]:
    """At 320 px seen from the phone, at 200 % seen from the desk."""
    width = PHONE if visit.width == NARROW else ZOOMED
    visit.window.set_viewport_size({"width": width, "height": 640})
    return [f"à {width} px, trop large : {what}" for what in visit.probe("beyond()")]


def touchable(visit: Visit) -> list[str]:
    if visit.width != NARROW:
        return []
    return [f"cible basse : {what}" for what in visit.probe(f"small({LEAST_TARGET})")]


def fits(visit: Visit) -> list[str]:
    return [f"déborde : {what}" for what in visit.probe("beyond()")]


def well_formed(visit: Visit) -> list[str]:
    return markup.problems_of(visit.html)


def anonymous(visit: Visit) -> list[str]:
    """No name of a person in the title or the address: both are kept in histories and logs."""
    seen = f"{visit.window.title()} {visit.window.url}"
    return [f"nommé : {name}" for name in visit.names if name in seen]


def in_french(visit: Visit) -> list[str]:
    sentences = visit.probe("sentences()")
    found = [f"en anglais : {text!r}" for text in sentences if ENGLISH.search(text)]
    found += [f"typographie : {text!r}" for text in sentences if STRAIGHT.search(text)]
    if not visit.window.title().removesuffix("– Jalons").strip():
        found.append("pas de titre")
    return found


OF_THE_ANSWER: list[Check] = [
    answers_as_expected,
    protected_by_headers,
    in_french,
    anonymous,
    well_formed,
    within_budget,
]
AT_EACH_WIDTH: list[Check] = [
    fits,
    touchable,
    accessible,
    usable_by_keyboard,
    skips_to_content,
    reflows,
]
AT_ANY_WIDTH: list[Check] = [fits]
AT_THE_END: list[Check] = [enhanced_as_reloaded, silent]
"""They change the page, and read what was refused all along."""


def problems_of(visit: Visit, widths: Sequence[int]) -> Iterator[str]:
    """What is wrong with a page, shown on each of these widths in turn; it fits on both anyway."""
    yield from _found(visit, OF_THE_ANSWER)
    for width in (NARROW, WIDE):
        visit.resize(width)
        owed = AT_EACH_WIDTH if width in widths else AT_ANY_WIDTH
        yield from (f"à {width} px : {problem}" for problem in _found(visit, owed))
    yield from _found(visit, AT_THE_END)


def _found(visit: Visit, checks: list[Check]) -> Iterator[str]:
    for check in checks:
        yield from check(visit)
