"""From joint angles to points: the figure seen from the front, for movements to the side.

The near side (the figure's right) is at the picture's left. The room has a depth here, towards the
viewer; `camera` says by how many degrees the viewer looks down, so that a thigh which points at the
viewer (seated) is still seen.
"""

from __future__ import annotations

import math

from exercises.figures.pose import FigureError, Limbs, Point, Pose
from exercises.figures.skeleton import (
    CHEST,
    FOREARM,
    NECK,
    SHANK,
    SOLE,
    THIGH,
    UPPER_ARM,
    WAIST,
    Bone,
    Skeleton,
    two_bones,
)
from exercises.figures.skeleton import (
    middle as middle_of,
)

Vector = tuple[float, float, float]

HIP_WIDTH, SHOULDER_WIDTH = 9.0, 17.0  # from the middle
SHORTEST_FOOT = 0.5  # a foot that points at the viewer is still drawn half as long
FOOT = 19.0  # from the ankle to the tip of the toes


def _plus(a: Vector, b: Vector, times: float = 1) -> Vector:
    return (a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times)


def _unit(a: Vector) -> Vector:
    length = math.sqrt(sum(n * n for n in a)) or 1
    return (a[0] / length, a[1] / length, a[2] / length)


def _swung(turn: float, yaw: float, side: int) -> Vector:
    """A hanging bone swung by `turn` (+ backwards) in the plane that `yaw` turns outwards."""
    ahead, up = -math.sin(math.radians(turn)), -math.cos(math.radians(turn))
    angle = math.radians(yaw)
    return (side * ahead * math.sin(angle), up, ahead * math.cos(angle))


def _rolled(a: Vector, roll: float) -> Vector:
    """Turned clockwise in the picture's plane, by degrees."""
    c, s = math.cos(math.radians(roll)), math.sin(math.radians(roll))
    return (a[0] * c + a[1] * s, -a[0] * s + a[1] * c, a[2])


class FrontView:
    """Builds one skeleton: the joints in the room first, then their picture."""

    def __init__(self, pose: Pose, camera: float) -> None:
        self.pose = pose
        self.camera = math.radians(camera)
        self.skeleton = Skeleton()

    def seen(self, a: Vector) -> Point:
        return (a[0], a[1] * math.cos(self.camera) - a[2] * math.sin(self.camera))

    def bone(self, name: str, a: Vector, b: Vector, length: float, *, up: bool = False) -> float:
        """Adds the bone from a to b and returns its turn."""
        start, end = self.seen(a), self.seen(b)
        dx, dy = end[0] - start[0], end[1] - start[1]
        turn = math.degrees(math.atan2(dx, dy) if up else math.atan2(-dx, -dy))
        part = name.removeprefix("near_").removeprefix("far_")
        self.skeleton.bones[name] = Bone(
            part, start, turn, math.hypot(dx, dy) / length, mirrored=name.startswith("near_")
        )
        return turn

    def leg(self, side: str, limbs: Limbs, middle: Vector) -> None:
        pose, sign = self.pose, (-1 if side == "near" else 1)
        hip = _plus(middle, _rolled((sign * HIP_WIDTH, 0, 0), pose.tilt))
        ahead: Vector = _swung(-90, limbs.turnout, sign)
        if limbs.foot is not None:
            goal: Vector = (limbs.foot[0], limbs.foot[1] + SOLE, 0)
            knee = self._knee(hip, goal, ahead)
            ankle = goal
            line = _plus(ankle, hip, -1)
            lying = abs(pose.tilt) > 45
            roll = math.degrees(math.atan2(-line[0], -line[1])) if lying else 0.0
        else:
            roll = pose.tilt - sign * limbs.abduction
            thigh = pose.trunk - limbs.hip
            knee = _plus(hip, _rolled(_swung(thigh, limbs.turnout, sign), roll), THIGH)
            shank = thigh + limbs.knee
            ankle = _plus(knee, _rolled(_swung(shank, limbs.turnout, sign), roll), SHANK)
            if limbs.ankle is None and abs(pose.tilt) < 45:
                roll = 0.0  # the sole is flat on the floor
        points = self.skeleton.points
        points.update(
            {
                f"{side}_hip": self.seen(hip),
                f"{side}_knee": self.seen(knee),
                f"{side}_ankle": self.seen(ankle),
                f"{side}_thigh": self.seen(_plus(hip, _plus(knee, hip, -1), 0.8)),
                f"{side}_shank": self.seen(_plus(ankle, _plus(knee, ankle, -1), 0.15)),
            }
        )
        bend = [_unit(_plus(knee, hip, -1)), _unit(_plus(ankle, knee, -1))]
        cosine = sum(a * b for a, b in zip(*bend, strict=True))
        self.skeleton.angles[f"{side}_knee"] = math.degrees(math.acos(max(-1, min(1, cosine))))
        self.bone(f"{side}_thigh", hip, knee, THIGH)
        self.bone(f"{side}_shank", knee, ankle, SHANK)
        sole = _plus(ankle, _rolled((0, -SOLE, 0), roll))
        x, y = self.seen(ankle)
        points[f"{side}_heel"] = self.seen(sole)
        tip = _plus(sole, _rolled(ahead, roll), FOOT)
        points[f"{side}_toe"] = points[f"{side}_ball"] = (self.seen(tip)[0], self.seen(sole)[1])
        width = max(abs(math.sin(math.radians(limbs.turnout))), SHORTEST_FOOT)
        self.skeleton.bones[f"{side}_foot"] = Bone(
            "foot", (x, y), roll, width, mirrored=side == "near"
        )

    def _knee(self, hip: Vector, ankle: Vector, ahead: Vector) -> Vector:
        """Where the knee is when hip and ankle are given: bent forwards, never backwards."""
        line = _plus(ankle, hip, -1)
        length = min(math.sqrt(sum(n * n for n in line)), THIGH + SHANK - 0.01)
        along = _unit(line)
        share = sum(a * b for a, b in zip(ahead, along, strict=True))
        across = _unit(_plus(ahead, along, -share))
        _, angle, _ = two_bones((0, 0), (0, -length), THIGH, SHANK)
        knee = _plus(hip, along, THIGH * math.cos(math.radians(angle)))
        return _plus(knee, across, THIGH * math.sin(math.radians(angle)))

    def trunk(self, middle: Vector) -> None:
        pose = self.pose
        lean, bent = math.radians(pose.trunk), math.radians(pose.trunk + pose.spine)
        up = _rolled((0, math.cos(lean), math.sin(lean)), pose.tilt)
        upper = _rolled((0, math.cos(bent), math.sin(bent)), pose.tilt)
        waist = _plus(middle, up, WAIST)
        neck = _plus(waist, upper, NECK)
        self.bone("pelvis", middle, waist, WAIST, up=True)
        self.bone("chest", waist, neck, NECK, up=True)
        self.skeleton.bones["head"] = Bone(
            "head", self.seen(neck), pose.tilt, max(math.cos(bent - math.radians(pose.neck)), 0.75)
        )
        shoulders = _plus(waist, upper, CHEST)
        self.skeleton.points.update(
            {
                "hip": self.seen(middle),
                "lap": self.seen(_plus(middle, (0, 4, 9))),
                "waist": self.seen(waist),
                "shoulder": self.seen(shoulders),
                "back": self.seen(_plus(waist, upper, CHEST + 3)),
                "front": self.seen(_plus(waist, upper, CHEST)),
                "chest": self.seen(_plus(waist, upper, CHEST - 10)),
                "head": self.seen(_plus(neck, upper, 22)),
            }
        )
        self.skeleton.angles.update({"trunk": pose.trunk, "spine": pose.spine, "neck": pose.neck})
        for side, limbs in (("far", pose.far), ("near", pose.near)):
            sign = -1 if side == "near" else 1
            start = _plus(shoulders, _rolled((sign * SHOULDER_WIDTH, -2, 0), pose.tilt))
            self.skeleton.points[f"{side}_shoulder"] = self.seen(start)
            self.arm(side, limbs, start)

    def arm(self, side: str, limbs: Limbs, start: Vector) -> None:
        pose, sign = self.pose, (-1 if side == "near" else 1)
        roll = pose.tilt - sign * limbs.spread
        upper = pose.trunk + pose.spine - limbs.shoulder
        elbow = _plus(start, _rolled(_swung(upper, 0, sign), roll), UPPER_ARM)
        hand = _plus(elbow, _rolled(_swung(upper - limbs.elbow, 0, sign), roll), FOREARM)
        if limbs.hand is not None:
            goal = self._goal(limbs.hand)
            here = self.seen(start)
            turn, above, _ = two_bones(here, goal, UPPER_ARM, FOREARM)
            angle = math.radians(turn - sign * above)
            flat = (-math.sin(angle) * UPPER_ARM, -math.cos(angle) * UPPER_ARM)
            start = (*here, 0)
            elbow = (here[0] + flat[0], here[1] + flat[1], 0)
            along = _unit((goal[0] - elbow[0], goal[1] - elbow[1], 0))
            hand = _plus(elbow, along, FOREARM)
            self.camera, kept = 0.0, self.camera  # the arm is already in the picture's plane
        else:
            kept = self.camera
        self.bone(f"{side}_upper_arm", start, elbow, UPPER_ARM)
        self.bone(f"{side}_forearm", elbow, hand, FOREARM)
        self.skeleton.points.update(
            {
                f"{side}_elbow": self.seen(elbow),
                f"{side}_hand": self.seen(hand),
            }
        )
        self.camera = kept

    def _goal(self, hand: Point | str) -> Point:
        if not isinstance(hand, str):
            return hand
        if hand not in self.skeleton.points:
            raise FigureError(f"hand: {hand!r} is no point of the body seen from the front")
        return self.skeleton.points[hand]


def _built(pose: Pose, camera: float, middle: Point) -> Skeleton:
    view = FrontView(pose, camera)
    at: Vector = (*middle, 0)
    view.leg("far", pose.far, at)
    view.leg("near", pose.near, at)
    view.trunk(at)
    points = view.skeleton.points
    points["hands"] = middle_of(points["near_hand"], points["far_hand"])
    return view.skeleton


def front_view(pose: Pose, anchor: str, camera: float = 0) -> Skeleton:
    """The skeleton of a pose seen from the front.

    `anchor` "feet": the hip's x and the lowest foot's y are at `pose.at`; otherwise the name of the
    point that is there. `camera` in degrees, 0..60. Raises FigureError for an unknown name.
    """
    if anchor == "hip":
        return _built(pose, camera, pose.at)
    trial = _built(pose, camera, (0, 0)).points
    if anchor == "feet":
        x, y = 0.0, min(trial["near_heel"][1], trial["far_heel"][1])
    elif anchor in trial:
        x, y = trial[anchor]
    else:
        raise FigureError(f"anchor: {anchor!r} is no point of the body")
    lift = math.cos(math.radians(camera))
    return _built(pose, camera, (pose.at[0] - x, (pose.at[1] - y) / lift))
