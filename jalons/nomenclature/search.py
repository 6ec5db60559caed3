"""How a name becomes what finds it, and how what is typed becomes a query.

A name is found by the beginning of any of its words, of its words glued together, of a postcode;
accents, hyphens, apostrophes, case and small words are forgiven, and words may be left out.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

from jalons.kernel import clock
from jalons.kernel.text import fold

from .models import Appellation, Commune, Rome

SMALL_WORDS = frozenset(
    "a au aux d de des du en et l la le les lez sous sur".split()  # noqa: SIM905
)
ARTICLES = ("", "le ", "la ", "les ", "l ")
SHORTENED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_SHORT = {word: short for short, word in SHORTENED.items()}
END = " /"
Found = TypeVar("Found", Commune, Rome, Appellation)


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


def find(rows: type[Found], text: str, limit: int) -> list[Found]:
    """The rows in force that `text` finds: the very name, the names that begin so, the others."""
    words = typed_words(text)
    if not words:
        return []
    return list(rows.objects.raw(STATEMENTS[rows], _parameters(words) | {"limit": limit}))


def _parameters(words: list[str]) -> dict[str, Any]:
    """A single letter begins too many names to say anything: it stands for itself."""
    typed, glued = " ".join(words), "".join(words)
    kept = [word for word in words if word not in SMALL_WORDS]
    key = max(kept, key=_selectivity, default="")
    any_end = "%" if len(glued) > 1 else f"{END}%"
    begun = {f"begun_{rank}": f" {article}{typed}" for rank, article in enumerate(ARTICLES)}
    return {
        **{name: f"{begin}{any_end}" for name, begin in begun.items()},
        "named": [f"{begin}{END}%" for begin in begun.values()],
        "key": f"{key}%" if len(key) > 1 else "",
        "words": [f"% {word}%" for word in kept],
        "glued": f"{glued}%" if len(glued) > 1 else glued,
        "day": clock.today(),
    }


def _selectivity(word: str) -> tuple[bool, int]:
    """Thousands of names hold « saint »: any other word is a better key."""
    return (word not in _SHORT and len(word) > 1, len(word))


def _statement(scope: str, order: str) -> str:
    """Three steps in one statement, each made only if the previous ones left room.

    Written in SQL because the ORM took longer to build the queries than the server to answer.
    """
    table = f"nomenclature_{scope}"
    begun = " OR ".join(f"search LIKE %(begun_{rank})s" for rank in range(len(ARTICLES)))
    valid = (
        "(valid_from IS NULL OR valid_from <= %(day)s)"
        " AND (valid_until IS NULL OR valid_until > %(day)s)"
    )
    last = f"ORDER BY step, {order} LIMIT %(limit)s"
    holding = f"SELECT code FROM nomenclature_searchword WHERE scope = '{scope}' AND word LIKE"
    return f"""
        WITH begun AS (
            SELECT *, CASE WHEN search LIKE ANY (%(named)s) THEN 0 ELSE 1 END AS step
            FROM {table} WHERE ({begun}) AND {valid} {last}
        ), having_words AS (
            SELECT *, 2 AS step FROM {table}
            WHERE (SELECT count(*) FROM begun) < %(limit)s AND %(key)s <> ''
            AND code IN ({holding} %(key)s) AND search LIKE ALL (%(words)s) AND {valid} {last}
        ), begun_or_having AS (
            SELECT * FROM begun UNION ALL
            SELECT * FROM having_words WHERE code NOT IN (SELECT code FROM begun)
        ), glued AS (
            SELECT *, 3 AS step FROM {table}
            WHERE (SELECT count(*) FROM begun_or_having) < %(limit)s
            AND code IN ({holding} %(glued)s)
            AND code NOT IN (SELECT code FROM begun_or_having) AND {valid} {last}
        )
        SELECT * FROM (
            SELECT * FROM begun_or_having UNION ALL SELECT * FROM glued
        ) found {last}
    """


STATEMENTS: dict[type[Model], str] = {
    Commune: _statement("commune", "population DESC, code"),
    Rome: _statement("rome", 'search COLLATE "C", code'),
    Appellation: _statement("appellation", 'search COLLATE "C", code'),
}
