"""The figures of one target, from requests that take turns so that noise hits all alike."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.server import Clients, CpuSeconds
from tests.bench.targets import Target

WALK_SHARE = 0.35  # of the time goes to one client at a time, the rest to all at once
BURST_SECONDS = 0.6


@dataclass(frozen=True)
class Figures:
    """Milliseconds with one client; requests/s and CPU milliseconds a request with all."""

    p50: float
    p95: float
    rate: float
    web: float
    database: float


def measure(port: int, server: int, targets: list[Target], seconds: float) -> dict[str, Figures]:
    """By the targets' names; `server` is the process id. The clients connect anew every time."""
    with Clients(port, targets) as clients:
        return _measure(clients, server, [target.name for target in targets], seconds)


def _measure(clients: Clients, server: int, names: list[str], seconds: float) -> dict[str, Figures]:
    for name in names:
        clients.ask("burst", name=name, seconds=BURST_SECONDS / 2)  # caches, plans, connections
    times: dict[str, list[float]] = {name: [] for name in names}
    rates: dict[str, list[float]] = {name: [] for name in names}
    web, database, asked = (
        dict.fromkeys(names, 0.0),
        dict.fromkeys(names, 0.0),
        dict.fromkeys(names, 0),
    )
    rounds = max(3, round(seconds * (1 - WALK_SHARE) / BURST_SECONDS / len(names)))
    for _round in range(rounds):
        for name, found in clients.ask("walk", seconds=seconds * WALK_SHARE / rounds).items():
            times[name] += found
        for name in names:
            before = CpuSeconds.now(server)
            count, elapsed = clients.ask("burst", name=name, seconds=BURST_SECONDS)
            used = CpuSeconds.now(server) - before
            rates[name].append(count / elapsed)
            web[name] += used.web
            database[name] += used.database
            asked[name] += count
    return {
        name: Figures(
            p50=median(times[name]) * 1000,
            p95=quantiles(times[name], n=20)[-1] * 1000,
            rate=median(rates[name]),
            web=web[name] / asked[name] * 1000,
            database=database[name] / asked[name] * 1000,
        )
        for name in names
    }
