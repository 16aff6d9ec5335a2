"""The roster as a file. Nothing in it is about health."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils.translation import gettext as _

from coaching.roster import Line
from legtraining.csv_cells import cell

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which a spreadsheet knows that it is UTF-8


def as_csv(lines: Iterable[Line]) -> str:
    """One row a member. `lines` come without what must not leave the page (`without_pain`)."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            _("Name"),
            _("E-mail"),
            _("Program"),
            _("Last session"),
            _("Sessions done in 4 weeks"),
            _("Sessions planned"),
            _("Sets done"),
            _("Sets planned"),
            _("Next day"),
            _("Needs attention"),
        ]
    )
    writer.writerows([cell(value) for value in _row(line)] for line in lines)
    return BOM + file.getvalue()


def _row(line: Line) -> list[object]:
    done = line.adherence
    return [
        line.member.name,
        line.member.email,
        line.assignment and line.assignment.program.title,
        line.last and line.last.day.isoformat(),
        done and done.done,
        done and done.planned,
        done and done.sets_done,
        done and done.sets_planned,
        line.next.day and line.next.day.isoformat(),
        "; ".join(each.words for each in line.reasons),
    ]
