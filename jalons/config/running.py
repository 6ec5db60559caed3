"""`dev.py run`: web and worker in one terminal, stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from types import FrameType
from typing import IO

from .embedded import environment
from .preparing import ROOT, collect_static, load_demo, prepare_database, say

HOST = "127.0.0.1"
PATIENCE = 60.0
WEB = ["-m", "granian", "--interface", "wsgi", "--no-ws", "--host", HOST]
WEB += [
    "--workers",
    "1",
    "--blocking-threads",
    "4",
    "--backpressure",
    "64",
    "--log-level",
    "warning",
]


class Stop(Exception):
    """SIGINT or SIGTERM was received."""


def run(arguments: list[str]) -> int:
    """Serves until it is told to stop; returns the exit code."""
    parser = ArgumentParser(prog="dev.py run")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(arguments).port
    if taken(port):
        say(
            f"Le port {port} est déjà pris : arrêtez l’autre programme, ou choisissez un autre port"
        )
        say(f"  python3 dev.py run --port {port + 1}")
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    os.environ.setdefault("JALONS_BASE_URL", f"http://{HOST}:{port}")
    try:
        with environment():
            prepare_database()
            load_demo()
            collect_static()
            return _serve(port)
    except Stop:
        return 0
    finally:
        say("Jalons est arrêté.")


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise Stop(number)


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _serve(port: int) -> int:
    started = time.monotonic()
    programs = {
        "web": start("web", *WEB, "--port", str(port), "jalons.config.wsgi:application"),
        "jobs": start("jobs", "-m", "jalons.config.manage", "run_jobs"),
    }
    try:
        if answers(f"http://{HOST}:{port}/", programs["web"], started + PATIENCE):
            say(f"Jalons répond : http://{HOST}:{port} (Ctrl-C pour arrêter)")
        while True:
            for name, program in programs.items():
                if program.poll() is not None:
                    say(f"{name} s’est arrêté (code {program.returncode}) : tout s’arrête.")
                    return 1
            time.sleep(0.2)
    finally:
        stop(*programs.values())


def start(name: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python program whose lines are shown after its name, and that dies with this one."""
    program = subprocess.Popen(
        [sys.executable, "-u", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509
    )
    threading.Thread(target=_show, args=(name, program.stdout), daemon=True).start()
    return program


def die_with_parent() -> None:
    """Linux only: asks for SIGTERM when the parent dies, even killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _show(name: str, lines: IO[str]) -> None:
    for line in lines:
        print(f"{name:<4} | {line}", end="", flush=True)


def answers(address: str, program: subprocess.Popen[str], until: float) -> bool:
    """Waits for any answer at the address; False if the program ended or time ran out."""
    while program.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def stop(*programs: subprocess.Popen[str], patience: float = 10) -> None:
    """Asks them to end, then ends them."""
    for program in programs:
        if program.poll() is None:
            program.terminate()
    end = time.monotonic() + patience
    for program in programs:
        try:
            program.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
