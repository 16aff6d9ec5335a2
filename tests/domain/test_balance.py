"""legtraining.domain.balance: the work of a week by muscle group, and what is left out"""

from decimal import Decimal

import pytest

from legtraining.domain.balance import (
    DIRECT,
    INDIRECT,
    Worked,
    fractional,
    hard_sets,
    missing_actions,
    missing_groups,
    shares_by_group,
)

PRESS = Worked(
    3,
    {"quadriceps": DIRECT, "glutes": DIRECT, "calves": INDIRECT},
    frozenset({"knee_extension", "hip_extension"}),
)
CURL = Worked(4, {"hamstrings": DIRECT, "calves": INDIRECT}, frozenset({"knee_flexion"}))
RAISE = Worked(5, {"calves": DIRECT}, frozenset({"ankle_plantarflexion"}))


@pytest.mark.parametrize(
    ("direct", "indirect", "sets"), [(0, 0, "0"), (0, 10, "5"), (7, 4, "9"), (3, 1, "3.5")]
)
def test_an_indirect_set_is_half_a_set(direct, indirect, sets):
    assert fractional(direct, indirect) == Decimal(sets)


def test_a_set_counts_once_for_a_group_with_its_largest_share():
    muscles = [("quadriceps", INDIRECT), ("quadriceps", DIRECT), ("quadriceps", INDIRECT)]
    assert shares_by_group([*muscles, ("calves", INDIRECT)]) == {
        "quadriceps": DIRECT,
        "calves": INDIRECT,
    }


def test_no_muscles_are_no_groups():
    assert shares_by_group([]) == {}


def test_the_sets_of_a_week_are_added_up():
    assert hard_sets([PRESS, CURL, RAISE, PRESS]) == {
        "quadriceps": 6,
        "glutes": 6,
        "hamstrings": 4,
        "calves": fractional(5, 3 + 4 + 3),
    }


def test_a_week_without_work_has_no_groups():
    assert hard_sets([]) == {}
    assert hard_sets([Worked(0, {"calves": DIRECT}, frozenset())]) == {}


def test_a_balanced_week_lacks_nothing():
    assert missing_groups([PRESS, CURL, RAISE]) == []
    assert missing_actions([PRESS, CURL, RAISE]) == []


def test_what_nothing_works_is_named_in_a_fixed_order():
    assert missing_groups([]) == ["quadriceps", "hamstrings", "glutes", "calves"]
    assert missing_actions([]) == [
        "knee_extension",
        "knee_flexion",
        "hip_extension",
        "ankle_plantarflexion",
    ]


def test_indirect_work_of_a_group_is_work_but_its_movement_is_missed():
    assert missing_groups([PRESS]) == ["hamstrings"]
    assert missing_actions([PRESS]) == ["knee_flexion", "ankle_plantarflexion"]


def test_holding_a_movement_counts_as_doing_it():
    held = Worked(2, {"glutes": DIRECT}, frozenset({"isometric_hip_extension"}))
    assert "hip_extension" not in missing_actions([held])


def test_an_exercise_without_sets_does_nothing():
    assert "knee_flexion" in missing_actions([Worked(0, {"hamstrings": DIRECT}, CURL.actions)])


def test_adductors_shins_and_trunk_are_never_asked_for():
    asked = missing_groups([]) + missing_actions([])
    assert not {"adductors", "hip_flexors", "shins", "trunk", "hip_adduction"} & set(asked)
