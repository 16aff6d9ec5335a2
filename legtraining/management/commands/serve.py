"""`manage.py serve`: everything from an empty database to a production-like web server."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from demo.load import is_loaded
from legtraining import embedded

ADDRESS = "127.0.0.1"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
START_SECONDS = 30
STOP_SECONDS = 15
WORKER_PAUSE = 5  # seconds before one that died is started again
DEMO_PASSWORD = "legtraining-demo"  # noqa: S105 (printed on purpose)
DEMO_ACCOUNTS = {
    "admin@example.com": "edits the library",
    "trainer@example.com": "writes programs, coaches member@",
    "trainer2@example.com": "coaches member2@",
    "member@example.com": "logs workouts",
    "member2@example.com": "logs workouts",
    "solo@example.com": "logs workouts, has no trainer",
}
GRANIAN = [
    "--interface=wsgi",
    "--http=1",
    "--no-ws",
    f"--host={ADDRESS}",
    "--log-level=warning",
    "--workers=2",
    # Django keeps one database connection a thread: so few threads, which stay when idle.
    "--blocking-threads=4",
    "--blocking-threads-idle-timeout=600",
    "--respawn-failed-workers",
    "--workers-kill-timeout=10",
]


class Command(BaseCommand):
    help = "Prepare the database and serve the application until Ctrl-C, as in production."
    requires_system_checks = ()  # `make lint` runs them; here they would only cost time

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=settings.PORT, help="default: $PORT or 8000")

    def handle(self, *, port: str, **options: Any) -> None:
        port_number = free_port(port)
        for number in STOP_SIGNALS:
            signal.signal(number, interrupt)
        try:
            self.prepare_database()
            self.serve(port_number)
        except KeyboardInterrupt:
            pass
        finally:
            connections.close_all()
            if var := connection.settings_dict.get("EMBEDDED"):
                embedded.release(Path(var))

    def prepare_database(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date ...")
            call_command("migrate", verbosity=0, skip_checks=True)
        call_command("createcachetable", verbosity=0)
        call_command("load_library", verbosity=0)
        call_command("load_programs", verbosity=0)
        call_command("load_demo", if_empty=True, verbosity=0)
        self.demo = is_loaded()
        if self.demo and settings.PUBLIC:
            raise CommandError(
                "The demo is in this database and its password is public: "
                "use another database, or delete its accounts, before serving real host names."
            )
        connections.close_all()

    def serve(self, port: int) -> None:
        command = [sys.executable, "-m", "granian", *GRANIAN, f"--port={port}"]
        # In a process group of its own, so that a Ctrl-C reaches it once: through us.
        server = subprocess.Popen(
            [*command, "legtraining.wsgi:application"],
            cwd=settings.BASE_DIR,
            process_group=0,
        )
        worker = None
        try:
            wait_until_healthy(server, port)
            self.stdout.write(self.welcome(port))
            self.stdout.flush()  # also where it goes into a file
            while server.poll() is None:
                if needs_worker() and (worker is None or worker.poll() is not None):
                    worker = start_worker()
                wait_for(server, WORKER_PAUSE)
        finally:
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)  # once is enough
            stop(server, *([worker] if worker else []))
        raise CommandError("The web server stopped by itself.")

    def welcome(self, port: int) -> str:
        lines = [f"Leg training is at http://{ADDRESS}:{port}/ (Ctrl-C stops it)."]
        if self.demo:
            lines += [f"Demo accounts, all with the password {DEMO_PASSWORD}:"]
            lines += [f"  {email:22}{what}" for email, what in DEMO_ACCOUNTS.items()]
        return "\n".join(lines)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def free_port(port: str) -> int:
    """Return the port's number, or say why nothing can be served there."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {ADDRESS} cannot be used ({error.strerror}): "
                f"choose another one, as in `PORT=8001 make run`."
            ) from error
    return int(port)


def wait_until_healthy(
    server: subprocess.Popen[bytes], port: int, *, seconds: float = START_SECONDS
) -> None:
    host = next((name for name in settings.ALLOWED_HOSTS if name[0] not in "*."), ADDRESS)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        request = http.client.HTTPConnection(ADDRESS, port, timeout=5)
        try:
            request.request("GET", "/healthz", headers={"Host": host})
            if request.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            request.close()
        time.sleep(0.05)
    raise CommandError("The web server did not come up; what it printed above says why.")


def needs_worker() -> bool:
    """Whether tasks wait in the database; otherwise each is done at once, where it is made."""
    return bool(settings.TASKS["default"]["BACKEND"] == settings.BACKENDS["database"])


def start_worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "work"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, process_group=0)


def wait_for(server: subprocess.Popen[bytes], seconds: float) -> None:
    """Returns when the server has ended, at the latest after `seconds`."""
    until = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < until:
        time.sleep(0.5)


def stop(*processes: subprocess.Popen[bytes]) -> None:
    """Both at once, and each is waited for."""
    for each in processes:
        each.terminate()
    for each in processes:
        try:
            each.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()
