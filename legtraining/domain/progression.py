"""What a finished session changes: the next working weight, or the training max, and why.

Everything here is pure: a rule, where a lift stands, and what was done give where it stands next
and a sentence. Replaying a member's sessions in their order gives the same result however often it
is done, which is what makes finishing twice, undoing, and correcting a set later harmless.

Weights stay exact here and are rounded where they are shown, so that small steps add up on coarse
plates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from legtraining.domain.outing import (
    LIGHTER,
    PARTIAL,
    TOLERANCE,
    Done,
    Goal,
    Judged,
    Outing,
    State,
    amount,
    missed,
    planned,
)
from legtraining.domain.refusal import gettext_noop
from legtraining.domain.rules import (
    Amrap,
    Backoff,
    Cycle,
    Double,
    Linear,
    Reps,
    Rule,
    Stages,
    Step,
    Test,
    TwoForTwo,
)
from legtraining.domain.setgroups import write_sets
from legtraining.domain.strength import estimate_1rm
from legtraining.domain.units import MAX_WEIGHT, TENTH, convert, format_weight

REACHED = gettext_noop("%(step)s: all %(sets)s sets reached %(reps)s.")
REACHED_ONE = gettext_noop("%(step)s: the set reached %(reps)s.")
REACHED_PLAN = gettext_noop("%(step)s: every set reached its repetitions.")
AGAIN = gettext_noop("The weight stays: %(wins)s of %(every)s successes.")
MISSED = gettext_noop("The weight stays: set %(place)s had %(done)s of %(goal)s.")
MISSED_OF = gettext_noop(
    "The weight stays: set %(place)s had %(done)s of %(goal)s (failure %(fails)s of %(after)s)."
)
BACK = gettext_noop("%(step)s: set %(place)s had %(done)s of %(goal)s.")
BACK_AFTER = gettext_noop(
    "%(step)s: %(after)s failures in a row, the last with %(done)s of %(goal)s in set %(place)s."
)
SHORT = gettext_noop("The weight stays: set %(place)s had %(done)s of %(goal)s.")
NO_WEIGHT = gettext_noop("No weight is known yet, so there is none to add to.")


@dataclass(frozen=True)
class Change:
    """Where the lift stands next, and why: a sentence marked for translation, and its values."""

    state: State
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def why(self) -> str:
        return self.sentence % self.values


# --- The rules ------------------------------------------------------------------------------------


def advance(rule: Rule, state: State, outing: Outing, *, of_max: bool = False) -> Change | None:
    """Where a lift stands after `outing`; None where nothing is to be said.

    With `of_max` the state's weight is a training max, of which the sets were percentages: what
    was lifted does not become it. Nothing logged of the exercise changes nothing.
    """
    result = Judged(outing)
    if not result.pairs:
        return None
    if isinstance(rule, Cycle):
        return _cycle(rule, state, result)
    if isinstance(rule, Test):
        return _test(rule, state, result)
    if not of_max:
        state = _as_lifted(rule, state, result)
    read = _RULES.get(type(rule))
    return read(rule, state, result) if read else None


def _as_lifted(rule: Rule, state: State, result: Judged) -> State:
    """The state with the weight that was used: the plan's or what was lifted where none was known,
    and what was lifted where all of a success's heaviest sets had more than planned."""
    if isinstance(rule, Stages) and _at_test(rule, state):
        return state
    lifted, asked = result.lifted(state.unit), result.top_goal(state.unit)
    if state.weight is None:
        first = asked if asked is not None and not result.lighter else lifted
        state = replace(state, weight=_bounded(asked if first is None else first))
    if not result.success or lifted is None or asked is None:
        return state
    if lifted <= asked * (1 + TOLERANCE):
        return state
    return replace(state, weight=_bounded(max(lifted, state.weight or lifted)))


def _bounded(weight: Decimal | None) -> Decimal | None:
    return None if weight is None else min(weight, MAX_WEIGHT)


def _stay(state: State, sentence: str, **values: object) -> Change:
    return Change(state, sentence, values)


def _up(state: State, step: Step, sentence: str, **values: object) -> Change:
    if state.weight is None:
        return Change(replace(state, fails=0, wins=0), NO_WEIGHT)
    weight = step.added_to(state.weight, state.unit)
    return Change(
        replace(state, weight=weight, fails=0, wins=0), sentence, {"step": step.words} | values
    )


def _reached(result: Judged) -> tuple[str, dict[str, object]]:
    """How the success is said: `all 3 sets reached 12`, where they have one goal."""
    goals = {goal.high for goal, _done in result.outing.sets}
    count = len(result.outing.sets)
    if len(goals) > 1:
        return REACHED_PLAN, {}
    return (REACHED if count > 1 else REACHED_ONE), {"sets": count, "reps": goals.pop()}


def _failure(state: State, backoff: Backoff | None, result: Judged) -> Change:
    """One failure more, and the step back where there are enough of them."""
    fails, miss = state.fails + 1, result.miss()
    if backoff is None:
        return Change(replace(state, fails=fails, wins=0), MISSED, miss)
    if fails < backoff.after:
        counted = {"fails": fails, "after": backoff.after}
        return Change(replace(state, fails=fails, wins=0), MISSED_OF, miss | counted)
    sentence = BACK if backoff.after == 1 else BACK_AFTER
    return _up(state, backoff.step, sentence, after=backoff.after, **miss)


def _linear(rule: Linear, state: State, result: Judged) -> Change:
    if result.failed:
        return _failure(state, rule.backoff, result)
    if held := result.hold():
        return _stay(state, held[0], **held[1])
    wins = state.wins + 1
    if wins < rule.every:
        return Change(
            replace(state, wins=wins, fails=0), AGAIN, {"wins": wins, "every": rule.every}
        )
    sentence, values = _reached(result)
    return _up(state, rule.step, sentence, **values)


def _double(rule: Double, state: State, result: Judged) -> Change:
    if result.failed:
        return _failure(state, rule.backoff, result)
    if held := result.hold():
        return _stay(state, held[0], **held[1])
    for place, (goal, done) in enumerate(result.pairs, 1):
        if amount(goal, done) < goal.high:
            short = {"place": place, "done": amount(goal, done), "goal": goal.high}
            return Change(replace(state, fails=0), SHORT, short)
    sentence, values = _reached(result)
    return _up(state, rule.step, sentence, **values)


def two_for_two(goal_reps: int, last_set_reps: Sequence[int]) -> bool:
    """Whether the load goes up: two or more repetitions beyond the goal in the last set, in two
    sessions in a row (Baechle and Earle, NSCA Essentials). `last_set_reps`: newest last."""
    last = list(last_set_reps)[-2:]
    return len(last) == 2 and all(reps >= goal_reps + 2 for reps in last)


def _two_for_two(rule: TwoForTwo, state: State, result: Judged) -> Change:
    if result.failed:
        return _failure(state, None, result)
    if held := result.hold():
        return _stay(state, held[0], **held[1])
    goal, done = result.pairs[-1]
    reps, wanted = amount(goal, done), goal.high + 2
    if two_for_two(goal.high, [wanted] * state.wins + [reps]):
        sentence = gettext_noop("%(step)s: the last set had 2 more than planned, twice in a row.")
        return _up(state, rule.step, sentence)
    if reps < wanted:
        sentence = gettext_noop(
            "The weight stays: the last set had %(done)s, %(goal)s are wanted twice."
        )
        return Change(replace(state, wins=0, fails=0), sentence, {"done": reps, "goal": wanted})
    sentence = gettext_noop(
        "The weight stays: the last set had %(done)s, once more and it goes up."
    )
    return Change(replace(state, wins=1, fails=0), sentence, {"done": reps})


def _amrap(rule: Amrap, state: State, result: Judged) -> Change:
    if rule.backoff and result.failed:
        return _failure(state, rule.backoff, result)
    place = _deciding(result.outing.sets)
    goal, done = result.outing.sets[place - 1]
    if done is None:
        return _stay(state, PARTIAL, done=len(result.pairs), planned=len(result.outing.sets))
    reps = amount(goal, done)
    step = next((step for least, step in reversed(rule.table) if reps >= least), None)
    if step is None or (step.amount > 0 and result.lighter):
        if result.lighter:
            return _stay(state, LIGHTER)
        return _stay(state, MISSED, place=place, done=reps, goal=rule.table[0][0])
    counted = {"place": place, "done": reps}
    if not step.amount:
        return _stay(
            state, gettext_noop("The weight stays: set %(place)s had %(done)s."), **counted
        )
    return _up(state, step, gettext_noop("%(step)s: set %(place)s had %(done)s."), **counted)


def _deciding(sets: Sequence[tuple[Goal, Done | None]]) -> int:
    """Which set the table is asked about, from 1: of the sets of as many as possible the heaviest,
    of equally heavy ones the last; without any the last set."""
    counted = [
        (planned(goal, "kg") or Decimal(0), place)
        for place, (goal, _done) in enumerate(sets, 1)
        if goal.amrap
    ]
    return max(counted)[1] if counted else len(sets)


def _reps(rule: Reps, state: State, result: Judged) -> Change:
    if result.failed:
        return _failure(state, None, result)
    if held := result.hold():
        return _stay(state, held[0], **held[1])
    fewest = min(goal.high for goal, _done in result.outing.sets)
    if fewest >= rule.most:
        return _stay(
            state,
            gettext_noop("All sets reached %(most)s: time for a harder variation."),
            most=rule.most,
        )
    more = min(rule.step, rule.most - fewest)
    sentence, values = _reached(result)
    return Change(
        replace(state, extra=state.extra + more, fails=0), sentence, {"step": f"+{more}"} | values
    )


# --- Stages ---------------------------------------------------------------------------------------


def _at_test(rule: Stages, state: State) -> bool:
    return rule.test is not None and state.stage > len(rule.stages)


def _stages(rule: Stages, state: State, result: Judged) -> Change:
    if _at_test(rule, state):
        return _after_test(rule, state, result)
    if not result.failed:
        if held := result.hold():
            return _stay(state, held[0], **held[1])
        sentence, values = _reached(result)
        return _up(state, rule.step, sentence, **values)
    mark = state.weight if state.stage == 0 else state.mark
    onward = replace(state, stage=state.stage + 1, mark=mark, fails=0)
    miss = result.miss()
    if state.stage < len(rule.stages):
        return Change(
            onward,
            gettext_noop("%(sets)s next, same weight: set %(place)s had %(done)s of %(goal)s."),
            miss | {"sets": write_sets(rule.stages[state.stage])},
        )
    if rule.test is not None:
        return Change(
            onward,
            gettext_noop(
                "A test is next: set %(place)s had %(done)s of %(goal)s in the last stage."
            ),
            miss,
        )
    return _restart(rule, replace(state, mark=mark), state.weight)


def _after_test(rule: Stages, state: State, result: Judged) -> Change:
    """The heaviest set of the test that reached its repetitions is what it found."""
    found = [
        convert(done.weight, done.unit, state.unit)
        for goal, done in result.pairs
        if done.weight is not None and not missed(goal, done)
    ]
    if not found:
        return _stay(state, gettext_noop("The test again: no set reached its repetitions."))
    return _restart(rule, state, max(found))


def _restart(rule: Stages, state: State, weight: Decimal | None) -> Change:
    fresh = replace(state, stage=0, fails=0, mark=None)
    if rule.first is not None:
        base = weight if state.mark is None else state.mark
        after = None if base is None else rule.first.added_to(base, state.unit)
        how = rule.first.words
        sentence = gettext_noop(
            "The first stage again, %(how)s to what it was left with: the last stage was missed."
        )
    else:
        percent = rule.percent or Decimal(100)
        after = None if weight is None else _bounded(weight * percent / 100)
        how = f"{format_weight(percent)}%"
        sentence = gettext_noop("The first stage again with %(how)s of %(of)s.")
    of = "" if weight is None else f"{format_weight(weight.quantize(TENTH))} {state.unit}"
    return Change(replace(fresh, weight=after), sentence, {"how": how, "of": of})


# --- The training max -----------------------------------------------------------------------------


def enter_cycle(rule: Rule | None, state: State, cycle: int) -> State:
    """The state with which the cycle number `cycle` begins: of cycles whose last day was left out
    the step is taken all the same, up or back."""
    if not isinstance(rule, Cycle) or cycle <= state.cycle:
        return state
    weight, fails = state.weight, state.fails
    for _passed in range(cycle - state.cycle):
        step, fails = _step_of(rule, fails), 0
        weight = None if weight is None else step.added_to(weight, state.unit)
    return replace(state, weight=weight, cycle=cycle, fails=0)


def _step_of(rule: Cycle, fails: int) -> Step:
    """What a cycle with so many failures changes."""
    return rule.backoff.step if rule.backoff and fails >= rule.backoff.after else rule.step


def _cycle(rule: Cycle, state: State, result: Judged) -> Change | None:
    if state.cycle > result.outing.cycle:
        return None  # a day of a closed cycle, done again
    began = _step_of(rule, state.fails) if state.cycle < result.outing.cycle else None
    state = enter_cycle(rule, state, result.outing.cycle)
    if result.failed:
        state = replace(state, fails=state.fails + 1)
    if result.outing.closes:
        step, closed = _step_of(rule, state.fails), replace(state, cycle=state.cycle + 1)
        if step is rule.step:
            return _up(closed, step, gettext_noop("%(step)s: the cycle is done."))
        sentence = gettext_noop("%(step)s: failures in the cycle: %(fails)s.")
        return _up(closed, step, sentence, fails=state.fails)
    if began:
        return _stay(state, gettext_noop("%(step)s: a new cycle began."), step=began.words)
    return _stay(state, MISSED, **result.miss()) if result.failed else None


def _test(rule: Test, state: State, result: Judged) -> Change:
    """The rule's percentage of the best estimate, by Epley: a setting moves nobody's past."""
    found = [
        (estimate, done)
        for goal, done in result.pairs
        if done.weight and done.reps and not done.failed
        for estimate in [
            estimate_1rm(convert(done.weight, done.unit, state.unit), done.reps, rir=done.rir or 0)
        ]
        if estimate is not None
    ]
    if not found:
        return _stay(
            state,
            gettext_noop("The training max stays: no set of at most 10 repetitions with a weight."),
        )
    estimate, done = max(found, key=lambda each: each[0])
    after = _bounded(estimate * rule.percent / 100)
    return Change(
        replace(state, weight=after, fails=0),
        gettext_noop("%(percent)s of the 1RM that %(weight)s %(unit)s × %(reps)s estimates."),
        {
            "percent": f"{format_weight(rule.percent)}%",
            "weight": format_weight(done.weight or Decimal(0)),
            "unit": done.unit,
            "reps": done.reps,
        },
    )


_RULES: dict[type, Callable[..., Change]] = {
    Linear: _linear,
    Double: _double,
    TwoForTwo: _two_for_two,
    Amrap: _amrap,
    Stages: _stages,
    Reps: _reps,
}
