"""/programs/<id>/week/<week>/day/<day>/"""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import escape

from programs.models import PrescribedSet, Prescription, Workout
from tests.factories import ExerciseFactory, coach, make_program, make_written
from tests.forms import as_shown

ROW = {
    "exercise": "Back Squat",
    "sets": "3x5, 1x5+ @62,5lb @RIR1.5",
    "rule": "linear +5lb, -10% after 2",
    "tempo": "3-1-1-0",
    "rest_seconds": "180",
    "superset": "a",
    "label": "main",
    "note": "Slowly",
}


def url_of(program, week=1, day=1):
    return f"/programs/{program.pk}/week/{week}/day/{day}/"


def form(*rows, title="Heavy", **more):
    """What is sent of a new page, with these rows."""
    data = {"title": title, "rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0} | more
    for n, row in enumerate(rows):
        data |= {f"rows-{n}-{name}": value for name, value in row.items()}
    return data


def opened(client, url):
    """What the browser would send if nothing was changed."""
    context = client.get(url).context
    rows = context["rows"]
    return as_shown([context["form"], rows.management_form, *rows.forms])


def order_of(workout):
    names = workout.prescriptions.order_by("order").values_list("exercise__name", flat=True)
    return list(names)


def test_saves_a_row_with_all_it_can_hold(template, trainer, signed_in):
    client = signed_in(trainer)
    answer = client.post(url_of(template), form(ROW))
    assert answer.url == f"/programs/{template.pk}/?week=1#week-1"
    workout = Workout.objects.get(program=template, week=1, day=1)
    row = Prescription.objects.get(workout=workout)
    assert workout.title == "Heavy"
    assert (row.order, row.exercise.name, row.tempo, row.rest_seconds, row.superset, row.note) == (
        1,
        "Back Squat",
        "3-1-1-0",
        180,
        "A",
        "Slowly",
    )
    columns = ("kind", "count", "reps_min", "reps_max", "seconds", "load", "unit", "rir")
    assert list(PrescribedSet.objects.filter(prescription=row).values_list(*columns)) == [
        ("work", 3, 5, 5, None, Decimal("62.5"), "lb", Decimal("1.5")),
        ("amrap", 1, 5, 5, None, Decimal("62.5"), "lb", Decimal("1.5")),
    ]


def test_saving_what_is_shown_changes_nothing(template, trainer, signed_in, plan_of):
    client = signed_in(trainer)
    timed = {"exercise": "Back Squat", "sets": "3x30s @0kg @RIR0"}
    client.post(url_of(template, week=2), form(ROW, timed))
    before = plan_of(template)
    shown = opened(client, url_of(template, week=2))
    assert client.post(url_of(template, week=2), shown).status_code == 302
    assert plan_of(template) == before


@pytest.mark.parametrize(("typed", "load"), [("62,5", "62.5"), ("62.5", "62.5"), ("0", "0")])
def test_comma_and_point_are_the_same(template, trainer, signed_in, typed, load):
    row = {"exercise": "back squat ", "sets": f"3x8 @{typed}kg"}
    signed_in(trainer).post(url_of(template), form(row))
    sets = PrescribedSet.objects.get(prescription__workout__week=1, prescription__workout__day=1)
    assert (sets.load, sets.unit) == (Decimal(load), "kg")


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("exercise", "Unicycle"),
        ("exercise", ""),
        ("sets", ""),
        ("sets", "3 by 8"),
        ("sets", "0x8"),
        ("sets", "21x8"),
        ("sets", "3x12-8"),
        ("sets", "3x8 @-5kg"),
        ("sets", "3x8 @2001kg"),
        ("sets", "3x8 @heavy"),
        ("sets", "3x8 @60"),
        ("sets", "3x8 @60stone"),
        ("sets", "3x8 @RIR40"),
        ("sets", "3x8 @RIR1.3"),
        ("rule", "faster"),
        ("rule", "linear"),
        ("rule", "linear +2.5kg and more"),
        ("label", "two words"),
        ("tempo", "slow"),
        ("rest_seconds", "901"),
        ("rest_seconds", "3"),
        ("rest_seconds", "1,5"),
        ("superset", "AB"),
        ("superset", "1"),
        ("note", "n" * 201),
        ("sets", "3x8\0"),
    ],
)
def test_a_refused_row_saves_nothing_and_keeps_all_that_was_typed(
    template, trainer, signed_in, plan_of, field, bad
):
    before = plan_of(template)
    good = {"exercise": "Back Squat", "sets": "5x5"}
    page = signed_in(trainer).post(
        url_of(template), form(good, ROW | {field: bad}, later_weeks="on")
    )
    assert page.status_code == 422
    rows = page.context["rows"]
    assert rows.errors[0] == {}
    assert list(rows.errors[1]) == [field]
    assert page.text.count(escape(rows.errors[1][field][0])) == 1
    assert rows[0]["sets"].value() == "5x5"
    for name, typed in (ROW | {field: bad}).items():
        assert rows[1][name].value() == typed
    assert 'value="Heavy"' in page.text
    assert plan_of(template) == before


@pytest.mark.parametrize(
    "left",
    [
        {"rest_seconds": "120"},
        {"superset": "A"},
        {"rule": "linear +5kg"},
        {"label": "x"},
        {"note": "x"},
    ],
)
def test_a_row_that_lost_its_exercise_is_not_dropped_silently(
    template, trainer, signed_in, plan_of, left
):
    before = plan_of(template)
    page = signed_in(trainer).post(url_of(template), form(left))
    assert page.status_code == 422
    assert "Name the exercise of this row, or empty the row." in page.text
    assert plan_of(template) == before


def test_an_exercise_is_found_by_a_part_of_its_name_or_asked_for(template, trainer, signed_in):
    for name in ("Leg Curl", "Seated Leg Curl", "Calf Raise"):
        ExerciseFactory(name=name)
    client = signed_in(trainer)
    row = {"exercise": "curl", "sets": "3x8"}
    page = client.post(url_of(template), form(row))
    sentence = "“curl” could be Leg Curl, Seated Leg Curl. Which one do you mean?"
    assert page.context["rows"].errors[0] == {"exercise": [sentence]}
    page = client.post(url_of(template), form(row | {"exercise": "raise"}))
    sentence = "“raise” could be Calf Raise. Which one do you mean?"
    assert page.context["rows"].errors[0] == {"exercise": [sentence]}
    client.post(url_of(template), form(row | {"exercise": "calf raise"}))
    assert order_of(Workout.objects.get(program=template, week=1, day=1)) == ["Calf Raise"]


def test_the_title_is_needed(template, trainer, signed_in, plan_of):
    before = plan_of(template)
    page = signed_in(trainer).post(url_of(template), form(ROW, title=""))
    assert page.status_code == 422
    assert 'value="3x5, 1x5+ @62,5lb @RIR1.5"' in page.text
    assert plan_of(template) == before


def test_empty_rows_are_left_out_and_an_empty_day_is_fine(template, trainer, signed_in):
    client = signed_in(trainer)
    client.post(url_of(template), form({"tempo": ""}, ROW, {"exercise": " "}))
    workout = Workout.objects.get(program=template, week=1, day=1)
    assert order_of(workout) == ["Back Squat"]
    client.post(url_of(template), form({"tempo": ""}))
    assert order_of(workout) == []
    assert "Nothing is planned for this day yet." in client.get(f"/programs/{template.pk}/").text


def test_rows_stand_in_the_order_of_their_numbers(template, trainer, signed_in):
    rows = [
        {"exercise": ExerciseFactory(name=name).name, "sets": "3x8", "ORDER": order}
        for name, order in (("Curl", "3"), ("Raise", "1"), ("Lunge", ""), ("Press", "2"))
    ]
    signed_in(trainer).post(url_of(template), form(*rows))
    workout = Workout.objects.get(program=template, week=1, day=1)
    assert order_of(workout) == ["Raise", "Press", "Curl", "Lunge"]
    assert [row.order for row in workout.prescriptions.all()] == [1, 2, 3, 4]


def test_a_shown_row_can_be_moved(template, trainer, signed_in):
    client = signed_in(trainer)
    names = [ExerciseFactory(name=name).name for name in ("Curl", "Raise")]
    client.post(url_of(template), form(*({"exercise": name, "sets": "3x8"} for name in names)))
    data = opened(client, url_of(template))
    assert (data["rows-0-ORDER"], data["rows-1-ORDER"]) == (1, 2)
    client.post(url_of(template), data | {"rows-0-ORDER": "5"})
    assert order_of(Workout.objects.get(program=template, week=1, day=1)) == ["Raise", "Curl"]


def test_later_weeks_are_proposed_only_where_they_are_the_same(trainer, signed_in):
    program = make_written(trainer, "Week 1-2\nDay 1\nSquat 3x5\nWeek 3\nDay 1\nSquat 3x3")
    client = signed_in(trainer)
    assert not client.get(url_of(program)).context["form"]["later_weeks"].value()
    Workout.objects.filter(program=program, week=3).delete()
    assert client.get(url_of(program)).context["form"]["later_weeks"].value()


@pytest.mark.parametrize(("ticked", "weeks"), [(True, [2, 3]), (False, [2])])
def test_later_weeks(trainer, squat, signed_in, ticked, weeks):
    program = make_program(trainer, exercises=[squat], weeks=3)
    more = {"later_weeks": "on"} if ticked else {}
    signed_in(trainer).post(url_of(program, week=2), form(ROW, **more))
    written = Workout.objects.filter(program=program, title="Heavy")
    assert list(written.values_list("week", "day")) == [(week, 1) for week in weeks]
    assert all(order_of(workout) == ["Back Squat"] for workout in written)


def test_twenty_rows_fit_and_no_more(template, trainer, signed_in, plan_of):
    client = signed_in(trainer)
    assert client.post(url_of(template), form(*[ROW] * 20)).status_code == 302
    workout = Workout.objects.get(program=template, week=1, day=1)
    assert workout.prescriptions.count() == 20
    assert len(client.get(url_of(template)).context["rows"].forms) == 20

    before = plan_of(template)
    for rows in (21, 30):
        page = client.post(url_of(template), form(*[ROW] * rows))
        assert page.status_code == 422
        assert "at most 20" in page.text
    assert plan_of(template) == before


@pytest.mark.parametrize("total", ["", "x", "9" * 20])
def test_a_form_that_was_tampered_with_saves_nothing(template, trainer, signed_in, plan_of, total):
    before = plan_of(template)
    data = form(ROW) | {"rows-TOTAL_FORMS": total}
    assert signed_in(trainer).post(url_of(template), data).status_code == 422
    assert plan_of(template) == before


def test_the_member_may_read_but_not_change_their_copy(assignment, member, signed_in, plan_of):
    before = plan_of(assignment.program)
    client = signed_in(member)
    assert client.get(url_of(assignment.program)).status_code == 403
    assert client.post(url_of(assignment.program), form(ROW)).status_code == 403
    assert plan_of(assignment.program) == before


def test_another_trainer_of_the_member_may_not(
    assignment, member, other_trainer, signed_in, plan_of
):
    coach(other_trainer, member)
    before = plan_of(assignment.program)
    answer = signed_in(other_trainer).post(url_of(assignment.program), form(ROW))
    assert answer.status_code == 403
    assert plan_of(assignment.program) == before


def test_outsider(template, assignment, outsider, other_trainer, admin, signed_in, plan_of):
    for program in (template, assignment.program):
        before = plan_of(program)
        for person in (outsider, other_trainer, admin):
            assert signed_in(person).post(url_of(program), form(ROW)).status_code == 404
        assert plan_of(program) == before


def test_anonymous_signs_in_first(template, plan_of):
    before = plan_of(template)
    answer = Client().post(url_of(template), form(ROW))
    assert answer.url == f"/accounts/login/?next={url_of(template)}"
    assert plan_of(template) == before


def test_wrong_method(template, trainer, signed_in):
    assert signed_in(trainer).put(url_of(template)).status_code == 405


def test_bad_id(template, trainer, signed_in):
    client = signed_in(trainer)
    for url in (
        "/programs/999999/week/1/day/1/",
        url_of(template, week=3),
        url_of(template, day=3),
        url_of(template, week=0),
        url_of(template, week="9" * 20),
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, form(ROW)).status_code == 404


def test_the_number_of_queries_does_not_grow(template, trainer, signed_in, query_count):
    client = signed_in(trainer)
    client.post(url_of(template), form(ROW))
    one = query_count(client, url_of(template))
    client.post(url_of(template), form(*[ROW] * 20))
    assert query_count(client, url_of(template)) == one
