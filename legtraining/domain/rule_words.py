"""A rule of progression in words that a member understands."""

from __future__ import annotations

from legtraining.domain.refusal import gettext_noop
from legtraining.domain.rules import (
    MAX_WEEKS,
    Amrap,
    Backoff,
    Cycle,
    Double,
    Linear,
    Offset,
    Reps,
    Rule,
    Stages,
    Test,
    TwoForTwo,
)
from legtraining.domain.setgroups import write_sets
from legtraining.domain.units import format_weight

# A sentence marked for translation, and its values.
type Said = tuple[str, dict[str, object]]


def explain(rule: Rule) -> list[Said]:
    """What the rule does, in one or two sentences."""
    return [*_gain(rule), *_loss(getattr(rule, "backoff", None))]


def _gain(rule: Rule) -> list[Said]:  # noqa: C901, PLR0912 - one short branch a rule
    match rule:
        case Linear(step, 1):
            return [(gettext_noop("%(step)s when all sets reach their goal"), {"step": step.words})]
        case Linear(step, every):
            return [
                (
                    gettext_noop("%(step)s when all sets reach their goal %(every)s times"),
                    {"step": step.words, "every": every},
                )
            ]
        case Double(step):
            return [
                (
                    gettext_noop("%(step)s when all sets reach the top"),
                    {"step": step.words},
                )
            ]
        case TwoForTwo(step):
            return [
                (
                    gettext_noop("%(step)s when the last set has 2 more than planned, twice"),
                    {"step": step.words},
                )
            ]
        case Cycle(step, weeks) if weeks == MAX_WEEKS:
            return [(gettext_noop("training max %(step)s at the end"), {"step": step.words})]
        case Cycle(step, weeks):
            return [
                (
                    gettext_noop("training max %(step)s every %(weeks)s weeks"),
                    {"step": step.words, "weeks": weeks},
                )
            ]
        case Amrap(table):
            steps = ", ".join(f"{reps}+: {step.words}" for reps, step in table)
            return [(gettext_noop("by the + set: %(steps)s"), {"steps": steps})]
        case Stages(step, stages):
            onward = " → ".join(write_sets(stage) for stage in stages)
            values: dict[str, object] = {"step": step.words, "onward": onward}
            if not onward:
                return [(gettext_noop("%(step)s when all sets reach their goal"), values)]
            return [
                (gettext_noop("%(step)s when all sets reach their goal, else %(onward)s"), values)
            ]
        case Test(percent):
            return [
                (
                    gettext_noop("sets the training max: %(percent)s %% of the estimated 1RM"),
                    {"percent": format_weight(percent)},
                )
            ]
        case Offset(step, "weekly"):
            return [(gettext_noop("%(step)s every week"), {"step": step.words})]
        case Offset(step):
            return [(gettext_noop("%(step)s every day of the week"), {"step": step.words})]
        case Reps(step, most):
            return [
                (
                    gettext_noop("%(step)s more when all sets reach their goal, up to %(most)s"),
                    {"step": f"+{step}", "most": most},
                )
            ]


def _loss(backoff: Backoff | None) -> list[Said]:
    if backoff is None:
        return []
    values: dict[str, object] = {"step": backoff.step.words, "after": backoff.after}
    if backoff.after == 1:
        return [(gettext_noop("%(step)s after a failure"), values)]
    return [(gettext_noop("%(step)s after %(after)s failures in a row"), values)]
