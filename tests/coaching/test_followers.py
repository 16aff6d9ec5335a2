"""GET /programs/<id>/followers/"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from legtraining.domain.setgroups import parse_sets
from programs import services as programs
from programs.models import Program, Workout
from tests.factories import ExerciseFactory, UserFactory, coach, make_program, make_session


def url_of(program):
    return f"/programs/{program.pk}/followers/"


def text_of(page):
    """As it is heard: without tags, `before:` and `now:` before the lines that differ."""
    return " ".join(re.sub("<[^>]+>", " ", page.text).split())


def write(program, week, day, sets, exercise, title=None, **more):
    there = Workout.objects.filter(program=program, week=week, day=day).first()
    row = programs.Prescribed(exercise=exercise, groups=parse_sets(sets), **more)
    written = programs.WrittenDay(week, day, title or (there.title if there else "New"), (row,))
    programs.write_days(program=program, days=[written])


def given(template, trainer, member, **more):
    start = programs.Start(member.today(), range(7))
    return programs.assign(program=template, member=member, trainer=trainer, start=start, **more)


@pytest.fixture
def copy(template, trainer, member):
    """The member follows a copy of the template."""
    return given(template, trainer, member)


def test_who_has_it(template, copy, trainer, neighbour, signed_in):
    programs.pause_assignment(assignment=copy, today=trainer.today())
    other = make_program(trainer)
    given(other, trainer, neighbour)
    given(template, trainer, neighbour, queue=True)
    page = signed_in(trainer).get(url_of(template))
    text = text_of(page)
    assert "Mia Member paused" in text
    assert "Nina Neighbour waiting its turn" in text
    assert text.count("What is still to do is as the program says.") == 2
    assert "Change their workouts ahead" not in text


def test_who_ended_it_or_has_another_is_not_there(template, copy, trainer, neighbour, signed_in):
    programs.end_assignment(assignment=copy)
    given(make_program(trainer), trainer, neighbour)
    page = signed_in(trainer).get(url_of(template))
    assert "None of your members has a copy of this program now." in page.text
    assert "Nina Neighbour" not in page.text


def test_the_difference_is_shown_day_by_day(template, copy, squat, trainer, signed_in):
    for week in (1, 2):
        write(template, week, 1, "4x6 @65kg", squat)
    page = signed_in(trainer).get(url_of(template))
    text = text_of(page)
    assert "2 workouts still to do differ" in text
    assert (
        "Day 1 of weeks 1–2 changed Day 1 − before: Back Squat 3x8-10 @60kg @RIR2 "
        "+ now: Back Squat 4x6 @65kg"
    ) in text
    assert page.text.count("<del>") == page.text.count("<ins>") == 1
    box = re.search(rf'<input[^>]*name="copies" value="{copy.pk}"[^>]*>', page.text)[0]
    assert "checked" in box


def test_new_and_vanished_days(template, copy, squat, trainer, signed_in):
    write(template, 2, 3, "2x20", squat, title="More")
    Workout.objects.filter(program=template, week=1, day=2).delete()
    text = text_of(signed_in(trainer).get(url_of(template)))
    assert "Day 3 of week 2 new + now: Day 3 More + now: Back Squat 2x20" in text
    assert "Day 2 of week 1 taken out of the program − before: Day 2 − before: Back Squat" in text


def test_what_is_done_is_not_compared(template, copy, squat, trainer, member, signed_in):
    first, second, *_later = copy.program.workouts.order_by("week", "day")
    make_session(member, assignment=copy, workout=first, sets=1, finished=True)
    Workout.objects.filter(pk=second.pk).update(skipped_at=timezone.now())
    for day in (1, 2):
        write(template, 1, day, "4x6", squat)
    text = text_of(signed_in(trainer).get(url_of(template)))
    assert "What is still to do is as the program says." in text


def test_what_stays_is_named_with_its_reason(template, copy, squat, trainer, member, signed_in):
    write(copy.program, 1, 2, "5x5", squat)
    first = copy.program.workouts.get(week=1, day=1)
    make_session(member, assignment=copy, workout=first, sets=1)
    copy.program.workouts.get(week=2, day=2).delete()
    for week, day in ((1, 1), (1, 2), (2, 1)):
        write(template, week, day, "4x6", squat)
    text = text_of(signed_in(trainer).get(url_of(template)))
    assert "1 workout still to do differs" in text
    assert "3 workouts stay as they are" in text
    assert "Day 1 of week 1 being trained now" in text
    assert "Day 2 of week 1 written for this member" in text
    assert "Day 2 of week 2 taken out for this member" in text


def test_title_and_length(template, copy, trainer, signed_in):
    programs.change_program(program=template, title="Stronger", goal="", weeks=2)
    text = text_of(signed_in(trainer).get(url_of(template)))
    assert "Title, aim or length differ." in text
    assert "Change their workouts ahead" in text


def test_a_training_max_that_is_lacking_is_named(template, copy, squat, trainer, signed_in):
    write(template, 1, 1, "3x5 @75%", squat)
    text = text_of(signed_in(trainer).get(url_of(template)))
    assert "A training max is needed and not known: Back Squat." in text


def test_only_ones_own_copies(template, copy, trainer, other_trainer, outsider, signed_in, member):
    """Of a shared program each trainer sees the members to whom they gave it."""
    Program.objects.filter(pk=template.pk).update(shared=True)
    coach(other_trainer, outsider)
    coach(other_trainer, member)
    given(template, other_trainer, outsider)
    mine = signed_in(trainer).get(url_of(template)).text
    theirs = signed_in(other_trainer).get(url_of(template)).text
    assert ("Mia Member" in mine, "Olga Outsider" in mine) == (True, False)
    assert ("Mia Member" in theirs, "Olga Outsider" in theirs) == (False, True)


def test_a_former_member_is_not_shown(template, copy, trainer, signed_in):
    Coaching.objects.update(ended_at=timezone.now() + timedelta(1))
    assert "Mia Member" not in signed_in(trainer).get(url_of(template)).text


def test_outsider(template, copy, outsider, member, admin, other_trainer, trainer, signed_in):
    assert signed_in(other_trainer).get(url_of(template)).status_code == 404
    for person in (outsider, member, admin):
        assert signed_in(person).get(url_of(template)).status_code == 403
    assert signed_in(trainer).get(url_of(copy.program)).status_code == 403


def test_anonymous_signs_in_first(template):
    assert Client().get(url_of(template)).url == f"/accounts/login/?next={url_of(template)}"


def test_wrong_method(template, trainer, signed_in):
    assert signed_in(trainer).post(url_of(template)).status_code == 405


def test_bad_id(trainer, signed_in):
    for bad in ("0", "999999", "99999999999999999999"):
        assert signed_in(trainer).get(f"/programs/{bad}/followers/").status_code == 404


def test_one_query_more_for_each_follower_whatever_the_program_has(
    trainer, squat, signed_in, query_count, no_lazy_queries
):
    small = make_program(trainer, exercises=[squat], weeks=1, days=1)
    large = make_program(trainer, exercises=[squat, ExerciseFactory()], weeks=13, days=4)
    client = signed_in(trainer)

    def follow(template):
        person = UserFactory()
        coach(trainer, person)
        return given(template, trainer, person)

    follow(small)
    one = query_count(client, url_of(small))
    for _n in range(5):
        follow(large)
    for week in range(1, 14):
        for day in range(1, 5):
            write(large, week, day, "5x5", squat)
    assert query_count(client, url_of(large)) == one + 4
