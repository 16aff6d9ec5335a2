"""The embedded server with real processes, in a directory of its own (never the shared one)."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from legtraining import embedded

# A process that uses the server, as any management command does: it answers each line of SQL.
USER = """
import sys
from pathlib import Path
import psycopg
from legtraining import embedded
with psycopg.connect(**embedded.connection(Path(sys.argv[1])), autocommit=True) as connection:
    for line in sys.stdin:
        print(*(connection.execute(line).fetchone() or ["nothing"]), flush=True)
"""
STARTED = "SELECT extract(epoch FROM pg_postmaster_start_time())"
WORKOUTS = "SELECT count(*) FROM workouts"


class User:
    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(var)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, sql: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(sql + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A directory with a stopped server that holds three workouts.

    Not below `tmp_path`, which only its owner may enter: that is a case of its own, see below.
    """
    root = Path(tempfile.mkdtemp(prefix="legs-"))
    root.chmod(0o755)
    var = root / "var"
    with psycopg.connect(**embedded.connection(var), autocommit=True) as connection:
        connection.execute("CREATE TABLE workouts AS SELECT generate_series(1, 3)")
        connection.execute("CREATE TABLE written_late (number integer)")
    assert embedded.release(var)
    yield var
    shutil.rmtree(root)


@pytest.fixture
def var(cluster: Path) -> Iterator[Path]:
    yield cluster
    assert embedded.release(cluster), "a test left the server running"


@pytest.fixture
def user(var: Path) -> Iterator[Callable[[], User]]:
    users: list[User] = []

    def start() -> User:
        users.append(User(var))
        return users[-1]

    yield start
    for each in users:
        each.kill()


def server_processes(var: Path) -> list[psutil.Process]:
    """The server and all that belongs to it: exactly the processes that name `var`."""
    data = var / "postgres/data"
    keeper = ["-m", embedded.__name__, str(var / "postgres")]
    return [
        process
        for process in psutil.process_iter(["name", "cwd", "cmdline"])
        if (process.info["name"] == "postgres" and process.info["cwd"] == str(data))
        or (process.info["cmdline"] or [])[1:4] == keeper
    ]


def wait_until_gone(var: Path) -> None:
    deadline = time.monotonic() + 20
    while server_processes(var):
        assert time.monotonic() < deadline, server_processes(var)
        time.sleep(0.02)


def test_data_survives_and_the_server_goes_with_its_last_user(var, user) -> None:
    first, second = user(), user()
    assert first.ask(STARTED) == second.ask(STARTED)
    first.leave()
    assert second.ask(WORKOUTS) == "3"
    second.leave()
    wait_until_gone(var)

    assert user().ask(WORKOUTS) == "3"


def test_users_who_start_together_get_one_server(user) -> None:
    users = [user() for _ in range(4)]
    assert len({each.ask(STARTED) for each in users}) == 1


def test_joining_again_is_the_same_server(var) -> None:
    first = embedded.connection(var)
    with psycopg.connect(**first) as connection:
        before = connection.execute("SELECT pg_postmaster_start_time()").fetchone()
    assert embedded.connection(var) == first
    with psycopg.connect(**first) as connection:
        assert connection.execute("SELECT pg_postmaster_start_time()").fetchone() == before


def test_nothing_is_reachable_over_the_network_and_writes_are_durable(var) -> None:
    with psycopg.connect(**embedded.connection(var)) as connection:
        names = ("listen_addresses", "fsync", "synchronous_commit", "server_encoding")
        values = [connection.execute(f"SHOW {name}").fetchone() for name in names]
    assert values == [("",), ("on",), ("on",), ("UTF8",)]
    socket_directory = Path(embedded.connection(var)["host"])
    assert socket_directory.stat().st_mode & 0o077 == 0


def test_release_says_when_others_still_use_the_server(var, user) -> None:
    embedded.connection(var)
    other = user()
    other.ask(STARTED)
    assert not embedded.release(var)
    assert other.ask(WORKOUTS) == "3"


def test_a_killed_user_does_not_keep_the_server(var, user) -> None:
    only = user()
    only.ask(STARTED)
    only.kill()
    wait_until_gone(var)


def test_everything_killed_at_once_recovers_with_what_was_written(var, user) -> None:
    only = user()
    only.ask("INSERT INTO written_late VALUES (4) RETURNING 1")
    keeper, *server = sorted(server_processes(var), key=lambda p: p.name() == "postgres")
    for process in (keeper, *server, only.process):  # the keeper first: it would stop the server
        with contextlib.suppress(psutil.NoSuchProcess):  # the server's children die with it
            process.kill()
    # By now another process may have the number of the killed server.
    pid_file = var / "postgres/data/postmaster.pid"
    lines = pid_file.read_text().splitlines(keepends=True)
    pid_file.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))

    with psycopg.connect(**embedded.connection(var), autocommit=True) as connection:
        assert connection.execute("SELECT * FROM written_late").fetchall() == [(4,)]


def test_a_killed_keeper_is_replaced_and_the_server_lives_on(var, user) -> None:
    first = user()
    started = first.ask(STARTED)
    (keeper,) = (p for p in server_processes(var) if p.name() != "postgres")
    keeper.kill()
    second = user()
    assert second.ask(STARTED) == started
    first.leave()
    second.leave()
    wait_until_gone(var)


def test_a_killed_server_is_started_again_for_who_still_uses_it(var) -> None:
    with psycopg.connect(**embedded.connection(var)) as connection:
        lines = (var / "postgres/data/postmaster.pid").read_text().splitlines()
        psutil.Process(int(lines[0])).kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT pg_sleep(60)")  # until it notices

    with psycopg.connect(**embedded.connection(var)) as connection:
        assert connection.execute(WORKOUTS).fetchone() == (3,)


def test_a_socket_behind_which_nobody_answers_is_no_server(tmp_path) -> None:
    """The kernel still accepts for a server that was killed a moment ago."""
    (tmp_path / "data").mkdir()
    lines = ["1", "data", "0", str(embedded.PORT), str(tmp_path), "", "0 0", "ready"]
    (tmp_path / "data/postmaster.pid").write_text("\n".join(lines))
    with socket.socket(socket.AF_UNIX) as dying:
        dying.bind(str(tmp_path / f".s.PGSQL.{embedded.PORT}"))
        dying.listen()

        def accept_and_close() -> None:
            dying.accept()[0].close()

        closing = threading.Thread(target=accept_and_close)
        closing.start()
        assert embedded._answering(tmp_path) is None
        closing.join()


def test_a_terminated_keeper_stops_its_server(var, user) -> None:
    user().ask(STARTED)
    (keeper,) = (p for p in server_processes(var) if p.name() != "postgres")
    keeper.send_signal(signal.SIGTERM)
    wait_until_gone(var)


@pytest.fixture
def moved(var: Path, tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """Move the stopped server's directory elsewhere, and back afterwards."""
    places: list[Path] = []

    def move(place: Path) -> Path:
        place.parent.mkdir(parents=True, exist_ok=True)
        var.rename(place)
        places.append(place)
        return place

    yield move
    for place in places:
        assert embedded.release(place)
        place.rename(var)


def test_a_path_too_long_for_a_socket(var, moved) -> None:
    place = moved(var.parent / ("long, " * 20) / "var")
    params = embedded.connection(place)
    assert len(params["host"]) < 90
    assert Path(params["host"]).stat().st_mode & 0o077 == 0
    with psycopg.connect(**params) as connection:
        assert connection.execute(WORKOUTS).fetchone() == (3,)
    assert embedded.release(place)
    Path(params["host"]).rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root works where the server's user may not")
def test_a_directory_closed_to_the_servers_user_stays_closed(var, moved) -> None:
    closed = var.parent / "closed"
    closed.mkdir(mode=0o700)
    place = moved(closed / "var")
    try:
        with psycopg.connect(**embedded.connection(place)) as connection:
            assert connection.execute(WORKOUTS).fetchone() == (3,)
    except embedded.EmbeddedServerError as error:
        assert "work as an ordinary user" in str(error)  # noqa: PT017 (where setpriv may not)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_the_database_of_another_major_version_is_refused_in_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "postgres/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    with pytest.raises(embedded.EmbeddedServerError) as refused:
        embedded.connection(tmp_path)
    assert "was made by PostgreSQL 12 and this application brings" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text("not a directory")
    with pytest.raises(embedded.EmbeddedServerError, match=r"^The embedded PostgreSQL server in "):
        embedded.connection(tmp_path)
