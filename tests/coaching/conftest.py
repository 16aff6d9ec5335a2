"""A template of the trainer's, and who else they coach."""

import pytest

from tests.factories import UserFactory, coach
from tests.programs.conftest import assignment, plan_of, squat, stored, template  # noqa: F401


@pytest.fixture
def neighbour(trainer):
    """Another member of the trainer's."""
    person = UserFactory(name="Nina Neighbour")
    coach(trainer, person)
    return person
