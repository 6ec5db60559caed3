import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jalons.config import preparing, running
from tests.databases import ROOT

PARENT = """
import sys, time
from jalons.config import running
child = running.start("nap", "-c", "import time; print('asleep'); time.sleep(60)")
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_taken_port_is_said_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "environment", None)
    with socket.create_server((running.HOST, 0)) as server:
        port = server.getsockname()[1]
        assert running.run(["--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Le port {port} est déjà pris" in said
    assert f"--port {port + 1}" in said


def test_lines_carry_their_programs_name(capfd: pytest.CaptureFixture[str]) -> None:
    program = running.start("web", "-c", "print('ready')")
    program.wait()
    end = time.monotonic() + 10
    said = ""
    while "\n" not in said and time.monotonic() < end:
        said += capfd.readouterr().out
    assert said == "web  | ready\n"
    _close(program)


def test_a_stopped_program_is_gone() -> None:
    program = running.start("nap", "-c", "import time; time.sleep(60)")
    running.stop(program)
    assert program.returncode == -signal.SIGTERM
    _close(program)


def test_a_deaf_program_is_killed() -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"
    program = running.start("nap", "-c", deaf)
    time.sleep(1)
    running.stop(program, patience=0.2)
    assert program.returncode == -signal.SIGKILL
    _close(program)


def _close(program: "subprocess.Popen[str]") -> None:
    assert program.stdout is not None
    for _ in range(100):
        try:
            program.stdout.close()
        except RuntimeError:
            time.sleep(0.02)
        else:
            return


def test_children_die_with_a_killed_parent() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline().split()[-1])
    parent.kill()
    parent.communicate()
    end = time.monotonic() + 10
    while _alive(child):
        assert time.monotonic() < end
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
    except OSError:
        return False


def test_a_stamp_spares_the_same_work(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    found = []
    for digest in ("one", "one", "two"):
        with preparing.stamped(stamp, digest) as stale:
            found.append(stale)
    assert found == [True, False, True]


def test_a_failed_work_is_not_stamped(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    with pytest.raises(ZeroDivisionError), preparing.stamped(stamp, "one"):
        raise ZeroDivisionError
    with preparing.stamped(stamp, "one") as stale:
        assert stale


def test_prepared_code_is_all_but_pages() -> None:
    names = {os.fspath(file.relative_to(ROOT)) for file in preparing.code_files() if file.is_file()}
    assert {"jalons/kernel/jobs.py", "requirements.lock"} <= names
    assert not any(name.endswith((".html", ".css", ".pyc")) for name in names)
