"""Hard sets a week by muscle group: now, lately, against the target, and week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from exercises.body_map import BodyMap, Mark, group_map
from exercises.models import MuscleGroup
from legtraining.domain.consistency import WEEK
from legtraining.domain.units import TENTH, format_weight
from programs.balance import LEVELS
from progress.bands import place_of, target_words
from progress.bars import BarChart, Heading, Table, bar_chart
from progress.chosen import AVERAGE, NOW, Chosen
from progress.models import WeeklyBand
from progress.weeks import Span, Work

WHOLE_WEEKS = 4  # of which the average is taken
# What current advice names for growth, see the claim "builds-leg-muscle" of /why/. No target.
ADVICE = 10

type Sets = Mapping[date, Mapping[str, Decimal]]  # by period and muscle group


@dataclass(frozen=True)
class GroupLine:
    """One muscle group in the table beside the map."""

    label: str
    now: str
    average: str
    verdict: str  # `within 10 to 20`, of the average; nothing without a target
    href: str
    is_current: bool
    is_zero: bool


@dataclass(frozen=True)
class Muscles:
    lines: Sequence[GroupLine]
    map: BodyMap
    map_links: Sequence[tuple[str, str, bool]]  # words, address, whether it is shown
    chart: BarChart
    words: str
    band_words: str


def recent_since(span: Span) -> date:
    """The Monday of the first of the last whole weeks."""
    return span.last - WEEK * WHOLE_WEEKS


def sets_by_group(work: Iterable[Work], shares: Mapping[int, Mapping[str, Decimal]]) -> Sets:
    """Hard sets by period and muscle group: direct ones as 1, indirect ones as 0.5."""
    found: dict[date, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for done in work:
        for group, share in shares.get(done.exercise, {}).items():
            found[done.period][group] += done.sets * share
    return found


def muscles_of(
    span: Span,
    sets: Sets,
    lately: Sets,
    *,
    bands: Mapping[str, WeeklyBand],
    reader: User,
    chosen: Chosen,
) -> Muscles:
    """What the page shows of the muscle groups; `lately` are by weeks, see `recent_since`."""
    now, average = lately.get(span.last, {}), average_of(lately, span.last)
    group = chosen.group or most_worked(sets)
    map_of = chosen.map or (AVERAGE if average or not now else NOW)
    return Muscles(
        lines=[
            _line(
                each,
                now.get(each.value, Decimal(0)),
                average.get(each.value, Decimal(0)),
                bands.get(each.value),
                href=chosen.link("group", group=each.value),
                is_current=each.value == group,
            )
            for each in MuscleGroup
        ],
        map=_map(now if map_of == NOW else average, map_of, chosen),
        map_links=[
            (_("4-week average"), chosen.link("muscles", map=AVERAGE), map_of == AVERAGE),
            (_("This week so far"), chosen.link("muscles", map=NOW), map_of == NOW),
        ],
        chart=_chart(span, group, sets, bands.get(group)),
        words=_words(average.get(group, Decimal(0)), bands.get(group)),
        band_words=target_words(bands[group], reader) if group in bands else "",
    )


def average_of(lately: Sets, running: date) -> dict[str, Decimal]:
    """Sets a week over the last four whole weeks, to a tenth; without the groups that had none."""
    total: dict[str, Decimal] = defaultdict(Decimal)
    for number in range(1, WHOLE_WEEKS + 1):
        for group, sets in lately.get(running - WEEK * number, {}).items():
            total[group] += sets
    return {group: _tenth(sets / WHOLE_WEEKS) for group, sets in total.items()}


def most_worked(sets: Sets) -> str:
    total: dict[str, Decimal] = defaultdict(Decimal)
    for groups in sets.values():
        for group, number in groups.items():
            total[group] += number
    return max(MuscleGroup.values, key=lambda group: total[group])


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(TENTH, ROUND_HALF_UP)


def _line(
    group: MuscleGroup,
    now: Decimal,
    average: Decimal,
    band: WeeklyBand | None,
    *,
    href: str,
    is_current: bool,
) -> GroupLine:
    return GroupLine(
        label=str(group.label),
        now=format_weight(now),
        average=format_weight(average),
        verdict=place_of(average, band) if band else "",
        href=href,
        is_current=is_current,
        is_zero=not (now or average),
    )


def _map(sets: Mapping[str, Decimal], map_of: str, chosen: Chosen) -> BodyMap:
    said = _("%(sets)s sets this week so far") if map_of == NOW else _("%(sets)s sets a week")
    marks = {
        group: Mark(
            sum(count >= level for level in LEVELS),
            said % {"sets": format_weight(count)},
            format_weight(count),
        )
        for group, count in sets.items()
        if count
    }
    links = {group: chosen.link("group", group=group) for group in MuscleGroup.values}
    return group_map(marks=marks, links=links)


def _chart(span: Span, group: str, sets: Sets, band: WeeklyBand | None) -> BarChart:
    name = str(MuscleGroup(group).label)
    a_week = {
        period.first: _tenth(sets.get(period.first, {}).get(group, Decimal(0)) / period.weeks)
        for period in span.periods
    }
    whole = [a_week[period.first] for period in span.periods if not period.is_running]
    values = {
        "group": name.lower(),
        "day": date_format(span.first, "j F Y"),
        "low": format_weight(min(whole)),
        "high": format_weight(max(whole)),
    }
    words = (
        _("Hard sets a week for the %(group)s since %(day)s: between %(low)s and %(high)s.")
        % values
    )
    if band:
        words += " " + _("The target is %(low)s to %(high)s.") % {
            "low": band.low,
            "high": band.high,
        }
    return bar_chart(
        Heading("group-chart", name, words),
        span,
        {day: float(number) for day, number in a_week.items()},
        Table(
            [_("Hard sets a week") if span.by_month else _("Hard sets")],
            {day: [format_weight(number)] for day, number in a_week.items()},
        ),
        stripe=(band.low, band.high) if band else None,
        mark=None if band else ADVICE,
    )


def _words(average: Decimal, band: WeeklyBand | None) -> str:
    """`12.5 sets a week on average of the last 4 whole weeks, within 10 to 20.`"""
    said = ngettext(
        "%(sets)s set a week on average of the last 4 whole weeks",
        "%(sets)s sets a week on average of the last 4 whole weeks",
        1 if average == 1 else 2,
    ) % {"sets": format_weight(average)}
    return f"{said}, {place_of(average, band)}." if band else f"{said}."
