"""A retired exercise is offered nowhere; what was logged and written with it goes on."""

from __future__ import annotations

import pytest
from django import forms

from exercises.forms import exercise_called
from exercises.models import Exercise, FactsRevision
from exercises.services import bring_back, merge_exercises, retire_exercise
from programs.models import Prescription
from sessions.models import SetLog
from tests.factories import ExerciseFactory, make_assignment, make_program, make_session
from tests.forms import as_shown
from tests.sessions.conftest import words

NAMES = "/exercises/names/"
SETS = {"reps": "8", "weight": "60", "unit": "kg", "kind": "work", "rir": "2"}


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="back-squat", name="Back Squat")


@pytest.fixture
def press(db):
    """It trains what the squat trains."""
    return ExerciseFactory(slug="leg-press", name="Leg Press")


@pytest.fixture
def editor(admin, signed_in):
    return signed_in(admin)


@pytest.fixture
def retired(squat, admin):
    squat.aliases.create(name="Barbell Squat")
    retire_exercise(exercise=squat, author=admin)
    return Exercise.objects.get(pk=squat.pk)


def notes(exercise):
    return list(exercise.facts_revisions.order_by("pk").values_list("note", "author"))


def library_names(client, query=""):
    return [each.name for each in client.get(f"/exercises/{query}").context["found"].lines]


# --- Taking it out, and bringing it back ---


def test_an_editor_retires_it_and_brings_it_back(squat, press, editor, admin):
    page = editor.post("/exercises/back-squat/retire/", follow=True)
    assert page.redirect_chain == [("/exercises/back-squat/", 302)]
    assert "This exercise is retired" in page.text
    assert library_names(editor) == ["Leg Press"]
    assert "Bring it back" in editor.get("/exercises/back-squat/facts/").text

    page = editor.post("/exercises/back-squat/bring-back/", follow=True)
    assert "It is in the library again." in page.text
    assert "This exercise is retired" not in page.text
    assert library_names(editor) == ["Back Squat", "Leg Press"]
    assert notes(squat) == [("Retired", admin.pk), ("Brought back", admin.pk)]


def test_sent_twice_it_is_retired_once(squat, admin):
    for _time in range(2):
        retire_exercise(exercise=squat, author=admin)
    since = Exercise.objects.get().retired_at
    assert notes(squat) == [("Retired", admin.pk)]
    for _time in range(2):
        assert bring_back(exercise=squat, author=admin)
    assert notes(squat) == [("Retired", admin.pk), ("Brought back", admin.pk)]
    assert since
    assert Exercise.objects.get().retired_at is None


def test_what_was_merged_does_not_come_back(squat, press, editor, admin):
    merge_exercises(source=squat, into=press, author=admin)
    before = list(Exercise.objects.order_by("pk").values()), FactsRevision.objects.count()
    page = editor.post("/exercises/back-squat/bring-back/", follow=True)
    assert "It was merged into another exercise, and stays there." in page.text
    assert "in the library again" not in page.text
    assert before == (
        list(Exercise.objects.order_by("pk").values()),
        FactsRevision.objects.count(),
    )


@pytest.mark.parametrize("place", ["retire", "bring-back"])
def test_members_and_trainers_retire_nothing(retired, press, member, trainer, signed_in, place):
    before = list(Exercise.objects.order_by("pk").values())
    for person in (member, trainer):
        for slug in ("back-squat", "leg-press"):
            assert signed_in(person).post(f"/exercises/{slug}/{place}/").status_code == 403
    assert list(Exercise.objects.order_by("pk").values()) == before


# --- It is offered nowhere ---


@pytest.mark.parametrize(
    "query", ["", "?q=back+squat", "?q=Barbell+Squat", "?muscle=quadriceps", "?q=baccsquat"]
)
def test_the_library_shows_it_no_longer(retired, press, client, query):
    assert "Back Squat" not in library_names(client, query)
    assert "Back Squat" not in client.get(f"/exercises/{query}").text


@pytest.mark.parametrize("query", ["", "?q=squat", "?q=barbell", "?q=sqaut"])
def test_no_name_is_offered_where_one_types(retired, press, client, query):
    assert "Back Squat" not in client.get(f"{NAMES}{query}").json()["names"]
    assert client.get(f"{NAMES}?q=leg").json()["names"] == ["Leg Press"]


@pytest.mark.parametrize("name", ["Back Squat", "barbell squat", "Squat"])
def test_nobody_can_name_it(retired, name):
    with pytest.raises(forms.ValidationError, match=f"There is no exercise called “{name}”"):
        exercise_called(name)


def test_it_is_not_added_to_a_session(retired, press, member, signed_in):
    session = make_session(member, exercise=press)
    url = f"/sessions/{session.uuid}/exercises/"
    page = signed_in(member).post(url, {"name": "Back Squat", "order": 2})
    assert page.status_code == 422
    assert "There is no exercise called “Back Squat” in the library." in page.text
    assert session.blocks.count() == 1


def test_it_is_not_written_into_a_program(retired, press, trainer, signed_in):
    program = make_program(trainer, exercises=[press])
    client, url = signed_in(trainer), f"/programs/{program.pk}/week/1/day/1/"
    shown = opened(client, url) | {"rows-1-exercise": "Back Squat", "rows-1-sets": "3x5"}
    page = client.post(url, shown)
    assert page.status_code == 422
    assert "There is no exercise called “Back Squat” in the library." in page.text
    assert not Prescription.objects.filter(exercise=retired).exists()


def test_it_is_no_alternative(retired, press, member, signed_in, client):
    other = ExerciseFactory(name="Hack Squat")
    assert list(Exercise.objects.like(press.pk)) == [other]
    assert "Back Squat" not in client.get("/exercises/leg-press/").text
    session = make_session(member, exercise=press)
    page = signed_in(member).get(f"/sessions/{session.uuid}/exercises/1/swap/")
    assert "Hack Squat" in page.text
    assert "Back Squat" not in page.text


def test_it_comes_back_everywhere(retired, press, client, admin):
    bring_back(exercise=retired, author=admin)
    assert library_names(client) == ["Back Squat", "Leg Press"]
    assert client.get(f"{NAMES}?q=barbell").json()["names"] == ["Back Squat"]
    assert exercise_called("barbell squat") == retired
    assert retired in Exercise.objects.like(press.pk)


# --- What is there already goes on ---


def test_its_own_page_says_so(retired, client, member, signed_in):
    page = client.get("/exercises/back-squat/")
    assert page.status_code == 200
    assert "This exercise is retired: it is no longer offered." in words(page)
    history = signed_in(member).get("/exercises/back-squat/history/")
    assert "Retired" in words(history)


def test_what_was_logged_stays(squat, admin, member, signed_in):
    session = make_session(member, exercise=squat, sets=2, finished=True)
    before = list(SetLog.objects.order_by("pk").values())
    retire_exercise(exercise=squat, author=admin)
    assert list(SetLog.objects.order_by("pk").values()) == before
    client = signed_in(member)
    page = client.get(f"/sessions/{session.uuid}/")
    assert "Back Squat" in words(page)
    assert page.context["summary"].done == 2
    history = client.get("/sessions/")
    assert history.status_code == 200
    assert session.title in words(history)


@pytest.mark.parametrize("from_outbox", [True, False])
def test_an_open_session_goes_on(squat, admin, member, signed_in, from_outbox):
    session = make_session(member, exercise=squat)
    block = session.blocks.get()
    retire_exercise(exercise=squat, author=admin)
    client = signed_in(member)
    page = client.get(f"/sessions/{session.uuid}/")
    assert "Back Squat" in words(page)
    data = SETS | {
        "client_key": block.key_of(1),
        "exercise": "back-squat",
        "block": 1,
        "position": 1,
    }
    headers = {"X-Outbox": str(member.pk)} if from_outbox else {}
    answer = client.post(f"/sessions/{session.uuid}/sets/", data, headers=headers)
    assert answer.status_code == (200 if from_outbox else 302)
    assert SetLog.objects.get().exercise == squat


def test_swapping_back_to_it_is_still_possible(squat, press, admin, member, signed_in):
    """Who swapped before it was retired finds the way back."""
    session = make_session(member, exercise=squat)
    client = signed_in(member)
    client.post(f"/sessions/{session.uuid}/exercises/1/swap/", {"exercise": "leg-press"})
    retire_exercise(exercise=squat, author=admin)
    client.post(f"/sessions/{session.uuid}/exercises/2/swap/", {"exercise": "back-squat"})
    assert [block.exercise for block in session.blocks.live()] == [squat]


def test_a_member_goes_on_with_their_program(squat, admin, trainer, member, signed_in):
    assignment = make_assignment(trainer, member, exercises=[squat])
    retire_exercise(exercise=squat, author=admin)
    client = signed_in(member)
    for url in ("/programs/mine/", f"/programs/{assignment.program_id}/"):
        page = client.get(url)
        assert page.status_code == 200
        assert "Back Squat" in words(page)
    client.post(
        "/sessions/start/", {"uuid": "0d9f8bb0-58a2-4a6c-a7f8-52aaf2dd5a11", "planned": "on"}
    )
    session = member.workout_sessions.get()
    assert [block.exercise for block in session.blocks.all()] == [squat]


def opened(client, url):
    """What the browser would send if nothing was changed."""
    context = client.get(url).context
    rows = context["rows"]
    return as_shown([context["form"], rows.management_form, *rows.forms])


@pytest.fixture
def written(squat, press, admin, trainer):
    """A program with both exercises; then the squat is retired. Its first day's address."""
    program = make_program(trainer, exercises=[squat, press])
    retire_exercise(exercise=squat, author=admin)
    return f"/programs/{program.pk}/week/1/day/1/"


def plan():
    """Of the first day: each exercise with its repetitions."""
    day = Prescription.objects.filter(workout__week=1, workout__day=1).order_by("order")
    return list(day.values_list("exercise__name", "sets__reps_max"))


def test_a_day_that_has_it_is_saved_unchanged(written, trainer, signed_in):
    client = signed_in(trainer)
    assert client.post(written, opened(client, written)).status_code == 302
    assert plan() == [("Back Squat", 10), ("Leg Press", 10)]


def test_another_row_of_that_day_is_changed(written, trainer, signed_in):
    client = signed_in(trainer)
    shown = opened(client, written) | {"rows-1-sets": "5x5"}
    assert client.post(written, shown).status_code == 302
    assert plan() == [("Back Squat", 10), ("Leg Press", 5)]


def test_its_own_row_is_changed_moved_and_written_into_later_weeks(written, trainer, signed_in):
    client = signed_in(trainer)
    shown = opened(client, written)
    shown |= {"rows-0-sets": "5x5", "rows-0-ORDER": "2", "rows-1-ORDER": "1", "later_weeks": "on"}
    assert client.post(written, shown).status_code == 302
    assert plan() == [("Leg Press", 10), ("Back Squat", 5)]
    later = Prescription.objects.filter(workout__week=2, workout__day=1, order=2)
    assert later.get().exercise.name == "Back Squat"


def test_once_taken_out_it_cannot_be_written_again(written, trainer, signed_in):
    client = signed_in(trainer)
    shown = opened(client, written)
    without = {name: value for name, value in shown.items() if not name.startswith("rows-0-")}
    assert client.post(written, without).status_code == 302
    assert plan() == [("Leg Press", 10)]
    again = opened(client, written) | {"rows-1-exercise": "Back Squat", "rows-1-sets": "3x5"}
    assert client.post(written, again).status_code == 422
    assert plan() == [("Leg Press", 10)]


def test_another_day_does_not_get_it(written, press, trainer, signed_in):
    """It is in the program, but not in this day."""
    client, day = signed_in(trainer), written.replace("day/1", "day/2")
    only = {
        name: value for name, value in opened(client, day).items() if not name.startswith("rows-0-")
    }
    client.post(day, only)
    shown = opened(client, day) | {"rows-0-exercise": "Back Squat"}
    assert client.post(day, shown).status_code == 422
