"""programs.services: copies, and what editing a plan leaves alone"""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from legtraining.domain.setgroups import parse_sets
from programs import services
from programs.models import Assignment, PrescribedSet, Prescription, Program, Workout
from sessions.models import Block, SetLog, WorkoutSession
from tests.factories import (
    ExerciseFactory,
    UserFactory,
    coach,
    make_assignment,
    make_program,
    make_set,
)


@pytest.fixture
def program(trainer):
    """Two weeks of two days; the first day has everything a row can hold."""
    program = make_program(trainer, exercises=[ExerciseFactory(), ExerciseFactory()])
    rows = [
        services.Prescribed(
            exercise=ExerciseFactory(),
            groups=parse_sets("3x5, 1x5+ @100lb @RIR1"),
            tempo="3-1-1-0",
            rest_seconds=180,
            superset="A",
            note="Slowly",
        ),
        services.Prescribed(exercise=ExerciseFactory(), groups=parse_sets("3x30s")),
    ]
    first = Workout.objects.get(program=program, week=1, day=1)
    services.write_workout(workout=first, title="Heavy", rows=rows)
    return program


def test_a_copy_has_the_whole_plan_and_knows_where_it_came_from(program, other_trainer, plan_of):
    plan = plan_of(program)
    assert len(plan) == 9
    copy = services.copy_program(program=program, owner=other_trainer)
    assert plan_of(copy) == plan == plan_of(program)
    row = Program.objects.get(pk=copy.pk)
    assert (row.owner, row.copied_from, row.title, row.goal, row.weeks) == (
        other_trainer,
        program,
        program.title,
        program.goal,
        program.weeks,
    )


def test_a_copy_changes_on_its_own(program, trainer, plan_of):
    copy = services.copy_program(program=program, owner=trainer)
    plan = plan_of(copy)
    services.change_program(program=program, title="Other", goal="", weeks=1)
    Workout.objects.filter(program=program).delete()
    assert plan_of(copy) == plan
    program.delete()
    copy.refresh_from_db()
    assert copy.copied_from is None


def test_a_longer_program_repeats_its_last_week(program, plan_of):
    plan = plan_of(program)
    services.change_program(program=program, title="Longer", goal="More", weeks=4)
    longer = plan_of(program)
    assert longer[: len(plan)] == plan
    second = [row[1:] for row in plan if row[0] == 2]
    for week in (3, 4):
        assert [row[1:] for row in longer if row[0] == week] == second


def test_a_shorter_program_loses_its_last_weeks(program, plan_of):
    first = [row for row in plan_of(program) if row[0] == 1]
    services.change_program(program=program, title="Shorter", goal="", weeks=1)
    assert plan_of(program) == first
    assert Program.objects.get(pk=program.pk).weeks == 1


def test_writing_reaches_the_same_day_of_later_weeks_only(program, plan_of):
    before = plan_of(program)
    second = Workout.objects.get(program=program, week=2, day=1)
    rows = [services.Prescribed(exercise=ExerciseFactory(), groups=parse_sets("5x5"))]
    services.write_workout(workout=second, title="New", rows=rows, later_weeks=True)
    after = plan_of(program)
    assert [row for row in after if row[:2] != (2, 1)] == [r for r in before if r[:2] != (2, 1)]
    assert [row[2] for row in after if row[:2] == (2, 1)] == ["New"]


@pytest.fixture
def trained(trainer, member, signed_in):
    """The member follows a program and logged its first workout; the log as it is stored."""
    assignment = make_assignment(trainer, member)
    signed_in(member).post("/sessions/start/", {"uuid": uuid4(), "planned": "on"})
    session = WorkoutSession.objects.get()
    assert session.assignment == assignment
    make_set(session.blocks.first(), target=session.blocks.first().targets[0])
    return assignment


def log():
    """Every stored value of the log, except the links to the plan, which may go."""
    links = {"assignment_id", "workout_id"}
    return {
        model: [
            {name: value for name, value in row.items() if name not in links}
            for row in model.objects.order_by("pk").values()
        ]
        for model in (WorkoutSession, Block, SetLog)
    }


def rewrite(program):
    rows = [services.Prescribed(exercise=ExerciseFactory(), groups=parse_sets("1x1"))]
    workout = program.workouts.first()
    services.write_workout(workout=workout, title="New", rows=rows, later_weeks=True)


CHANGES = {
    "rewritten": rewrite,
    "emptied": lambda program: services.write_workout(
        workout=program.workouts.first(), title="Empty", rows=[], later_weeks=True
    ),
    "shortened": lambda program: services.change_program(
        program=program, title="Short", goal="", weeks=1
    ),
    "without workouts": lambda program: program.workouts.all().delete(),
    "ended": lambda program: services.end_assignment(assignment=program.assignment),
    "deleted": lambda program: (program.assignment.delete(), program.delete()),
    "template deleted": lambda program: program.copied_from.delete(),
    "trainer deleted": lambda program: program.owner.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_of_a_plan_changes_what_was_logged(trained, change):
    before = log()
    assert len(before[SetLog]) == 1
    CHANGES[change](Program.objects.get(pk=trained.program_id))
    assert log() == before


def test_ending_twice_keeps_the_first_date(trained):
    services.end_assignment(assignment=trained)
    ended = Assignment.objects.values().get()
    assert ended["status"] == "ended"
    services.end_assignment(assignment=trained)
    assert Assignment.objects.values().get() == ended


def assign(program, member, trainer, **more):
    return services.assign(
        program=program,
        member=member,
        trainer=trainer,
        start=services.Start(date(2026, 1, 5), [4, 0, 4]),
        **more,
    )


def test_a_refused_assignment_leaves_no_copy_behind(program, trainer, member):
    assign(program, member, trainer)
    programs = Program.objects.count()
    with pytest.raises(services.AlreadyActive):
        assign(program, member, trainer)
    assert Program.objects.count() == programs


def test_replacing_ends_the_one_before(program, trainer, member):
    first = assign(program, member, trainer)
    second = assign(program, member, trainer, replace=True)
    stored = dict(Assignment.objects.values_list("pk", "status"))
    assert stored == {first.pk: "ended", second.pk: "active"}
    assert Assignment.objects.get(pk=second.pk).weekdays == [0, 4]
    assert first.program_id != second.program_id


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("replace", [False, True])
def test_two_trainers_at_once(replace):
    """Of two who assign at the same moment one is told, or, replacing, is the last one."""
    member, trainers = UserFactory(), [UserFactory(is_trainer=True) for _n in range(2)]
    start, outcomes = threading.Barrier(2), []

    def give(trainer, program):
        try:
            start.wait(10)
            assign(program, member, trainer, replace=replace)
            outcomes.append("assigned")
        except services.AlreadyActive:
            outcomes.append("told")
        finally:
            connection.close()

    exercises = [ExerciseFactory()]
    threads = []
    for trainer in trainers:
        coach(trainer, member)
        program = make_program(trainer, exercises=exercises)
        threads.append(threading.Thread(target=give, args=(trainer, program)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == (["assigned"] * 2 if replace else ["assigned", "told"])
    assert Assignment.objects.filter(member=member, status="active").count() == 1


def test_copying_takes_the_same_queries_for_a_long_program(trainer, django_assert_num_queries):
    exercises = [ExerciseFactory() for _n in range(5)]
    for program in (
        make_program(trainer, exercises=exercises[:1], weeks=1, days=1),
        make_program(trainer, exercises=exercises, weeks=12, days=5),
    ):
        with django_assert_num_queries(9):  # seven, and the transaction's savepoint
            services.copy_program(program=program, owner=trainer)
    assert Prescription.objects.count() == 2 * (1 + 12 * 5 * 5)
    assert PrescribedSet.objects.count() == 2 * (1 + 12 * 5 * 5)
