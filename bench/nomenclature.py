"""How long a name being typed takes to be found, on the full lists.

    python3 dev.py bench nomenclature [--quick]

Types the names of communes, drawn in proportion to their population, and of occupations, letter
after letter from the second one, as a combobox does; then postcodes.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from jalons.nomenclature.models import Commune, Rome
from jalons.nomenclature.queries import search_communes, search_rome

NAMES = {True: 60, False: 600}


def run(quick: bool) -> None:
    """Prints the median and the 95th percentile of each search, in milliseconds."""
    draw = random.Random(20261123)
    for target, search, typed in (
        ("communes", search_communes, _communes(draw, NAMES[quick])),
        ("occupations", search_rome, _occupations(draw, NAMES[quick])),
    ):
        _measure(target, search, list(typed))


def _measure(target: str, search: Callable[[str], Any], typed: list[str]) -> None:
    search(typed[0])
    times = []
    for text in typed:
        start = time.perf_counter()
        search(text)
        times.append((time.perf_counter() - start) * 1000)
    size = (Commune if target == "communes" else Rome).objects.count()
    for metric, value in {
        "search_p50_ms": statistics.median(times),
        "search_p95_ms": statistics.quantiles(times, n=20)[-1],
    }.items():
        line = {
            "bench": "nomenclature",
            "metric": metric,
            "value": round(value, 2),
            "unit": "ms",
            "size": size,
            "of": target,
        }
        sys.stdout.write(json.dumps(line) + "\n")


def _communes(draw: random.Random, count: int) -> Iterator[str]:
    found = list(Commune.objects.order_by("code").values_list("name", "postcodes", "population"))
    weights = [population for *_, population in found]
    for name, postcodes, _ in draw.choices(found, weights, k=count):
        yield from _letters(name)
        if postcodes:
            yield from _letters(draw.choice(postcodes))


def _occupations(draw: random.Random, count: int) -> Iterator[str]:
    found = Rome.objects.order_by("code").values_list("label", flat=True)
    for label in draw.choices(list(found), k=count):
        yield from _letters(label.split(" / ")[0])


def _letters(text: str) -> Iterator[str]:
    return (text[:length] for length in range(2, len(text) + 1))
