"""/exercises/mine/: exercises that a member has for themselves"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.test import Client

from exchange.models import NameChoice
from exercises.facts import Facts, check_facts
from exercises.models import Exercise, ExerciseAlias, FactsRevision, Load, Muscle, MuscleGroup
from exercises.services import (
    CannotMerge,
    create_exercise,
    delete_own,
    hold_own,
    load_library,
    merge_own,
    own_exercise,
    retire_own,
    save_own,
)
from exercises.services.own import TYPICAL
from programs.names import Unknown, meant
from sessions.models import Block, ExerciseSetup, SetLog, WorkoutSession
from tests.exercises.test_bulk import CSV, as_csv, exported, problems, table_of, upload
from tests.factories import ExerciseFactory, make_session
from tests.forms import as_shown

MINE = "/exercises/mine/"
NAME = "Zanzibar machine"


@pytest.fixture
def own(member):
    """A machine that only Mia has."""
    return own_exercise(member=member, name=NAME, load=Load.EXTERNAL)


@pytest.fixture
def done(member, own):
    """A session of Mia's with three sets of it."""
    return make_session(member, exercise=own, sets=3, finished=True)


@pytest.fixture
def muscles(db):
    for group, slug in TYPICAL.items():
        Muscle.objects.create(slug=slug, name=slug, group=group, side="front")


def form_of(page):
    """What a browser would send."""
    return as_shown([page.context["form"]])


def page_of(own):
    return f"{MINE}{own.slug}/"


# --- Making one ----------------------------------------------------------------------------------


def test_it_is_made_once_whatever_the_case(member, own):
    for name in (NAME, NAME.upper(), f"  {NAME.replace(' ', '   ')} "):
        assert own_exercise(member=member, name=name, load=Load.TIME) == own
    own.refresh_from_db()
    assert (own.name, own.load, own.owner) == (NAME, Load.EXTERNAL, member)
    assert own.slug.startswith("own-")
    assert len(own.slug) == 16


def test_a_long_name_is_cut(member):
    long = own_exercise(member=member, name="Leg " * 60, load=Load.EXTERNAL)
    assert long.name == ("Leg " * 20).strip()
    assert own_exercise(member=member, name="Leg " * 60, load=Load.EXTERNAL) == long


def test_two_members_have_one_of_the_same_name(member, outsider, own):
    theirs = own_exercise(member=outsider, name=NAME, load=Load.TIME)
    assert theirs != own
    assert theirs.owner == outsider


def test_a_muscle_group_is_stored_as_its_typical_muscle(member, muscles):
    made = own_exercise(
        member=member,
        name=NAME,
        load=Load.EXTERNAL,
        groups=[MuscleGroup.QUADRICEPS, MuscleGroup.CALVES],
        indirect=[MuscleGroup.GLUTES, MuscleGroup.CALVES],
    )
    works = {work.muscle.group: work.share for work in made.muscle_work.all()}
    assert works == {"quadriceps": 1, "calves": 1, "glutes": 0.5}


def test_every_muscle_group_has_its_typical_muscle_in_the_library(db):
    load_library()
    groups = dict(Muscle.objects.filter(slug__in=TYPICAL.values()).values_list("slug", "group"))
    assert groups == {slug: group for group, slug in TYPICAL.items()}
    assert set(TYPICAL) == set(MuscleGroup)


@pytest.mark.django_db(transaction=True)
def test_made_twice_at_once_it_is_one(member):
    both = Barrier(2, timeout=10)

    def make(_number):
        try:
            with transaction.atomic():
                both.wait()
                return own_exercise(member=member, name=NAME, load=Load.EXTERNAL).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(make, range(2)))
    assert len(set(made)) == 1
    assert Exercise.objects.get().pk == made[0]


def test_a_number_of_them_is_enough(member, own, monkeypatch, signed_in):
    monkeypatch.setattr("exercises.services.own.MOST", 1)
    page = signed_in(member).post(MINE, {"name": "Another", "load": "external"})
    assert page.status_code == 422
    assert "You have 1 exercises of your own." in page.text
    assert Exercise.objects.get() == own


# --- The pages -----------------------------------------------------------------------------------


def test_the_list_has_the_number_of_sets(member, own, done, signed_in):
    SetLog.objects.filter(position=3).update(deleted_at=done.started_at)
    page = signed_in(member).get(MINE)
    assert page.status_code == 200
    assert NAME in page.text
    assert "2 sets" in page.text


def test_the_list_takes_as_many_queries_for_one_as_for_fifty(
    member, own, done, muscles, signed_in, query_count, no_lazy_queries
):
    save_own(exercise=own, name=NAME, groups=["quadriceps"], indirect=[])
    client = signed_in(member)
    one = query_count(client, MINE)
    for number in range(50):
        own_exercise(
            member=member, name=f"Machine {number}", load=Load.EXTERNAL, groups=["quadriceps"]
        )
    assert query_count(client, MINE) == one


def test_one_is_added_by_hand(member, muscles, signed_in):
    client = signed_in(member)
    form = form_of(client.get(MINE))
    answer = client.post(
        MINE,
        form | {"name": "  Odd   machine ", "load": "assisted", "works_glutes": "indirect"},
    )
    made = Exercise.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == page_of(made)
    assert (made.name, made.load, made.owner) == ("Odd machine", "assisted", member)
    assert [(work.muscle.group, work.share) for work in made.muscle_work.all()] == [("glutes", 0.5)]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": "", "load": "external"}, "Give it a name."),
        ({"name": "x" * 81, "load": "external"}, "at most 80"),
        ({"name": "Odd", "load": "heavy"}, "heavy is not one"),
        ({"name": "Odd", "load": "external", "works_glutes": "very"}, "very is not one"),
        ({"name": NAME.lower(), "load": "external"}, "of this name already"),
    ],
)
def test_what_cannot_be_is_told_and_stays_typed(member, own, said, sentence, signed_in):
    page = signed_in(member).post(MINE, said)
    assert page.status_code == 422
    assert sentence in page.text
    assert page.context["form"]["name"].value() == said["name"]
    assert Exercise.objects.get() == own


def test_it_is_renamed_and_says_what_it_works(member, own, done, muscles, signed_in):
    client = signed_in(member)
    form = form_of(client.get(page_of(own)))
    assert "load" not in form  # sets are logged with it
    answer = client.post(page_of(own), form | {"name": "New", "works_calves": "direct"})
    assert answer.status_code == 302
    own.refresh_from_db()
    assert (own.name, own.load) == ("New", Load.EXTERNAL)
    assert [work.muscle.group for work in own.muscle_work.all()] == ["calves"]
    page = client.get(page_of(own))
    assert form_of(page)["works_calves"] == "direct"
    assert "3 sets are logged with it." in page.text


def test_what_a_weight_means_is_changed_as_long_as_nothing_is_logged(member, own, signed_in):
    client = signed_in(member)
    client.post(page_of(own), {"name": NAME, "load": "bodyweight"})
    own.refresh_from_db()
    assert own.load == "bodyweight"
    make_session(member, exercise=own, sets=1)
    client.post(page_of(own), {"name": NAME, "load": "time"})
    own.refresh_from_db()
    assert own.load == "bodyweight"


def test_it_cannot_be_called_like_another_of_theirs(member, own, signed_in):
    own_exercise(member=member, name="Other", load=Load.EXTERNAL)
    page = signed_in(member).post(page_of(own), {"name": "oTHER", "load": "external"})
    assert page.status_code == 422
    assert "You have an exercise of this name already." in page.text
    own.refresh_from_db()
    assert own.name == NAME


def test_it_is_put_away_and_brought_back(member, own, done, signed_in):
    client = signed_in(member)
    assert client.post(f"{page_of(own)}retire/").status_code == 302
    assert not Exercise.objects.pickable_by(member).exists()
    assert "Put away" in client.get(MINE).text
    assert SetLog.objects.filter(exercise=own).count() == 3
    assert client.post(f"{page_of(own)}bring-back/").status_code == 302
    assert Exercise.objects.pickable_by(member).get() == own


def test_it_is_deleted_where_nothing_is_logged_with_it(member, own, signed_in):
    NameChoice.objects.create(member=member, name="zanzibar", exercise=own)
    answer = signed_in(member).post(f"{page_of(own)}delete/")
    assert answer["Location"] == MINE
    assert not Exercise.objects.exists()


def test_it_is_not_deleted_out_of_a_log(member, own, signed_in):
    session = make_session(member, exercise=own)  # without sets
    client = signed_in(member)
    client.post(f"{page_of(own)}delete/")
    assert "It stands in your log, so it stays." in client.get(page_of(own)).text
    assert Block.objects.get(session=session).exercise == own


# --- The same as one of the library --------------------------------------------------------------


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="back-squat", name="Back Squat")


def test_what_would_move_is_shown_first(member, own, done, squat, signed_in):
    page = signed_in(member).get(page_of(own), {"into": "back squat"})
    assert page.status_code == 200
    assert "Zanzibar machine becomes Back Squat" in page.text
    assert "All your 3 sets of it move there" in page.text
    own.refresh_from_db()
    assert own.merged_into is None


def test_everything_of_it_becomes_the_librarys(member, own, done, squat, signed_in):
    client = signed_in(member)
    NameChoice.objects.create(member=member, name="zanzibar machine", exercise=own)
    ExerciseSetup.objects.create(member=member, exercise=own, note="Seat 4")
    answer = client.post(f"{page_of(own)}merge/", {"into": "back-squat"})
    assert answer["Location"] == "/exercises/back-squat/"
    assert "Zanzibar machine is Back Squat now" in client.get(MINE).text
    for model in (SetLog, Block, NameChoice, ExerciseSetup):
        assert {row.exercise for row in model.objects.all()} == {squat}, model
    # Nobody reads in the library what somebody had called it.
    assert not ExerciseAlias.objects.exists()
    assert not FactsRevision.objects.exists()
    assert NAME not in client.get("/exercises/back-squat/").text
    assert not Exercise.objects.library().called(NAME).exists()
    # The next import goes there too, and an open page of it leads there.
    assert own_exercise(member=member, name=NAME, load=Load.EXTERNAL) == squat
    for address in (page_of(own), f"/exercises/{own.slug}/"):
        assert client.get(address, follow=True).redirect_chain[-1][0] == "/exercises/back-squat/"
    assert NAME not in client.get(MINE).text


def test_a_set_that_came_late_is_moved_too(member, own, done, squat, signed_in):
    merge_own(exercise=own, into=squat)
    SetLog.objects.filter(position=1).update(exercise=own)
    client = signed_in(member)
    page = client.get(page_of(own))
    assert "It became Back Squat" in page.text
    assert NAME in client.get(MINE).text
    client.post(f"{page_of(own)}merge/", {"into": "back-squat"})
    assert {row.exercise for row in SetLog.objects.all()} == {squat}


def test_sent_twice_it_is_merged_once(member, own, done, squat):
    assert [moved.count for moved in merge_own(exercise=own, into=squat)]
    assert merge_own(exercise=own, into=squat) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Wall Sit", "A weight means something else there"),
        ("squat", "Which one do you mean?"),
        ("Bench press", "There is no exercise called"),
        (NAME, "There is no exercise called"),
        ("", "required"),
    ],
)
def test_what_it_cannot_be_is_told(member, own, squat, name, sentence, signed_in):
    ExerciseFactory(slug="front-squat", name="Front Squat")
    ExerciseFactory(slug="wall-sit", name="Wall Sit", load=Load.TIME)
    page = signed_in(member).get(page_of(own), {"into": name})
    assert page.status_code == 422
    assert sentence in page.text
    assert page.context["same"]["into"].value() == name


@pytest.mark.parametrize("load", [Load.TIME, Load.BODYWEIGHT])
def test_the_service_refuses_what_would_be_read_wrongly(own, done, load):
    other = ExerciseFactory(load=load)
    with pytest.raises(CannotMerge):
        merge_own(exercise=own, into=other)
    assert SetLog.objects.filter(exercise=own).count() == 3


def test_repetitions_alone_are_those_of_a_bodyweight_exercise(member):
    plain = own_exercise(member=member, name="Pistols", load=Load.REPS_ONLY)
    pistol = ExerciseFactory(load=Load.BODYWEIGHT, unilateral=True)
    merge_own(exercise=plain, into=pistol)
    plain.refresh_from_db()
    assert plain.merged_into == pistol


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_an_import_and_gives_up(member, own, squat, monkeypatch):
    monkeypatch.setattr("exercises.services.own.PATIENCE", "200ms")
    held, over = Event(), Event()

    def import_sets():
        try:
            with transaction.atomic():
                assert list(hold_own(member=member)) == [own.pk]
                held.set()
                over.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(import_sets)
        assert held.wait(10)
        try:
            with pytest.raises(CannotMerge, match="An import uses this exercise just now"):
                merge_own(exercise=own, into=squat)
        finally:
            over.set()
        running.result()
    merge_own(exercise=own, into=squat)


# --- Whose it is ---------------------------------------------------------------------------------


POSTS = ["", "retire/", "bring-back/", "delete/", "merge/"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("who", ["trainer", "outsider", "admin"])
def test_nobody_else_comes_to_it(request, own, done, squat, who, path, signed_in):
    client = signed_in(request.getfixturevalue(who))
    said = {"name": "Theirs", "load": "external", "into": "back-squat"}
    assert client.post(page_of(own) + path, said).status_code == 404
    assert client.get(page_of(own)).status_code == 404
    own.refresh_from_db()
    assert (own.name, own.retired_at, own.merged_into) == (NAME, None, None)


@pytest.mark.parametrize("path", POSTS)
def test_one_that_is_not_there_is_not_found(member, squat, path, signed_in):
    client = signed_in(member)
    for slug in ("own-000000000000", "back-squat"):
        assert client.post(f"{MINE}{slug}/{path}", {"name": "x"}).status_code == 404


def test_a_merge_needs_an_exercise_of_the_library(member, own, signed_in):
    other = own_exercise(member=member, name="Other", load=Load.EXTERNAL)
    client = signed_in(member)
    for into in (other.slug, own.slug, "nothing", ""):
        assert client.post(f"{page_of(own)}merge/", {"into": into}).status_code == 404


@pytest.mark.parametrize("path", POSTS[1:])
def test_by_get_the_forms_lead_back(member, own, path, signed_in):
    client = signed_in(member)
    assert client.get(page_of(own) + path)["Location"] == page_of(own)
    assert client.put(page_of(own) + path).status_code == 405


def test_who_is_not_signed_in_is_asked_to(own):
    for address in (MINE, page_of(own), f"{MINE}names/"):
        assert Client().get(address).status_code == 302


def test_its_address_in_the_library_leads_its_owner_alone(member, trainer, admin, own, signed_in):
    there = f"/exercises/{own.slug}/"
    assert signed_in(member).get(there)["Location"] == page_of(own)
    for client in (signed_in(trainer), signed_in(admin), Client()):
        assert client.get(there).status_code == 404


@pytest.mark.parametrize(
    "path", ["history/", "compare/", "propose/", "facts/", "merge/", "photos/", "propose/submit/"]
)
def test_the_pages_of_the_editors_do_not_have_it(admin, own, path, signed_in):
    client = signed_in(admin)
    assert client.post(f"/exercises/{own.slug}/{path}").status_code in (404, 405)
    if path != "propose/submit/":
        assert client.get(f"/exercises/{own.slug}/{path}").status_code == 404


PAGES = [
    *("/exercises/", "/exercises/?q=zanzibar", "/exercises/?q=zanzibra", "/exercises/figures/"),
    *("/exercises/names/?q=zanzibar", "/exercises/names/?q=zanzibra machne", "/exercises/mine/"),
    *("/exercises/mine/names/?q=zanzibar", "/exercises/mine/names/?q=zanzibra", "/why/"),
    *("/exercises/press/", "/exercises/press/merge/?into=zanzibar", "/exercises/muscles/"),
    *("/exercises/press/merge/?into=Zanzibar machine", "/exercises/proposals/"),
    *("/admin/exercises/exercise/", "/admin/exercises/exercise/?q=zanzibar"),
    "/admin/exercises/factsrevision/?exercise={pk}",
    "/admin/exercises/instructionrevision/?exercise={pk}",
    "/admin/exercises/exercisephoto/?exercise={pk}",
    "/admin/exercises/muscle/{muscle}/delete/",
    "/admin/autocomplete/?app_label=exercises&model_name=factsrevision&field_name=exercise&term=zan",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["outsider", "trainer", "admin"])
def test_nobody_reads_its_name_on_any_page(
    request, member, muscles, done, own, who, page, signed_in
):
    ExerciseFactory(slug="press", name="Press")
    save_own(exercise=own, name=NAME, groups=list(MuscleGroup), indirect=[])
    muscle = Muscle.objects.get(slug="vastus_lateralis")
    client = signed_in(request.getfixturevalue(who))
    answer = client.get(page.format(pk=own.pk, muscle=muscle.pk))
    text = answer.content.decode()
    # What was typed stays typed; that is no answer.
    for typed in ('value="Zanzibar machine"', "called “Zanzibar machine”"):
        text = text.replace(typed, "")
    assert "Zanzibar" not in text


def test_the_admin_does_not_open_it(admin, own, signed_in):
    answer = signed_in(admin).get(f"/admin/exercises/exercise/{own.pk}/change/", follow=True)
    assert NAME not in answer.text
    assert "doesn’t exist" in answer.text


def test_the_bulk_file_does_not_have_it_and_does_not_reach_it(admin, own, signed_in):
    library = ExerciseFactory(name="Press")
    library.equipment.create(slug="machine", name="Machine")
    client = signed_in(admin)
    table = table_of(exported(client, CSV), CSV)
    assert [row[0] for row in table] == ["slug", library.slug]
    table[1][0] = own.slug
    assert "taken by a page" in problems(upload(client, as_csv(table)))[2]["slug"]
    own.refresh_from_db()
    assert own.name == NAME


def test_no_page_of_the_library_takes_an_address_of_theirs(own, admin):
    facts = Facts(name="Press", equipment=["machine"], primary=["vastus_lateralis"])
    for slug in (own.slug, "own-press", "mine"):
        with pytest.raises(Exception, match="taken by a page"):
            create_exercise(slug=slug, facts=facts, author=admin)


def test_the_library_may_call_one_like_somebodys_own_and_the_other_way_round(
    member, own, muscles, signed_in
):
    ExerciseFactory().equipment.create(slug="machine", name="Machine")
    facts = Facts(
        name=NAME, aliases=["Zanzibar"], equipment=["machine"], primary=["vastus_lateralis"]
    )
    check_facts(facts)
    library = create_exercise(slug="zanzibar", facts=facts, author=None)
    assert own_exercise(member=member, name=NAME, load=Load.EXTERNAL) == own
    other = own_exercise(member=member, name="Zanzibar", load=Load.EXTERNAL)
    assert other.owner == member
    # Everybody's name is the library's.
    assert meant(NAME) == library


def test_a_trainer_cannot_prescribe_it(trainer, own, done):
    with pytest.raises(Unknown):
        meant(NAME)
    with pytest.raises(Unknown):
        meant("Zanzibra machine")


def test_a_trainers_forms_do_not_offer_or_take_it(member, trainer, own, done, signed_in):
    from coaching.forms_review import SwapForm
    from tests.factories import make_program

    program = make_program(trainer)
    page = signed_in(trainer).get(f"{program.get_absolute_url()}week/1/day/1/")
    assert NAME not in page.text
    form = SwapForm({"exercise": own.slug, "name": "Press"}, ahead=[])
    assert "exercise" in form.errors


def test_alternatives_are_of_the_library_and_ones_own(member, outsider, muscles, done, own):
    save_own(exercise=own, name=NAME, groups=["quadriceps"], indirect=[])
    press = ExerciseFactory(name="Press")
    assert list(Exercise.objects.like(press.pk)) == []
    assert list(Exercise.objects.like(press.pk, outsider)) == []
    assert list(Exercise.objects.like(press.pk, member)) == [own]
    assert list(Exercise.objects.like(own.pk, member)) == [press]


def test_their_trainer_reads_its_name_in_the_log_without_a_link(
    member, trainer, own, done, signed_in
):
    page = signed_in(trainer).get(f"/sessions/{done.uuid}/")
    assert NAME in page.text
    assert 'href="/exercises/' not in page.text.partition("<main")[2]
    review = signed_in(trainer).get(f"/coaching/members/{member.pk}/")
    assert NAME in review.text
    assert page_of(own) not in review.text
    assert f'href="{page_of(own)}"' in signed_in(member).get(f"/sessions/{done.uuid}/").text


# --- With the account it goes --------------------------------------------------------------------


def test_it_goes_with_its_owners_account_and_all_that_is_logged(member, own, done, squat):
    merged = own_exercise(member=member, name="Other", load=Load.EXTERNAL)
    merge_own(exercise=merged, into=squat)
    make_session(member, exercise=squat, sets=1, finished=True)
    NameChoice.objects.create(member=member, name="x", exercise=own)
    ExerciseSetup.objects.create(member=member, exercise=own, note="Seat 4")
    member.delete()
    assert list(Exercise.objects.all()) == [squat]
    assert not WorkoutSession.objects.exists()
    assert not SetLog.objects.exists()


def test_the_library_loads_beside_it(member):
    own_exercise(member=member, name="Barbell Back Squat", load=Load.EXTERNAL)
    assert load_library() == 110
    assert Exercise.objects.filter(name="Barbell Back Squat").count() == 2


def test_putting_away_leaves_what_was_merged(own, squat):
    merge_own(exercise=own, into=squat)
    retire_own(exercise=own, retired=False)
    own.refresh_from_db()
    assert own.retired_at
    assert not delete_own(exercise=own)


def test_the_library_page_leads_to_them(member, signed_in):
    page = signed_in(member).get("/exercises/")
    assert 'href="/exercises/mine/"' in page.text
    assert 'href="/exercises/mine/"' not in Client().get("/exercises/").text
