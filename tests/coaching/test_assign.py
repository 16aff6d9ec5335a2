"""/programs/<id>/assign/"""

import re
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Coaching, Rack, User
from coaching import services
from coaching.assigning import estimates_of
from legtraining.domain.setgroups import parse_sets
from programs import services as programs
from programs.models import Assignment, LiftState, Program, Workout
from sessions.models import ExerciseSetup, SetLog
from tests.factories import (
    ExerciseFactory,
    UserFactory,
    coach,
    make_assignment,
    make_program,
    make_session,
    make_set,
)
from tests.sessions.test_at_once import at_once


def url_of(program):
    return f"/programs/{program.pk}/assign/"


def form(*members, **changes):
    typed = {
        "members": [member.pk for member in members],
        "start_date": "2026-03-02",
        "weekdays": ["0", "3"],
        "time_of_day": "",
        "busy": "leave",
    }
    return typed | changes


def give(*members, **changes):
    return form(*members, **changes) | {"give": ""}


def rows():
    return list(Assignment.objects.order_by("pk").values())


def text_of(page):
    return " ".join(re.sub("<[^>]+>", " ", page.text).split())


def write(program, sets, exercise, **more):
    """Makes `sets` of `exercise` all that the days of the first week have."""
    row = programs.Prescribed(exercise=exercise, groups=parse_sets(sets), **more)
    for day in Workout.objects.filter(program=program, week=1):
        programs.write_workout(workout=day, title=day.title, rows=[row])


@pytest.fixture
def barbell_squat(squat):
    from exercises.models import Equipment

    squat.equipment.add(Equipment.objects.create(slug="barbell", name="Barbell"))
    return squat


@pytest.fixture
def on_max(template, squat):
    """The template asks for percentages of the training max of the squat."""
    write(template, "3x5 @75%", squat)
    return template


def test_three_members_are_given_it_in_three_requests(
    template, trainer, member, neighbour, signed_in, plan_of
):
    third = UserFactory(name="Theo Third")
    coach(trainer, third)
    client = signed_in(trainer)
    begun = time.monotonic()
    page = client.get(url_of(template))
    assert text_of(page).count("Theo Third") == 1
    look = client.post(url_of(template), form(member, neighbour, third, look=""))
    assert look.status_code == 200
    assert "Give to 3 members" in look.text
    assert "From Monday 2 March 2026, on Monday, Thursday." in text_of(look)
    assert rows() == []
    answer = client.post(
        url_of(template), give(member, neighbour, third, time_of_day="18:30"), follow=True
    )
    assert time.monotonic() - begun < 60
    assert answer.redirect_chain[-1][0] == f"/programs/{template.pk}/followers/"
    sentence = "Mia Member, Nina Neighbour and Theo Third now follow “Strong legs”."
    assert sentence in answer.text

    assert {each.member for each in Assignment.objects.all()} == {member, neighbour, third}
    for given in Assignment.objects.select_related("program"):
        assert (given.assigned_by, given.status) == (trainer, "active")
        assert (given.start_date, given.weekdays) == (date(2026, 3, 2), [0, 3])
        assert f"{given.time_of_day:%H:%M}" == "18:30"
        assert (given.program.copied_from, given.program.owner) == (template, trainer)
        assert plan_of(given.program) == plan_of(template)
    assert "Strong legs" in signed_in(member).get("/").text


def test_one_member_leads_back_to_their_page(template, trainer, member, signed_in):
    answer = signed_in(trainer).post(url_of(template), give(member), follow=True)
    assert answer.redirect_chain[-1][0] == f"/coaching/members/{member.pk}/"
    assert "Mia Member now follows “Strong legs”." in answer.text


def test_the_link_from_a_members_page_chooses_them(template, trainer, member, signed_in):
    client = signed_in(trainer)
    page = client.get(url_of(template), {"member": member.pk}).text
    box = re.search(rf'<input[^>]*name="members"[^>]*value="{member.pk}"[^>]*>', page)[0]
    assert "checked" in box
    assert f'value="{trainer.today():%Y-%m-%d}"' in page
    for bad in ("x", "999999", "9" * 30):
        assert client.get(url_of(template), {"member": bad}).status_code == 200


def test_only_members_who_accepted_can_be_chosen(
    template, trainer, other_trainer, member, outsider, signed_in
):
    former = UserFactory(name="Fred Former")
    Coaching.objects.create(trainer=trainer, member=former, ended_at=timezone.now() + timedelta(1))
    theirs = UserFactory(name="Theo Theirs")
    coach(other_trainer, theirs)
    client = signed_in(trainer)
    page = client.get(url_of(template)).text
    assert member.name in page
    for person in (former, theirs, outsider):
        assert person.name not in page
    for person in (former, theirs, outsider, trainer):
        for chosen in ([person], [member, person]):
            refused = client.post(url_of(template), give(*chosen))
            assert refused.status_code == 422
            assert list(refused.context["form"].errors) == ["members"]
    assert rows() == []
    assert Program.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("members", []),
        ("members", ["x"]),
        ("members", ["9" * 30]),
        ("members", ["\0"]),
        ("start_date", ""),
        ("start_date", "2026-02-30"),
        ("start_date", "soon"),
        ("weekdays", []),
        ("weekdays", ["7"]),
        ("weekdays", ["0", "x"]),
        ("time_of_day", "25:00"),
        ("busy", ""),
        ("busy", "x"),
    ],
)
@pytest.mark.parametrize("button", ["look", "give"])
def test_a_refused_form_gives_nothing_and_keeps_what_was_typed(
    template, trainer, member, signed_in, field, bad, button
):
    typed = form(member) | {field: bad, button: ""} | {f"m{member.pk}-max_1": "12,5"}
    page = signed_in(trainer).post(url_of(template), typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.text.count("invalid-feedback") == 1
    if field != "start_date":
        assert 'value="2026-03-02"' in page.text
    if field != "members":
        box = re.search(rf'<input[^>]*name="members"[^>]*value="{member.pk}"[^>]*>', page.text)[0]
        assert "checked" in box
    assert f'name="m{member.pk}-max_1" value="12,5"' in page.text
    assert rows() == []


def test_without_members_the_page_says_how_to_get_some(other_trainer, signed_in):
    page = signed_in(other_trainer).get(url_of(make_program(other_trainer)))
    assert "No member has joined you yet." in page.text
    assert 'href="/coaching/invite/"' in page.text


# --- Who follows a program already ----------------------------------------------------------------


def test_who_follows_one_is_left_out_and_the_others_get_it(
    template, assignment, trainer, member, neighbour, signed_in
):
    client = signed_in(trainer)
    before = rows()
    look = client.post(url_of(template), form(member, neighbour, look=""))
    assert "Mia Member follows “Strong legs” now. They are left out." in text_of(look)
    assert "Give to 1 member" in look.text
    answer = client.post(url_of(template), give(member, neighbour), follow=True)
    assert "Nina Neighbour now follows “Strong legs”." in answer.text
    assert "Mia Member follows “Strong legs” now." in answer.text
    assert rows()[:1] == before
    assert Assignment.objects.get(member=neighbour).status == "active"


def test_nobody_left_to_give_it_to(template, assignment, trainer, member, signed_in):
    before = rows()
    page = signed_in(trainer).post(url_of(template), give(member))
    assert page.status_code == 422
    assert "Nobody got it yet." in page.text
    assert "Mia Member follows “Strong legs” now." in page.text
    assert rows() == before


def test_it_waits_or_takes_the_place(template, assignment, trainer, member, signed_in):
    client = signed_in(trainer)
    look = client.post(url_of(template), form(member, busy="queue", look=""))
    assert "Waits until “Strong legs” ends." in look.text
    answer = client.post(url_of(template), give(member, busy="queue"), follow=True)
    assert "waits until the program ends that is followed now: Mia Member." in answer.text
    assert [row["status"] for row in rows()] == ["active", "queued"]
    look = client.post(
        url_of(template), form(member, busy="replace", start_date="2026-03-09", look="")
    )
    assert "“Strong legs” ends; what was logged stays." in look.text
    client.post(url_of(template), give(member, busy="replace", start_date="2026-03-09"))
    assert [row["status"] for row in rows()] == ["ended", "queued", "active"]


def test_a_paused_one_is_followed_too(template, assignment, trainer, member, signed_in):
    programs.pause_assignment(assignment=assignment, today=member.today())
    page = signed_in(trainer).post(url_of(template), give(member))
    assert page.status_code == 422
    assert "Mia Member follows “Strong legs”, which is paused." in page.text


def test_replacing_ends_nobody_elses(template, trainer, member, neighbour, signed_in):
    theirs = make_assignment(trainer, neighbour)
    before = rows()
    signed_in(trainer).post(url_of(template), give(member, busy="replace"))
    assert rows()[0] == before[0]
    assert theirs.pk == before[0]["id"]


def test_who_was_left_out_by_hand_gets_nothing(template, trainer, member, neighbour, signed_in):
    typed = give(member, neighbour) | {f"m{member.pk}-seen": "1", f"m{member.pk}-out": "on"}
    signed_in(trainer).post(url_of(template), typed)
    assert [row["member_id"] for row in rows()] == [neighbour.pk]


# --- Training maxes -------------------------------------------------------------------------------


def test_the_estimate_of_the_log_is_proposed_and_what_is_typed_is_kept(
    on_max, squat, trainer, member, neighbour, signed_in
):
    session = make_session(member, exercise=squat, finished=True)
    make_set(session.blocks.get(), weight=100, reps=5)
    client = signed_in(trainer)
    look = client.post(url_of(on_max), form(member, neighbour, look=""))
    words = f"90 % of the 1RM that 100\N{NO-BREAK SPACE}kg × 5 on {session.day:%-d %b} estimates"
    assert words in look.text
    assert "Type it: no set of the last 12 weeks gives an estimate." in look.text
    name = f"m{member.pk}-max_{squat.pk}"
    # Epley: 100 × (1 + 5/30) = 116.7; 90 % are 105.03, rounded to half a kilogram.
    assert re.search(rf'name="{name}" value="105"', look.text)

    typed = give(member, neighbour) | {
        f"m{member.pk}-seen": "1",
        name: "107,5",
        f"m{neighbour.pk}-seen": "1",
        f"m{neighbour.pk}-max_{squat.pk}": "",
    }
    answer = client.post(url_of(on_max), typed, follow=True)
    assert "Mia Member now follows “Strong legs”." in answer.text
    sentence = "Nina Neighbour did not get it without a training max of Back Squat."
    assert sentence in answer.text
    lift = LiftState.objects.get()
    assert (lift.assignment.member, lift.exercise, lift.lane) == (member, squat, "tm")
    assert (lift.weight, lift.start, lift.unit) == (Decimal("107.5"), Decimal("107.5"), "kg")
    assert SetLog.objects.values("weight", "reps").get() == {"weight": 100, "reps": 5}


def test_one_who_lacks_a_max_is_asked_for_it(on_max, squat, trainer, member, signed_in):
    typed = give(member) | {f"m{member.pk}-seen": "1", f"m{member.pk}-max_{squat.pk}": ""}
    page = signed_in(trainer).post(url_of(on_max), typed)
    assert page.status_code == 422
    assert "Type the training max, or leave them out." in page.text
    # The same without the second page: nothing is guessed.
    assert signed_in(trainer).post(url_of(on_max), give(member)).status_code == 422
    assert rows() == []


@pytest.mark.parametrize("bad", ["x", "-5", "0", "2001", "1.2345", "9" * 30])
def test_a_max_that_cannot_be_read(on_max, squat, trainer, member, neighbour, signed_in, bad):
    typed = give(member, neighbour) | {
        f"m{member.pk}-seen": "1",
        f"m{member.pk}-max_{squat.pk}": bad,
        f"m{neighbour.pk}-seen": "1",
        f"m{neighbour.pk}-max_{squat.pk}": "80",
    }
    page = signed_in(trainer).post(url_of(on_max), typed)
    assert page.status_code == 422
    assert page.text.count("invalid-feedback") == 1
    assert f'value="{bad}"' in page.text
    assert 'value="80"' in page.text
    assert rows() == []
    # Left out, nothing that was typed for them matters.
    signed_in(trainer).post(url_of(on_max), typed | {f"m{member.pk}-out": "on"})
    assert [row["member_id"] for row in rows()] == [neighbour.pk]


def test_going_back_keeps_what_was_typed(on_max, squat, trainer, member, signed_in):
    name = f"m{member.pk}-max_{squat.pk}"
    typed = form(member, time_of_day="07:15", busy="queue") | {
        f"m{member.pk}-seen": "1",
        name: "88",
        "change": "",
    }
    client = signed_in(trainer)
    page = client.post(url_of(on_max), typed)
    assert page.status_code == 200
    assert "invalid-feedback" not in page.text
    assert 'value="07:15"' in page.text
    assert f'type="hidden" name="{name}" value="88"' in page.text
    del typed["change"]
    look = client.post(url_of(on_max), typed | {"look": ""})
    assert re.search(rf'name="{name}" value="88"', look.text)
    assert rows() == []


def test_in_the_members_unit(on_max, squat, trainer, member, signed_in):
    User.objects.filter(pk=member.pk).update(unit="lb")
    make_set(make_session(member, exercise=squat).blocks.get(), weight=100, reps=1, rir=0)
    look = signed_in(trainer).post(url_of(on_max), form(member, look=""))
    # A single is no estimate but the weight: 90 % of 100 kg are 198.4 lb.
    assert "90 % of 100\N{NO-BREAK SPACE}kg × 1 on" in look.text
    assert "Training max of Back Squat (lb)" in look.text
    assert 'value="198"' in look.text
    typed = give(member) | {f"m{member.pk}-seen": "1", f"m{member.pk}-max_{squat.pk}": "200"}
    signed_in(trainer).post(url_of(on_max), typed)
    assert LiftState.objects.values_list("weight", "unit").get() == (200, "lb")


def test_the_best_set_of_twelve_weeks_that_counts(member, squat):
    now = timezone.now()
    session = make_session(member, exercise=squat)
    block = session.blocks.get()
    make_set(block, position=1, weight=100, reps=3, rir=2, done_at=now)
    too_much = [
        {"weight": 150, "reps": 11},
        {"weight": 150, "reps": 9, "rir": 2},
        {"weight": 150, "kind": "warmup"},
        {"weight": 150, "kind": "drop"},
        {"weight": 150, "kind": "failed"},
        {"weight": 150, "reps": 0},
        {"weight": 150, "reps": None, "seconds": 30},
        {"weight": 150, "deleted_at": now},
        {"weight": 150, "done_at": now - timedelta(weeks=12, days=1)},
        {"weight": 90, "reps": 5},
        {"weight": None, "reps": 5},
    ]
    for position, fields in enumerate(too_much, 2):
        make_set(block, position=position, **fields)
    gone = make_session(member, exercise=squat, finished=True, deleted_at=now)
    make_set(gone.blocks.get(), weight=200, reps=5)
    found = estimates_of([member], [squat])[member.pk][squat.pk]
    assert found.weight == Decimal(105)
    assert found.words == (
        f"90 % of the 1RM that 100\N{NO-BREAK SPACE}kg × 3 with 2 in reserve on "
        f"{session.day:%-d %b} estimates"
    )


def test_what_is_no_external_weight_gives_no_estimate(member):
    dip = ExerciseFactory(load="bodyweight")
    make_set(make_session(member, exercise=dip).blocks.get(), weight=20, reps=5)
    assert estimates_of([member], [dip])[member.pk] == {}


# --- What cannot be loaded ------------------------------------------------------------------------


def test_what_cannot_be_loaded_is_said_and_stops_nobody(
    template, barbell_squat, trainer, member, signed_in
):
    write(template, "1x5 @12.5kg, 1x5 @=61kg, 1x5 @60kg, 1x5 @135lb", barbell_squat)
    client = signed_in(trainer)
    look = text_of(client.post(url_of(template), form(member, look="")))
    assert "12.5 kg of Back Squat cannot be loaded: the nearest is 20 kg." in look
    assert "61 kg of Back Squat cannot be loaded: the nearest is 60 kg." in look
    assert look.count("cannot be loaded") == 2
    assert "Give to 1 member" in look
    client.post(url_of(template), give(member))
    assert len(rows()) == 1


def test_with_the_members_own_bars_plates_and_steps(
    template, barbell_squat, trainer, member, neighbour, signed_in
):
    write(template, "1x5 @61kg", barbell_squat)
    Rack.objects.create(
        member=member, unit="kg", bars="20", plates="20x1, 0.5x1", dumbbell_step=1, machine_step=1
    )
    ExerciseSetup.objects.create(member=neighbour, exercise=barbell_squat, unit="kg", bar=21)
    client = signed_in(trainer)
    assert "cannot be loaded" not in client.post(url_of(template), form(member, look="")).text
    assert "cannot be loaded" not in client.post(url_of(template), form(neighbour, look="")).text


def test_of_an_unknown_stack_the_trainers_word_is_taken(
    template, squat, trainer, member, signed_in
):
    write(template, "1x5 @42.5kg", squat)
    client = signed_in(trainer)
    assert "cannot be loaded" not in client.post(url_of(template), form(member, look="")).text
    ExerciseSetup.objects.create(member=member, exercise=squat, unit="kg", step=5)
    page = client.post(url_of(template), form(member, look="")).text
    assert "42.5\N{NO-BREAK SPACE}kg of Back Squat cannot be loaded: the nearest is 40" in page


def test_what_is_converted_is_loadable_anyhow(template, barbell_squat, trainer, member, signed_in):
    write(template, "1x5 @101lb", barbell_squat)
    page = signed_in(trainer).post(url_of(template), form(member, look=""))
    assert "cannot be loaded" not in page.text
    write(template, "1x5 @=101lb", barbell_squat)
    page = signed_in(trainer).post(url_of(template), form(member, look=""))
    assert "101\N{NO-BREAK SPACE}lb of Back Squat cannot be loaded" in page.text


# --- Twice, at once, and what fails ---------------------------------------------------------------


def test_sent_twice_it_is_given_once(template, trainer, member, neighbour, signed_in):
    client = signed_in(trainer)
    client.post(url_of(template), give(member, neighbour))
    before = rows(), Program.objects.count()
    for busy in ("leave", "queue", "replace"):
        answer = client.post(url_of(template), give(member, neighbour, busy=busy), follow=True)
        assert answer.redirect_chain[-1][0] == f"/programs/{template.pk}/followers/"
        assert "Mia Member has it already, from the same day on." in answer.text
        assert (rows(), Program.objects.count()) == before


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once(template, trainer, member, neighbour, signed_in):
    client = signed_in(trainer)
    typed = give(member, neighbour, busy="replace")
    answers = at_once(*[lambda: client.post(url_of(template), typed)] * 4)
    assert {answer.status_code for answer in answers} == {302}
    assert sorted(row["member_id"] for row in rows()) == sorted([member.pk, neighbour.pk])
    assert {row["status"] for row in rows()} == {"active"}


@pytest.mark.django_db(transaction=True)
def test_two_trainers_at_once(template, trainer, other_trainer, member, signed_in):
    coach(other_trainer, member)
    theirs = make_program(other_trainer)
    clients = [(signed_in(trainer), template), (signed_in(other_trainer), theirs)]
    answers = at_once(
        *(
            lambda client=client, program=program: client.post(url_of(program), give(member))
            for client, program in clients
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    (late,) = (answer for answer in answers if answer.status_code == 422)
    assert "Mia Member follows “Strong legs” now." in late.text
    assert [row["status"] for row in rows()] == ["active"]


def test_one_that_fails_does_not_stop_the_rest(
    template, trainer, member, neighbour, signed_in, monkeypatch
):
    def fails_for_one(**kwargs):
        if kwargs["member"] == member:
            programs.assign(**kwargs)
            raise DatabaseError
        return programs.assign(**kwargs)

    monkeypatch.setattr(services, "assign", fails_for_one)
    answer = signed_in(trainer).post(url_of(template), give(member, neighbour), follow=True)
    assert "Mia Member did not get it: it could not be saved." in answer.text
    assert [row["member_id"] for row in rows()] == [neighbour.pk]
    assert Program.objects.count() == 2


def test_who_ended_the_coaching_meanwhile_gets_nothing(template, trainer, member):
    Coaching.objects.update(ended_at=timezone.now())
    start = programs.Start(date(2026, 3, 2), [0])
    (outcome,) = services.give(program=template, trainer=trainer, starts=[(member, start)])
    assert outcome.why_not == "Mia Member is no longer one of your members."
    assert rows() == []


def test_logged_sets_stay(template, assignment, trainer, member, signed_in):
    workout = assignment.program.workouts.first()
    make_session(member, assignment=assignment, workout=workout, sets=3, finished=True)
    before = list(SetLog.objects.order_by("pk").values())
    signed_in(trainer).post(url_of(template), give(member, busy="replace"))
    assert len(rows()) == 2
    assert list(SetLog.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_date_can_be_shown(template, trainer, member, signed_in, day):
    client = signed_in(trainer)
    assert client.post(url_of(template), form(member, start_date=day)).status_code == 200
    client.post(url_of(template), give(member, start_date=day))
    assert Assignment.objects.get().start_date == date.fromisoformat(day)
    for url in ("/", f"/coaching/members/{member.pk}/", f"/programs/{template.pk}/followers/"):
        assert client.get(url).status_code == 200
    for url in ("/", "/programs/mine/"):
        assert signed_in(member).get(url).status_code == 200


def test_the_number_of_queries_does_not_grow(
    template, barbell_squat, trainer, member, signed_in, no_lazy_queries
):
    write(template, "1x5 @61kg, 3x5 @75%", barbell_squat)
    client = signed_in(trainer)

    def queries(*members):
        with CaptureQueriesContext(connection) as found:
            page = client.post(url_of(template), form(*members, look=""))
        assert page.status_code == 200
        return len(found)

    def ready(person):
        make_session(person, exercise=barbell_squat, sets=1)
        Rack.objects.create(
            member=person, unit="kg", bars="20", plates="20x1", dumbbell_step=1, machine_step=1
        )
        ExerciseSetup.objects.create(member=person, exercise=barbell_squat, unit="kg", bar=21)
        return person

    one = queries(ready(member))
    many = [member]
    for _n in range(19):
        person = ready(UserFactory())
        coach(trainer, person)
        make_assignment(trainer, person, exercises=[barbell_squat], weeks=1, days=1)
        many.append(person)
    assert len(many) == 20
    assert queries(*many) == one


# --- Who may --------------------------------------------------------------------------------------


def test_the_gyms_programs_can_be_given_too(template, other_trainer, signed_in, outsider):
    coach(other_trainer, outsider)
    Program.objects.filter(pk=template.pk).update(shared=True)
    signed_in(other_trainer).post(url_of(template), give(outsider))
    given = Assignment.objects.get()
    assert (given.program.owner, given.program.copied_from) == (other_trainer, template)


def test_a_members_copy_is_given_to_nobody(assignment, trainer, member, signed_in):
    before = rows()
    answer = signed_in(trainer).post(url_of(assignment.program), give(member, busy="replace"))
    assert answer.status_code == 403
    assert rows() == before


def test_outsider(template, outsider, member, admin, other_trainer, signed_in):
    coach(other_trainer, member)
    assert signed_in(other_trainer).post(url_of(template), give(member)).status_code == 404
    for person in (outsider, member, admin):
        assert signed_in(person).post(url_of(template), give(member)).status_code == 403
    assert rows() == []


def test_anonymous_signs_in_first(template, member):
    answer = Client().post(url_of(template), give(member))
    assert answer.url == f"/accounts/login/?next={url_of(template)}"
    assert rows() == []


def test_wrong_method(template, trainer, signed_in):
    assert signed_in(trainer).put(url_of(template)).status_code == 405


def test_bad_id(trainer, member, signed_in):
    for bad in ("0", "999999", "99999999999999999999"):
        answer = signed_in(trainer).post(f"/programs/{bad}/assign/", give(member))
        assert answer.status_code == 404
