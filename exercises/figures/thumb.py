"""The end position as a very small picture: round strokes instead of shaped limbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString, mark_safe

from exercises.figures.body import worked
from exercises.figures.data import Figure
from exercises.figures.drawing import view_box
from exercises.figures.pose import Point
from exercises.figures.skeleton import Skeleton

# A region's stroke runs along these two points, from one share of the way to the other, and this
# many cm to the front (+) or back of it.
STROKES: dict[str, tuple[str, str, float, float, float]] = {
    "quadriceps": ("hip", "near_knee", 0.15, 0.85, 3),
    "hamstrings": ("hip", "near_knee", 0.2, 0.9, -3),
    "adductors": ("hip", "near_knee", 0.1, 0.6, 0),
    "glute": ("hip", "waist", -0.1, 0.1, 7),
    "hip_side": ("hip", "waist", 0.2, 0.4, 0),
    "hip_front": ("hip", "near_knee", -0.05, 0.15, 4),
    "gastrocnemius": ("near_knee", "near_ankle", 0.1, 0.5, -3),
    "soleus": ("near_knee", "near_ankle", 0.55, 0.9, -2),
    "shin": ("near_knee", "near_ankle", 0.1, 0.8, 3),
    "back": ("waist", "shoulder", -0.4, 0.8, 6),
    "belly": ("waist", "shoulder", -0.5, 0.4, -6),
}


def _path(points: Iterable[Point]) -> str:
    """Lines through the points, in whole centimetres, each relative to the one before."""
    parts: list[str] = []
    before = (0, 0)
    for x, y in points:
        now = (round(x), round(-y))
        if not parts:
            parts.append(f"M{now[0]} {now[1]}l")
        else:
            parts.append(f"{now[0] - before[0]} {now[1] - before[1]}")
        before = now
    return (parts[0] + " ".join(parts[1:])).replace(" -", "-")


def _chains(skeleton: Skeleton, side: str, view: str) -> tuple[list[Point], list[Point]]:
    points = skeleton.points
    hip, shoulder = (
        (points[f"{side}_hip"], points[f"{side}_shoulder"])
        if view == "front"
        else (points["hip"], points["shoulder"])
    )
    leg = [hip, points[f"{side}_knee"], points[f"{side}_ankle"], points[f"{side}_toe"]]
    return leg, [shoulder, points[f"{side}_elbow"], points[f"{side}_hand"]]


def _stroke(skeleton: Skeleton, region: str, side: str, view: str) -> list[Point]:
    first, last, low, high, ahead = STROKES[region]
    names = [name.replace("near_", f"{side}_") for name in (first, last)]
    if view == "front" and names[0] == "hip":
        names[0] = f"{side}_hip"
    a, b = (skeleton.points[name] for name in names)
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1
    if view == "front":
        ahead = 0 if region != "adductors" else (-4 if side == "near" else 4)
    aside = (-dy / length * ahead, dx / length * ahead)
    return [(a[0] + dx * t + aside[0], a[1] + dy * t + aside[1]) for t in (low, high)]


def _parts(figure: Figure, skeleton: Skeleton, levels: dict[str, int]) -> Iterator[str]:
    for piece in figure.props:
        if not piece.on and not piece.ends and piece.layer == "back":
            yield piece.svg
    for piece in figure.props:
        if 'class="fig-d"' in piece.svg and piece.on in skeleton.points:
            x, y = skeleton.points[piece.on]
            yield f'<circle class="fig-d" cx="{round(x)}" cy="{round(-y)}" r="22"/>'
    view, points = figure.view, skeleton.points
    sides = ("near",) if view == "side" else ("near", "far")
    if view == "side":
        far = "".join(_path(chain) for chain in _chains(skeleton, "far", view))
        yield f'<path class="fig-x fig-far" d="{far}"/>'
    trunk = [points["hip"], points["waist"], points["shoulder"]]
    yield f'<path class="fig-x fig-w{"" if view == "side" else "w"}" d="{_path(trunk)}"/>'
    chains = "".join(_path(chain) for side in sides for chain in _chains(skeleton, side, view))
    x, y = points["head"]
    yield f'<path class="fig-x" d="{chains}"/>'
    yield f'<circle class="fig-b" cx="{round(x)}" cy="{round(-y)}" r="11"/>'
    for level in (2, 1):
        paths = "".join(
            _path(_stroke(skeleton, region, side, view))
            for region in levels
            if levels[region] == level
            for side in sides
        )
        if paths:
            yield f'<path class="fig-x fig-x{level}" d="{paths}"/>'


def thumbnail(figure: Figure, *, primary: Iterable[str], secondary: Iterable[str]) -> SafeString:
    """The figure's end as one small picture; it says nothing to a screen reader."""
    skeleton = figure.frames[-1]
    parts = "".join(_parts(figure, skeleton, worked(primary, secondary)))
    box = view_box(figure, (skeleton,))
    return mark_safe(  # noqa: S308  numbers and fixed names only
        f'<svg class="fig-thumb" viewBox="{box}" aria-hidden="true">{parts}</svg>'
    )
