"""A bar chart of weeks or months, worked out for `templates/progress/_bars.html`.

The drawing is as wide as its place: what lies across is in percent, what lies upright in pixels, so
that words and lines keep their size on any screen. All numbers are text already, because a
template would write them with the decimal comma of the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from legtraining.domain.axis import Axis, axis, month_ticks
from progress.weeks import Span

HEIGHT, TOP, BOTTOM = 184, 14, 22  # pixels: of the drawing, and what is free for words
GAP = 0.25  # of a bar's place
DIGIT, MARGIN = 2.2, 2.5  # percent that a digit at the axis takes on a narrow phone
MOST_LABELS = 5
LAST_LABEL = 0.9  # of the width: behind it a label would be cut off


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    words: str
    is_running: bool


@dataclass(frozen=True)
class Line:
    """Of the axis, at `y`; or a day at `x`."""

    at: str
    label: str


@dataclass(frozen=True)
class Stripe:
    """A target behind the bars, from `y` on."""

    y: str
    height: str


@dataclass(frozen=True)
class Row:
    """Of the table: the week or month, and its figures as text."""

    when: str
    figures: Sequence[str]


@dataclass(frozen=True)
class Heading:
    """`words` say what the picture shows, to whoever does not see it."""

    key: str  # its id on the page
    title: str
    words: str


@dataclass(frozen=True)
class Table:
    """The numbers behind the chart: beside the period a column each, `figures` by its first day."""

    columns: Sequence[str]
    figures: Mapping[date, Sequence[str]]


@dataclass(frozen=True)
class BarChart:
    heading: Heading
    left: str
    bars: Sequence[Bar]
    lines: Sequence[Line]
    days: Sequence[Line]
    columns: Sequence[str]
    rows: Sequence[Row]
    stripe: Stripe | None
    mark: str | None  # where a faint line stands
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM


def bar_chart(
    heading: Heading,
    span: Span,
    values: Mapping[date, float],
    table: Table,
    *,
    stripe: tuple[float, float] | None = None,
    mark: float | None = None,
    top: float = 0,
) -> BarChart:
    """The chart of `values` by the first day of a period; one without a value has no bar.

    `stripe` is a target from and to, `mark` a faint line, `top` what the scale reaches at least.
    """
    periods, said = span.periods, names(span)
    scale = axis(0, max([top, mark or 0, *(stripe or ()), *values.values()]), from_zero=True)
    labels = [number_format(_short(tick), force_grouping=True) for tick in scale.ticks]
    left = DIGIT * max(map(len, labels)) + MARGIN
    place = (100 - left) / len(periods)
    return BarChart(
        heading=heading,
        left=_text(left),
        bars=[
            Bar(
                x=_text(left + place * (number + GAP / 2)),
                y=_y(scale, values[period.first]),
                width=_text(place * (1 - GAP)),
                height=_tall(scale, values[period.first]),
                words=f"{said[number]}: {table.figures[period.first][0]}",
                is_running=period.is_running,
            )
            for number, period in enumerate(periods)
            if values.get(period.first)
        ],
        lines=[
            Line(_y(scale, tick), label) for tick, label in zip(scale.ticks, labels, strict=True)
        ],
        days=_days(span, left),
        columns=table.columns,
        rows=[
            Row(name, table.figures[period.first])
            for period, name in zip(reversed(periods), reversed(said), strict=True)
        ],
        stripe=stripe and Stripe(_y(scale, stripe[1]), _tall(scale, stripe[1] - stripe[0])),
        mark=None if mark is None else _y(scale, mark),
    )


def rounded(number: float, places: int = 0) -> str:
    """`1,235`, `0.84`: `number_format` alone would cut the rest off."""
    return number_format(Decimal(f"{number:.{places}f}"), places, force_grouping=True)


def names(span: Span) -> list[str]:
    """`3 Nov 2025` for the week from then on, `this week`; `November 2025` for a month."""
    if span.by_month:
        return [date_format(period.first, "F Y") for period in span.periods]
    whole = [date_format(period.first, "j M Y") for period in span.periods[:-1]]
    return [*whole, _("this week")]


def _days(span: Span, left: float) -> list[Line]:
    """The first days of months, of Januaries the year."""
    days = (span.end - span.first).days + 1
    found = []
    for tick in month_ticks(span.first, span.end, MOST_LABELS):
        along = (tick - span.first).days / days
        if 0 <= along <= LAST_LABEL:
            label = str(tick.year) if tick.month == 1 else date_format(tick, "M")
            found.append(Line(_text(left + (100 - left) * along), label))
    return found


def _y(scale: Axis, value: float) -> str:
    return _text(TOP + (HEIGHT - TOP - BOTTOM) * (1 - scale.at(value)))


def _tall(scale: Axis, value: float) -> str:
    return _text((HEIGHT - TOP - BOTTOM) * (scale.at(value) - scale.at(0)))


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number
