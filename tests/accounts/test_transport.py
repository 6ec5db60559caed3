"""Calls to a provider: where they may go, how large and how long an answer may be."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from jalons.accounts.federation import discovery, transport
from jalons.accounts.federation.refusals import Refused
from jalons.accounts.federation.transport import Answer, allowed


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        act = self.path.strip("/")
        self.send_response({"moved": 302, "broken": 500, "absent": 404}.get(act, 200))
        self.send_header("Location", "/good")
        self.end_headers()
        try:
            self._write(act)
        except OSError:
            return

    def _write(self, act: str) -> None:
        if act == "large":
            self.wfile.write(b"x" * (transport.LARGEST + 1))
        elif act == "slow":
            for _ in range(50):
                self.wfile.write(b"{")
                self.wfile.flush()
                time.sleep(0.05)
        else:
            self.wfile.write(b'{"said": true}' if act == "good" else b"[1]")

    def log_message(self, *_args: Any) -> None:
        return


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{served.server_address[1]}"
        served.shutdown()
        thread.join()


def test_a_good_answer_is_read(server: str) -> None:
    assert discovery.read_json(transport.call(f"{server}/good")) == {"said": True}


def test_a_redirection_is_not_followed(server: str) -> None:
    assert transport.call(f"{server}/moved").status == 302


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("large", "answer"),
        ("slow", "silence"),
        ("broken", "silence"),
        ("absent", "answer"),
        ("list", "answer"),
        ("moved", "answer"),
    ],
)
def test_a_bad_answer_is_refused_soon(
    server: str, monkeypatch: pytest.MonkeyPatch, act: str, said: str
) -> None:
    monkeypatch.setattr(transport, "LONGEST", 0.5)
    started = time.monotonic()
    with pytest.raises(Refused, match=said):
        discovery.read_json(transport.call(f"{server}/{act}"))
    assert time.monotonic() - started < 2.5


def test_nobody_there_is_silence() -> None:
    with pytest.raises(Refused, match="silence"):
        transport.call("http://127.0.0.1:9/")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"null"])
def test_what_is_not_an_object_is_refused(body: bytes) -> None:
    with pytest.raises(Refused, match="answer"):
        discovery.read_json(Answer(body, "application/json", 200))


@pytest.mark.parametrize(
    ("url", "demo", "elsewhere"),
    [
        ("https://identite.example/jetons", True, True),
        ("http://127.0.0.1:8000/x", True, False),
        ("http://localhost:8000/x", True, False),
        ("http://identite.example/x", False, False),
        ("file:///etc/passwd", False, False),
        ("https:///x", False, False),
        ("", False, False),
    ],
)
def test_where_a_call_may_go(settings: Any, url: str, demo: bool, elsewhere: bool) -> None:
    assert allowed(url) is demo
    settings.DEMO = False
    assert allowed(url) is elsewhere
