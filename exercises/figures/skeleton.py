"""From joint angles to points: the figure seen from its side, facing right.

A bone's `turn` is its rotation in degrees, clockwise as the viewer sees it, from where it points in
the anatomical position: an arm or leg hangs down, the trunk stands up, a foot points right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from exercises.figures.pose import FigureError, Limbs, Point, Pose

# Lengths in cm, of somebody 1.75 m tall
WAIST, CHEST, NECK = 20.0, 28.0, 31.0  # from the hip, from the waist, from the waist
THIGH, SHANK = 43.0, 42.0
HEEL, BALL, TOES, SOLE = -5.0, 13.0, 6.0, 8.0  # from the ankle: back, ahead; from the ball; down
UPPER_ARM, FOREARM = 30.0, 32.0  # the forearm to the middle of the grip

SIDEWAYS = 0.6  # what is seen of an arm whose elbow points to the side


@dataclass(frozen=True, slots=True)
class Bone:
    """One drawn part: its symbol, where its joint is (cm), its turn, how much it is shortened."""

    part: str
    joint: Point
    turn: float
    stretch: float = 1
    mirrored: bool = False
    far: bool = False


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A pose worked out: `points` (cm) by name, `angles` (degrees) as in a pose, and the bones.

    Names of a side's points and angles start with `near_` or `far_`.
    """

    points: dict[str, Point] = field(default_factory=dict)
    angles: dict[str, float] = field(default_factory=dict)
    bones: dict[str, Bone] = field(default_factory=dict)


def down(length: float, turn: float) -> Point:
    """What a hanging bone of this length reaches to, from its joint."""
    angle = math.radians(turn)
    return (-length * math.sin(angle), -length * math.cos(angle))


def local(joint: Point, turn: float, x: float, y: float) -> Point:
    """The point x cm ahead and y cm up, in the room, of a part with this joint and turn."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return (joint[0] + x * c + y * s, joint[1] - x * s + y * c)


def plus(a: Point, b: Point) -> Point:
    return (a[0] + b[0], a[1] + b[1])


def middle(a: Point, b: Point) -> Point:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def normal(angle: float) -> float:
    """The same angle within -180..180."""
    return (angle + 180) % 360 - 180


def two_bones(start: Point, goal: Point, first: float, second: float) -> tuple[float, float, float]:
    """The direction to the goal and the two bones' angles to it, all in degrees (law of cosines).

    A goal that is too far is reached for with straight bones, one too near with a tight bend.
    """
    dx, dy = goal[0] - start[0], goal[1] - start[1]
    # A hair's breadth inside the reachable: at the border rounding could leave the domain of acos.
    distance = min(
        max(math.hypot(dx, dy), abs(first - second) + 0.01, 0.2 * (first + second)),
        first + second - 1e-6,
    )
    direction = math.degrees(math.atan2(-dx, -dy))

    def angle(a: float, b: float) -> float:
        return math.degrees(math.acos((a * a + distance**2 - b * b) / (2 * a * distance)))

    return direction, angle(first, second), angle(second, first)


def _ankle_over(ball: Point, pitch: float) -> Point:
    dx, dy = local((0, 0), pitch, BALL, -SOLE)
    return (ball[0] - dx, ball[1] - dy)


def _leg(skeleton: Skeleton, side: str, limbs: Limbs, trunk: float) -> None:
    hip = skeleton.points["hip"]
    thigh_seen = math.cos(math.radians(limbs.thigh_out))
    shank_seen = math.cos(math.radians(limbs.shank_out))
    if limbs.foot is not None:
        goal = _ankle_over(limbs.foot, limbs.pitch)
        direction, above, below = two_bones(hip, goal, THIGH, SHANK)
        thigh, shank = direction - above, direction + below
    else:
        thigh = trunk - limbs.hip
        shank = thigh + limbs.knee
    sole = limbs.pitch if limbs.ankle is None or limbs.foot else shank + limbs.ankle
    knee = plus(hip, down(THIGH * thigh_seen, thigh))
    ankle = plus(knee, down(SHANK * shank_seen, shank))
    ball = local(ankle, sole, BALL, -SOLE)
    toes = limbs.toes
    if toes is None:  # flat on the ground as far as the joint bends
        toes = min(max(normal(sole), 0), 65) if limbs.ankle is None or limbs.foot else 0
    skeleton.points.update(
        {
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_heel": local(ankle, sole, HEEL, -SOLE),
            f"{side}_ball": ball,
            f"{side}_toe": local(ball, sole - toes, TOES, 0),
            f"{side}_thigh": local(plus(hip, down(THIGH * 0.72, thigh)), thigh, 9, 0),
            f"{side}_shank": local(plus(knee, down(SHANK * 0.86, shank)), shank, 5, 0),
            f"{side}_calf": local(plus(knee, down(SHANK * 0.86, shank)), shank, -5, 0),
            f"{side}_hollow": local(knee, shank, -6, 0),
        }
    )
    skeleton.angles.update(
        {
            f"{side}_hip": normal(trunk - thigh),
            f"{side}_knee": normal(shank - thigh),
            f"{side}_ankle": normal(sole - shank),
            f"{side}_toes": toes,
            f"{side}_pitch": normal(sole),
        }
    )
    far = side == "far"
    for part, joint, turn, seen in (
        ("thigh", hip, thigh, thigh_seen),
        ("shank", knee, shank, shank_seen),
        ("foot", ankle, sole, 1),
        ("toes", ball, sole - toes, 1),
    ):
        skeleton.bones[f"{side}_{part}"] = Bone(part, joint, turn, seen, far=far)


def _arm(skeleton: Skeleton, side: str, limbs: Limbs, chest: float) -> None:
    shoulder = skeleton.points["shoulder"]
    goal = _goal(skeleton, limbs.hand)
    seen = 1.0
    if limbs.hand == "back" and goal is not None:  # a bar behind the neck: the elbow points aside
        seen = SIDEWAYS
        direction, above, below = two_bones(shoulder, goal, UPPER_ARM * seen, FOREARM * seen)
        upper, fore = direction - above, direction + below
    elif goal is not None:
        direction, above, below = two_bones(shoulder, goal, UPPER_ARM, FOREARM)
        upper, fore = direction + above, direction - below
    else:
        upper = chest - limbs.shoulder
        fore = upper - limbs.elbow
    elbow = plus(shoulder, down(UPPER_ARM * seen, upper))
    hand = plus(elbow, down(FOREARM * seen, fore))
    skeleton.points.update({f"{side}_elbow": elbow, f"{side}_hand": hand})
    skeleton.angles.update(
        {
            f"{side}_shoulder": normal(chest - upper),
            f"{side}_elbow": abs(normal(upper - fore)),
        }
    )
    far = side == "far"
    skeleton.bones[f"{side}_upper_arm"] = Bone("upper_arm", shoulder, upper, seen, far=far)
    skeleton.bones[f"{side}_forearm"] = Bone("forearm", elbow, fore, seen, far=far)


def _trunk(skeleton: Skeleton, hip: Point, pose: Pose) -> None:
    chest = pose.trunk + pose.spine
    waist = local(hip, pose.trunk, 0, WAIST)
    neck = local(waist, chest, 0, NECK)
    skeleton.points.update(
        {
            "hip": hip,
            "lap": local(hip, pose.trunk, 9, 2),
            "waist": waist,
            "shoulder": local(waist, chest, 0, CHEST),
            "back": local(waist, chest, -8, CHEST + 3),
            "front": local(waist, chest, 10, CHEST + 1),
            "chest": local(waist, chest, 16, CHEST - 12),
            "blades": local(waist, chest, -10, CHEST - 10),
            "head": local(neck, chest - pose.neck, 2, 22),
            "seat": local(hip, pose.trunk, -9, -7),
        }
    )
    skeleton.angles.update({"trunk": normal(pose.trunk), "spine": pose.spine, "neck": pose.neck})
    skeleton.bones.update(
        {
            "pelvis": Bone("pelvis", hip, pose.trunk),
            "chest": Bone("chest", waist, chest),
            "head": Bone("head", neck, chest - pose.neck),
        }
    )


def _free(limbs: Limbs) -> Limbs:
    """The limbs by their angles alone, to find out where the body is."""
    return Limbs(
        hip=limbs.hip,
        knee=limbs.knee,
        ankle=limbs.ankle,
        toes=limbs.toes,
        pitch=limbs.pitch,
        thigh_out=limbs.thigh_out,
        shank_out=limbs.shank_out,
        shoulder=limbs.shoulder,
        elbow=limbs.elbow,
    )


def _hip_for(pose: Pose, anchor: str) -> Point:
    """Where the hip must be so that the anchored point comes to `pose.at`."""
    trial = Skeleton()
    _trunk(trial, (0, 0), pose)
    _leg(trial, "near", _free(pose.near), pose.trunk)
    _leg(trial, "far", _free(pose.far), pose.trunk)
    chest = pose.trunk + pose.spine
    _arm(trial, "near", _free(pose.near), chest)
    if anchor == "feet":  # the ankle's x, and the lowest part of the near foot
        points = trial.points
        x = points["near_ankle"][0]
        y = min(points[f"near_{part}"][1] for part in ("heel", "ball", "toe"))
    elif anchor == "ball":
        x, y = trial.points["near_ball"]
    elif anchor in trial.points:
        x, y = trial.points[anchor]
    else:
        raise FigureError(f"anchor: {anchor!r} is no point of the body")
    return (pose.at[0] - x, pose.at[1] - y)


def _goal(skeleton: Skeleton, hand: Point | str | None) -> Point | None:
    if not isinstance(hand, str):
        return hand
    if hand in skeleton.points:
        return skeleton.points[hand]
    raise FigureError(f"hand: {hand!r} is no point of the body")


def side_view(pose: Pose, anchor: str) -> Skeleton:
    """The skeleton of a pose seen from its side.

    `anchor` names the point that stands at `pose.at`: "feet" (the near ankle's x, the lowest point
    of the near foot's y) or a point's name. Raises FigureError for a name that does not exist.
    """
    skeleton = Skeleton()
    _trunk(skeleton, _hip_for(pose, anchor), pose)
    for side, limbs in (("far", pose.far), ("near", pose.near)):
        _leg(skeleton, side, limbs, pose.trunk)
    chest = pose.trunk + pose.spine
    for side, limbs in (("far", pose.far), ("near", pose.near)):
        _arm(skeleton, side, limbs, chest)
    skeleton.points["hands"] = middle(skeleton.points["near_hand"], skeleton.points["far_hand"])
    return skeleton
