"""Says on standard error how far a long work is, once it has lasted two seconds."""

import sys
import time


class Progress:
    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._said = what, total, time.monotonic()

    def reach(self, done: int) -> None:
        """Says it at most every two seconds."""
        if time.monotonic() - self._said < 2:
            return
        self._said = time.monotonic()
        share = f"{100 * done // max(self._total, 1)} %"
        print(f"{self._what} : {done} sur {self._total} ({share})", file=sys.stderr, flush=True)
