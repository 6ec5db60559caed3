"""The embedded cluster: shared, stopped by the last one, back after kill -9."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from jalons.config import embedded
from jalons.config.embedded import APPLICATION, OWNER, WHOLE, cluster_running, passwords, url
from jalons.config.postgres import LONGEST_SOCKET, SOCKET, Cluster, bin_path
from tests.databases import ROOT

pytestmark = pytest.mark.xdist_group("embedded")
HOLD = """
import sys
from pathlib import Path
from jalons.config.embedded import cluster_running
with cluster_running(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cluster's folder, its name with a space and an accent, stopped between tests."""
    folder = tmp_path_factory.mktemp("dossier é") / "pg"
    with cluster_running(folder):
        pass
    yield folder
    Cluster(folder, bin_path()).remove()


@pytest.fixture
def cluster(folder: Path) -> Cluster:
    return Cluster(folder, bin_path())


def hold(folder: Path) -> "subprocess.Popen[str]":
    """Another command that uses the cluster, until its input ends."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "held\n"
    return program


def release(program: "subprocess.Popen[str]") -> None:
    program.communicate(timeout=60)
    assert program.returncode == 0


def attributes(cluster: Cluster, role: str) -> tuple[object, ...]:
    with psycopg.connect(url(cluster, role)) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolbypassrls, pg_get_userbyid(datdba) = current_user"
            " FROM pg_roles, pg_database"
            " WHERE rolname = current_user AND datname = current_database()"
        ).fetchone()
    assert row is not None
    return row


def test_the_three_roles(folder: Path) -> None:
    with cluster_running(folder) as cluster:
        assert attributes(cluster, OWNER) == (False, True, True, True)
        assert attributes(cluster, APPLICATION) == (False, False, False, False)
        assert attributes(cluster, WHOLE) == (False, False, True, False)


def test_a_wrong_password_is_refused(folder: Path) -> None:
    with cluster_running(folder) as cluster:
        wrong = url(cluster, OWNER).replace(passwords(cluster)[OWNER], "wrong")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(wrong)


def test_no_address_is_listened_to(folder: Path) -> None:
    with cluster_running(folder) as cluster, psycopg.connect(url(cluster, OWNER)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_secrets_are_readable_by_their_owner_only(folder: Path) -> None:
    mode = (folder / "passwords.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_the_last_one_stops_it(folder: Path, cluster: Cluster) -> None:
    with cluster_running(folder):
        other = hold(folder)
    assert cluster.ready()
    release(other)
    assert cluster.pid() is None


def test_a_killed_command_leaves_it_to_the_next(folder: Path, cluster: Cluster) -> None:
    other = hold(folder)
    other.kill()
    other.communicate()
    assert cluster.ready()
    with cluster_running(folder):
        pass
    assert cluster.pid() is None


def test_it_comes_back_after_kill_9(folder: Path, cluster: Cluster) -> None:
    with cluster_running(folder):
        pid = cluster.pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while cluster.pid() is not None:
            time.sleep(0.02)
    assert (cluster.data / "postmaster.pid").exists()
    with cluster_running(folder):
        assert cluster.ready()


def test_a_stale_pid_of_another_program_is_no_postmaster(cluster: Cluster) -> None:
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert cluster.pid() is None
    cluster.start()
    assert cluster.ready()
    cluster.stop()


def test_a_half_made_cluster_is_made_again(tmp_path: Path) -> None:
    made = Cluster(tmp_path / "pg", bin_path())
    made.data.mkdir(parents=True)
    (made.data / "base").touch()
    with cluster_running(tmp_path / "pg") as cluster:
        assert cluster.ready()


def test_a_long_path_has_its_socket_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    assert len(os.fsencode(Cluster(folder, bin_path()).run / SOCKET)) <= LONGEST_SOCKET
    with cluster_running(folder) as cluster:
        assert attributes(cluster, APPLICATION)[0] is False
    cluster.remove()


def test_a_given_server_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://given/one")
    monkeypatch.setattr(embedded, "cluster_running", None)
    with embedded.environment():
        assert os.environ["DATABASE_URL"] == "postgresql://given/one"
