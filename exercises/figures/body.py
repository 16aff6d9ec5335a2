"""The body's shapes: each part once, in its own coordinates, with the muscles that work on it.

A part hangs from its joint at 0,0 (the trunk and the head stand on theirs), in cm, y down as in
SVG, facing right. A muscle is a patch on a part, so that it moves with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

REGIONS: Mapping[str, tuple[str, ...]] = {
    "quadriceps": (
        "rectus_femoris",
        "vastus_lateralis",
        "vastus_medialis",
        "vastus_intermedius",
    ),
    "hamstrings": (
        "biceps_femoris_long_head",
        "biceps_femoris_short_head",
        "semitendinosus",
        "semimembranosus",
    ),
    "glute": ("gluteus_maximus",),
    "hip_side": ("gluteus_medius", "gluteus_minimus"),
    "adductors": ("adductor_longus", "adductor_brevis", "adductor_magnus", "gracilis", "pectineus"),
    "hip_front": ("iliopsoas", "sartorius", "tensor_fasciae_latae"),
    "gastrocnemius": ("gastrocnemius_medial", "gastrocnemius_lateral"),
    "soleus": ("soleus", "tibialis_posterior", "fibularis_longus"),
    "shin": ("tibialis_anterior", "extensor_digitorum_longus"),
    "back": ("erector_spinae",),
    "belly": ("rectus_abdominis",),
}

Shape = tuple[str, Mapping[str, str]]  # the outline, and the patches by region

SIDE: Mapping[str, Shape] = {
    "head": (
        "M-8 4C-5-2-6-8-6-12H6C5-6 6-2 8 4zM-8-19a10 11 0 0 1 20-1l2 4-2 1q0 8-7 8-13-1-13-12",
        {},
    ),
    "chest": (
        "M-9 3C-10-8-12-16-9-26-7-32 4-32 7-28 11-22 10-10 9 3z",
        {
            "back": "M-9 3C-10-8-12-16-9-26-5-22-5-8-4.5 3z",
            "belly": "M9 3C10-6 10-8 9.5-13 6-12 5-4 5 3z",
        },
    ),
    "pelvis": (
        "M-10 4C-11-8-9-14-9-22H9C10-14 11-6 9 3 5 11-6 11-10 4z",
        {
            "back": "M-9-22H-4.5C-5-14-6-12-7-9H-10C-10-14-9-18-9-22z",
            "belly": "M9-22C10-14 10.5-8 9.5-4 6-6 5-14 5-22z",
        },
    ),
    "glute": (
        "M-4-10C-12-11-16-4-15 3-14 9-8 11-3 8 3 4 2-8-4-10z",
        {
            "glute": "M-4-9C-12-10-15-4-14 3-13 8-8 10-3 7 2 4 1-7-4-9z",
            "hip_side": "M-8-10C-7-16 4-16 5-9 4-5 3-2 1 0 0-6-3-9-8-10z",
        },
    ),
    "thigh": (
        "M-10 0C-11-13 9-13 10-1 11 14 9 30 6.5 43A6.5 6.5 0 0 1-6 44C-7 32-10 16-10 0z",
        {
            "quadriceps": "M3-3C9-4 10 0 9.7 5 10 16 8 32 6 40 2 40 1 36 2 26 3 14 0 4 3-3z",
            "hamstrings": "M-9.5 6C-9 20-7 32-5.5 43-2 40-2 34-2 26-2 16-5 8-9.5 6z",
            "adductors": "M-4 5C0 6 1 10 1.5 16 1.5 24 0 31-.5 34-2 30-1 16-4 5z",
            "hip_front": "M1-13C8-13 11-4 8 8 4 8 1-2 1-13z",
        },
    ),
    "shank": (
        "M-6 0A6.5 6.5 0 0 1 6.5 0C7 12 5 28 4 42A4 4 0 0 1-4 42C-4 30-13 21-6 0z",
        {
            "gastrocnemius": "M-6.5 4C-11 16-8 23-6 27-3 25-2 12-3 3z",
            "soleus": "M-5.5 28C-4 34-4 38-3.5 42H-.5C0 34-1 26-2.5 22-3 25-4 27-5.5 28z",
            "shin": "M6.2 4C6.5 14 5 28 4 37 1 36 0 12 2.5 3z",
        },
    ),
    "foot": ("M-4-3C-4 1-7 3-7 6Q-7 8-5 8H13C16 8 16 4 13 3 9 2 6 0 4-4z", {}),
    "toes": ("M-1 0H4Q8 0 6-3 4-5-1-5z", {}),
    "upper_arm": ("M-5 0A5 5 0 0 1 5 0C6 10 4 22 4 30A4 4 0 0 1-4 30C-5 20-6 10-5 0z", {}),
    "forearm": ("M-4 0A4 4 0 0 1 4 0C5 10 3 18 3 25 5 29 4 37 0 37S-5 29-3 25C-4 18-5 8-4 0z", {}),
}

FRONT: Mapping[str, Shape] = {
    "head": (
        "M-9 2C-5-2-6-8-6-12H6C6-8 5-2 9 2zM-9-20A9 11 0 0 1 9-20C9-12 5-7 0-7S-9-12-9-20z",
        {},
    ),
    "chest": (
        "M-11 3C-12-6-17-14-20-24-20-30-12-31-5-33H5C12-31 20-30 20-24 17-14 12-6 11 3z",
        {"belly": "M-6 3C-7-4-7-8-6-12H6C7-8 7-4 6 3z"},
    ),
    "pelvis": (
        "M-16 2C-16-8-12-14-11-22H11C12-14 16-8 16 2 10 10-10 10-16 2z",
        {
            "belly": "M-6-22H6C6-14 4-8 0-4-4-8-6-14-6-22z",
            "hip_side": "M-15.5 2C-16-6-14-11-12-15-8-12-9-4-11 6z"
            "M15.5 2C16-6 14-11 12-15 8-12 9-4 11 6z",
        },
    ),
    "glute": ("", {}),
    "thigh": (
        "M-8 0C-9-11 8-13 10-2 11 14 8 32 6 43A6 6 0 0 1-6 43C-7 32-9 14-8 0z",
        {
            "quadriceps": "M1 3C7 2 9 8 8 18 7 28 6 36 4 41H-3C-4 34-4 30-3 22-3 14-2 8 1 3z",
            "adductors": "M-7.5 2C-2 0-1 8-3 16-4 24-5 30-6 35-8 24-9 12-7.5 2z",
            "hip_front": "M-3-8C3-9 5-2 3 5-1 6-5-2-3-8z",
        },
    ),
    "shank": (
        "M-6 0A6 6 0 0 1 6 0C9 12 6 26 4 42A4 4 0 0 1-4 42C-6 26-9 12-6 0z",
        {
            "gastrocnemius": "M-6 5C-8 13-6 21-5 26-3 20-3 10-6 5z"
            "M6 5C8 13 6 21 5 26 3 20 3 10 6 5z",
            "shin": "M1 4C5 4 5 16 3 36 0 30-1 10 1 4z",
        },
    ),
    "foot": (SIDE["foot"][0], {}),
    "upper_arm": SIDE["upper_arm"],
    "forearm": SIDE["forearm"],
}

LETTERS: Mapping[str, str] = {  # a part's id in the drawing
    "head": "h",
    "chest": "c",
    "pelvis": "p",
    "glute": "g",
    "thigh": "t",
    "shank": "s",
    "foot": "f",
    "toes": "o",
    "upper_arm": "u",
    "forearm": "a",
}


def worked(primary: Iterable[str], secondary: Iterable[str]) -> dict[str, int]:
    """The regions that work, by name: 1 for a primary and 2 for a secondary muscle.

    Muscles are given by slug; one that is not drawn (a muscle somebody added) is passed over.
    """
    levels: dict[str, int] = {}
    for level, slugs in ((2, set(secondary)), (1, set(primary))):
        levels |= {region: level for region, muscles in REGIONS.items() if slugs & set(muscles)}
    return levels


def shapes(view: str) -> Mapping[str, Shape]:
    return SIDE if view == "side" else FRONT


def part(view: str, name: str, levels: Mapping[str, int]) -> str:
    """The SVG of one part: its outline and the patches of the muscles that work."""
    outline, patches = shapes(view)[name]
    css = "fig-b" if name in {"head", "chest", "pelvis"} else "fig-b fig-o"
    parts = [f'<path class="{css}" d="{outline}"/>']
    parts += [
        f'<path class="fig-{levels[region]}" d="{patch}"/>'
        for region, patch in patches.items()
        if region in levels
    ]
    return "".join(parts)
