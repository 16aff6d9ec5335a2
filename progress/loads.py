"""Weeks by what was lifted, by how hard they felt, and by how sore the legs were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from legtraining.domain.consistency import WEEK
from legtraining.domain.training_load import DAYS, Effort, WeekLoad, week_load
from legtraining.domain.units import Unit, convert
from legtraining.templatetags.legs import volume_in
from progress.bars import BarChart, Heading, Table, bar_chart, rounded
from progress.weeks import Soreness, Span, Work

NONE = "–"


# --- Volume ---------------------------------------------------------------------------------------


def volume_chart(span: Span, work: Iterable[Work], unit: Unit) -> BarChart:
    """Weight × reps a week, in the reader's unit."""
    kilograms: dict[date, Decimal] = defaultdict(Decimal)
    for done in work:
        kilograms[done.period] += done.volume_kg
    a_week = {period.first: kilograms[period.first] / period.weeks for period in span.periods}
    said = {day: volume_in(volume, unit) for day, volume in a_week.items()}
    most = max(a_week, key=lambda day: a_week[day])
    words = _("Volume a week since %(day)s, at most %(most)s.")
    return bar_chart(
        Heading("volume-chart", _("Volume"), words % {"day": since(span), "most": said[most]}),
        span,
        {day: float(convert(volume, "kg", unit)) for day, volume in a_week.items()},
        Table(
            [_("Volume a week") if span.by_month else _("Volume")],
            {day: [volume] for day, volume in said.items()},
        ),
    )


def since(span: Span) -> str:
    return date_format(span.first, "j F Y")


# --- Session-RPE load -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Loads:
    """The load of the weeks that are shown, and how its days were spread."""

    chart: BarChart
    spread: Sequence[BarChart]  # monotony and strain
    sessions: int
    unknown: int
    last: Sequence[tuple[str, str]]  # the figures of the last whole week; none without a session

    @property
    def has_any(self) -> bool:
        return self.unknown < self.sessions


def loads_of(span: Span, efforts: Mapping[date, Sequence[Effort]]) -> Loads:
    """By week; of months the average of their weeks, and of monotony and strain the median."""
    weeks = {
        first: _week(efforts, first, is_over=first < span.last)
        for first in (span.first + WEEK * number for number in range(span.weeks))
    }
    by_period: dict[date, list[WeekLoad]] = defaultdict(list)
    for first, week in weeks.items():
        by_period[span.key(first)].append(week)
    return Loads(
        chart=_load_chart(span, by_period),
        spread=[
            _spread_chart(span, "monotony-chart", _("Monotony"), 2, {
                day: _median(week.monotony for week in each) for day, each in by_period.items()
            }),
            _spread_chart(span, "strain-chart", _("Strain"), 0, {
                day: _median(week.strain for week in each) for day, each in by_period.items()
            }),
        ],
        sessions=sum(week.sessions for week in weeks.values()),
        unknown=sum(week.unknown for week in weeks.values()),
        last=_last(weeks[span.last - WEEK]),
    )  # fmt: skip


def _last(week: WeekLoad) -> list[tuple[str, str]]:
    if week.unknown == week.sessions:
        return []
    return [
        (_("Load last week"), rounded(week.load)),
        (_("Monotony"), NONE if week.monotony is None else rounded(week.monotony, 2)),
        (_("Strain"), NONE if week.strain is None else rounded(week.strain)),
    ]


def _week(efforts: Mapping[date, Sequence[Effort]], first: date, *, is_over: bool) -> WeekLoad:
    days = [efforts.get(first + timedelta(days=number), ()) for number in range(DAYS)]
    return week_load(days, is_over=is_over)


def _load_chart(span: Span, by_period: Mapping[date, Sequence[WeekLoad]]) -> BarChart:
    loads = {day: sum(week.load for week in each) / len(each) for day, each in by_period.items()}
    words = _("Session-RPE load a week since %(day)s, at most %(most)s.")
    values = {"day": since(span), "most": rounded(max(loads.values()))}
    return bar_chart(
        Heading("load-chart", _("Session-RPE load"), words % values),
        span,
        loads,
        Table(
            [_("Load a week") if span.by_month else _("Load"), _("Sessions counted")],
            {day: [rounded(loads[day]), _counted(each)] for day, each in by_period.items()},
        ),
    )


def _spread_chart(
    span: Span, key: str, title: str, places: int, values: Mapping[date, float | None]
) -> BarChart:
    known = {day: value for day, value in values.items() if value is not None}
    said = {day: rounded(value, places) for day, value in known.items()}
    if known:
        most = said[max(known, key=lambda day: known[day])]
        words = _("%(title)s since %(day)s, at most %(most)s.")
        words %= {"title": title, "day": since(span), "most": most}
    else:
        words = _("%(title)s: no whole week gives one.") % {"title": title}
    figures = {period.first: [said.get(period.first, NONE)] for period in span.periods}
    return bar_chart(Heading(key, title, words), span, known, Table([title], figures))


def _counted(weeks: Sequence[WeekLoad]) -> str:
    """`3`, or `2 of 3` where the load of one is not known."""
    sessions = sum(week.sessions for week in weeks)
    unknown = sum(week.unknown for week in weeks)
    if not unknown:
        return str(sessions)
    return _("%(known)s of %(all)s") % {"known": sessions - unknown, "all": sessions}


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


# --- Soreness -------------------------------------------------------------------------------------


def soreness_chart(span: Span, felt: Mapping[date, Soreness]) -> BarChart | None:
    """The mean of the ratings, 0 to 10, by week; None without any."""
    if not felt:
        return None
    figures = {period.first: _felt(felt.get(period.first)) for period in span.periods}
    highest = max(felt, key=lambda day: felt[day].mean)
    words = _(
        "Mean soreness of the check-ins since %(day)s, on a scale of 0 to 10, at most %(most)s."
    )
    values = {"day": since(span), "most": figures[highest][0]}
    return bar_chart(
        Heading("soreness-chart", _("Soreness"), words % values),
        span,
        {day: each.mean for day, each in felt.items()},
        Table([_("Soreness, 0 to 10"), _("Check-ins")], figures),
        top=10,
    )


def _felt(soreness: Soreness | None) -> list[str]:
    if soreness is None:
        return [_("none noted"), "0"]
    return [rounded(soreness.mean, 1), str(soreness.check_ins)]
