"""/exercises/<slug>/merge/: two exercises that are one"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Event

import pytest
from django.db import connection, models, transaction
from django.db.models import Count, F, Sum
from django.test import Client
from django.utils import timezone

from exchange.models import NameChoice
from exercises.facts import Facts, facts_of
from exercises.forms import exercise_called
from exercises.models import Exercise, ExerciseAlias, FactsRevision, InstructionRevision
from exercises.services import (
    CannotMerge,
    merge_exercises,
    merging,
    publish_instructions,
    retire_exercise,
    save_facts,
    submit_proposal,
    what_moves,
)
from exercises.services.merging import relations
from programs.models import LiftState, PrescribedSet, Prescription
from sessions import services as sessions
from sessions.models import Block, ExerciseSetup, ProgressionEvent, SetLog
from tests.factories import (
    ExerciseFactory,
    make_assignment,
    make_program,
    make_session,
    make_set,
)
from tests.sessions import conftest
from tests.sessions.conftest import TARGET, from_phone, words
from tests.sessions.test_at_once import wait_for_a_waiting_connection

URL = "/exercises/goblet/merge/"
TEXT = {
    "setup": "Stand.",
    "movement": "Sit down.",
    "cues": "Chest up.",
    "mistakes": "Heels rise: slow down.",
    "safety": "",
    "tempo": "",
    "rest_seconds": 90,
}

typed = conftest.typed  # the fixture


@pytest.fixture
def goblet(db):
    exercise = ExerciseFactory(slug="goblet", name="Goblet Squat")
    exercise.equipment.create(slug="kettlebell", name="Kettlebell")
    exercise.aliases.create(name="Dumbbell Goblet Squat")
    return exercise


@pytest.fixture
def squat(goblet):
    """The one that stays."""
    exercise = ExerciseFactory(slug="front-squat", name="Front Squat")
    exercise.equipment.add(goblet.equipment.get())
    exercise.aliases.create(name="Barbell Front Squat")
    return exercise


@pytest.fixture
def other(goblet):
    """An exercise that nobody merges."""
    exercise = ExerciseFactory(slug="leg-press", name="Leg Press")
    exercise.equipment.add(goblet.equipment.get())
    return exercise


@pytest.fixture
def editor(admin, signed_in):
    return signed_in(admin)


@pytest.fixture
def merge(goblet, squat, admin):
    def run(source=goblet, into=squat):
        return merge_exercises(source=source, into=into, author=admin)

    return run


@pytest.fixture
def used(goblet, squat, other, trainer, member, outsider):
    """Two members who logged both, in every way there is, and programs that have both."""
    for person in (member, outsider):
        for days, exercise in ((9, goblet), (6, squat), (3, goblet)):
            started = timezone.now() - timedelta(days=days)
            session = make_session(
                person, exercise=exercise, sets=3, finished=True, started_at=started
            )
            # The second of a superset, of which one set was deleted since.
            session.blocks.update(superset="A")
            second = Block.objects.create(
                session=session, order=2, place=2, exercise=other, superset="A"
            )
            third = Block.objects.create(
                session=session, order=3, place=3, exercise=goblet, superset="A"
            )
            make_set(second, done_at=started)
            make_set(third, reps=5, unit="lb", weight=Decimal("45.5"), done_at=started)
            make_set(third, position=2, deleted_at=started, done_at=started)
    discarded = make_session(member, exercise=goblet, sets=1, finished=True)
    sessions.discard_session(session=discarded)
    # An open one in which the one was swapped for the other.
    opened = make_session(member, exercise=goblet, sets=1, targets=[TARGET] * 3)
    sessions.swap_exercise(block=opened.blocks.get(), exercise=squat)
    plan = make_assignment(trainer, member, exercises=[goblet, other])
    for exercise, lane, weight in ((goblet, "a", 20), (squat, "a", 50), (goblet, "b", 30)):
        lift = {"assignment": plan, "exercise": exercise, "lane": lane}
        LiftState.objects.create(**lift, weight=weight)
        ProgressionEvent.objects.create(**lift, session=opened, after=weight, sentence="+")
    make_program(trainer, exercises=[squat, goblet])
    ExerciseSetup.objects.create(member=member, exercise=goblet, note="Heels up", bar=5)
    NameChoice.objects.create(member=member, name="goblet squat (dumbbell)", exercise=goblet)
    ExerciseSetup.objects.create(member=member, exercise=squat, note="Pin 3")
    ExerciseSetup.objects.create(member=outsider, exercise=goblet, note="Alone", bar=8)
    ExerciseSetup.objects.create(member=outsider, exercise=other, note="Seat 4")
    return opened


def all_rows():
    """Every row of every model that a merge could touch."""
    tables = [model for model, _name in relations()]
    tables += [Exercise, ExerciseAlias, FactsRevision, PrescribedSet]
    return {model: list(model._base_manager.order_by("pk").values()) for model in tables}


def sums(exercises):
    """Of each member: sets, deleted ones, repetitions and volume, whatever was discarded too."""
    rows = SetLog.objects.filter(exercise__in=exercises).order_by("member")
    return list(
        rows.values("member").annotate(
            sets=Count("pk"),
            deleted=Count("deleted_at"),
            repetitions=Sum("reps"),
            volume=Sum(F("reps") * F("weight_kg")),
        )
    )


def without(rows, *names):
    return [{key: row[key] for key in row if key not in names} for row in rows]


@pytest.fixture
def waits(goblet, trainer):
    publish_instructions(exercise=goblet, author=None, **TEXT)
    return submit_proposal(exercise=goblet, author=trainer, **TEXT | {"cues": "Elbows in."})


def test_a_proposal_that_waits_is_closed_and_says_why(waits, goblet, merge):
    merge()
    waits.refresh_from_db()
    assert (waits.status, waits.cues) == ("rejected", "Elbows in.")
    assert waits.reason == "This exercise was merged into Front Squat. Propose it there."
    assert not goblet.revisions.waiting()


@pytest.mark.parametrize("act", ["submit", "draft", "publish"])
def test_a_text_for_the_one_that_is_gone_is_kept_and_not_sent(waits, squat, merge, editor, act):
    merge()
    before = list(InstructionRevision.objects.values())
    typed = TEXT | {"cues": "Mine.", "base": "0", "note": ""}
    answer = editor.post(f"/exercises/goblet/propose/{act}/", typed)
    assert answer.status_code == 422
    assert "Goblet Squat was merged into Front Squat meanwhile" in words(answer)
    assert answer.context["exercise"] == squat
    assert answer.context["form"]["cues"].value() == "Mine."
    assert list(InstructionRevision.objects.values()) == before


@pytest.mark.parametrize("page", ["propose", "facts"])
def test_its_forms_lead_to_the_one_that_stays(squat, merge, editor, page):
    merge()
    assert editor.get(f"/exercises/goblet/{page}/").url == "/exercises/front-squat/"


def test_of_two_working_weights_that_of_the_one_that_stays_holds(used, squat, merge):
    merge()
    for model, weight in ((LiftState, "weight"), (ProgressionEvent, "after")):
        rows = model.objects.order_by("lane").values_list("exercise", "lane", weight)
        assert list(rows) == [(squat.pk, "a", 50), (squat.pk, "b", 30)]


# --- Nothing is lost ---


def test_counts_and_sums_are_the_same_for_everybody(used, goblet, squat, other, merge):
    logged, elsewhere = sums([goblet, squat]), sums([other])
    assert [row["sets"] for row in logged] == [9 + 6 + 2, 9 + 6]
    merge()
    assert sums([squat]) == logged
    assert sums([other]) == elsewhere
    assert sums([goblet]) == []


def test_only_the_exercise_of_a_row_changes(used, goblet, squat, merge):
    before = all_rows()
    merge()
    after = all_rows()
    for model in (Block, SetLog, Prescription):
        assert without(after[model], "exercise_id") == without(before[model], "exercise_id")
        for old, new in zip(before[model], after[model], strict=True):
            moved = old["exercise_id"] == goblet.pk
            assert new["exercise_id"] == (squat.pk if moved else old["exercise_id"])
    assert after[PrescribedSet] == before[PrescribedSet]


def test_no_row_of_another_app_names_it_afterwards(used, goblet, merge):
    assert relations()
    for model, name in relations():
        assert model._base_manager.filter(**{name: goblet}).exists(), f"nothing tries {model}"
    merge()
    for model, name in relations():
        assert not model._base_manager.filter(**{name: goblet}).exists()


def test_every_model_that_names_an_exercise_is_moved():
    """Asked of the models themselves, with nothing of what the merge is made of."""
    relating = {
        (relation.related_model, relation.field.name)
        for relation in Exercise._meta.related_objects
        if relation.related_model._meta.app_label != "exercises"
    }
    assert relating == set(relations())
    assert {model.__name__ for model, _name in relations()} >= {
        "Prescription", "Block", "SetLog", "ExerciseSetup",
    }  # fmt: skip


def unique_fields(model):
    """The fields of every rule that two rows of one exercise could break."""
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint):
            yield {*rule.fields, *(each.name for each in map(named, rule.expressions) if each)}
    yield from map(set, model._meta.unique_together)
    yield from ({field.name} for field in model._meta.fields if field.unique)


def named(expression):
    return next((each for each in expression.flatten() if isinstance(each, F)), None)


def test_a_model_with_one_row_an_exercise_says_what_becomes_of_two():
    resolving = [
        model for model, name in relations() if any(map({name}.__le__, unique_fields(model)))
    ]
    assert ExerciseSetup in resolving
    for model in resolving:
        assert callable(getattr(model, "merge_exercises", None)), model


def test_the_set_ups_of_both_are_joined(used, goblet, squat, member, outsider, merge):
    merge()
    setup = ExerciseSetup.objects.get(member=member, exercise=squat)
    assert (setup.note, setup.bar) == ("Pin 3 / Heels up", 5)
    alone = ExerciseSetup.objects.get(member=outsider, exercise=squat)
    assert (alone.note, alone.bar) == ("Alone", 8)
    assert ExerciseSetup.objects.count() == 3


@pytest.mark.parametrize(
    ("kept", "gone", "joined"),
    [
        ({"bar": 20}, {"bar": 15, "step": 2}, (20, 2, "kg")),
        ({"step": 5}, {"bar": 15, "step": 2}, (15, 5, "kg")),
        ({}, {"bar": 45, "step": 5, "unit": "lb"}, (45, 5, "lb")),
        ({"bar": 20}, {"bar": 45, "step": 5, "unit": "lb"}, (20, None, "kg")),
        ({"bar": 20, "step": 1}, {}, (20, 1, "kg")),
    ],
)
def test_a_bar_and_a_step_that_are_there_stay(goblet, squat, member, merge, kept, gone, joined):
    ExerciseSetup.objects.create(member=member, exercise=squat, note="Same", **kept)
    ExerciseSetup.objects.create(member=member, exercise=goblet, note="Same", **gone)
    merge()
    setup = ExerciseSetup.objects.get()
    assert (setup.bar, setup.step, setup.unit) == joined
    assert setup.note == "Same"


def test_what_moves_is_counted(used, goblet, merge):
    counted = {each.what: each.count for each in what_moves(goblet)}
    assert counted == {
        "prescriptions": Prescription.objects.filter(exercise=goblet).count(),
        "exercises of a session": Block.objects.filter(exercise=goblet).count(),
        "logged sets": SetLog.objects.filter(exercise=goblet).count(),
        "set-ups of exercises": 2,
        "working weights": 2,
        "progression events": 2,
        "choices of exercises": 1,
        "names and aliases": 2,
    }
    assert all(counted.values())
    assert {each.what: each.count for each in merge()} == counted


# --- Names and addresses ---


@pytest.mark.parametrize(
    "name", ["Goblet Squat", "goblet squat", "Dumbbell goblet squat", "Front Squat"]
)
def test_every_name_leads_to_the_one_that_stays(goblet, squat, merge, client, name):
    merge()
    assert exercise_called(name) == squat
    assert client.get("/exercises/names/", {"q": name}).json()["names"] == ["Front Squat"]
    found = client.get("/exercises/", {"q": name}).context["found"].lines
    assert [each.name for each in found] == ["Front Squat"]


def test_the_aliases_of_both_remain(goblet, squat, merge):
    merge()
    assert sorted(squat.aliases.values_list("name", flat=True)) == [
        "Barbell Front Squat",
        "Dumbbell Goblet Squat",
        "Goblet Squat",
    ]
    assert not goblet.aliases.exists()


def test_the_old_address_leads_there(goblet, squat, merge, client):
    merge()
    page = client.get("/exercises/goblet/", follow=True)
    assert page.redirect_chain == [("/exercises/front-squat/", 302)]
    assert "Also called Barbell Front Squat" in words(page)


def test_the_facts_after_a_merge_can_be_saved(goblet, squat, merge, admin):
    """The names that came along are its own."""
    merge()
    now = facts_of(Exercise.objects.get(pk=squat.pk))
    after = Facts(**(now.as_json() | {"staple": True}))
    assert save_facts(exercise=squat, facts=after, author=admin)


def test_the_history_of_both_tells_of_it(goblet, squat, merge, admin, editor):
    before = {each.pk: facts_of(each) for each in (goblet, squat)}
    merge()
    for exercise, note in ((goblet, "Merged into Front Squat"), (squat, "Took over Goblet Squat")):
        rows = exercise.facts_revisions.order_by("pk")
        assert [(row.note, row.author) for row in rows] == [
            ("As the library came", None),
            (note, admin),
        ]
        assert Facts(**rows[0].facts) == before[exercise.pk]
        assert note in words(editor.get(f"/exercises/{exercise.slug}/history/"))
    assert "Goblet Squat" in squat.facts_revisions.newest().facts["aliases"]


def test_old_facts_of_the_one_that_is_gone_do_not_take_the_names_back(goblet, squat, merge, editor):
    merge()
    before = all_rows()
    first = goblet.facts_revisions.order_by("pk").first()
    page = editor.post(f"/exercises/goblet/facts/{first.pk}/restore/", follow=True)
    assert "is a name of Front Squat already." in page.text
    assert all_rows() == before


def test_a_name_is_still_one_exercises(goblet, squat, merge, editor):
    """The row of the merged one keeps its name, which is unique."""
    merge()
    before = all_rows()
    url = "/exercises/front-squat/facts/"
    form = editor.get(url).context["form"]
    data = form.initial | {"name": "Goblet Squat", "aliases": ""}
    page = editor.post(url, {key: value for key, value in data.items() if value is not False})
    assert page.status_code == 422
    assert "is a name of Goblet Squat already." in page.text
    assert all_rows() == before


def test_merged_of_merged(used, goblet, squat, other, merge, client):
    logged = sums([goblet, squat, other])
    merge(goblet, squat)
    merge(squat, other)
    assert sums([other]) == logged
    assert set(Exercise.objects.filter(merged_into=other)) == {goblet, squat}
    for slug in ("goblet", "front-squat"):
        assert client.get(f"/exercises/{slug}/").url == "/exercises/leg-press/"
    for name in ("Goblet Squat", "Front Squat", "Barbell Front Squat"):
        assert exercise_called(name) == other


# --- What is refused, and what happens once ---


def set_of(exercise, **values):
    Exercise.objects.filter(pk=exercise.pk).update(**values)


def test_not_with_itself(used, goblet, merge):
    assert (
        refusal(lambda: merge(goblet, goblet)) == "Choose another exercise: this is the same one."
    )


def test_not_where_a_weight_means_something_else(used, goblet, merge):
    set_of(goblet, load="assisted")
    assert refusal(merge).startswith("A weight means something else there: here “bodyweight, less")


def test_not_one_leg_with_both(used, goblet, merge):
    set_of(goblet, unilateral=True)
    assert refusal(merge).startswith("One is done one leg at a time")


def test_not_into_a_retired_one(used, squat, merge):
    set_of(squat, retired_at=timezone.now())
    assert refusal(merge) == "Front Squat is retired. Bring it back first."


def test_not_what_was_merged_elsewhere(used, goblet, squat, other, merge):
    merge(goblet, other)
    assert refusal(merge) == "Goblet Squat was merged already."
    assert refusal(lambda: merge(squat, goblet)) == "Goblet Squat is retired. Bring it back first."


def refusal(call):
    """The sentence; nothing may have changed."""
    before = all_rows()
    with pytest.raises(CannotMerge) as refused:
        call()
    assert all_rows() == before
    return str(refused.value)


def test_a_retired_one_can_be_merged(used, goblet, squat, merge, admin):
    retire_exercise(exercise=goblet, author=admin)
    since = Exercise.objects.get(pk=goblet.pk).retired_at
    assert merge()
    gone = Exercise.objects.get(pk=goblet.pk)
    assert (gone.merged_into, gone.retired_at) == (squat, since)


def test_sent_twice_it_is_merged_once(used, merge):
    merge()
    before = all_rows()
    assert merge() == []
    assert all_rows() == before


@pytest.mark.parametrize("step", ["_move_names", "note_event"])
def test_a_failure_in_the_middle_changes_nothing(used, merge, monkeypatch, step):
    def fail(*args):
        assert not SetLog.objects.filter(exercise__slug="goblet").exists(), "the logs have moved"
        raise RuntimeError("the power is gone")

    before = all_rows()
    monkeypatch.setattr(merging, step, fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        merge()
    assert all_rows() == before


# --- The page ---


def test_a_preview_changes_nothing(used, goblet, editor):
    before = all_rows()
    page = editor.get(URL, {"into": "front squat"})
    assert page.status_code == 200
    text = words(page)
    assert "Goblet Squat becomes Front Squat" in text
    for each in what_moves(goblet):
        assert f"{each.what}: {each.count}" in text.replace(" :", ":")
    assert editor.get(URL).status_code == 200
    assert all_rows() == before


def test_an_editor_merges_what_was_shown(used, goblet, squat, editor):
    logged = sums([goblet, squat])
    page = editor.get(URL, {"into": "barbell front"})
    assert page.context["into"] == squat
    assert f'name="into" value="{squat.name}"' in page.text
    answer = editor.post(URL, {"into": squat.name}, follow=True)
    assert answer.redirect_chain == [("/exercises/front-squat/", 302)]
    assert "Goblet Squat is now Front Squat, logs and programs included." in answer.text
    assert sums([squat]) == logged
    assert editor.post(URL, {"into": squat.name}).status_code == 302  # sent twice


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "This field is required."),
        ("Unicycle", "There is no exercise called “Unicycle” in the library."),
        ("n" * 81, "at most 80 characters"),
        ("Goblet Squat", "Choose another exercise: this is the same one."),
        ("Dumbbell Goblet Squat", "Choose another exercise: this is the same one."),
        ("Old Squat", "Old Squat is retired. Bring it back first."),
        ("Assisted Squat", "A weight means something else there"),
        ("Split Squat", "One is done one leg at a time, the other is not."),
        ("<script>alert(1)</script>", "There is no exercise called"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_names_get_a_sentence(used, editor, name, sentence, method):
    ExerciseFactory(name="Old Squat", retired_at=timezone.now())
    ExerciseFactory(name="Assisted Squat", load="assisted")
    ExerciseFactory(name="Split Squat", unilateral=True)
    before = all_rows()
    page = getattr(editor, method)(URL, {"into": name})
    assert page.status_code == 422
    assert sentence in words(page)
    assert page.context["form"]["into"].value() == name
    assert "becomes" not in words(page)
    assert "<script>alert" not in page.text
    assert all_rows() == before


def test_a_guess_is_shown_and_never_merged(used, squat, editor):
    """Between the preview and the button its name may have become another's, or nobody's."""
    assert editor.get(URL, {"into": "front"}).context["into"] == squat
    before = all_rows()
    page = editor.post(URL, {"into": "front"})
    assert page.status_code == 422
    assert "There is no exercise called “front”" in words(page)
    assert all_rows() == before


def test_only_editors_merge(used, squat, member, trainer, signed_in):
    before = all_rows()
    answer = Client().post(URL, {"into": squat.name})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    for person in (member, trainer):
        assert signed_in(person).get(URL, {"into": squat.name}).status_code == 403
        assert signed_in(person).post(URL, {"into": squat.name}).status_code == 403
    assert all_rows() == before


def test_wrong_methods_and_addresses(used, squat, editor):
    before = all_rows()
    for method in (editor.put, editor.patch, editor.delete):
        assert method(URL).status_code == 405
    assert editor.post("/exercises/nothing/merge/", {"into": squat.name}).status_code == 404
    assert all_rows() == before


# --- What members see ---


def test_the_pages_of_a_member_show_the_new_name(used, member, merge, signed_in):
    client = signed_in(member)
    merge()
    past = member.workout_sessions.live().exclude(pk=used.pk)
    urls = ["/", "/programs/mine/", "/sessions/", f"/sessions/{used.uuid}/"]
    urls += [f"/sessions/{session.uuid}/" for session in past]
    for url in urls:
        page = client.get(url)
        assert page.status_code == 200
        assert "Goblet Squat" not in words(page)
    assert "Front Squat" in words(client.get(f"/sessions/{used.uuid}/"))


def test_last_time_and_records_follow(goblet, squat, member, merge, signed_in):
    past = make_session(
        member,
        exercise=goblet,
        finished=True,
        started_at=timezone.now() - timedelta(days=3),
    )
    make_set(past.blocks.get(), weight=Decimal("72.5"), reps=6, done_at=past.started_at)
    session = make_session(member, exercise=squat, targets=[TARGET | {"weight": None}])
    client = signed_in(member)
    url = f"/sessions/{session.uuid}/"
    assert "72.5" not in words(client.get(url))
    merge()
    assert "last time 72.5" in words(client.get(url))
    make_set(session.blocks.get(), weight=Decimal(80), reps=6)
    sessions.finish_session(session=session, rpe=None, note="")
    assert "Heaviest: 80 kg × 6 (before: 72.5 kg" in words(client.get(url))


def test_a_trainer_sees_the_new_name_in_the_program(used, trainer, merge, signed_in):
    merge()
    client = signed_in(trainer)
    for program in trainer.programs.all():
        page = words(client.get(f"/programs/{program.pk}/"))
        assert "Goblet Squat" not in page
        assert "Front Squat" in page


def test_a_phone_sends_a_set_of_the_old_exercise_afterwards(
    goblet,
    squat,
    member,
    merge,
    signed_in,
    typed,
):
    """It had no signal, and its page still names the exercise as it was."""
    session = make_session(member, exercise=goblet)
    data = typed(session, reps="7")
    assert data["exercise"] == "goblet"
    merge()
    client, url = signed_in(member), f"/sessions/{session.uuid}/sets/"
    for _time in range(2):
        assert client.post(url, data, headers=from_phone(member)).status_code == 200
    log = SetLog.objects.get()
    assert (log.exercise, log.reps) == (squat, 7)
    assert client.post(url, data | {"reps": "8"}).status_code == 302  # without the outbox
    assert SetLog.objects.get().reps == 8


def test_also_after_two_merges(goblet, squat, other, member, merge, signed_in, typed):
    session = make_session(member, exercise=goblet)
    data = typed(session)
    merge(goblet, squat)
    merge(squat, other)
    url = f"/sessions/{session.uuid}/sets/"
    assert signed_in(member).post(url, data, headers=from_phone(member)).status_code == 200
    assert SetLog.objects.get().exercise == other


def test_a_set_of_a_third_exercise_is_still_refused(
    goblet,
    squat,
    other,
    member,
    merge,
    signed_in,
    typed,
):
    session = make_session(member, exercise=goblet)
    merge()
    data = typed(session, exercise="leg-press")
    url = f"/sessions/{session.uuid}/sets/"
    answer = signed_in(member).post(url, data, headers=from_phone(member))
    assert answer.status_code == 422
    assert "This exercise is not at this place of the session." in words(answer)
    assert not SetLog.objects.exists()


def test_an_old_page_swaps_to_what_it_is_now(goblet, squat, other, member, merge, signed_in):
    session = make_session(member, exercise=other)
    merge()
    url = f"/sessions/{session.uuid}/exercises/1/swap/"
    assert signed_in(member).post(url, {"exercise": "goblet"}).status_code == 302
    assert [block.exercise for block in session.blocks.live()] == [squat]


def test_a_trainers_old_page_writes_what_it_is_now(goblet, squat, trainer, merge, signed_in):
    program = make_program(trainer, exercises=[goblet])
    merge()
    data = {
        "title": "Heavy",
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 1,
        "rows-0-exercise": "Goblet Squat",
        "rows-0-sets": "5x5",
    }
    answer = signed_in(trainer).post(f"/programs/{program.pk}/week/1/day/1/", data)
    assert answer.status_code == 302
    assert not Prescription.objects.filter(exercise=goblet).exists()


# --- At the same moment ---


def in_a_thread(thread, call):
    def run():
        try:
            return call()
        finally:
            connection.close()

    return thread.submit(run)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times_before", [0, 6])  # a statement may be prepared after some times
def test_a_set_that_is_logged_meanwhile_waits_and_names_the_new_one(
    goblet,
    squat,
    admin,
    member,
    signed_in,
    typed,
    times_before,
):
    session = make_session(member, exercise=goblet)
    client, url = signed_in(member), f"/sessions/{session.uuid}/sets/"

    def log():
        for position in range(1, times_before + 1):
            client.post(url, typed(session, position=position))
        ready.set()
        go.wait(10)
        return client.post(url, typed(session, position=50), headers=from_phone(member))

    ready, go = Event(), Event()
    with ThreadPoolExecutor(1) as thread:
        post = in_a_thread(thread, log)
        assert ready.wait(10)
        with transaction.atomic():
            merge_exercises(source=goblet, into=squat, author=admin)
            go.set()
            wait_for_a_waiting_connection()
            assert not post.done()
        assert post.result().status_code == 200
    assert set(SetLog.objects.values_list("exercise__slug", flat=True)) == {"front-squat"}
    assert SetLog.objects.count() == times_before + 1


@pytest.mark.django_db(transaction=True)
def test_a_set_that_is_being_written_is_waited_for(goblet, squat, admin, member):
    session = make_session(member, exercise=goblet)
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            make_set(session.blocks.get())
            run = in_a_thread(
                thread, lambda: merge_exercises(source=goblet, into=squat, author=admin)
            )
            wait_for_a_waiting_connection()
            assert not run.done()
        run.result()
    assert SetLog.objects.get().exercise == squat


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_is_refused(goblet, squat, other, admin):
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            merge_exercises(source=goblet, into=squat, author=admin)
            run = in_a_thread(
                thread, lambda: merge_exercises(source=goblet, into=other, author=admin)
            )
            wait_for_a_waiting_connection()
        with pytest.raises(CannotMerge):
            run.result()
    assert Exercise.objects.get(pk=goblet.pk).merged_into == squat


@pytest.mark.django_db(transaction=True)
def test_who_cannot_get_through_is_told(goblet, squat, admin, member, editor, monkeypatch):
    """A transaction that writes sets and does not end."""
    monkeypatch.setattr(merging, "PATIENCE", "50ms")
    session = make_session(member, exercise=goblet)
    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        make_set(session.blocks.get())
        post = in_a_thread(thread, lambda: editor.post(URL, {"into": squat.name}))
        page = post.result()
    assert page.status_code == 422
    assert "Others are writing just now. Try it again." in words(page)
    assert Exercise.objects.get(pk=goblet.pk).merged_into is None
