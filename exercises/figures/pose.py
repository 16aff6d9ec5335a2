"""A pose: the joint angles of one moment, checked, and the way from one pose to another.

All angles are in degrees; 0 is the anatomical position (standing straight, arms at the sides).

    trunk      lean of the pelvis: 0 upright, + forward, 90 face down, -90 face up     -180..180
    spine      bend of the back above the pelvis: + rounds forward, - arches           -50..90
    neck       + lifts the face (looking up), - tucks the chin                         -60..60
    hip        + flexion: the thigh swings forward of the trunk's line                 -45..150
    knee       + flexion; a knee never bends the other way                             0..160
    ankle      + plantarflexion (toes down), - dorsiflexion; left out: the sole slopes by `pitch`
                                                                                       -45..70
    toes       + bends the toes up; left out: they lie flat when the heel is raised    -20..80
    pitch      slope of the sole in the room: + toes lower than the heel               -180..180
    shoulder   + flexion: the arm swings forward; 180 is overhead                      -90..220
    elbow      + flexion                                                               0..160
    abduction  front view: the leg away from the middle, - across it                   -40..90
    thigh_out  side view: the thigh pointing at or away from the viewer, drawn shorter       0..85
    shank_out  side view: the same for the lower leg                                        0..85
    turnout    front view: the whole leg turned outwards                               -30..90
    spread     front view: the arm away from the side                                  -60..180
    tilt       front view: the trunk leaning towards the picture's right               -180..180

Lengths are in centimetres in a room where x goes to the right, the way the figure faces in a side
view, and y goes up from the floor. Instead of angles a limb may be given the point it reaches:
`hand` (a point, or the name of a body point or prop) and `foot` (where the ball of the foot is).

`far_` before a limb's key sets the limb away from the viewer (front view: at the picture's right);
a far key that is left out equals the near one. What `end` leaves out stays as in `start`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

Point = tuple[float, float]

RANGES: dict[str, tuple[float, float]] = {
    "trunk": (-180, 180),
    "spine": (-50, 90),
    "neck": (-60, 60),
    "tilt": (-180, 180),
    "hip": (-45, 150),
    "knee": (0, 160),
    "ankle": (-45, 70),
    "toes": (-20, 80),
    "pitch": (-180, 180),
    "shoulder": (-90, 220),
    "elbow": (0, 160),
    "abduction": (-40, 90),
    "thigh_out": (0, 85),
    "shank_out": (0, 85),
    "turnout": (-30, 90),
    "spread": (-60, 180),
}


class FigureError(ValueError):
    """A figure's data is wrong; the message says which key of which figure, and what it may be."""


@dataclass(frozen=True, slots=True)
class Limbs:
    """One side's arm and leg; see the module's docstring for the keys, units and ranges."""

    hip: float = 0
    knee: float = 0
    ankle: float | None = None
    toes: float | None = None
    pitch: float = 0
    foot: Point | None = None
    shoulder: float = 0
    elbow: float = 8
    hand: Point | str | None = None
    abduction: float = 0
    thigh_out: float = 0
    shank_out: float = 0
    turnout: float = 0
    spread: float = 0


@dataclass(frozen=True, slots=True)
class Pose:
    """A whole body: the trunk's angles, where it is held (`at`, cm) and the two sides."""

    near: Limbs
    far: Limbs
    at: Point = (0, 0)
    trunk: float = 0
    spine: float = 0
    neck: float = 0
    tilt: float = 0


LIMB_KEYS = tuple(field.name for field in fields(Limbs))
BODY_KEYS = ("at", "trunk", "spine", "neck", "tilt")
NUMBERS = tuple(key for key in (*LIMB_KEYS, *BODY_KEYS) if key in RANGES)


def checked(key: str, value: object) -> Any:
    """`value` of the key as the pose keeps it.

    Raises FigureError for an unknown key, an angle out of its range, or a point that is none.
    """
    name = key.removeprefix("far_")
    if name not in LIMB_KEYS and key not in BODY_KEYS:
        raise FigureError(f"{key}: no such key; there are {', '.join((*BODY_KEYS, *LIMB_KEYS))}")
    if name in {"at", "foot", "hand"}:
        return _checked_point(key, value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise FigureError(f"{key}: {value!r} is not a number of degrees")
    low, high = RANGES[name]
    if not low <= value <= high:
        raise FigureError(f"{key}: {value} is outside {low}..{high} degrees")
    return float(value)


def _checked_point(key: str, value: object) -> Point | str | None:
    if value is False and key != "at":
        return None  # the far limb goes by its angles although the near one reaches for a point
    if isinstance(value, str) and key.endswith("hand"):
        return value
    if (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(n, int | float) and math.isfinite(n) for n in value)
    ):
        return (float(value[0]), float(value[1]))
    raise FigureError(f"{key}: {value!r} is not a point [x, y] in cm")


def pose_from(raw: Mapping[str, object]) -> Pose:
    """The pose that the keys of a TOML table describe. Raises FigureError."""
    values = {key: checked(key, value) for key, value in raw.items()}
    near = {key: values[key] for key in LIMB_KEYS if key in values}
    far = {**near, **{k: values[f"far_{k}"] for k in LIMB_KEYS if f"far_{k}" in values}}
    body = {key: values[key] for key in BODY_KEYS if key in values}
    return Pose(near=Limbs(**near), far=Limbs(**far), **body)


def _between(a: object, b: object, t: float) -> Any:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a + (b - a) * t
    if isinstance(a, tuple) and isinstance(b, tuple):
        return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
    return a if t < 0.5 else b


def between(a: Pose, b: Pose, t: float) -> Pose:
    """The pose at the share t (0..1) of the way from a to b; 0 gives a and 1 gives b."""
    if t <= 0:
        return a
    if t >= 1:
        return b
    near, far = (
        Limbs(**{k: _between(getattr(x, k), getattr(y, k), t) for k in LIMB_KEYS})
        for x, y in ((a.near, b.near), (a.far, b.far))
    )
    body = {key: _between(getattr(a, key), getattr(b, key), t) for key in BODY_KEYS}
    return replace(a, near=near, far=far, **body)
