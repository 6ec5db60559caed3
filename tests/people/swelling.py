"""Neutralises a document that must be refused; prints the seconds of processor and the megabytes
that the process which rebuilt it took.

A process of its own: one that the suite starts begins as large as the suite.

`python -m tests.people.swelling < FILE`
"""

import resource
import sys

from jalons.people.documents.neutral.bounds import Unusable
from jalons.people.documents.neutral.door import neutralise


def main() -> None:
    try:
        neutralise(sys.stdin.buffer.read())
    except Unusable:
        rebuilding = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(rebuilding.ru_utime + rebuilding.ru_stime, rebuilding.ru_maxrss / 1024)
    else:
        sys.exit("The file was kept.")


if __name__ == "__main__":
    main()
