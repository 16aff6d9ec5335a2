"""How heavy: the loads of a grown-up of ordinary strength, and how they rise with the weeks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from demo.cast import Habits, Person
from legtraining.domain.units import KG_PER_LB

# Kilograms for about 10 repetitions. What is not here is done with the body alone.
BASE_KG = {
    "back-squat": 70,
    "front-squat": 52,
    "hack-squat": 75,
    "leg-press-45": 135,
    "goblet-squat": 22.5,
    "bulgarian-split-squat": 15,
    "dumbbell-walking-lunge": 15,
    "leg-extension": 50,
    "romanian-deadlift": 65,
    "dumbbell-romanian-deadlift": 22.5,
    "barbell-hip-thrust": 85,
    "seated-leg-curl": 45,
    "lying-leg-curl": 37.5,
    "hip-abduction-machine": 50,
    "hip-adduction-machine": 47.5,
    "standing-calf-raise-machine": 70,
    "seated-calf-raise": 40,
    "back-extension-45": 7.5,
}
STEP = {"kg": Decimal("2.5"), "lb": Decimal(5)}  # the smallest change that gyms can load
BEGIN = 0.95


@dataclass(frozen=True)
class Strength:
    """What one member can lift, week after week of their history."""

    habits: Habits
    history_weeks: int

    @classmethod
    def of(cls, person: Person) -> Strength:
        return cls(person.habits, person.history_weeks)

    def kilograms(self, slug: str, reps: int, weeks_ago: float) -> float | None:
        """What can be lifted `reps` times with a little in reserve; None for the body alone."""
        if slug not in BASE_KG:
            return None
        effective = max(weeks_ago, self.habits.plateau_weeks)
        gained = 1 + self.habits.gain * max(0.0, self.history_weeks - effective)
        by_reps = 1 + (10 - reps) * 0.025
        return BASE_KG[slug] * self.habits.strength * gained * by_reps

    def load(self, slug: str, reps: int, unit: str, weeks_ago: float) -> Decimal | None:
        """The same as a weight that can be loaded, in `unit`."""
        kilograms = self.kilograms(slug, reps, weeks_ago)
        return None if kilograms is None else loadable(kilograms, unit)

    def planned(self, slug: str, reps: int, unit: str, *, start_weeks_ago: int) -> Decimal | None:
        """With what a trainer has somebody begin a program: a little less than they can."""
        kilograms = self.kilograms(slug, reps, start_weeks_ago)
        return None if kilograms is None else loadable(kilograms * BEGIN, unit)


def in_kilograms(weight: Decimal, unit: str) -> float:
    return float(weight * (KG_PER_LB if unit == "lb" else 1))


def loadable(kilograms: float, unit: str) -> Decimal:
    """The nearest weight in `unit` that can be loaded; at least the smallest one."""
    amount = Decimal(kilograms) / (KG_PER_LB if unit == "lb" else 1)
    return max(round(amount / STEP[unit]), 1) * STEP[unit]
