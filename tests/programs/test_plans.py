"""programs.plans: what a program needs to know before it begins"""

import pytest

from programs.plans import training_max_lifts
from tests.factories import make_written


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("Day 1\nSquat 3x5 @60kg\nHinge 3x5 @RIR2 ; double +5kg", []),
        ("Day 1\nSquat 3x5 @75%\nHinge 3x5 @80% ; cycle +5kg", ["Hinge", "Squat"]),
        ("Day 1\nSquat 1x5 ; test 90%\nDay 2\nSquat 3x5 @75%", []),
        ("Day 1\nSquat 3x5 @75%\nDay 2\nSquat 1x5 ; test 90%", ["Squat"]),
        ("Day 1\nSquat 1x5 @80%, 1x5+ @90% ; test 90%", ["Squat"]),
        ("Day 1\nSquat 1x5 @100kg, 3x5 @80% top", []),
        ("Week 1\nDay 2\nSquat 1x5 ; test 90%\nDay 1\nSquat 3x5 @75%", ["Squat"]),
    ],
)
def test_training_maxes_that_have_to_be_known(trainer, text, needed):
    assert [each.name for each in training_max_lifts(make_written(trainer, text))] == needed
