"""/progress/: all that the page shows of one member, for them or for a trainer of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from legtraining.domain.consistency import Week, last_weeks, monday, weeks_in_a_row
from legtraining.domain.units import Unit
from legtraining.postgres.planning import planned_anew
from progress.bands import bands_of
from progress.bars import BarChart
from progress.chosen import Chosen
from progress.lines import LiftLine, lines_of
from progress.loads import Loads, loads_of, soreness_chart, volume_chart
from progress.muscles import Muscles, muscles_of, recent_since, sets_by_group
from progress.weeks import (
    Span,
    by_period,
    efforts_of,
    shares_of,
    soreness_of,
    span_of,
    work_by_day,
)
from sessions.querysets import CheckInQuerySet


@dataclass(frozen=True)
class Consistency:
    in_a_row: int
    weeks: Sequence[Week]  # the last twelve, the running one last

    @property
    def trained(self) -> int:
        return sum(week.is_trained for week in self.weeks)


@dataclass(frozen=True)
class Overview:
    """Of a member with at least one finished session."""

    consistency: Consistency
    span: Span
    ranges: Sequence[tuple[str, str, bool]]  # words, address, whether it is shown
    muscles: Muscles
    unknown: int  # sets of exercises of which no muscle is known
    volume: BarChart
    loads: Loads
    soreness: BarChart | None
    lifts: Sequence[LiftLine]  # of the last 12 weeks
    others: Sequence[LiftLine]  # trained before


@planned_anew()
def overview_of(
    member: User, *, reader: User, query: QueryDict, check_ins: CheckInQuerySet | None
) -> Overview | None:
    """All of the page in the reader's unit; None of who has not finished a session.

    `check_ins` are those that the reader may see; None where they see none. The number of queries
    does not depend on what was done.
    """
    today, chosen = member.today(), Chosen.read(query)
    unit = cast("Unit", reader.unit)
    efforts = efforts_of(member)
    if not efforts:
        return None
    span = span_of(chosen.weeks, efforts, today)
    done = work_by_day(member, span)
    work = by_period(done, span.key)
    lately = by_period((each for each in done if each.period >= recent_since(span)), monday)
    shares = shares_of(each.exercise for each in work)
    recent, before = lines_of(member, today, unit)
    sessions = {day: len(each) for day, each in efforts.items()}
    return Overview(
        consistency=Consistency(weeks_in_a_row(sessions, today), last_weeks(sessions, today)),
        span=span,
        ranges=_ranges(chosen),
        muscles=muscles_of(
            span,
            sets_by_group(work, shares),
            sets_by_group(lately, shares),
            bands=bands_of(member),
            reader=reader,
            chosen=chosen,
        ),
        unknown=sum(each.sets for each in work if each.exercise not in shares),
        volume=volume_chart(span, work, unit),
        loads=loads_of(span, efforts),
        soreness=None if check_ins is None else soreness_chart(span, soreness_of(check_ins, span)),
        lifts=recent,
        others=before,
    )


def _ranges(chosen: Chosen) -> list[tuple[str, str, bool]]:
    words = {"12": _("12 weeks"), "26": _("26 weeks"), "52": _("52 weeks"), "all": _("All")}
    return [
        (said, chosen.link("charts", weeks=weeks), weeks == chosen.weeks)
        for weeks, said in words.items()
    ]
