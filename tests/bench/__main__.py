"""`python -m tests.bench`: see the package. Prints figures; a budget that is over fails nothing."""

import os
from argparse import ArgumentParser, Namespace

import django

# The run is the same whatever this shell was set up for: production settings, our own server.
for variable in ("DATABASE_URL", "DEBUG", "ALLOWED_HOSTS", "BEHIND_PROXY"):
    os.environ.pop(variable, None)
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"


def arguments() -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=30, help="of measuring; the set-up comes on top"
    )
    parser.add_argument(
        "--sets", type=int, default=0, help="then add so many sets of others and measure again"
    )
    return parser.parse_args()


def main() -> None:
    options = arguments()
    django.setup()
    from sessions.models import SetLog
    from tests.bench import fill, report, server, transfer, world
    from tests.bench.measure import measure

    with world.database():
        targets = world.targets()
        queries = {target.name: world.query_count(target) for target in targets}
        pages = {target.name: target.requests[0] for target in targets if target.is_page}
        sets = SetLog.objects.count()
        with server.running() as (port, pid):
            few = measure(port, pid, targets, options.seconds)
            report.speed(targets, queries, few)
            report.first_visit(transfer.first_visit(port, pages["session page"]))
            report.later_pages(
                {name: transfer.page_size(port, page) for name, page in pages.items()}
            )
            if options.sets:
                total = fill.fill(options.sets)
                many = measure(port, pid, targets, options.seconds)
                report.growth((sets, total), few, many)


if __name__ == "__main__":
    main()
