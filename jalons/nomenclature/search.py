"""How a name becomes what finds it, and how what is typed becomes a query.

A name is found by the beginning of any of its words, of its words glued together, of a postcode;
accents, hyphens, apostrophes, case and small words are forgiven, and words may be left out.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Case, Expression, IntegerField, Model, QuerySet, Value, When

from jalons.kernel.text import fold

from .models import SearchWord

SMALL_WORDS = frozenset(
    "a au aux d de des du en et l la le les lez sous sur".split()  # noqa: SIM905
)
SHORTENED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_SHORT = {word: short for short, word in SHORTENED.items()}
END = " /"
Found = TypeVar("Found", bound=Model)


def search_text(*names: str, codes: Iterable[str] = ()) -> str:
    """Every name, then the codes: each word follows a space, each name ends with ` /`."""
    parts = [*map(fold, names), *map(fold, codes)]
    return "".join(f" {part}{END}" for part in parts)


def search_words(*names: str, codes: Iterable[str] = ()) -> set[str]:
    """The keys under which a name is looked for."""
    words = {fold(code) for code in codes}
    for name in names:
        parts = fold(name).split()
        words.add("".join(parts))
        words.update(_SHORT[part] for part in parts if part in _SHORT)
        words.update(part for part in parts if part not in SMALL_WORDS)
    return words - {""}


def typed_words(text: str) -> list[str]:
    """The words of what is typed; « st » stands for « saint » once another word follows."""
    words = fold(text).split()
    return [SHORTENED.get(word, word) for word in words[:-1]] + words[-1:]


def find(
    rows: "QuerySet[Found]", scope: str, text: str, order: Sequence[str | Expression], limit: int
) -> list[Found]:
    """The rows that `text` finds: the very name first, then the names that hold these words."""
    words = typed_words(text)
    kept = [word for word in words if word not in SMALL_WORDS]
    key, glued = max(kept, key=len, default=""), "".join(words)
    ranked = rows.annotate(rank=_rank(" ".join(words))).order_by("rank", *order)
    found: list[Found] = []
    if len(key) > 1:
        having = ranked.filter(code__in=_codes(scope, key))
        for word in set(kept) - {key}:
            having = having.filter(search__contains=f" {word}")
        found = list(having[:limit])
    if glued and glued != key and len(found) < limit:
        named = ranked.filter(code__in=_codes(scope, glued))
        found += [row for row in named[:limit] if row not in found]
    return found[:limit]


def _codes(scope: str, prefix: str) -> "QuerySet[SearchWord, str]":
    """A single letter means itself: so many names begin with it that it would say nothing."""
    lookup = "word" if len(prefix) == 1 else "word__startswith"
    return SearchWord.objects.filter(scope=scope, **{lookup: prefix}).values_list("code", flat=True)


def _rank(folded: str) -> Case:
    """0: its name; 1: its name begins so, or has these very words; 2: the rest."""
    return Case(
        When(search__startswith=f" {folded}{END}", then=Value(0)),
        When(search__startswith=f" {folded}", then=Value(1)),
        When(search__contains=f" {folded} ", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
