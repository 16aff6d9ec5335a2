"""What finishing a session makes of the next one: sessions.services.progress"""

import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import close_old_connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from legtraining.domain.rule_reading import parse_rule
from legtraining.domain.setgroups import parse_sets
from programs import services as programs
from programs.models import LiftState, Workout
from programs.plans import written_day
from sessions import services
from sessions.models import ProgressionEvent, WorkoutSession
from sessions.plan import next_workout
from tests.factories import ExerciseFactory, UserFactory, coach, follow
from tests.sessions.training import log, start, targets, train

LINEAR = """
Week 1-6
Day 1
  Squat 3x5 @60kg ; linear +2.5kg, -10% after 2
"""


@pytest.fixture
def linear(trainer, member):
    return follow(trainer, member, LINEAR)


def stored(assignment):
    """All that is kept of where the lifts stand and why."""
    lifts = LiftState.objects.filter(assignment=assignment).order_by("exercise", "lane")
    events = ProgressionEvent.objects.filter(assignment=assignment).order_by("at", "pk")
    return (
        list(lifts.values("exercise", "lane", "weight", "unit", "stage", "fails", "wins", "cycle")),
        list(events.values("session", "lane", "before", "after", "sentence", "values")),
    )


def why(assignment):
    return [event.why for event in assignment.events.all()]


def test_a_success_raises_the_next_target_and_says_why(linear):
    assert targets(linear, "Squat") == ["60", "60", "60"]
    session = train(linear)
    assert targets(linear, "Squat") == ["62.5", "62.5", "62.5"]
    event = ProgressionEvent.objects.get()
    assert (event.session, event.before, event.after, event.unit) == (
        session,
        None,
        Decimal("62.5"),
        "kg",
    )
    assert event.why == "+2.5\xa0kg: all 3 sets reached 5."


def test_finishing_again_and_again_changes_it_once(linear):
    session = train(linear)
    once = stored(linear)
    for _n in range(3):
        services.finish_session(session=session, rpe=7, note="again")
    assert stored(linear) == once


def test_undoing_and_finishing_again_ends_in_the_same_place(linear):
    train(linear)
    session = train(linear)
    twice = stored(linear)
    services.reopen_session(session=session)
    assert targets_of_state(linear) == Decimal("62.5")
    services.finish_session(session=session, rpe=None, note="")
    lifts, events = stored(linear)
    assert lifts == twice[0]
    assert [event["after"] for event in events] == [event["after"] for event in twice[1]]


def targets_of_state(assignment):
    return LiftState.objects.get(assignment=assignment).weight


def test_a_discarded_session_counts_no_more_and_comes_back(linear):
    train(linear)
    session = train(linear)
    services.discard_session(session=session)
    assert targets_of_state(linear) == Decimal("62.5")
    services.restore_session(session=session)
    assert targets_of_state(linear) == Decimal(65)


def test_correcting_a_set_of_a_finished_session_corrects_what_came_of_it(linear, signed_in):
    session = train(linear)
    block = session.blocks.get()
    client = signed_in(linear.member)
    form = {
        "client_key": block.key_of(3), "exercise": "squat", "block": 1, "position": 3,
        "kind": "work", "weight": "60", "unit": "kg", "reps": "4",
    }  # fmt: skip
    assert client.post(f"/sessions/{session.uuid}/sets/", form).status_code == 302
    assert why(linear) == ["The weight stays: set 3 had 4 of 5 (failure 1 of 2)."]
    assert targets(linear, "Squat") == ["60", "60", "60"]
    url = f"/sessions/{session.uuid}/sets/{block.key_of(3)}/"
    client.post(f"{url}delete/")
    assert why(linear) == ["The weight stays: 2 of 3 sets were logged."]
    client.post(f"{url}restore/")
    assert why(linear) == ["The weight stays: set 3 had 4 of 5 (failure 1 of 2)."]


def test_two_failures_in_a_row_take_ten_percent(linear):
    train(linear)
    for _n in range(2):
        train(linear, reps=[5, 5, 4])
    assert targets(linear, "Squat") == ["55", "55", "55"]  # 56.25, of which 55 can be loaded
    assert LiftState.objects.get().weight == Decimal("56.25")
    assert why(linear)[-1] == "−10\xa0%: 2 failures in a row, the last with 4 of 5 in set 3."


def test_partial_and_skipped_exercises_change_nothing(linear):
    train(linear, reps=[5, 5])
    assert why(linear) == ["The weight stays: 2 of 3 sets were logged."]
    session = start(linear)
    services.skip_exercise(block=session.blocks.get(), skipped=True)
    services.finish_session(session=session, rpe=None, note="")
    assert len(why(linear)) == 1
    assert targets(linear, "Squat") == ["60", "60", "60"]


def test_what_went_to_another_exercise_is_no_success_of_this_one(linear):
    session = start(linear)
    block = session.blocks.get()
    log(block, 1)
    there = services.swap_exercise(block=block, exercise=ExerciseFactory(name="Leg press"))
    for position in (1, 2):
        log(there, position, weight=Decimal(100))
    services.finish_session(session=session, rpe=None, note="")
    assert why(linear) == ["The weight stays: 1 of 3 sets were logged."]
    assert set(LiftState.objects.values_list("exercise__name", flat=True)) == {"Squat"}


def test_swapped_before_anything_was_done_says_nothing(linear):
    session = start(linear)
    there = services.swap_exercise(
        block=session.blocks.get(), exercise=ExerciseFactory(name="Leg press")
    )
    for position in (1, 2, 3):
        log(there, position, weight=Decimal(100))
    services.finish_session(session=session, rpe=None, note="")
    assert why(linear) == []


def test_a_workout_that_is_repeated_counts_each_time(linear):
    workout = next_workout(linear)
    for _n in range(2):
        train(linear, workout=workout)
    assert targets_of_state(linear) == Decimal(65)
    assert next_workout(linear).week == 2


def test_more_than_planned_is_where_it_goes_on_from(linear):
    train(linear, weight="70")
    assert targets(linear, "Squat") == ["72.5", "72.5", "72.5"]


def test_pounds_lifted_against_kilograms_planned(linear):
    train(linear, weight="132.5", unit="lb")  # 60.1 kg
    assert targets(linear, "Squat") == ["62.5", "62.5", "62.5"]


def test_a_member_who_thinks_in_pounds_loads_pounds(trainer):
    member = UserFactory(unit="lb")
    coach(trainer, member)
    assignment = follow(trainer, member, LINEAR)
    session = start(assignment)
    target = session.blocks.get().targets[0]
    assert (target["weight"], target["unit"]) == ("130", "lb")  # 132.28, in tens
    session.delete()
    train(assignment)
    assert LiftState.objects.get().unit == "lb"
    assert targets(assignment, "Squat") == ["140", "140", "140"]  # 135.51


def test_percentages_follow_the_training_max_and_the_cycle(trainer, member):
    assignment = follow(
        trainer,
        member,
        """
Week 1, 3
Day 1
  Squat 1x5 @65%, 1x5+ @85% ; cycle +5kg every 2 weeks
Week 2, 4
Day 1
  Squat 2x5 @50% ; cycle +5kg every 2 weeks
""",
        maxes={"Squat": "100"},
    )
    assert targets(assignment, "Squat") == ["65", "85"]
    train(assignment)
    assert why(assignment) == []
    assert targets(assignment, "Squat") == ["50", "50"]
    train(assignment)
    assert why(assignment) == ["+5\xa0kg: the cycle is done."]
    assert targets(assignment, "Squat") == ["70", "90"]  # of 105: 68.25, 89.25


def test_a_cycle_whose_last_day_was_skipped_rises_all_the_same(trainer, member):
    text = """
Week 1-4
Day 1
  Squat 2x5 @80% ; cycle +5kg every 2 weeks
"""
    assignment = follow(trainer, member, text, maxes={"Squat": "100"})
    train(assignment)
    Workout.objects.filter(program=assignment.program, week=2).update(
        skipped_at="2026-01-01T00:00Z"
    )
    assert targets(assignment, "Squat") == ["85", "85"]  # 84 of 105
    train(assignment)
    assert why(assignment) == ["+5\xa0kg: a new cycle began."]


def test_without_a_training_max_the_weight_is_left_open(trainer, member):
    assignment = follow(trainer, member, "Day 1\n Squat 3x5 @80%")
    assert targets(assignment, "Squat") == [None, None, None]


def test_an_exact_weight_is_as_written_and_moves_nothing(trainer, member):
    text = """
Week 1, 3
Day 1
  Squat 2x5 @60kg ; linear +5kg
Week 2
Day 1
  Squat 2x5 @=41kg ; linear +5kg
"""
    assignment = follow(trainer, member, text)
    train(assignment)
    assert targets(assignment, "Squat") == ["41", "41"]
    train(assignment)
    assert targets(assignment, "Squat") == ["65", "65"]
    assert len(why(assignment)) == 1


def test_bodyweight_counts_as_nothing_added(trainer, member):
    assignment = follow(
        trainer,
        member,
        "Week 1-2\nDay 1\n Split squat 2x8 ; linear +2.5kg",
        split_squat="bodyweight",
    )
    train(assignment)
    assert targets(assignment, "Split squat") == ["2.5", "2.5"]


def test_seconds_and_repetitions_grow_without_weight(trainer, member):
    assignment = follow(
        trainer, member, "Week 1-3\nDay 1\n Wall sit 2x30s ; reps +10 to 45", wall_sit="time"
    )
    for held in (30, 40, 45):
        session = start(assignment)
        assert [target["seconds"] for target in session.blocks.get().targets] == [held, held]
        session.delete()
        train(assignment)
    assert why(assignment)[-1] == "All sets reached 45: time for a harder variation."


# --- The trainer's word ---------------------------------------------------------------------------


def test_the_trainer_sets_a_weight_and_the_rule_goes_on_from_there(linear, trainer):
    train(linear)
    lane = LiftState.objects.get().lane
    exercise = LiftState.objects.get().exercise
    services.override_lift(
        assignment=linear, exercise=exercise, lane=lane,
        weight=Decimal(50), unit="kg", by=trainer, reason="your knee",
    )  # fmt: skip
    assert targets(linear, "Squat") == ["50", "50", "50"]
    train(linear)
    assert targets(linear, "Squat") == ["52.5", "52.5", "52.5"]
    assert why(linear)[1] == "Set by Tara Trainer: your knee"
    first = WorkoutSession.objects.order_by("pk").first()
    services.reopen_session(session=first)
    services.finish_session(session=first, rpe=None, note="")
    assert LiftState.objects.get().weight in (Decimal(50), Decimal("52.5"))


# --- The program is edited meanwhile --------------------------------------------------------------


def rewrite(assignment, *, from_week=1, **fields):
    """Other `groups` or another `rule` for every row of the member's copy."""
    days = [
        replace(day, rows=tuple(replace(row, **fields) for row in day.rows))
        for day in map(written_day, assignment.program.workouts.with_plan())
        if day.week >= from_week
    ]
    programs.write_days(program=assignment.program, days=days)


def test_other_sets_go_on_from_where_the_lift_stood(linear, trainer):
    train(linear)
    rewrite(linear, from_week=2, groups=parse_sets("5x5 @60kg"))
    assert targets(linear, "Squat") == ["62.5"] * 5
    train(linear)
    assert targets(linear, "Squat") == ["65"] * 5


def test_another_step_does_not_rewrite_what_was(linear):
    train(linear)
    rewrite(linear, rule=parse_rule("linear +10kg"))
    services.settle(assignment=linear)
    assert LiftState.objects.get().weight == Decimal("62.5")
    train(linear)
    assert LiftState.objects.get().weight == Decimal("72.5")


def test_next_follows_what_was_done_when_days_are_written_in_or_out(linear):
    train(linear)
    train(linear)
    programs.add_day(program=linear.program, week=1)
    assert (next_workout(linear).week, next_workout(linear).day) == (3, 1)
    programs.add_day(program=linear.program, week=3)
    assert (next_workout(linear).week, next_workout(linear).day) == (3, 1)
    train(linear)
    assert (next_workout(linear).week, next_workout(linear).day) == (3, 2)
    Workout.objects.filter(program=linear.program, week=4).delete()
    programs.move_day(workout=Workout.objects.get(program=linear.program, week=3, day=2), day=1)
    assert (next_workout(linear).week, next_workout(linear).day) == (3, 1)


# --- Any order of events --------------------------------------------------------------------------

MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("train"), st.lists(st.integers(3, 6), min_size=1, max_size=3)),
        st.tuples(st.sampled_from(["finish", "reopen", "discard", "restore"]), st.integers(0, 3)),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(moves=MOVES)
@pytest.mark.django_db
def test_where_lifts_stand_follows_from_the_log_alone(moves):
    """However sessions were finished, undone, discarded and brought back: working it out from the
    start gives what is stored, and each session has said its word once."""
    with transaction.atomic():
        trainer, member = UserFactory(is_trainer=True), UserFactory()
        coach(trainer, member)
        assignment = follow(trainer, member, LINEAR)
        sessions = []
        for move, what in moves:
            if move == "train":
                if not WorkoutSession.objects.open().exists() and next_workout(assignment):
                    sessions.append(train(assignment, reps=what))
            elif sessions:
                _move(move, WorkoutSession.objects.get(pk=sessions[what % len(sessions)].pk))
        kept = stored(assignment)
        ProgressionEvent.objects.all().delete()
        LiftState.objects.all().delete()
        services.settle(assignment=assignment)
        again = stored(assignment)
        assert again[1] == kept[1]
        assert [lift for lift in kept[0] if lift["weight"] is not None] == again[0]
        transaction.set_rollback(True)


def _move(move, session):
    try:
        if move == "finish":
            services.finish_session(session=session, rpe=None, note="")
        else:
            getattr(services, f"{move}_session")(session=session)
    except services.OtherSessionOpen:
        pass


@pytest.mark.django_db(transaction=True)
def test_finishing_twice_at_once():
    trainer, member = UserFactory(is_trainer=True), UserFactory()
    coach(trainer, member)
    assignment = follow(trainer, member, LINEAR)
    session = train(assignment, finish=False)
    barrier = threading.Barrier(2)

    def finish():
        try:
            mine = WorkoutSession.objects.get(pk=session.pk)
            barrier.wait(10)
            services.finish_session(session=mine, rpe=None, note="")
        finally:
            close_old_connections()

    threads = [threading.Thread(target=finish) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert ProgressionEvent.objects.count() == 1
    assert LiftState.objects.get().weight == Decimal("62.5")
