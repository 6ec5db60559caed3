"""What every measure does: print its figures as JSON lines, take a percentile, time calls."""

import json
import time
from collections.abc import Callable, Sequence


def emit(bench: str, metric: str, value: float, unit: str, size: int, digits: int = 2) -> None:
    """One figure, on standard output; `size` is what it was measured on."""
    figure = {"bench": bench, "metric": metric, "value": round(value, digits), "unit": unit}
    print(json.dumps(figure | {"size": size}), flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed: 0.95 for the p95. Raises IndexError on none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(call: Callable[[], object]) -> float:
    """How many milliseconds a call lasts."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1_000
