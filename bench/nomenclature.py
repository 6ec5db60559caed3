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

from jalons.nomenclature.models import Appellation, Commune, Rome
from jalons.nomenclature.queries import search_communes, search_rome

NAMES = {True: 60, False: 600}


def run(quick: bool) -> None:
    """Prints the 95th percentile of each search and of both, in milliseconds."""
    draw, count = random.Random(20261123), NAMES[quick]
    communes = _times(search_communes, list(_communes(draw, count)))
    occupations = _times(search_rome, list(_occupations(draw, count)))
    sizes = Commune.objects.count(), Rome.objects.count() + Appellation.objects.count()
    _print("communes_p95_ms", communes, sizes[0])
    _print("occupations_p95_ms", occupations, sizes[1])
    _print("search_p95_ms", communes + occupations, sum(sizes))


def _times(search: Callable[[str], Any], typed: list[str]) -> list[float]:
    """Milliseconds of each search, once a first one has opened the connection."""
    search(typed[0])
    times = []
    for text in typed:
        start = time.perf_counter()
        search(text)
        times.append((time.perf_counter() - start) * 1000)
    return times


def _print(metric: str, times: list[float], size: int) -> None:
    line = {
        "bench": "nomenclature",
        "metric": metric,
        "value": round(statistics.quantiles(times, n=20)[-1], 2),
        "unit": "ms",
        "size": size,
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
