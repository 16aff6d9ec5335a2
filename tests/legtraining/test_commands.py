"""`manage.py` and `make` as a person meets them: real processes, own directories."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.core.management import CommandError

from legtraining.management.commands.serve import free_port
from tests.legtraining.test_embedded import server_processes

Result = subprocess.CompletedProcess[str]


@pytest.fixture
def var() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="legs-"))
    path.chmod(0o755)
    yield path
    assert server_processes(path) == []
    shutil.rmtree(path)


def environment(var: Path, **more: str) -> dict[str, str]:
    dropped = ("DATABASE_URL", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {"VAR_DIR": str(var)} | more


def manage(*arguments: str, var: Path, **more: str) -> Result:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(var, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def assert_one_sentence(result: Result, pattern: str) -> None:
    assert result.returncode not in (0, None)
    assert re.fullmatch(pattern, result.stderr.strip()), result.stderr


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
def test_an_unreachable_database_is_named_and_its_password_is_not(var: Path, host: str) -> None:
    url = f"postgresql://somebody:opensesame@{host}:1/trainingdata"
    result = manage("migrate", var=var, DATABASE_URL=url)
    pattern = rf"The database trainingdata on {re.escape(host)} cannot be reached: [^\n]+\."
    assert_one_sentence(result, pattern)
    assert "opensesame" not in result.stdout + result.stderr


def test_an_embedded_server_that_cannot_start_is_one_sentence(var: Path) -> None:
    (var / "postgres").write_text("not a directory")
    assert_one_sentence(manage("migrate", var=var), r"The embedded PostgreSQL server in [^\n]+")


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["makemigrations", "--help"]])
def test_what_needs_no_database_starts_none(var: Path, arguments: list[str]) -> None:
    result = manage(*arguments, var=var)
    assert result.returncode == 0, result.stderr
    assert not (var / "postgres").exists()


def test_a_busy_port_is_one_sentence_and_starts_nothing(var: Path, busy_port: int) -> None:
    result = manage("serve", var=var, PORT=str(busy_port))
    assert_one_sentence(result, rf"CommandError: Port {busy_port} on 127\.0\.0\.1 [^\n]+")
    assert not (var / "postgres").exists()


def test_a_port_that_is_no_number_is_one_sentence(var: Path) -> None:
    result = manage("serve", var=var, PORT="eighty")
    assert_one_sentence(result, r"CommandError: PORT must be a number [^\n]+")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000.5", "²", ""])
def test_a_port_that_cannot_be_is_refused(port: str) -> None:
    with pytest.raises(CommandError, match="PORT must be a number from 1 to 65535"):
        free_port(port)


def test_serve_comes_up_and_goes_quietly_both_times(var: Path) -> None:
    (var / "static").mkdir()  # `make static` fills it
    serve_and_stop(var, signal.SIGINT)
    serve_and_stop(var, signal.SIGTERM)


def test_serve_keeps_a_worker_where_tasks_are_in_the_database(var: Path) -> None:
    """It is started again when it dies, and goes with the rest."""
    (var / "static").mkdir()

    def kill_and_wait(server: psutil.Process) -> None:
        first = worker_of(server)
        first.kill()
        assert worker_of(server, other_than=first) != first

    serve_and_stop(var, signal.SIGINT, kill_and_wait, TASKS="database")


def worker_of(server: psutil.Process, other_than: psutil.Process | None = None) -> psutil.Process:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for child in server.children():
            with contextlib.suppress(psutil.Error):
                if child != other_than and child.cmdline()[-1] == "work":
                    return child
        time.sleep(0.1)
    raise AssertionError("There is no worker.")


def serve_and_stop(
    var: Path,
    stop: signal.Signals,
    meanwhile: Callable[[psutil.Process], None] = lambda _server: None,
    **more: str,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=environment(var, PORT=str(port), **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    printed = ""
    # The last thing it prints, once it answers.
    while "solo@example.com" not in printed and (line := process.stdout.readline()):
        printed += line
    assert f"http://127.0.0.1:{port}/" in printed
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as response:
        assert response.status == 200
    server = psutil.Process(process.pid)
    meanwhile(server)
    children = server.children(recursive=True)

    process.send_signal(stop)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert not any(child.is_running() for child in children)
    assert server_processes(var) == []


def test_a_missing_python_is_one_sentence(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "find", "make"):
        (programs / name).symlink_to(str(shutil.which(name)))
    shutil.copy(settings.BASE_DIR / "Makefile", tmp_path)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).touch()
    (tmp_path / "static").mkdir()
    # What a version manager leaves behind: a python that is there and does not work.
    shim = programs / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)

    result = subprocess.run(
        [programs / "make", "run"],
        cwd=tmp_path,
        env={"PATH": str(programs), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    first, *rest = result.stderr.strip().splitlines()
    assert first.startswith("Python 3.12 or newer is needed and was not found")
    assert all(line.startswith("make") for line in rest)  # make's own "*** Error 1"
    assert result.returncode != 0
    assert not (tmp_path / ".venv").exists()
