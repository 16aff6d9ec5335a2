"""The session page as data: each exercise with its rows, what is next, and the figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from accounts.models import User
from accounts.racks import racks_of
from exercises.models import Load
from legtraining.domain.plates import DEFAULT_RACKS
from legtraining.domain.turns import in_turn
from legtraining.domain.units import Unit, convert, format_weight
from programs.models import SetKind
from sessions.forms import MAX_MINUTES, SetForm, SetupForm
from sessions.gear import Gear
from sessions.last_time import last_time
from sessions.models import Block, ExerciseSetup, SetLog, WorkoutSession
from sessions.rows import Filler, Row, milliseconds
from sessions.wording import Patterns, patterns, weight_label


@dataclass
class BlockView:
    """An exercise of the session, ready to show."""

    block: Block
    rows: list[Row]
    setup: ExerciseSetup | None = None
    label: str = ""  # A1, A2 of a superset
    rest: int = 0  # seconds after a set
    before: str = ""  # the sets of last time in words, a semicolon between, for the script
    offers: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    gear: dict[str, str] = field(default_factory=dict)  # steps, bars and plates for the script
    setup_errors: Mapping[str, Any] = field(default_factory=dict)
    setup_values: dict[str, Any] = field(default_factory=dict)
    earlier: int | None = None  # where it stands when it is moved up, and down
    later: int | None = None

    @property
    def planned(self) -> int:
        return len(self.block.plan)

    @property
    def done(self) -> int:
        return sum(row.log is not None for row in self.rows)

    @property
    def is_skipped(self) -> bool:
        return self.block.skipped_at is not None

    @property
    def patterns(self) -> Patterns:
        return patterns(self.block.exercise)

    @property
    def weight_label(self) -> str:
        return weight_label(self.block.exercise)


def block_views(
    session: WorkoutSession,
    *,
    reader: User,
    refused: SetForm | None = None,
    setup: tuple[Block, SetupForm] | None = None,
) -> list[BlockView]:
    """Every exercise of the session with its rows, in the order in which they stand.

    `refused` and `setup` are forms that were refused: what was typed stands in them again.
    """
    blocks = list(
        session.blocks.live()
        .select_related("exercise", "swapped_from__exercise")
        .prefetch_related("exercise__equipment")
    )
    logs: dict[int, list[SetLog]] = defaultdict(list)
    for log in session.sets.order_by("position", "done_at", "pk"):
        logs[log.block_id].append(log)
    exercises = {block.exercise_id for block in blocks}
    last = last_time(session, exercises)
    setups = {
        setup.exercise_id: setup
        for setup in ExerciseSetup.objects.filter(member=session.member_id, exercise__in=exercises)
    }
    # Whoever only reads loads nothing, so that their bars are of no use here.
    racks = racks_of(reader) if reader.pk == session.member_id else DEFAULT_RACKS
    views = []
    times: Counter[int] = Counter()
    for block in blocks:
        block.session = session
        before = last.get(block.exercise_id, [])
        nth = before[min(times[block.exercise_id], len(before) - 1)] if before else None
        times[block.exercise_id] += 1
        filler = Filler(block, logs[block.pk], nth, reader.unit, refused)
        rows = filler.rows()
        view = BlockView(block, rows, setups.get(block.exercise_id))
        view.before = ";".join(map(filler.last_words, nth.sets if nth else ()))
        typed_setup = setup[1] if setup and setup[0].pk == block.pk else None
        view.setup_values = setup_values(view.setup, typed_setup, reader.unit)
        view.setup_errors = typed_setup.errors if typed_setup else {}
        gear = Gear(block.exercise, view.setup, racks)
        view.gear = gear.data()
        view.offers = gear.offers(block, rows) if session.is_open else []
        offered = {row.client_key for row in view.offers}
        view.gone = [row for row in filler.gone() if row.client_key not in offered]
        views.append(view)
    station = _stations(views)
    _number_supersets(views, reader.rest_seconds, station)
    _number_turns(views, station)
    _find_neighbours(views)
    return views


def setup_values(setup: ExerciseSetup | None, form: SetupForm | None, unit: str) -> dict[str, Any]:
    """What stands in the form of the set-up: what was typed, or what is kept."""
    if form:
        return {name: form.data.get(name, "") for name in form.fields}
    if setup is None:
        return {"note": "", "bar": "", "step": "", "unit": unit}
    kept = {"bar": setup.bar, "step": setup.step}
    plain = {name: "" if value is None else format_weight(value) for name, value in kept.items()}
    return plain | {"note": setup.note, "unit": setup.unit}


def _stations(views: list[BlockView]) -> dict[int, int]:
    """By block: which exercise of a superset it is. What took another's place goes on for it."""
    station: dict[int, int] = {}
    for block in sorted((view.block for view in views), key=lambda block: block.order):
        before = block.swapped_from if block.superset else None
        places = (before.pk, before.swapped_from_id) if before else ()
        known = (station[pk] for pk in places if pk in station)
        station[block.pk] = next(known, block.pk)
    return station


def _number_supersets(views: list[BlockView], usual_rest: int, station: dict[int, int]) -> None:
    """A1, A2, and the rest: within a superset there is none unless the plan says so."""
    groups: dict[str, list[BlockView]] = defaultdict(list)
    for view in views:
        groups[view.block.superset or f"{view.block.order}"].append(view)
    for letter, together in groups.items():
        stations = list(dict.fromkeys(station[view.block.pk] for view in together))
        doing = [station[view.block.pk] for view in together if not view.is_skipped]
        for view in together:
            rest, mine = view.block.rest_seconds, station[view.block.pk]
            usual = usual_rest if mine == (doing or stations)[-1] else 0
            view.rest = usual if rest is None else rest
            if len(stations) > 1:
                view.label = f"{letter}{stations.index(mine) + 1}"


def _number_turns(views: list[BlockView], station: dict[int, int]) -> None:
    planned: dict[int, tuple[str, list[Row]]] = {}
    for view in views:
        if not view.is_skipped:
            _letter, rows = planned.setdefault(station[view.block.pk], (view.block.superset, []))
            rows += [row for row in view.rows if row.is_planned and row.position]
    for turn, row in enumerate(in_turn(list(planned.values())), 1):
        row.turn = turn


def _find_neighbours(views: list[BlockView]) -> None:
    """One place up or down within the superset, else past the exercise or the superset there."""
    numbered = groupby(enumerate(views, 1), lambda each: each[1].block.superset or each[1].block.pk)
    groups = [list(group) for _key, group in numbered]
    for before, group, after in zip([[], *groups], groups, [*groups[1:], []], strict=False):
        (first, _view), (last, _view) = group[0], group[-1]
        for place, view in group:
            view.earlier = place - 1 if place > first else before[0][0] if before else None
            view.later = place + 1 if place < last else after[-1][0] if after else None


def next_row(blocks: list[BlockView]) -> Row | None:
    """The set to do next: the first planned one that is not logged, supersets in turn, else one
    more of the exercise that was done last, if no plan says how many of it, else the first of an
    exercise that was not begun.

    None once all that was planned is done: then finishing is next.
    """
    doing = [view for view in blocks if not view.is_skipped]
    todo = [row for view in doing for row in view.rows if row.log is None]
    begun = {view.block.pk for view in doing if view.done}
    planned = sorted((row for row in todo if row.turn), key=lambda row: row.turn or 0)
    fresh = [row for row in todo if row.block.pk not in begun]
    done = [(row.log.done_at, view) for view in blocks for row in view.rows if row.log]
    _at, last = max(done, key=itemgetter(0), default=(None, None))
    more = [row for row in todo if last and not last.planned and row.block.pk == last.block.pk]
    return next(iter(planned or more or fresh), None)


def version_of(session: WorkoutSession) -> str:
    """A short text that is another one as soon as the page would be: whether the session is open,
    exercises and their places, how many are skipped, sets and when they were typed. `version` in
    session.js says the same of the page that is open. Two queries."""
    blocks = list(session.blocks.live())
    written = list(session.sets.live().values_list("written_at", flat=True))
    places = sum(block.order * block.place for block in blocks)
    skipped = sum(block.skipped_at is not None for block in blocks)
    typed = sum(map(milliseconds, written))
    return f"{int(session.is_open)}:{len(blocks)}:{places}:{skipped}:{len(written)}:{typed}"


PAUSE = timedelta(hours=3)  # after so long nobody was still training


def minutes_taken(session: WorkoutSession, blocks: list[BlockView], now: datetime) -> int | None:
    """How long the session took, at least 1: to its end, or to its last set where it was left open
    for hours since. None while it goes on, and where it is more than can be typed."""
    logs = [row.log for view in blocks for row in view.rows if row.log]
    last = max((log.done_at for log in logs), default=session.started_at)
    if session.is_open and now - last < PAUSE:
        return None
    taken = session.minutes_until(session.finished_at or last)
    return taken if taken <= MAX_MINUTES else None


@dataclass(frozen=True)
class Summary:
    """What was done of what was planned, warm-ups left out, and the volume load."""

    done: int
    planned: int
    volume: str


def summary(blocks: list[BlockView], unit: Unit) -> Summary:
    """Volume is the sum of weight × reps, each set converted exactly, shown in `unit`.

    What helps (assisted exercises) is not lifted and does not count.
    """
    counting = [
        (row.log, view.block.exercise.load)
        for view in blocks
        for row in view.rows
        if row.log and row.log.kind != SetKind.WARMUP
    ]
    volume = sum(
        (
            convert(log.weight, cast("Unit", log.unit), unit) * log.reps
            for log, load in counting
            if log.weight and log.reps and load != Load.ASSISTED
        ),
        Decimal(0),
    )
    return Summary(
        done=len(counting),
        planned=sum(
            target.get("kind") != SetKind.WARMUP for view in blocks for target in view.block.plan
        ),
        volume=f"{volume.quantize(Decimal(1)):,}",
    )
