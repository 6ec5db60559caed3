"""French typography (usage of the Imprimerie nationale) on plain text or escaped HTML.

`typo` puts a narrow no-break space before ; ! ? and inside « », a no-break space before a colon and
between a number and its unit, and a curly apostrophe in French words. It is idempotent, and leaves
tags, entities, addresses and times alone.
"""

import re

NARROW = "\u202f"
SOLID = "\u00a0"
APOSTROPHE = "\u2019"

_SPACE = rf"[ {SOLID}{NARROW}]"
_UNIT = r"(?:h|min|j|jours?|ans?|mois|semaines?|%|€|km|m|m²|kg|Mo|ko)(?!\w)"
_AFTER_WORD = r"(?<=[^\W_]|[)\]»”%€…])"
_THEN_CLOSED = r"(?=$|[\s!?)\]»”])"

_TAG_OR_ADDRESS = re.compile(
    r"(</?[a-z][^<>]*>|\b[a-z][a-z0-9+.-]*://[^\s<>«»]+|\b(?:mailto|tel):[^\s<>«»]+)", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]*|#[0-9]+|#x[0-9a-f]+);", re.IGNORECASE)
_MARK = "\ufdd0"
_ESCAPED_APOSTROPHE = re.compile(r"(?<=[^\W\d_])&#(?:x27|39);(?=[^\W_]|«)")

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
_RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"(?<=[^\W\d_])'(?=[^\W_]|«)", APOSTROPHE),
        (rf"{_SPACE}+(?=[;!?»])", NARROW),
        (rf"{_SPACE}+(?=:(?!//))", SOLID),
        (r"(?<=[^\s«])(?=»)", NARROW),
        (rf"«{_SPACE}*(?=[^\s»])", f"«{NARROW}"),
        (rf"{_AFTER_WORD}(?=[;!?]{_THEN_CLOSED})", NARROW),
        (rf"{_AFTER_WORD}(?=:{_THEN_CLOSED})", SOLID),
        (rf"(?<=\d){_SPACE}(?={_UNIT})", SOLID),
        (r"(?<=\d)(?=[%€](?!\w))", SOLID),
        (rf"(?<=[\d{SOLID}]h){_SPACE}(?=\d\d(?!\d))", SOLID),
    ]
]


def typo(text: str) -> str:
    """The text with French spaces and apostrophes; `typo(typo(text)) == typo(text)`."""
    pieces = _TAG_OR_ADDRESS.split(text)
    pieces[::2] = map(_between_tags, pieces[::2])
    return "".join(pieces)


def _between_tags(text: str) -> str:
    """Entities are set aside under a mark which, like a quotation mark, is no space and no word."""
    if _MARK in text:
        return text
    text = _ESCAPED_APOSTROPHE.sub(APOSTROPHE, text.replace("&nbsp;", SOLID))
    entities = iter(_ENTITY.findall(text))
    words = _words(_ENTITY.sub(_MARK, text))
    return re.sub(_MARK, lambda _: next(entities), words)


def _words(text: str) -> str:
    text = _THOUSANDS.sub(lambda found: found[0].replace(" ", NARROW), text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
