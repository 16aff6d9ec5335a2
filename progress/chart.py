"""A line chart of one lift, worked out for `templates/progress/_line_chart.html`.

As in `progress/bars.py` the drawing is as wide as its place: percent across, pixels upright, and
numbers as text, because a template would write them with the reader's decimal comma.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from django.urls import reverse
from django.utils.formats import date_format, number_format

from legtraining.domain.axis import Axis, axis, month_ticks
from legtraining.domain.bests import Exposure

HEIGHT, TOP, BOTTOM = 220, 14, 26  # pixels: of the drawing, and what is free for words
DIGIT, MARGIN = 2.2, 3.0  # percent that a digit at the axis takes on a narrow phone
SIDE = 3.0  # percent on either side of the dots, so that all are whole and none hides a label
LINES, MOST_LABELS = 4, 5
FEW_DOTS = 40
EDGE_LABELS = 0.06, 0.94  # of the width: a label beyond would be cut off in its middle


@dataclass(frozen=True)
class Dot:
    """A session: where it is drawn, where it leads, and what it says."""

    x: str
    y: str
    url: str
    words: str


@dataclass(frozen=True)
class Label:
    at: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class LineChart:
    words: str  # what the picture shows, for whoever does not see it
    dots: Sequence[Dot]
    path: str  # through the dots, in a box of 100 × height
    slope: tuple[str, str, str, str] | None  # x, y, x, y of the trend
    lines: Sequence[Label]
    days: Sequence[Label]
    left: str
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM
    mark: int = HEIGHT - BOTTOM + 5

    @property
    def radius(self) -> str:
        """Of a dot: smaller where there are many."""
        return "4.5" if len(self.dots) <= FEW_DOTS else "3"


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    up: Axis
    left: float

    def x(self, day: date) -> float:
        days = (self.last - self.first).days
        along = (day - self.first).days / days if days else 0.5
        return self.left + SIDE + (100 - 2 * SIDE - self.left) * along

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - self.up.at(value))


def line_chart(
    points: Sequence[Exposure],
    slope: tuple[float, float] | None,
    *,
    number: Callable[[float], float],
    said: Callable[[Exposure], str],
    words: str,
    whole: bool = False,
) -> LineChart:
    """Of at least one point, the oldest first. `slope` is where the trend begins and ends, `number`
    what a value is in the reader's unit, `said` a point in words. `whole` values have no lines at
    fractions."""
    values = [number(float(point.value)) for point in points]
    ends = [number(end) for end in slope] if slope else []
    up = _axis(min(values + ends), max(values + ends), whole=whole)
    labels = [number_format(_whole(tick), use_l10n=True) for tick in up.ticks]
    scale = _Scale(points[0].day, points[-1].day, up, DIGIT * max(map(len, labels)) + MARGIN)
    places = [
        (_text(scale.x(point.day)), _text(scale.y(value)))
        for point, value in zip(points, values, strict=True)
    ]
    return LineChart(
        words=words,
        dots=[
            Dot(x, y, reverse("workouts:session", args=[point.of.session]), said(point))
            for (x, y), point in zip(places, points, strict=True)
        ],
        path=" ".join(f"{x},{y}" for x, y in places),
        slope=_slope(scale, ends),
        lines=[
            Label(_text(scale.y(tick)), label) for tick, label in zip(up.ticks, labels, strict=True)
        ],
        days=_days(scale),
        left=_text(scale.left),
    )


def _axis(low: float, high: float, *, whole: bool) -> Axis:
    if not whole:
        return axis(low, high, LINES)
    low, high = floor(low), ceil(high)
    if low == high:
        low, high = max(low - 1, 0), high + 1
    return axis(low, high, min(LINES, high - low))


def _slope(scale: _Scale, ends: Sequence[float]) -> tuple[str, str, str, str] | None:
    if not ends or scale.first == scale.last:
        return None
    return (
        _text(scale.x(scale.first)),
        _text(scale.y(ends[0])),
        _text(scale.x(scale.last)),
        _text(scale.y(ends[1])),
    )


def _days(scale: _Scale) -> list[Label]:
    """The first days of months, of Januaries the year; the first and last day where there is
    hardly a month between them."""
    ticks = month_ticks(scale.first, scale.last, MOST_LABELS)
    if len(ticks) < 2:
        days = sorted({scale.first, scale.last})
        return [_label(scale, day, date_format(day, "j M")) for day in days]
    return [
        _label(scale, day, str(day.year) if day.month == 1 else date_format(day, "M"))
        for day in ticks
    ]


def _label(scale: _Scale, day: date, text: str) -> Label:
    days = (scale.last - scale.first).days
    along = (day - scale.first).days / days if days else 0.5
    low, high = EDGE_LABELS
    anchor = "start" if along < low else "end" if along > high else "middle"
    return Label(_text(scale.x(day)), text, anchor)


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _whole(number: float) -> float | int:
    return int(number) if number == int(number) else number
