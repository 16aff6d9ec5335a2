"""What finished sessions make of a member's lifts: worked out from the log, never counted up.

Finishing twice, undoing, discarding, or correcting a set a week later all end in the same place,
because the whole log of a program is read again each time, in its order, with the rules as they
were when each session began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from exercises.models import Exercise, Load
from legtraining.domain.outing import Done, Goal, Outing, State
from legtraining.domain.progression import advance
from legtraining.domain.refusal import gettext_noop
from legtraining.domain.rules import TRAINING_MAX
from legtraining.domain.units import Unit
from programs.models import Assignment, LiftState, SetKind
from programs.plans import rule_of
from sessions.models import Block, ProgressionEvent, SetLog, WorkoutSession
from sessions.planner import States

type Lane = tuple[int, str]  # the exercise and its lane

SET_BY_TRAINER = gettext_noop("Set by %(name)s.")
SET_BY_TRAINER_BECAUSE = gettext_noop("Set by %(name)s: %(reason)s")


@dataclass(frozen=True)
class Trained:
    """An exercise of one finished session: all its blocks of one lane."""

    at: datetime
    session: int
    blocks: list[Block]


def settle_session(session: WorkoutSession) -> None:
    """The lifts of its program, where it has one, now that something about the session changed."""
    if session.assignment is not None:
        settle(assignment=session.assignment)


@transaction.atomic
def settle(*, assignment: Assignment) -> None:
    """Works out anew where each lift of a program stands, and why. Twice is once."""
    Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    lifts = {(lift.exercise_id, lift.lane): lift for lift in assignment.lifts.all()}
    events = list(assignment.events.all())
    words: dict[Lane, list[ProgressionEvent]] = defaultdict(list)
    for event in events:
        if event.session_id is None:
            words[event.exercise_id, event.lane].append(event)
    trained = _trained(assignment)
    due: list[ProgressionEvent] = []
    for lane in trained.keys() | words.keys() | lifts.keys():
        lift = lifts.get(lane) or LiftState(
            assignment=assignment, exercise_id=lane[0], lane=lane[1]
        )
        state, found = _fold(lift, trained.get(lane, []), words.get(lane, []))
        due += found
        _put(lift, state)
        lifts[lane] = lift
    LiftState.objects.bulk_create(
        lifts.values(),
        update_conflicts=True,
        unique_fields=["assignment", "exercise", "lane"],
        update_fields=["unit", "weight", "stage", "fails", "wins", "extra", "mark", "cycle"],
    )
    _sync([event for event in events if event.session_id is not None], due)


def _trained(assignment: Assignment) -> dict[Lane, list[Trained]]:
    """By lane, in the order in which the sessions were finished. Two queries."""
    sets = Prefetch("sets", SetLog.objects.counting().order_by("position", "done_at", "pk"), "done")
    blocks = (
        Block.objects.live()
        .filter(
            session__assignment=assignment,
            session__deleted_at__isnull=True,
            session__finished_at__isnull=False,
        )
        .exclude(rule="")
        .select_related("session", "exercise")
        .prefetch_related(sets)
        .order_by("session__finished_at", "session", "order")
    )
    found: dict[Lane, dict[int, Trained]] = defaultdict(dict)
    for block in blocks:
        session = block.session
        here = found[block.exercise_id, block.lane]
        at = cast("datetime", session.finished_at)
        here.setdefault(session.pk, Trained(at, session.pk, [])).blocks.append(block)
    return {lane: list(sessions.values()) for lane, sessions in found.items()}


def _fold(
    lift: LiftState, trained: list[Trained], words: list[ProgressionEvent]
) -> tuple[State, list[ProgressionEvent]]:
    """Where the lift stands after all of it, and what each session changed."""
    state = _beginning(lift, trained)
    found = []
    items: list[Trained | ProgressionEvent] = [*trained, *words]
    for item in sorted(items, key=lambda each: each.at):
        if isinstance(item, ProgressionEvent):
            state = replace(state, weight=item.after, unit=cast("Unit", item.unit), fails=0, wins=0)
            continue
        before = state.weight
        rule = rule_of(item.blocks[-1].rule)
        change = (
            advance(rule, state, _outing(item), of_max=lift.lane == TRAINING_MAX) if rule else None
        )
        if change is None:
            continue
        state = change.state
        found.append(
            ProgressionEvent(
                assignment_id=lift.assignment_id,
                exercise_id=lift.exercise_id,
                lane=lift.lane,
                session_id=item.session,
                at=item.at,
                unit=state.unit,
                before=_kept(before),
                after=_kept(state.weight),
                sentence=change.sentence,
                values=dict(change.values),
            )
        )
    return state, found


def play(states: States, blocks: Iterable[Block], sets: Sequence[SetLog]) -> None:
    """The same for one session that is not stored yet: `states` are what its targets came from, and
    stand where it leads afterwards."""
    lanes: dict[Lane, list[Block]] = defaultdict(list)
    for block in blocks:
        counting = [log for log in sets if log.block is block and log.kind != SetKind.WARMUP]
        block.done = sorted(counting, key=lambda log: log.position)  # type: ignore[attr-defined]
        if block.rule:
            lanes[block.exercise_id, block.lane].append(block)
    for lane, together in lanes.items():
        item = Trained(together[0].session.started_at, 0, together)
        state = states.get(lane) or _beginning(LiftState(), [item])
        rule, of_max = rule_of(together[-1].rule), lane[1] == TRAINING_MAX
        change = advance(rule, state, _outing(item), of_max=of_max) if rule else None
        if change:
            kept = change.state
            states[lane] = replace(kept, weight=_kept(kept.weight), mark=_kept(kept.mark))


def _beginning(lift: LiftState, trained: list[Trained]) -> State:
    unit = cast("Unit", lift.unit)
    if lift.start is None and trained:
        block = trained[0].blocks[0]
        units = [target["unit"] for target in block.plan if target["weight"] is not None]
        units += [log.unit for log in _done(block)]
        unit = units[0] if units else unit
    return State(weight=lift.start, unit=unit)


def _done(block: Block) -> list[SetLog]:
    return block.done  # type: ignore[attr-defined]


def _outing(item: Trained) -> Outing:
    first = item.blocks[0]
    pairs = [pair for block in item.blocks for pair in _pairs(block)]
    return Outing(pairs, first.cycle, any(block.closes_cycle for block in item.blocks))


def _pairs(block: Block) -> Iterator[tuple[Goal, Done | None]]:
    """Of all that was planned, also of what went to an alternative: that was not done here."""
    logged = {log.position: log for log in reversed(_done(block))}
    for position, target in enumerate(block.targets, 1):
        if target["kind"] in (SetKind.WORK, SetKind.AMRAP):
            log = logged.get(position)
            yield _goal(target), None if log is None else _as_done(log, block.exercise.load)


def _goal(target: dict[str, Any]) -> Goal:
    weight = target["weight"]
    return Goal(
        reps_min=target["reps_min"],
        reps_max=target["reps_max"],
        seconds=target["seconds"],
        seconds_max=target.get("seconds_max"),
        amrap=target["kind"] == SetKind.AMRAP,
        weight=None if weight is None else Decimal(weight),
        unit=target["unit"],
    )


def _as_done(log: SetLog, load: str) -> Done:
    nothing_added = Decimal(0) if load == Load.BODYWEIGHT else None
    return Done(
        reps=log.reps,
        seconds=log.seconds,
        weight=nothing_added if log.weight is None else log.weight,
        unit=cast("Unit", log.unit),
        rir=log.rir,
        failed=log.kind == SetKind.FAILED,
    )


EXACT = Decimal("0.00000001")


def _kept(weight: Decimal | None) -> Decimal | None:
    """As exact as it is stored, so that what is worked out again is the same."""
    return None if weight is None else weight.quantize(EXACT)


def _put(lift: LiftState, state: State) -> None:
    lift.weight, lift.unit, lift.mark = _kept(state.weight), state.unit, _kept(state.mark)
    lift.stage, lift.fails, lift.wins = state.stage, state.fails, state.wins
    lift.extra, lift.cycle = state.extra, state.cycle


SAID = ("unit", "before", "after", "sentence", "values", "at")


def _sync(there: list[ProgressionEvent], due: Iterable[ProgressionEvent]) -> None:
    """Makes what is stored what is due; what is right already is left alone."""
    known = {(event.session_id, event.exercise_id, event.lane): event for event in there}
    new, changed = [], []
    for event in due:
        old = known.pop((event.session_id, event.exercise_id, event.lane), None)
        if old is None:
            new.append(event)
        elif any(getattr(old, name) != getattr(event, name) for name in SAID):
            event.pk = old.pk
            changed.append(event)
    ProgressionEvent.objects.filter(pk__in=[event.pk for event in known.values()]).delete()
    ProgressionEvent.objects.bulk_create(new)
    ProgressionEvent.objects.bulk_update(changed, SAID)


@transaction.atomic
def override_lift(
    *,
    assignment: Assignment,
    exercise: Exercise,
    lane: str,
    weight: Decimal,
    unit: Unit,
    by: User,
    reason: str = "",
) -> ProgressionEvent:
    """A trainer's word: the lift goes on from `weight` (in `unit`), and its rule from there."""
    Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    lift = assignment.lifts.filter(exercise=exercise, lane=lane).first()
    sentence = SET_BY_TRAINER_BECAUSE if reason else SET_BY_TRAINER
    event = ProgressionEvent.objects.create(
        assignment=assignment,
        exercise=exercise,
        lane=lane,
        by=by,
        at=timezone.now(),
        unit=unit,
        before=lift.weight if lift else None,
        after=weight,
        sentence=sentence,
        values={"name": str(by), "reason": reason} if reason else {"name": str(by)},
    )
    settle(assignment=assignment)
    return event
