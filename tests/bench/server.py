"""The web server as `manage.py serve` starts it, and the clients that ask it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import psutil
from django.conf import settings

from legtraining.management.commands import serve
from tests.bench.targets import KEY, Target

WORKERS = next(int(o.partition("=")[2]) for o in serve.GRANIAN if o.startswith("--workers="))


@contextmanager
def running() -> Iterator[tuple[int, int]]:
    """The server's port and process id."""
    with socket.socket() as probe:
        probe.bind((serve.ADDRESS, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", *serve.GRANIAN, f"--port={port}"]
    server = subprocess.Popen([*command, "tests.bench.wsgi:application"], cwd=settings.BASE_DIR)
    try:
        serve.wait_until_healthy(server, port)
        yield port, server.pid
    finally:
        serve.stop(server)


class Clients:
    """The other process, see `tests.bench.clients`."""

    def __init__(self, port: int, targets: list[Target]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.clients"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        asked = {
            target.name: {
                "status": target.status,
                "requests": [request.raw() for request in target.requests],
            }
            for target in targets
        }
        self._send({"port": port, "workers": WORKERS, "targets": asked, "key": KEY})

    def ask(self, do: str, **options: Any) -> Any:
        self._send({"do": do, **options})
        assert self.process.stdout
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit("The clients gave up; what they printed above says why.")
        return json.loads(answer)

    def _send(self, value: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(value) + "\n")
        self.process.stdin.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


@dataclass(frozen=True)
class CpuSeconds:
    """What the web server and its database connections have used so far."""

    web: float
    database: float

    def __sub__(self, other: CpuSeconds) -> CpuSeconds:
        return CpuSeconds(self.web - other.web, self.database - other.database)

    @classmethod
    def now(cls, server: int) -> CpuSeconds:
        web = psutil.Process(server).children(recursive=True)
        # PostgreSQL writes the name of the database into its processes' titles.
        name = settings.DATABASES["default"]["NAME"]
        database = [
            process
            for process in psutil.process_iter(["name", "cmdline"])
            if process.info["name"] == "postgres"
            and name in " ".join(process.info["cmdline"] or [])
        ]
        return cls(_used(web), _used(database))


def _used(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            total += sum(process.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return total
