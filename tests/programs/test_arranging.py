"""Days and weeks of a program: add, copy, move, take out, and copying a week with changes"""

import pytest

from programs import services
from programs.models import Program, Workout
from programs.plans import text_of
from tests.factories import follow, make_written
from tests.sessions.training import train

TEXT = """Week 1-2
Day 1 Squat
  Squat 3x5 @60kg
Day 2 Hinge
  Hinge 3x8 @75%, 1x8 @90% top
"""


@pytest.fixture
def program(trainer):
    return make_written(trainer, TEXT)


def url(program, rest):
    return f"/programs/{program.pk}/{rest}"


def titles(program, week):
    days = Workout.objects.filter(program=program, week=week).order_by("day")
    return list(days.values_list("day", "title"))


def test_a_day_is_added_at_the_end_of_its_week(program, trainer, signed_in):
    answer = signed_in(trainer).post(url(program, "week/1/add/"))
    assert answer.url == url(program, "week/1/day/3/")
    assert titles(program, 1) == [(1, "Squat"), (2, "Hinge"), (3, "Day 3")]
    assert titles(program, 2) == [(1, "Squat"), (2, "Hinge")]


def test_a_full_week_takes_no_more(program, trainer, signed_in):
    client = signed_in(trainer)
    for _n in range(5):
        client.post(url(program, "week/1/add/"))
    page = client.post(url(program, "week/1/add/"), follow=True)
    assert "Week 1 has 7 days already." in page.text
    assert len(titles(program, 1)) == 7


def test_a_gap_is_filled_once_the_end_is_taken(program):
    Workout.objects.filter(program=program, week=1, day=2).update(day=7)
    assert services.add_day(program=program, week=1).day == 2


def test_a_day_is_copied_into_another_week(program, trainer, signed_in):
    signed_in(trainer).post(url(program, "week/1/day/1/copy/"), {"to": "2"})
    assert titles(program, 2) == [(1, "Squat"), (2, "Hinge"), (3, "Squat")]
    assert text_of(program).count("Squat 3x5 @60kg") == 3


@pytest.mark.parametrize("to", ["", "0", "3", "x", "²", "9" * 30])
def test_a_day_is_copied_nowhere_else(program, trainer, signed_in, to):
    page = signed_in(trainer).post(url(program, "week/1/day/1/copy/"), {"to": to}, follow=True)
    assert "Choose a week from 1 to 2." in page.text
    assert Workout.objects.filter(program=program).count() == 4


def test_days_change_places_and_twice_is_once(program, trainer, signed_in):
    client = signed_in(trainer)
    rows = {day.title: day.pk for day in Workout.objects.filter(program=program, week=1)}
    client.post(url(program, "week/1/day/1/move/"), {"to": "2"})
    assert titles(program, 1) == [(1, "Hinge"), (2, "Squat")]
    assert {day.title: day.pk for day in Workout.objects.filter(program=program, week=1)} == rows
    for to in ("", "9", "x", "1"):
        assert client.post(url(program, "week/1/day/1/move/"), {"to": to}).status_code == 302
    assert titles(program, 1) == [(1, "Hinge"), (2, "Squat")]


def test_a_day_without_a_title_of_its_own_has_none_in_its_new_place(trainer):
    program = make_written(trainer, "Day 1\nSquat 3x5\nDay 2\nHinge 3x5")
    services.move_day(workout=program.workouts.get(day=1), day=2)
    assert titles(program, 1) == [(1, "Day 1"), (2, "Day 2")]
    assert text_of(program) == "Week 1\nDay 1\n  Hinge 3x5\nDay 2\n  Squat 3x5\n"


def test_a_move_in_a_members_copy_is_theirs(trainer, member):
    assignment = follow(trainer, member, TEXT)
    services.move_day(workout=assignment.program.workouts.first(), day=2)
    edited = assignment.program.workouts.filter(edited_at__isnull=False)
    assert set(edited.values_list("week", "day")) == {(1, 1), (1, 2)}


def test_the_week_that_was_changed_is_open(program, trainer, signed_in):
    page = signed_in(trainer).post(url(program, "week/2/day/1/move/"), {"to": "2"}, follow=True)
    assert page.context["open_week"] == 2
    for week, found in (("x", 1), ("", 1), ("9" * 9, 1), ("2", 2)):
        page = signed_in(trainer).get(url(program, f"?week={week}"))
        assert page.context["open_week"] == found


def test_a_day_is_taken_out_and_put_back(program, trainer, signed_in, plan_of):
    before = plan_of(program)
    client = signed_in(trainer)
    page = client.post(url(program, "week/2/day/1/remove/"), follow=True)
    assert titles(program, 2) == [(2, "Hinge")]
    assert "“Squat” was taken out of week 2." in page.text
    client.post(url(program, "week/2/day/1/remove/"))
    client.post(url(program, "restore-day/"))
    assert plan_of(program) == before
    assert client.post(url(program, "restore-day/")).status_code == 404


def test_what_was_trained_on_a_day_stays_in_the_log(trainer, member, signed_in):
    assignment = follow(trainer, member, TEXT)
    session = train(assignment)
    signed_in(trainer).post(url(assignment.program, "week/1/day/1/remove/"))
    session.refresh_from_db()
    assert session.workout is None
    assert session.sets.count() == 3


@pytest.mark.parametrize(
    ("step", "sets", "squat", "hinge"),
    [
        ("", "0", "Squat 3x5 @60kg", "Hinge 3x8 @75%, 1x8 @90% top"),
        ("+2.5kg", "0", "Squat 3x5 @62.5kg", "Hinge 3x8 @75%+2.5kg, 1x8 @90% top +2.5kg"),
        ("-10%", "-1", "Squat 2x5 @54kg", "Hinge 2x8 @65%, 1x8 @80% top"),
        ("+5 lb", "1", "Squat 4x5 @62.268kg", "Hinge 4x8 @75%+5lb, 2x8 @90% top +5lb"),
    ],
)
def test_a_week_is_copied_with_changes(program, trainer, signed_in, step, sets, squat, hinge):
    form = {"to": "3", "step": step, "sets": sets}
    answer = signed_in(trainer).post(url(program, "week/2/copy/"), form)
    assert answer.url == url(program, "?week=3#week-3")
    program = Program.objects.get(pk=program.pk)
    third = text_of(program).partition("Week 3" if step or sets != "0" else "Week 1-3")[2]
    assert squat in third
    assert hinge in third
    assert program.weeks == 3
    assert titles(program, 1) == titles(program, 3)


def test_a_week_is_overwritten(program):
    services.add_day(program=program, week=2)
    services.copy_week(program=program, week=1, to=2, changes=services.Changes())
    assert titles(program, 2) == [(1, "Squat"), (2, "Hinge")]


@pytest.mark.parametrize(
    ("field", "bad"),
    [("to", "1"), ("to", "9"), ("step", "more"), ("sets", "7"), ("step", "+5kg x")],
)
def test_a_refused_copy_keeps_what_was_typed(program, trainer, signed_in, plan_of, field, bad):
    before = plan_of(program)
    form = {"to": "2", "step": "+5kg", "sets": "1"} | {field: bad}
    page = signed_in(trainer).post(url(program, "week/1/copy/"), form)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["step"].value() == form["step"]
    assert plan_of(program) == before


ADDRESSES = [
    "week/1/add/", "week/1/copy/", "week/1/day/1/copy/", "week/1/day/1/move/",
    "week/1/day/1/remove/", "restore-day/",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_who_may_edit_it(
    program, member, outsider, other_trainer, signed_in, plan_of, address
):
    before = plan_of(program)
    for person in (member, outsider, other_trainer):
        assert signed_in(person).post(url(program, address), {"to": "2"}).status_code == 404
    Program.objects.update(shared=True)
    assert signed_in(other_trainer).post(url(program, address), {"to": "2"}).status_code == 403
    assert plan_of(program) == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_changed_by_looking(program, trainer, signed_in, plan_of, address):
    before = plan_of(program)
    status = signed_in(trainer).get(url(program, address)).status_code
    assert status == (200 if address == "week/1/copy/" else 405)
    assert plan_of(program) == before


@pytest.mark.parametrize(
    "address", ["week/0/add/", "week/3/add/", "week/3/copy/", "week/1/day/5/copy/"]
)
def test_bad_places(program, trainer, signed_in, address):
    assert signed_in(trainer).post(url(program, address), {"to": "2"}).status_code == 404
