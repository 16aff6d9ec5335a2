"""What is printed. A budget line ends with `ok` or `OVER`."""

from __future__ import annotations

from tests.bench.measure import Figures
from tests.bench.targets import Target

KB = 1000
FIRST_VISIT_KB, FIRST_VISIT_REQUESTS, LATER_PAGE_KB = 60, 8, 10
MAX_GROWTH = 1.3
HEAD = f"{'':18}{'SQL':>4}{'p50 ms':>8}{'p95 ms':>8}{'req/s':>7}"
HEAD += f"{'web':>7}{'db':>6}   against the bare view: p50, req/s"


def verdict(*, kept: bool) -> str:
    return "ok" if kept else "OVER"


def speed(targets: list[Target], queries: dict[str, int], figures: dict[str, Figures]) -> None:
    print("p50, p95: one client at a time; req/s: all clients at once; web, db: CPU milliseconds a")
    print("request, of the web server's workers and of their database connections\n")
    print(HEAD)
    for target in targets:
        row = figures[target.name]
        count = queries[target.name]
        line = f"{target.name:18}{count:4}{row.p50:8.2f}{row.p95:8.2f}{row.rate:7.0f}"
        line += f"{row.web:7.2f}{row.database:6.2f}"
        if target.against:
            latency, throughput = ratios(row, figures[target.against])
            kept = max(latency, throughput) <= target.max_ratio
            line += f"   {latency:.2f}x {throughput:.2f}x <= {target.max_ratio}x "
            line += f"{verdict(kept=kept)}"
        if target.max_queries:
            kept = count <= target.max_queries
            line += f"; queries <= {target.max_queries} {verdict(kept=kept)}"
        print(line)


def ratios(row: Figures, bare: Figures) -> tuple[float, float]:
    return row.p50 / bare.p50, bare.rate / row.rate


def first_visit(sizes: dict[str, int]) -> None:
    print("\nFirst visit of the session page (compressed, heads included)")
    for address, size in sizes.items():
        print(f"  {size / KB:7.1f} KB  {address}")
    total = sum(sizes.values())
    kept = total <= FIRST_VISIT_KB * KB
    print(f"  {total / KB:7.1f} KB  <= {FIRST_VISIT_KB} KB {verdict(kept=kept)}")
    kept = len(sizes) <= FIRST_VISIT_REQUESTS
    print(f"  {len(sizes):7} requests <= {FIRST_VISIT_REQUESTS} {verdict(kept=kept)}")


def later_pages(sizes: dict[str, int]) -> None:
    print(f"\nLater pages, <= {LATER_PAGE_KB} KB")
    for name, size in sizes.items():
        print(f"  {size / KB:7.1f} KB  {name} {verdict(kept=size <= LATER_PAGE_KB * KB)}")


def growth(sets: tuple[int, int], few: dict[str, Figures], many: dict[str, Figures]) -> None:
    print(f"\nGrowth of p50 from {sets[0]:,} to {sets[1]:,} sets, <= {MAX_GROWTH}x")
    for name, before in few.items():
        ratio = many[name].p50 / before.p50
        line = f"  {name:18}{before.p50:8.2f}{many[name].p50:8.2f} ms {ratio:6.2f}x "
        print(line + verdict(kept=ratio <= MAX_GROWTH))
