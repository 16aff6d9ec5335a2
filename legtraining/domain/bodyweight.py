"""How much of the body an exercise without a machine moves, from the masses of its segments.

What stands still is left out: the feet of a calf raise, feet and shanks of a squat. The segment
masses are means of young adults, as fractions of the body mass: de Leva, J Biomech 29:1223-1230
(1996), table 4; the two models are its men and its women. A person's own masses differ from the
means, so a load worked out here is for comparing sets of one person, not people.

The share says how much is moved up and down. How hard that is depends on levers too, so exercises
in which the body turns about a joint (Nordic curl, sissy squat, bridges, leg raises) have none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Segments:
    """Mass of one foot and of one shank, as fractions of the body mass."""

    foot: Decimal
    shank: Decimal


MODELS: Mapping[str, Segments] = {
    "de_leva_male": Segments(foot=Decimal("0.0137"), shank=Decimal("0.0433")),
    "de_leva_female": Segments(foot=Decimal("0.0129"), shank=Decimal("0.0481")),
}

# By the exercise's slug in the library: how many feet and how many shanks stand still. The free
# leg of a single-leg exercise moves with the body. In a lunge the rear foot carries a part of
# what is moved, and in a Spanish squat a band takes some of it: the share does not know.
STANDS_STILL: Mapping[str, tuple[int, int]] = {
    "bodyweight-squat": (2, 2),
    "spanish-squat": (2, 2),
    "pistol-squat": (1, 1),
    "step-down": (1, 1),
    "bodyweight-reverse-lunge": (1, 1),
    "bodyweight-calf-raise": (2, 0),
    "single-leg-calf-raise": (1, 0),
}


def share(movement: str, model: str = "de_leva_male") -> Decimal:
    """The fraction of the body mass that `movement` moves, more than 0 and less than 1.

    Raises KeyError for a name not in STANDS_STILL or not in MODELS.
    """
    feet, shanks = STANDS_STILL[movement]
    segments = MODELS[model]
    return 1 - feet * segments.foot - shanks * segments.shank


def load(
    body_mass: Decimal,
    movement: str,
    added: Decimal | int = 0,
    model: str = "de_leva_male",
) -> Decimal:
    """What is moved: the share of the body mass and the whole of what is added, never below 0.

    All in one unit, kg or lb, unrounded. Assistance is a negative `added`.
    Raises ValueError for a body mass that is not above 0, KeyError as `share` does.
    """
    if body_mass <= 0:
        raise ValueError("A body mass is more than zero.")
    return max(body_mass * share(movement, model) + added, Decimal(0))
