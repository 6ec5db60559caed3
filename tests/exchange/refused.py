"""Reads a file that must be refused; prints the seconds by the clock and by the processors, then
the megabytes it took, process and children.

A process of its own: the memory of the suite would count too.

`python -m tests.exchange.refused PATH`
"""

import re
import resource
import sys
import time
from pathlib import Path

from jalons.exchange.files.bounds import Unreadable
from jalons.exchange.files.reading import read


def main(path: Path) -> None:
    content = path.read_bytes()
    start, own = time.monotonic(), time.process_time()
    try:
        read(content, path.name)
    except Unreadable:
        seconds = time.monotonic() - start
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = time.process_time() - own + children.ru_utime + children.ru_stime
        print(seconds, busy, _own_peak(), children.ru_maxrss / 1024)
    else:
        sys.exit("The file was read.")


def _own_peak() -> float:
    """Megabytes; unlike getrusage, without what this process was before it became itself."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
