"""The figures: complete, anatomically possible, standing where they should, and well drawn."""

from __future__ import annotations

import gzip
import math
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.figures import FIGURES, Figure, draw, thumbnail
from exercises.figures.body import REGIONS, worked
from exercises.figures.data import figure_from
from exercises.figures.pose import LIMB_KEYS, RANGES, FigureError, between, pose_from
from exercises.figures.skeleton import side_view

LIBRARY = Path(__file__).parents[2] / "exercises" / "library"
FACTS = tomllib.loads((LIBRARY / "facts.toml").read_text(encoding="utf-8"))
EXERCISES: dict[str, Any] = FACTS["exercises"]
for more in ("warm_ups.toml", "stretches.toml"):
    if (LIBRARY / more).exists():
        table = tomllib.loads((LIBRARY / more).read_text(encoding="utf-8"))
        EXERCISES = {**table.get("exercises", table), **EXERCISES}

STANDING = {"posture": "standing", "view": "side", "start": {}, "end": {"trunk": 10}}
BLOCKS = {  # how high what the near foot stands on is, cm
    "standing-calf-raise": 12,
    "smith-calf-raise": 12,
    "standing-calf-raise-machine": 16,
    "donkey-calf-raise": 14,
    "dumbbell-single-leg-calf-raise": 12,
    "single-leg-calf-raise": 12,
    "seated-calf-raise": 14,
    "belt-squat": 14,
    "bodyweight-calf-raise": 0,
}
CALF_RAISES = [slug for slug in BLOCKS if "calf" in slug]
OVER_THE_FOOT = {  # the point that carries the weight
    "back-squat": "back",
    "front-squat": "front",
    "box-squat": "back",
    "zercher-squat": "near_elbow",
    "good-morning": "back",
    "conventional-deadlift": "near_hand",
    "trap-bar-deadlift": "near_hand",
    "romanian-deadlift": "near_hand",
    "stiff-leg-deadlift": "near_hand",
    "dumbbell-romanian-deadlift": "near_hand",
    "goblet-squat": "near_hand",
}
ON_THE_FLOOR = [
    slug
    for slug, figure in FIGURES.items()
    if figure.posture == "standing"
    and figure.view == "side"
    and figure.anchor == "feet"
    and slug not in BLOCKS
]
slugs = pytest.mark.parametrize("slug", sorted(FIGURES))


def ends(figure: Figure) -> tuple[Any, Any]:
    return figure.frames[0], figure.frames[-1]


def drawn(slug: str, **options: Any) -> str:
    facts = EXERCISES[slug]
    return draw(
        FIGURES[slug],
        name=facts["name"],
        primary=facts["primary"],
        secondary=facts["secondary"],
        **options,
    )


def lowest(skeleton: Any) -> float:
    return min(
        y
        for name, (_x, y) in skeleton.points.items()
        if name.endswith(("_heel", "_ball", "_toe", "_hand"))
    )


def test_every_exercise_has_a_figure_and_no_figure_is_without_an_exercise() -> None:
    assert set(FIGURES) == set(EXERCISES)


def test_every_muscle_of_the_library_is_drawn_somewhere() -> None:
    assert {m for muscles in REGIONS.values() for m in muscles} == set(FACTS["muscles"])


@slugs
def test_joints_stay_within_what_a_body_can_do(slug: str) -> None:
    for skeleton in FIGURES[slug].frames:
        for side in ("near", "far"):
            assert 0 <= skeleton.angles[f"{side}_knee"] <= 160
            assert -45.1 <= skeleton.angles.get(f"{side}_ankle", 0) <= 70.1
            assert 0 <= skeleton.angles.get(f"{side}_elbow", 0) <= 165


@slugs
def test_the_end_is_not_the_start(slug: str) -> None:
    first, last = ends(FIGURES[slug])
    assert max(math.dist(p, last.points[name]) for name, p in first.points.items()) > 5


@slugs
def test_nobody_sinks_into_the_floor(slug: str) -> None:
    if FIGURES[slug].floor:
        assert all(lowest(skeleton) >= -2.5 for skeleton in FIGURES[slug].frames)


@slugs
def test_hands_and_feet_reach_what_they_are_meant_to_reach(slug: str) -> None:
    figure = FIGURES[slug]
    for skeleton, pose in zip(ends(figure), (figure.start, figure.end), strict=True):
        for side in ("near", "far"):
            limbs = getattr(pose, side)
            if isinstance(limbs.hand, tuple):
                assert math.dist(skeleton.points[f"{side}_hand"], limbs.hand) < 4
            if limbs.foot and figure.view == "side":
                assert math.dist(skeleton.points[f"{side}_ball"], limbs.foot) < 3


@pytest.mark.parametrize("slug", ON_THE_FLOOR)
def test_who_stands_has_the_foot_on_the_floor(slug: str) -> None:
    for skeleton in FIGURES[slug].frames:
        soles = [skeleton.points[f"near_{part}"][1] for part in ("heel", "ball")]
        assert min(soles) == pytest.approx(0, abs=0.6)


@pytest.mark.parametrize(("slug", "height"), BLOCKS.items())
def test_the_ball_of_the_foot_is_on_the_block(slug: str, height: float) -> None:
    for skeleton in FIGURES[slug].frames:
        assert skeleton.points["near_ball"][1] == pytest.approx(height, abs=0.6)


@pytest.mark.parametrize("slug", CALF_RAISES)
def test_heels_rise_in_a_calf_raise(slug: str) -> None:
    first, last = (s.points["near_heel"][1] - s.points["near_ball"][1] for s in ends(FIGURES[slug]))
    assert last - first > 8
    assert last > 5


@pytest.mark.parametrize(("slug", "point"), OVER_THE_FOOT.items())
def test_a_free_weight_stays_over_the_foot(slug: str, point: str) -> None:
    for skeleton in FIGURES[slug].frames:
        heel, toe = skeleton.points["near_heel"][0], skeleton.points["near_toe"][0]
        assert heel <= skeleton.points[point][0] <= toe


@pytest.mark.parametrize("slug", ["conventional-deadlift", "trap-bar-deadlift", "sumo-deadlift"])
def test_a_deadlift_starts_with_the_plates_on_the_floor(slug: str) -> None:
    first, last = ends(FIGURES[slug])
    assert first.points["near_hand"][1] == pytest.approx(22.5, abs=2)
    assert last.points["near_hand"][1] > 60


@pytest.mark.parametrize("slug", ["lying-leg-curl", "glute-ham-raise", "hanging-leg-raise"])
def test_a_foot_that_stands_nowhere_turns_with_its_leg(slug: str) -> None:
    ankles = {round(skeleton.angles["near_ankle"]) for skeleton in FIGURES[slug].frames}
    assert len(ankles) == 1


@slugs
def test_the_drawing_is_well_formed_named_and_without_inline_style(slug: str) -> None:
    html = drawn(slug, uid="x")
    root = ET.fromstring(html)
    pictures = [e for e in root.iter("svg") if e.get("role") == "img"]
    assert len(pictures) == 3
    assert [p.get("aria-label", "").split(":")[0] for p in pictures[:2]] == ["Start", "End"]
    assert EXERCISES[slug]["name"] in pictures[2].get("aria-label", "")
    assert not any(e.get("style") for e in root.iter())
    assert not [e for e in root.iter() if e.tag in {"style", "script"}]
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {e.get("href", "")[1:] for e in root.iter("use")} <= set(ids)


@slugs
def test_words_tell_the_start_from_the_end(slug: str) -> None:
    root = ET.fromstring(drawn(slug))
    start, end, _ = (e.get("aria-label", "") for e in root.iter("svg"))
    assert start.partition(":")[2] != end.partition(":")[2]


@slugs
def test_a_drawing_and_a_thumbnail_stay_small(slug: str) -> None:
    facts = EXERCISES[slug]
    small = thumbnail(FIGURES[slug], primary=facts["primary"], secondary=facts["secondary"])
    assert len(gzip.compress(drawn(slug).encode())) <= 3500
    assert len(small) <= 1500
    assert ET.fromstring(small).get("aria-hidden") == "true"


def test_a_name_is_escaped() -> None:
    html = draw(FIGURES["back-squat"], name='"><script>', primary=[], secondary=[])
    assert "<script>" not in html


def test_without_the_movement_there_is_nothing_to_play() -> None:
    html = drawn("back-squat", animated=False)
    assert "<input" not in html
    assert html.count("<svg") == 2


def test_two_figures_on_a_page_share_no_id() -> None:
    page = ET.fromstring(
        f"<main>{drawn('back-squat', uid='a')}{drawn('leg-press-45', uid='b')}</main>"
    )
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_primary_beats_secondary_and_unknown_muscles_are_passed_over() -> None:
    levels = worked(["vastus_lateralis", "biceps_brachii"], ["rectus_femoris", "soleus"])
    assert levels == {"quadriceps": 1, "soleus": 2}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": {"knee": -5}}, "knee: -5"),
        ({"start": {"ankle": 90}}, "ankle: 90"),
        ({"start": {"elbow": "much"}}, "elbow: 'much'"),
        ({"start": {"wing": 1}}, "wing: no such key"),
        ({"end": {"hand": "tail"}}, "hand: 'tail'"),
        ({"end": {"foot": [1]}}, "foot: "),
        ({"posture": "flying"}, "posture: 'flying'"),
        ({"anchor": "tail"}, "anchor: 'tail'"),
        ({"props": [{"kind": "piano"}]}, "kind: 'piano'"),
        ({"props": [{"kind": "box"}]}, "box: 'x'"),
        ({"props": [{"kind": "band", "from": "tail", "to": "hip"}]}, "props: 'tail'"),
        ({"colour": "red"}, "no such key: colour"),
    ],
)
def test_wrong_data_is_refused_with_the_slug_and_the_key(change: Any, message: str) -> None:
    with pytest.raises(FigureError, match=r"^my-slug: ") as refused:
        figure_from("my-slug", {**STANDING, **change})
    assert message in str(refused.value)


angle = st.sampled_from(sorted(set(RANGES) & set(LIMB_KEYS)))


@given(angle, st.floats(allow_nan=True, allow_infinity=True))
def test_an_angle_is_taken_within_its_range_and_refused_outside(key: str, value: float) -> None:
    low, high = RANGES[key]
    if low <= value <= high:
        assert getattr(pose_from({key: value}).near, key) == value
    else:
        with pytest.raises(FigureError):
            pose_from({key: value})


poses = st.fixed_dictionaries(
    {
        key: st.floats(*RANGES[key])
        for key in ("trunk", "spine", "hip", "knee", "far_knee", "shoulder", "elbow")
        if key in RANGES
    }
).map(pose_from)


@given(poses, poses, st.floats(0, 1))
def test_between_two_poses_every_angle_is_between(a: Any, b: Any, share: float) -> None:
    middle = between(a, b, share)
    for x, y, z in ((a.trunk, middle.trunk, b.trunk), (a.near.knee, middle.near.knee, b.near.knee)):
        assert min(x, z) - 1e-6 <= y <= max(x, z) + 1e-6
    assert between(a, b, 0) == a
    assert between(a, b, 1) == b


@given(poses)
def test_bones_keep_their_length_and_the_foot_stays_on_the_floor(pose: Any) -> None:
    points = side_view(pose, "feet").points
    assert math.dist(points["hip"], points["near_knee"]) == pytest.approx(43)
    assert math.dist(points["near_knee"], points["near_ankle"]) == pytest.approx(42)
    assert math.dist(points["near_elbow"], points["near_hand"]) == pytest.approx(32)
    assert points["near_ball"][1] == pytest.approx(0, abs=1e-6)


@given(st.floats(-80, 80), st.floats(-80, 80))
def test_a_knee_bends_forward_wherever_the_foot_goes(x: float, y: float) -> None:
    skeleton = side_view(pose_from({"at": [0, 93], "foot": [x, y]}), "hip")
    assert 0 <= skeleton.angles["near_knee"] <= 160
