"""The clients: a process of its own, so that they do not share the bench's interpreter.

The first line read is the set-up, every further one a command; each command is answered with one
line of JSON. Only the standard library: requests are bytes that were made before, so that as
little as possible of what is measured is the measuring.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
ATTEMPTS = 300
WORKER = b"GET /bench/worker/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


class Connection:
    """A kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send a request; return the status, the head and the body of the answer."""
        self.socket.sendall(request)
        data = self._more()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[: end + 4], data[end + 4 :]
        length = LENGTH.search(head)
        if not length:
            raise ConnectionError(f"No length in {head!r}")
        while len(body) < int(length[1]):
            body += self._more()
        return int(head[9:12]), head, body

    def _more(self) -> bytes:
        received = self.socket.recv(1 << 18)
        if not received:
            raise ConnectionError("The server closed the connection.")
        return received


class Clients:
    def __init__(self, port: int, workers: int, targets: dict[str, Any], key: str) -> None:
        self.targets, self.key = targets, key.encode()
        count = min(len(target["requests"]) for target in targets.values())
        self.connections = spread(port, workers, count)

    def once(self, number: int, name: str) -> float:
        """Client `number` asks once; returns the seconds it took."""
        target = self.targets[name]
        request = target["requests"][number].encode().replace(self.key, str(uuid4()).encode())
        before = time.perf_counter()
        status, _head, body = self.connections[number].ask(request)
        after = time.perf_counter()
        if status != target["status"]:
            raise RuntimeError(f"{name} was answered with {status}: {body[:500]!r}")
        return after - before

    def walk(self, *, seconds: float) -> dict[str, list[float]]:
        """One client at a time: every target in turn, over and over. Returns all the seconds."""
        found: dict[str, list[float]] = {name: [] for name in self.targets}
        end = time.perf_counter() + seconds
        turn = 0
        while time.perf_counter() < end:
            for name, times in found.items():
                times.append(self.once(turn % len(self.connections), name))
            turn += 1
        return found

    def burst(self, *, name: str, seconds: float) -> tuple[int, float]:
        """All clients at once on one target. Returns the requests answered and the seconds."""
        start = time.perf_counter()

        def client(number: int) -> int:
            count = 0
            while time.perf_counter() < start + seconds:
                self.once(number, name)
                count += 1
            return count

        with ThreadPoolExecutor(len(self.connections)) as pool:
            done = sum(pool.map(client, range(len(self.connections))))
        return done, time.perf_counter() - start


def spread(port: int, workers: int, count: int) -> list[Connection]:
    """Connections evenly over the worker processes: the kernel deals them out by chance."""
    held: Counter[bytes] = Counter()
    kept: list[Connection] = []
    spare: list[Connection] = []
    for _attempt in range(ATTEMPTS):
        connection = Connection(port)
        worker = connection.ask(WORKER)[2]
        full = held[worker] >= -(-count // workers)
        (spare if full else kept).append(connection)
        held[worker] += not full
        if len(kept) == count:
            return kept
    raise RuntimeError(f"No even spread over {workers} workers: {dict(held)}.")


def main() -> None:
    clients = Clients(**json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        command = json.loads(line)
        print(json.dumps(getattr(clients, command.pop("do"))(**command)), flush=True)


if __name__ == "__main__":
    main()
