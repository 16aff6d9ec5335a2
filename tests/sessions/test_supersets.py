"""GET /sessions/<uuid>/, exercises that are done in turn"""

from uuid import uuid4

import pytest

from sessions import services
from sessions.models import Block
from sessions.page import block_views, next_row
from tests.factories import ExerciseFactory, make_program, make_session, make_set
from tests.sessions.conftest import TARGET, words


@pytest.fixture
def in_turn(member, squat):
    """Makes a session of `(letter, sets, rest)` each; the first is the squat."""

    def make(*exercises):
        session = make_session(member, exercise=squat)
        session.blocks.all().delete()
        for order, (letter, sets, rest) in enumerate(exercises, 1):
            Block.objects.create(
                session=session,
                order=order,
                place=order,
                exercise=squat if order == 1 else ExerciseFactory(),
                superset=letter,
                rest_seconds=rest,
                targets=[TARGET] * sets,
            )
        return session

    return make


def views(session):
    return block_views(session, reader=session.member)


def do_all(session):
    """Logs what is next until nothing is: `1.2` is the second set of exercise number 1."""
    order = []
    while row := next_row(views(session)):
        make_set(row.block, position=row.position)
        order.append(f"{row.block.order}.{row.position}")
    return " ".join(order)


@pytest.mark.parametrize(
    ("exercises", "labels", "rests"),
    [
        ([("", 1, None), ("", 1, None)], ["", ""], [90, 90]),
        ([("A", 1, None), ("A", 1, None)], ["A1", "A2"], [0, 90]),
        ([("A", 1, 15), ("A", 1, 60)], ["A1", "A2"], [15, 60]),
        ([("A", 1, 0), ("A", 1, 0)], ["A1", "A2"], [0, 0]),
        ([("", 1, 180), ("A", 1, None)], ["", ""], [180, 90]),  # a letter alone is no superset
        (
            [("A", 1, None), ("B", 1, None), ("A", 1, None), ("B", 1, None), ("A", 1, None)],
            ["A1", "B1", "A2", "B2", "A3"],
            [0, 0, 0, 90, 90],
        ),
    ],
)
def test_labels_and_rests(in_turn, member, signed_in, exercises, labels, rests):
    member.rest_seconds = 90
    member.save()
    answer = signed_in(member).get(f"/sessions/{in_turn(*exercises).uuid}/")
    shown = answer.context["blocks"]
    assert [view.label for view in shown] == labels
    assert [view.rest for view in shown] == rests
    for view in shown:
        assert f'data-order="{view.block.order}" data-rest="{view.rest}"' in answer.text
        assert f"{view.label} {view.block.exercise.name}".strip() in words(answer)


@pytest.mark.parametrize(
    ("exercises", "order"),
    [
        ([("", 2, None), ("", 1, None)], "1.1 1.2 2.1"),
        ([("A", 3, None), ("A", 2, None)], "1.1 2.1 1.2 2.2 1.3"),
        ([("A", 1, None), ("", 1, None), ("A", 2, None)], "1.1 3.1 3.2 2.1"),
    ],
)
def test_what_is_next_alternates(in_turn, exercises, order):
    assert do_all(in_turn(*exercises)) == order


def test_the_script_knows_the_turns(in_turn, member, signed_in):
    session = in_turn(("A", 2, None), ("A", 1, None))
    html = signed_in(member).get(f"/sessions/{session.uuid}/").text
    for block, position, turn in ((1, 1, 1), (2, 1, 2), (1, 2, 3)):
        key = session.blocks.get(order=block).key_of(position)
        assert f'id="set-{key}" data-turn="{turn}"' in html


def test_a_skipped_one_waits_for_nobody(in_turn):
    session = in_turn(("A", 2, None), ("A", 2, None))
    services.skip_exercise(block=session.blocks.get(order=1), skipped=True)
    assert do_all(session) == "2.1 2.2"


def test_an_alternative_goes_on_in_turn_for_what_it_took_the_place_of(in_turn):
    session = in_turn(("A", 4, None), ("A", 4, None))
    for order in (1, 2):
        for position in (1, 2):
            make_set(session.blocks.get(order=order), position=position)
    services.swap_exercise(block=session.blocks.get(order=1), exercise=ExerciseFactory())
    shown = views(session)
    assert [(view.block.order, view.label) for view in shown] == [(1, "A1"), (3, "A1"), (2, "A2")]
    assert [view.rest for view in shown] == [0, 0, 120]
    assert do_all(session) == "3.1 2.3 3.2 2.4"


def test_so_does_the_second_alternative(in_turn):
    session = in_turn(("A", 2, None), ("A", 2, None))
    for order in (1, 2):
        make_set(session.blocks.get(order=order))
    services.swap_exercise(block=session.blocks.get(order=2), exercise=ExerciseFactory())
    services.swap_exercise(block=session.blocks.get(order=3), exercise=ExerciseFactory())
    shown = views(session)
    assert [(view.block.order, view.label) for view in shown] == [(1, "A1"), (2, "A2"), (4, "A2")]
    assert [view.rest for view in shown] == [0, 120, 120]
    assert do_all(session) == "1.2 4.1"


def test_the_letters_and_rests_of_a_program_are_taken_over(trainer, member):
    program = make_program(trainer, exercises=[ExerciseFactory(), ExerciseFactory()])
    workout = program.workouts.with_plan().first()
    workout.prescriptions.update(superset="B", rest_seconds=45)
    workout = program.workouts.with_plan().first()
    session, _new = services.start_session(member=member, uuid=uuid4(), workout=workout)
    shown = views(session)
    assert [(view.label, view.rest) for view in shown] == [("B1", 45), ("B2", 45)]
    assert do_all(session) == "1.1 2.1 1.2 2.2 1.3 2.3"
