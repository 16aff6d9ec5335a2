"""legtraining.domain.pain"""

import pytest

from legtraining.domain.pain import pain_zone


@pytest.mark.parametrize(
    ("zone", "pains"),
    [("carry_on", range(3)), ("tolerable", range(3, 6)), ("stop", range(6, 11))],
)
def test_every_number_of_the_scale(zone, pains):
    assert {pain_zone(pain) for pain in pains} == {zone}


@pytest.mark.parametrize("pain", [-1, 11, 100])
def test_off_the_scale(pain):
    with pytest.raises(ValueError, match="from 0 to 10"):
        pain_zone(pain)
