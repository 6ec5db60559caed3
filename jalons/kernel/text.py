"""One way of making texts comparable, whatever the database's collation."""

import re
import unicodedata

_PLAIN = re.compile("[^a-z0-9]+")
_NOT_DECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"}
)


def fold(text: str) -> str:
    """Lower case, without accents or ligatures, every run of other signs made one space.

    « L’Haÿ-les-Roses » gives "l hay les roses". Letters of other scripts are kept. Folding twice
    changes nothing, and the result holds no sign that LIKE or a tsquery would interpret.
    """
    if text.isascii():
        return _PLAIN.sub(" ", text.lower()).strip()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (_kept(letter) for letter in letters.translate(_NOT_DECOMPOSED))
    return " ".join("".join(kept).split())


def _kept(letter: str) -> str:
    if letter.isalnum():
        return letter
    return "" if unicodedata.category(letter).startswith("M") else " "
