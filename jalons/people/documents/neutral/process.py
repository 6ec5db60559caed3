"""The process that rebuilds a document: limited in memory and time, it can only fail alone.

It reads the file on its input; it answers with a line of JSON, then the new file, or with a word of
`bounds.MESSAGES`. Nothing of Django is imported here.
"""

import json
import resource
import sys

from .bounds import MEMORY, SECONDS, Beyond, Neutral


def main(kind: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        found = _rebuild(kind, sys.stdin.buffer.read())
    except Beyond as beyond:
        _say(str(beyond))
    except (MemoryError, RecursionError):
        _say("much")
    except Exception:  # noqa: BLE001 - whatever a parser raises on a hostile file
        _say("damaged")
    else:
        _say({"media_type": found.media_type, "pages": found.pages})
        sys.stdout.buffer.write(found.content)


def _rebuild(kind: str, content: bytes) -> Neutral:
    if kind == "pdf":
        from .pdfs import rebuild

        return rebuild(content)
    from .images import redraw

    return redraw(content, kind)


def _say(said: object) -> None:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
