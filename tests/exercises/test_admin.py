"""/admin/exercises/exercise/: where an editor keeps the instructions"""

import pytest

from exercises.models import Exercise, InstructionRevision, MuscleWork
from tests.factories import ExerciseFactory, make_session
from tests.forms import as_shown

TEXTS = {
    "setup": "Sit upright.",
    "movement": "Straighten the knees.\nLower slowly.",
    "cues": "Thighs stay down.",
    "mistakes": "Kicking.",
    "safety": "",
    "tempo": "2-0-1-0",
    "rest_seconds": 90,
}


@pytest.fixture
def exercise(db):
    exercise = ExerciseFactory(slug="leg-extension", name="Leg Extension")
    exercise.equipment.create(slug="machine", name="Machine")
    InstructionRevision.objects.create(exercise=exercise, **TEXTS)
    return exercise


def url_of(exercise):
    return f"/admin/exercises/exercise/{exercise.pk}/change/"


def opened(client, url):
    """What the browser would send if nothing was changed."""
    context = client.get(url).context
    formsets = [each.formset for each in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *[each.management_form for each in formsets]]
    return as_shown([*forms, *[form for each in formsets for form in each.forms]])


def texts_of(revision):
    return {name: getattr(revision, name) for name in TEXTS}


def test_what_is_saved_is_on_the_page_at_once(exercise, admin, client, signed_in):
    editor = signed_in(admin)
    data = opened(editor, url_of(exercise)) | {
        "movement": "Extend both knees.\nPause.",
        "revision_note": "Clearer",
    }
    assert editor.post(url_of(exercise), data).status_code == 302

    page = client.get("/exercises/leg-extension/").text
    assert "<li>Extend both knees.</li><li>Pause.</li>" in page
    assert "Straighten the knees." not in page
    new, old = exercise.revisions.all()
    assert texts_of(new) == TEXTS | {"movement": "Extend both knees.\nPause."}
    assert (new.author, new.note) == (admin, "Clearer")
    assert texts_of(old) == TEXTS, "the former text is kept"


def test_saving_without_a_change_adds_no_revision(exercise, admin, signed_in):
    editor = signed_in(admin)
    # A browser sends line ends as CR LF.
    data = opened(editor, url_of(exercise)) | {
        "movement": TEXTS["movement"].replace("\n", "\r\n"),
        "name": "Knee Extension",
    }
    assert editor.post(url_of(exercise), data).status_code == 302
    assert Exercise.objects.get(pk=exercise.pk).name == "Knee Extension"
    assert [texts_of(each) for each in exercise.revisions.all()] == [TEXTS]


@pytest.mark.parametrize("missing", ["setup", "movement"])
def test_half_a_description_is_refused_and_kept(exercise, admin, signed_in, missing):
    editor = signed_in(admin)
    data = opened(editor, url_of(exercise)) | {missing: "", "cues": "Typed just now."}
    page = editor.post(url_of(exercise), data)
    assert page.status_code == 422
    assert "Instructions need a set-up and a movement." in page.text
    assert "Typed just now." in page.text
    assert [texts_of(each) for each in exercise.revisions.all()] == [TEXTS]


@pytest.mark.parametrize(("field", "bad"), [("rest_seconds", "901"), ("tempo", "2" * 21)])
def test_impossible_values_are_refused(exercise, admin, signed_in, field, bad):
    editor = signed_in(admin)
    data = opened(editor, url_of(exercise)) | {field: bad}
    page = editor.post(url_of(exercise), data)
    assert page.status_code == 422
    assert list(page.context["adminform"].form.errors) == [field]
    assert [texts_of(each) for each in exercise.revisions.all()] == [TEXTS]


def test_a_new_exercise_with_and_without_instructions(exercise, admin, signed_in):
    editor = signed_in(admin)
    data = opened(editor, url_of(exercise))
    facts = {name: value for name, value in data.items() if name not in TEXTS}
    facts |= {
        "muscle_work-INITIAL_FORMS": "0",
        "muscle_work-0-id": "",
        "muscle_work-0-exercise": "",
    }
    add = "/admin/exercises/exercise/add/"
    assert editor.post(add, facts | {"slug": "bare", "name": "Bare"}).status_code == 302
    assert editor.post(add, facts | TEXTS | {"slug": "told", "name": "Told"}).status_code == 302
    assert not Exercise.objects.get(slug="bare").revisions.exists()
    assert texts_of(Exercise.objects.get(slug="told").revisions.get()) == TEXTS
    assert MuscleWork.objects.filter(exercise__slug="told", share=1).exists()


def test_the_form_shows_the_stored_shares(exercise, admin, signed_in):
    muscle = exercise.muscles.get()
    exercise.muscle_work.update(share=0.5)
    ExerciseFactory()
    editor = signed_in(admin)
    assert '<option value="0.5" selected>' in editor.get(url_of(exercise)).text
    exercise.muscle_work.update(share=1)
    assert '<option value="1.0" selected>' in editor.get(url_of(exercise)).text
    assert exercise.muscle_work.get().muscle == muscle


def test_an_alias_of_another_exercise_is_refused(exercise, admin, signed_in):
    ExerciseFactory().aliases.create(name="Quad Machine")
    editor = signed_in(admin)
    data = opened(editor, url_of(exercise)) | {
        "aliases-TOTAL_FORMS": "1",
        "aliases-0-name": "quad machine",
        "aliases-0-exercise": exercise.pk,
    }
    page = editor.post(url_of(exercise), data)
    assert page.status_code == 422
    assert not exercise.aliases.exists()
    assert 'value="quad machine"' in page.text


def test_an_exercise_in_use_is_not_deleted(exercise, admin, member, signed_in):
    make_session(member, exercise=exercise, sets=1)
    page = signed_in(admin).post(url_of(exercise).replace("change", "delete"), {"post": "yes"})
    assert page.status_code in (200, 403)
    assert Exercise.objects.filter(pk=exercise.pk).exists()
