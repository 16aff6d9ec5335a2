"""A pose in words, for whoever does not see the picture."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exercises.figures.data import Figure
from exercises.figures.pose import Point
from exercises.figures.skeleton import Skeleton

STRAIGHT, LEANING, RAISED, STEP = 14.0, 12.0, 3.0, 25.0  # degrees, degrees, cm, cm


def _postures() -> dict[str, str]:
    return {
        "standing": _("standing"),
        "seated": _("seated"),
        "kneeling": _("kneeling"),
        "all-fours": _("on hands and knees"),
        "supine": _("lying on the back"),
        "prone": _("lying face down"),
        "side-lying": _("lying on the side"),
        "plank": _("in a side plank"),
        "hanging": _("hanging from a bar"),
    }


def _tens(angle: float) -> int:
    return int(round(abs(angle) / 10) * 10)


def _knees(figure: Figure, skeleton: Skeleton) -> str:
    near, far = skeleton.angles["near_knee"], skeleton.angles["far_knee"]
    if abs(near - far) < 20:
        angle = (near + far) / 2
        if angle < STRAIGHT:
            return _("knees straight")
        return _("knees bent to about %(angle)s degrees") % {"angle": _tens(angle)}
    more, less = max(near, far), min(near, far)
    if less < STRAIGHT and figure.view == "front":
        words = (
            _("left knee straight, right knee bent to about %(angle)s degrees")
            if near > far
            else _("right knee straight, left knee bent to about %(angle)s degrees")
        )
        return words % {"angle": _tens(more)}
    if less < STRAIGHT:
        return _("one knee straight, the other bent to about %(angle)s degrees") % {
            "angle": _tens(more)
        }
    return _("knees bent to about %(angle)s and %(other)s degrees") % {
        "angle": _tens(near),
        "other": _tens(far),
    }


def _trunk(figure: Figure, skeleton: Skeleton) -> str:
    if figure.posture not in {"standing", "seated", "kneeling"}:
        return ""
    lean = skeleton.angles["trunk"]
    if abs(lean) < LEANING:
        return _("trunk upright")
    words = (
        _("trunk leaning forward by about %(angle)s degrees")
        if lean > 0
        else _("trunk leaning back by about %(angle)s degrees")
    )
    return words % {"angle": _tens(lean)}


def _hips(figure: Figure, skeleton: Skeleton) -> str:
    """Where the thighs are, where the trunk and the knees do not say it."""
    angles = skeleton.angles
    if figure.view == "front":
        width = abs(skeleton.points["near_knee"][0] - skeleton.points["far_knee"][0])
        height = abs(skeleton.points["near_knee"][1] - skeleton.points["far_knee"][1])
        apart = max(width, height)
        if apart > 45:
            return _("legs wide apart")
        return _("legs apart") if apart > 26 else _("legs together")
    near, far = angles["near_hip"], angles["far_hip"]
    if abs(near - far) >= 20:
        return _("one hip bent to about %(angle)s degrees, the other to %(other)s") % {
            "angle": _tens(max(near, far)),
            "other": _tens(max(min(near, far), 0)),
        }
    if near < 20:
        return _("hips straight")
    return _("hips bent to about %(angle)s degrees") % {"angle": _tens(near)}


def _stride(figure: Figure, skeleton: Skeleton) -> str:
    """One foot ahead of the other, where that is what changes."""
    if figure.view == "front" or figure.posture != "standing":
        return ""

    def ahead(a: Skeleton) -> bool:
        return abs(a.points["near_ball"][0] - a.points["far_ball"][0]) > STEP

    if ahead(figure.frames[0]) == ahead(figure.frames[-1]) or not figure.step:
        return ""
    return _("one foot a step ahead") if ahead(skeleton) else _("feet side by side")


def _raised(a: Point, b: Point) -> bool:
    return a[1] - b[1] > RAISED


def _feet(figure: Figure, skeleton: Skeleton) -> str:
    """What the feet do, where the ankle is what moves or the heels leave the ground."""
    if figure.view == "front" or not _feet_matter(figure):
        return ""
    angles, heel = skeleton.angles, skeleton.points["near_heel"]
    if abs(angles["near_pitch"]) < 50:
        ball = skeleton.points["near_ball"]
        if _raised(heel, ball):
            return _("heels raised")
        return _("heels low, toes up") if _raised(ball, heel) else _("feet flat")
    return _("feet pointed") if angles["near_ankle"] > 0 else _("feet drawn up")


def _feet_matter(figure: Figure) -> bool:
    first, last = figure.frames[0].angles, figure.frames[-1].angles

    def moved(joint: str) -> float:
        return abs(first[f"near_{joint}"] - last[f"near_{joint}"])

    if moved("ankle") > 20 and max(moved("knee"), moved("hip")) < 20:
        return True
    return figure.posture == "standing" and figure.anchor == "ball" and moved("pitch") > 20


def words(figure: Figure, skeleton: Skeleton) -> str:
    """The posture, the knees, the hips, the trunk and the feet, in a row.

    For example "standing, knees bent to about 120 degrees, trunk leaning forward by about 40
    degrees".
    """
    parts = [
        _postures()[figure.posture],
        _knees(figure, skeleton),
        _hips(figure, skeleton),
        _trunk(figure, skeleton),
        _stride(figure, skeleton),
        _feet(figure, skeleton),
    ]
    return ", ".join(part for part in parts if part)
