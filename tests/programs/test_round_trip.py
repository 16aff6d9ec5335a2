"""One program in three forms: what is written as text is rows, forms of rows, and the same text"""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import given, settings

from legtraining.domain.shorthand import Plan, parse_plan, write_plan
from programs.forms import prescription_rows
from programs.models import Program
from programs.plans import find_exercises, own_title, plan_of, text_of
from programs.services import create_written, write_workout
from tests.domain.strategies import plans
from tests.factories import ExerciseFactory, UserFactory
from tests.forms import as_shown

NAMES = ("Squat", "Leg press (45°)", "Week 3x5; curl")


def among_ours(plan: Plan) -> Plan:
    """The same plan with exercises that are in the library, and titles as they are stored."""
    count = 0
    weeks = []
    for week in plan.weeks:
        days = []
        for day in week:
            lines = []
            for line in day.lines:
                lines.append(replace(line, exercise=NAMES[count % len(NAMES)]))
                count += 1
            title = own_title(day.number, day.title)
            days.append(replace(day, title=title, lines=tuple(lines)))
        weeks.append(tuple(days))
    return Plan(tuple(weeks))


@settings(max_examples=25)
@given(written=plans())
@pytest.mark.django_db
def test_text_rows_forms_and_text(written):
    plan = among_ours(written)
    with transaction.atomic():
        for name in NAMES:
            ExerciseFactory(name=name)
        program = create_written(
            owner=UserFactory(is_trainer=True),
            title="T",
            goal="",
            weeks=len(plan.weeks),
            days=find_exercises(parse_plan(write_plan(plan))),
        )
        assert plan_of(program).weeks == plan.weeks
        text = text_of(program)
        assert parse_plan(text).weeks == plan.weeks
        for workout in program.workouts.with_plan():
            rows = prescription_rows(workout)
            sent = as_shown([rows.management_form, *rows.forms])
            rows = prescription_rows(workout, sent)
            assert rows.is_valid(), rows.errors
            workout.prescriptions.all().delete()
            write_workout(workout=workout, title=workout.title, rows=rows.rows())
        assert text_of(Program.objects.get(pk=program.pk)) == text
        transaction.set_rollback(True)
