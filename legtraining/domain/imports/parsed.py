"""What a file of another app says, in one form for all apps.

Weights, repetitions and times are as the file has them. What it does not say is None: the unit of a
weight, or the zone of its times, is then asked of the member.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from legtraining.domain.refusal import Refusal
from legtraining.domain.units import Unit


@dataclass(frozen=True)
class ReadSet:
    """One set. `line` is its line in the file, from 1; `kind` one of warmup, work, drop, amrap,
    failed. It has repetitions or seconds, or both, within the limits of `domain.units`."""

    line: int
    weight: Decimal | None = None
    unit: Unit | None = None
    reps: int | None = None
    seconds: int | None = None
    kind: str = "work"
    rir: Decimal | None = None
    note: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)  # of our own export only


@dataclass(frozen=True)
class ReadBlock:
    """An exercise of a session by its name in the file, with its sets in their order.

    `category` is the file's own word for what it trains (FitNotes, JEFIT), `superset` a letter.
    """

    name: str
    sets: Sequence[ReadSet]
    category: str = ""
    superset: str = ""
    note: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadSession:
    """One training. `key` is the same in every export of that app in which it appears.

    `started` without a zone is the clock on the wall, wherever that was. Without `has_time` only
    its day is known, and the time in it is noon.
    """

    key: str
    started: datetime
    blocks: Sequence[ReadBlock]
    title: str = ""
    duration: timedelta | None = None
    has_time: bool = True
    note: str = ""
    rpe: int | None = None
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """A line that could not be read, why, and how it begins."""

    line: int
    reason: Refusal
    text: str = ""


@dataclass(frozen=True)
class Parsed:
    """All that a file says. `app` is strong, hevy, fitnotes, jefit, stronglifts or own; `layout`
    says which of its layouts. Sessions are in the order of their beginning."""

    app: str
    layout: str
    sessions: Sequence[ReadSession]
    problems: Sequence[Problem] = ()
    lines: int = 0  # of data, read or not
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needs_unit(self) -> bool:
        """Whether there is a weight whose unit the file does not say."""
        return any(each.weight and each.unit is None for each in self.sets())

    @property
    def needs_zone(self) -> bool:
        return any(session.started.tzinfo is None for session in self.sessions)

    def sets(self) -> list[ReadSet]:
        return [
            each for session in self.sessions for block in session.blocks for each in block.sets
        ]
