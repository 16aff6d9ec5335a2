"""The figures of the library: read from TOML, checked, and worked out."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from exercises.figures.front import front_view
from exercises.figures.pose import FigureError, Limbs, Pose, between, pose_from
from exercises.figures.props import Piece, pieces
from exercises.figures.skeleton import Skeleton, side_view

LIBRARY = Path(__file__).parents[1] / "library"
POSTURES = (
    "standing",
    "seated",
    "kneeling",
    "all-fours",
    "supine",
    "prone",
    "side-lying",
    "plank",
    "hanging",
)
VIEWS = ("side", "front")
KEYS = {"posture", "view", "anchor", "camera", "props", "start", "end", "floor", "hop", "step"}
FRAMES = 7  # from the start to the end, both included
KNEE, ANKLE, HIP = (0, 160), (-45, 70), (-50, 150)  # what a worked-out joint may do, in degrees


@dataclass(frozen=True)
class Figure:
    """How an exercise looks at its start and at its end, and what stands around it."""

    slug: str
    posture: str
    view: str
    anchor: str
    camera: float
    floor: bool
    hop: float  # cm that the body is higher halfway: a jump
    step: float  # cm that a foot is lifted which goes from one place to another
    start: Pose
    end: Pose
    props: tuple[Piece, ...]

    def at(self, share: float) -> Skeleton:
        """The skeleton at this share (0..1) of the way from the start to the end."""
        pose = self._lifted(between(self.start, self.end, share), math.sin(math.pi * share))
        if self.view == "front":
            return front_view(pose, self.anchor, self.camera)
        return side_view(pose, self.anchor)

    def _lifted(self, pose: Pose, height: float) -> Pose:
        def limbs(now: Limbs, first: Limbs, last: Limbs) -> Limbs:
            if now.foot is None or first.foot == last.foot:
                return now
            return replace(now, foot=(now.foot[0], now.foot[1] + self.step * height))

        return replace(
            pose,
            at=(pose.at[0], pose.at[1] + self.hop * height),
            near=limbs(pose.near, self.start.near, self.end.near),
            far=limbs(pose.far, self.start.far, self.end.far),
        )

    @cached_property
    def frames(self) -> tuple[Skeleton, ...]:
        """From the start to the end, slow at both."""
        steps = range(FRAMES)
        return tuple(self.at((1 - math.cos(math.pi * i / (FRAMES - 1))) / 2) for i in steps)


def figure_from(slug: str, raw: Mapping[str, Any]) -> Figure:
    """The figure that a TOML table describes. Raises FigureError, which names the slug."""
    try:
        return _figure(slug, raw)
    except FigureError as error:
        raise FigureError(f"{slug}: {error}") from error


def _one_of(raw: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = raw.get(key)
    if value not in allowed:
        raise FigureError(f"{key}: {value!r}; there are {', '.join(allowed)}")
    return str(value)


def _figure(slug: str, raw: Mapping[str, Any]) -> Figure:
    if unknown := set(raw) - KEYS:
        raise FigureError(f"no such key: {', '.join(sorted(unknown))}")
    if missing := {"posture", "view", "start", "end"} - set(raw):
        raise FigureError(f"missing: {', '.join(sorted(missing))}")
    view = _one_of(raw, "view", VIEWS)
    start, end = pose_from(raw["start"]), pose_from({**raw["start"], **raw["end"]})
    figure = Figure(
        slug=slug,
        posture=_one_of(raw, "posture", POSTURES),
        view=view,
        anchor=raw.get("anchor", "feet"),
        camera=raw.get("camera", 0),
        floor=raw.get("floor", True),
        hop=raw.get("hop", 0),
        step=raw.get("step", 0),
        start=start,
        end=end,
        props=tuple(piece for prop in raw.get("props", ()) for piece in pieces(prop, view)),
    )
    for skeleton in figure.frames:
        _check(figure, skeleton)
    return figure


def _check(figure: Figure, skeleton: Skeleton) -> None:
    for name, angle in skeleton.angles.items():
        joint = name.split("_")[-1]
        low, high = {"knee": KNEE, "ankle": ANKLE, "hip": HIP}.get(joint, (-360, 360))
        if not low - 0.01 <= angle <= high + 0.01:
            raise FigureError(f"{name} would be at {angle:.0f} degrees, outside {low}..{high}")
    for piece in figure.props:
        if piece.on and piece.on not in skeleton.bones | skeleton.points:
            raise FigureError(f"props: {piece.on!r} is neither a part nor a point of the body")
        for end in piece.ends or ():
            if isinstance(end, str) and end not in skeleton.points:
                raise FigureError(f"props: {end!r} is no point of the body")


def load(folder: Path = LIBRARY) -> dict[str, Figure]:
    """All figures by slug, from figures/*.toml. Raises FigureError; no slug may come twice."""
    figures: dict[str, Figure] = {}
    for path in sorted((folder / "figures").glob("*.toml")):
        for slug, raw in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if slug in figures:
                raise FigureError(f"{slug}: twice")
            figures[slug] = figure_from(slug, raw)
    return figures


FIGURES: Mapping[str, Figure] = load()
