"""A session to log in, and what the database holds of it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from sessions.models import Block, SetLog, WorkoutSession
from tests.factories import ExerciseFactory, make_session

TARGET = {
    "kind": "work",
    "reps_min": 8,
    "reps_max": 10,
    "seconds": None,
    "weight": "60",
    "unit": "kg",
    "rir": "2",
}


def from_phone(member):
    """The headers of what a phone's outbox sends."""
    return {"X-Outbox": str(member.pk)}


def words(answer):
    """What a reader sees of a page: without tags, every kind of space a plain one."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="back-squat", name="Back squat")


@pytest.fixture
def session(member, squat):
    """An open session of `member`: one exercise, no plan, nothing logged."""
    return make_session(member, exercise=squat)


@pytest.fixture
def planned(member, squat):
    """An open session of `member`: three sets of 8 to 10 at 60 kg are planned."""
    return make_session(member, exercise=squat, targets=[TARGET] * 3)


@pytest.fixture
def stored():
    """Calling it reads every row of the log as it is in the database now."""

    def read():
        return {
            model.__name__: list(model.objects.order_by("pk").values())
            for model in (WorkoutSession, Block, SetLog)
        }

    return read


@pytest.fixture
def typed():
    """What a set's form posts: `typed(session, reps="5", ...)`; None leaves a field out."""

    def form(session, *, block=None, position=1, **changes):
        block = block or session.blocks.order_by("order").first()
        values = {
            "client_key": block.key_of(position),
            "exercise": block.exercise.slug,
            "block": block.order,
            "position": position,
            "kind": "work",
            "weight": "60",
            "unit": "kg",
            "reps": "8",
            "rir": "2",
            "seconds": "",
            "note": "",
        } | changes
        return {name: value for name, value in values.items() if value is not None}

    return form
