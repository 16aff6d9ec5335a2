"""/progress/<slug>/: one exercise of one member, for them and for a trainer of theirs alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import cast

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Formula, User
from exercises.models import Exercise
from legtraining.domain.bests import Exposure, History, Logged, Masses, Measure, Volume
from legtraining.domain.records import Load
from legtraining.domain.trends import (
    Every,
    Trend,
    Verdict,
    is_plateau,
    line_of,
    theil_sen,
    thinned,
    verdict,
)
from legtraining.domain.units import Unit, convert, display
from progress.chart import LineChart, line_chart
from progress.chosen import RANGES
from progress.history import sets_of
from progress.lifts import VERDICTS, done_words, signed, slope_words, weight_words
from progress.plateau import Plateau, plateau_of

PAGE = 30
MOST_WEIGHTS = 40  # of which the most reps are listed

TITLES = {
    "estimate": gettext_lazy("Estimated 1RM"),
    "weight": gettext_lazy("Heaviest set"),
    "added": gettext_lazy("Weight added"),
    "assistance": gettext_lazy("Least assistance"),
    "reps": gettext_lazy("Most repetitions in a set"),
    "hold": gettext_lazy("Longest hold"),
}
EVERY = {
    "session": "",
    "week": gettext_lazy("Of so many sessions each point is the best of a week."),
    "month": gettext_lazy("Of so many sessions each point is the best of a month."),
    "quarter": gettext_lazy("Of so many sessions each point is the best of a quarter."),
    "year": gettext_lazy("Of so many sessions each point is the best of a year."),
}


@dataclass(frozen=True)
class Row:
    """Of the table: one session, its best set and what it makes."""

    day: date
    session: str
    set: str
    value: str
    volume: str


@dataclass(frozen=True)
class Best:
    """A record in words, and `by` which set, where the words are not the set itself."""

    title: str
    words: str
    by: str
    day: date
    session: str


@dataclass(frozen=True)
class LiftPage:
    """All that is shown, in words; numbers that were worked out are in the reader's `unit`."""

    member: User
    exercise: Exercise
    history: History
    unit: Unit
    today: date
    wanted: str  # of RANGES, "" where nothing was asked for

    # --- Which sessions ---

    @cached_property
    def weeks(self) -> str:
        """The range that is shown. Unasked it is 12 weeks, as on the pages that list lifts, or all
        where these are empty."""
        return self.wanted or ("12" if self._within("12") else "all")

    def _within(self, weeks: str) -> list[Exposure]:
        since = self._since(weeks)
        return [point for point in self.history.exposures if point.day > since]

    def _since(self, weeks: str) -> date:
        """The day before the first one of the range."""
        count = RANGES[weeks]
        return date.min if count is None else self.today - timedelta(weeks=count)

    @cached_property
    def shown(self) -> list[Exposure]:
        return self._within(self.weeks)

    @property
    def ranges(self) -> list[tuple[str, str, bool]]:
        """What `?weeks=` may ask for, in words, and whether it is shown."""
        words = {
            "12": _("12 weeks"),
            "26": _("26 weeks"),
            "52": _("52 weeks"),
            "all": _("All"),
        }
        return [(value, words[value], value == self.weeks) for value in RANGES]

    @property
    def sessions(self) -> int:
        return len({each.session for each in self.history.counting})

    @property
    def first_day(self) -> date:
        return self.history.counting[0].day

    @property
    def days_since(self) -> int:
        return (self.today - self.history.counting[-1].day).days

    @property
    def unestimated(self) -> int:
        """How many sessions of the range give no estimate."""
        if not self.is_estimate:
            return 0
        since = self._since(self.weeks)
        return len({each.session for each in self.history.counting if each.day > since}) - len(
            self.shown
        )

    # --- Where it is going ---

    @property
    def measure(self) -> Measure:
        return self.history.measure

    @property
    def title(self) -> str:
        return str(TITLES[self.measure])

    @property
    def is_estimate(self) -> bool:
        return self.measure == "estimate"

    @property
    def formula(self) -> str:
        return Formula(self.history.formula).label

    @cached_property
    def _drawn(self) -> tuple[list[Exposure], Every]:
        return thinned(self.shown)

    @property
    def every(self) -> str:
        return str(EVERY[self._drawn[1]])

    @cached_property
    def trend(self) -> Trend | None:
        return theil_sen(self._drawn[0])

    @cached_property
    def verdict_kind(self) -> Verdict:
        return verdict(self._drawn[0], self.trend)

    @property
    def verdict(self) -> str:
        return str(VERDICTS[self.verdict_kind])

    @property
    def trend_words(self) -> str:
        """The slope with its interval: `+0.4 kg a week (95 %: +0.1 to +0.7)`."""
        if self.trend is None:
            return ""
        low, high = self.trend.low, self.trend.high
        if self.measure == "assistance":
            low, high = high, low
        what = {"reps": _("reps"), "hold": _("s")}.get(self.measure, self.unit)
        return slope_words(self._signed, self.trend.slope_per_week, low, high, what=what)

    def _signed(self, value: float) -> str:
        return signed(Decimal(self._number(value)))

    @property
    def points_words(self) -> str:
        """Of how many sessions, and since when."""
        count = len(self.shown)
        sentence = ngettext(
            "%(count)d session on %(day)s", "%(count)d sessions since %(day)s", count
        )
        return sentence % {"count": count, "day": date_format(self.shown[0].day, "j F Y")}

    @cached_property
    def chart(self) -> LineChart | None:
        points = self._drawn[0]
        if not points:
            return None
        says_trend = self.trend is not None and self.verdict_kind != "not_enough"
        return line_chart(
            points,
            line_of(points, self.trend) if says_trend and self.trend else None,
            number=self._number,
            said=self._point_words,
            words=self._chart_words(points),
            whole=self.measure in ("reps", "hold"),
        )

    def _number(self, value: float) -> float:
        """In the reader's unit; of assistance how much of it there is."""
        if self.measure in ("reps", "hold"):
            return value
        return float(convert(Decimal(value), "kg", self.unit)) * (
            -1 if self.measure == "assistance" else 1
        )

    def value_words(self, point: Exposure) -> str:
        if self.measure == "reps":
            return _("%(reps)s reps") % {"reps": point.value}
        if self.measure == "hold":
            return f"{point.value}\N{NO-BREAK SPACE}s"
        return weight_words(abs(point.value), self.unit)

    def _point_words(self, point: Exposure) -> str:
        return f"{date_format(point.day, 'j F Y')}: {self.value_words(point)}"

    def _chart_words(self, points: Sequence[Exposure]) -> str:
        best = max(points, key=lambda point: point.value)
        return _("%(title)s: %(first)s, %(last)s, best on %(best)s") % {
            "title": self.title,
            "first": self._point_words(points[0]),
            "last": self._point_words(points[-1]),
            "best": self._point_words(best),
        }

    # --- The table ---

    def table(self, page: str | None) -> Page[Exposure]:
        """The sessions of the range, the newest first, `PAGE` at a time; see `rows`."""
        return Paginator(self.shown[::-1], PAGE).get_page(page)

    def rows(self, page: Page[Exposure]) -> list[Row]:
        return [self._row(point) for point in page]

    def _row(self, point: Exposure) -> Row:
        volume = self.history.volumes.get(point.of.session)
        return Row(
            day=point.day,
            session=point.of.session,
            set=self.set_words(point.of),
            value=self.value_words(point),
            volume=self.volume_words(volume) if volume else "",
        )

    # --- The best ever ---

    def set_words(self, done: Logged) -> str:
        """As it was typed; beside it about what it is in the reader's unit."""
        words = done_words(self.history.load, done)
        if not done.weight or done.unit == self.unit:
            return words
        about = display(done.weight, done.unit, self.unit)
        return f"{words} (≈\N{NO-BREAK SPACE}{about}\N{NO-BREAK SPACE}{self.unit})"

    def volume_words(self, volume: Volume) -> str:
        whole = convert(volume.kilograms, "kg", self.unit).quantize(Decimal(1), ROUND_HALF_UP)
        about = "≈\N{NO-BREAK SPACE}" if volume.is_estimate else ""
        return f"{about}{whole:,}\N{NO-BREAK SPACE}{self.unit}"

    @cached_property
    def bests(self) -> list[Best]:
        """Each with what it is called, the most telling first."""
        found = []
        if self.is_estimate and (best := self.history.best):
            of, words = best.of, self.set_words(best.of)
            value = f"≈\N{NO-BREAK SPACE}{self.value_words(best)}"
            found.append(Best(_("Best estimated 1RM"), value, words, of.day, of.session))
        if heaviest := self._heaviest:
            found.append(self._best(self._heaviest_title(heaviest), heaviest))
        if (most := self.history.most) and most is not self._heaviest:
            found.append(self._best(_("Longest hold") if most.seconds else _("Most reps"), most))
        if volume := self.history.best_volume:
            words = self.volume_words(volume)
            title = _("Best volume of a session")
            found.append(Best(title, words, "", volume.day, volume.session))
        return found

    @cached_property
    def _heaviest(self) -> Logged | None:
        """None where no weight was ever typed: the most reps say it then."""
        heaviest = self.history.heaviest
        return heaviest if heaviest and any(each.weight for each in self.history.counting) else None

    def _heaviest_title(self, heaviest: Logged) -> str:
        if self.history.load != "assisted":
            return _("Heaviest")
        return _("Least assistance") if heaviest.weight else _("Without assistance")

    def _best(self, title: str, done: Logged) -> Best:
        return Best(title, self.set_words(done), "", done.day, done.session)

    @cached_property
    def rep_maxes(self) -> list[tuple[str, Best]]:
        """By how many repetitions: the most weight for so many or more, in one set."""
        if self._heaviest is None:
            return []
        return [
            (
                f"{each.low}" if each.low == each.high else f"{each.low}–{each.high}",
                self._best("", each.of),
            )
            for each in self.history.rep_maxes()
        ]

    @cached_property
    def at_each_weight(self) -> list[Best]:
        if self._heaviest is None:
            return []
        return [self._best("", each) for each in self.history.at_each_weight()[:MOST_WEIGHTS]]

    @property
    def has_more_weights(self) -> bool:
        return len(self.history.at_each_weight()) > MOST_WEIGHTS

    @property
    def moves_body(self) -> bool:
        """Whether a share of the body is in the volume."""
        return any(each.is_estimate for each in self.history.volumes.values())

    @cached_property
    def plateau(self) -> Plateau | None:
        if not self.is_estimate or not is_plateau(self.history.exposures, self.today):
            return None
        return plateau_of(self.member, self.exercise, self.history.sets, self.today)


def lift_page(
    member: User, exercise: Exercise, *, unit: Unit, wanted: str, masses: Masses = ()
) -> LiftPage:
    """All finished sessions with this exercise, in one query; two more where it is in a plateau.

    `unit` is the reader's. `masses` is what may be known of the body weight, see `masses_of`.
    """
    history = History(
        cast("Load", exercise.load),
        sets_of(member, exercise),
        member.formula,
        exercise.slug,
        masses,
    )
    return LiftPage(member, exercise, history, unit, member.today(), wanted)
