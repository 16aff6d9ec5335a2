"""What stands in the log of one session: the sets, when they were done, and how it felt."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accounts.models import Unit
from demo.cast import Person
from demo.loads import STEP, Strength, in_kilograms, loadable
from legtraining.domain.turns import in_turn
from programs.models import SetKind
from sessions.models import Block, SetLog, WorkoutSession

OWN_SETS, OWN_REPS = 3, (8, 10)
WARMED_UP = {"back-squat", "front-squat", "barbell-hip-thrust", "leg-press-45", "hack-squat"}
HALF = Decimal("0.5")
SESSION_NOTES = (
    "Slept badly, still got everything done.",
    "Felt strong today.",
    "Gym was crowded, longer rests than planned.",
    "Short on time, kept the rests tight.",
    "Best session in weeks.",
    "Legs heavy from yesterday’s hike.",
    "New shoes, better balance.",
)
SET_NOTES = (
    "Last rep was slow.",
    "Could have done more.",
    "Lost the brace, stopped early.",
    "Full range, clean.",
    "Other machine than usual.",
)


class Logbook:
    """Writes one member's sessions. All chance comes from `rng`, so the same seed says the same."""

    def __init__(self, person: Person, strength: Strength, rng: Random) -> None:
        self.person, self.strength, self.rng = person, strength, rng

    def write(self, session: WorkoutSession, blocks: list[Block], weeks_ago: float) -> list[SetLog]:
        """The sets of `session`, unsaved; also sets when it ended, its RPE and its note."""
        by_block = {block.order: self._sets(block, weeks_ago) for block in blocks}
        clock = session.started_at + timedelta(minutes=self.rng.randint(3, 8))
        done = []
        for log in in_turn([(block.superset, by_block[block.order]) for block in blocks]):
            rest = (log.block.rest_seconds or 90) * self.rng.uniform(0.8, 1.3)
            log.done_at = clock
            clock += timedelta(seconds=round(self.rng.uniform(30, 60) + rest))
            done.append(log)
        session.finished_at = clock + timedelta(seconds=self.rng.randint(60, 240))
        session.rpe = self.rng.choice((6, 7, 7, 7, 8, 8, 8, 9, 9, None))
        session.note = self.rng.choice(SESSION_NOTES) if self._chance(0.08) else ""
        return done

    def _chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def _sets(self, block: Block, weeks_ago: float) -> list[SetLog]:
        if block.order > 1 and self._chance(0.015):
            return []  # the machine was taken, or the time was up
        targets = block.targets or [None] * OWN_SETS
        weight, unit = self._weight(block, targets[0], weeks_ago)
        warm_ups = []
        if weight and block.order == 1 and block.exercise.slug in WARMED_UP and self._chance(0.7):
            for part, reps in ((0.5, 8), (0.75, 4)):
                light = loadable(in_kilograms(weight, unit) * part, unit)
                warm_ups.append({"kind": SetKind.WARMUP, "weight": light, "reps": reps})
        missing = 2 if self._too_heavy(block, targets[0], weight, unit, weeks_ago) else 0
        work = [
            self._work(block, target, weight, tired + missing)
            for tired, target in enumerate(targets)
        ]
        if len(work) > 2 and self._chance(0.035):
            work.pop()
        # The positions of a plan are its targets', so that warm-ups stand behind them there.
        positions = list(range(1, len(targets) + len(warm_ups) + 1))
        if block.targets:
            positions = positions[len(targets) :] + positions[: len(targets)]
        return [
            self._log(block, position, unit=unit, **values)
            for position, values in zip(positions, warm_ups + work, strict=False)
        ]

    def _weight(
        self, block: Block, target: dict[str, Any] | None, weeks_ago: float
    ) -> tuple[Decimal | None, str]:
        """What is loaded today, and in which unit: mostly the plan, if the member can."""
        unit, slug = self.person.unit, block.exercise.slug
        low, high = _range(target)
        weight = self.strength.load(slug, (low + high) // 2, unit, weeks_ago)
        if weight is None:
            return None, unit
        if target and target["weight"] is not None:
            planned = Decimal(target["weight"])
            stuck = self.strength.habits.plateau_weeks > weeks_ago
            weight = min(planned, weight) if stuck else planned
        mood = self.rng.random()
        if mood < 0.06 or mood > 0.96:
            weight += STEP[unit] if mood > 0.96 else -STEP[unit]
        weight = max(weight, STEP[unit])
        if self._chance(self.person.habits.other_unit):
            kilograms = in_kilograms(weight, unit)
            unit = Unit.KG if unit == Unit.LB else Unit.LB
            weight = loadable(kilograms, unit)
        return weight, unit

    def _too_heavy(
        self,
        block: Block,
        target: dict[str, Any] | None,
        weight: Decimal | None,
        unit: str,
        weeks_ago: float,
    ) -> bool:
        """Whether a rule has gone further than the member has: then repetitions are missed."""
        low, high = _range(target)
        can = self.strength.kilograms(block.exercise.slug, (low + high) // 2, weeks_ago)
        return bool(weight and can and in_kilograms(weight, unit) > can * 1.12)

    def _work(
        self, block: Block, target: dict[str, Any] | None, weight: Decimal | None, tired: int
    ) -> dict[str, Any]:
        """One working set; `tired` counts the ones before it."""
        if target and target["seconds"]:
            held = target["seconds"] + self.rng.choice((-5, 0, 0, 0, 5)) - 2 * tired
            return {"kind": target["kind"], "seconds": held}
        low, high = _range(target)
        kind = target["kind"] if target else SetKind.WORK
        reps = high - self.rng.choice((0, 0, 1)) - (tired if self._chance(0.4) else 0)
        reps = max(reps, low - (tired > 2 or self._chance(0.06)))
        if kind == SetKind.AMRAP:
            reps = low + self.rng.choice((0, 1, 1, 2, 2, 3, 4))
        in_reserve = Decimal(target["rir"]) if target and target["rir"] else Decimal(2)
        in_reserve += self.rng.choice((-1, -HALF, 0, 0, 0, HALF, 1))
        return {
            "kind": kind,
            "weight": weight,
            "reps": max(reps, 1),
            "rir": None if self._chance(0.2) else max(in_reserve, Decimal(0)),
            "note": self.rng.choice(SET_NOTES) if self._chance(0.012) else "",
        }

    def _log(self, block: Block, position: int, **values: Any) -> SetLog:
        session, targets = block.session, block.targets
        return SetLog(
            session=session,
            block=block,
            member=session.member,
            exercise=block.exercise,
            client_key=block.key_of(position),
            position=position,
            target=targets[position - 1] if position <= len(targets) else None,
            **values,
        )


def _range(target: dict[str, Any] | None) -> tuple[int, int]:
    """Repetitions from and to; the usual ones where no target names any."""
    if target is None or target["reps_min"] is None:
        return OWN_REPS
    return target["reps_min"], target["reps_max"]
