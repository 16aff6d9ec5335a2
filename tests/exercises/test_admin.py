"""/admin/exercises/exercise/: facts and instructions are written into the history"""

import pytest

from exercises.admin.forms import TEXTS as TEXT_FIELDS
from exercises.facts import facts_of
from exercises.models import (
    Equipment,
    Exercise,
    FactsRevision,
    InstructionRevision,
    Muscle,
    MuscleWork,
)
from exercises.services import merge_exercises, retire_exercise
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
# What a browser sends of the lists that nobody touched, and what is chosen.
NEW = {
    "kind": "exercise",
    "mechanics": "compound",
    "load": "external",
    "primary": ["soleus"],
    "equipment": ["machine"],
}
ADD = "/admin/exercises/exercise/add/"
LIST = "/admin/exercises/exercise/"


@pytest.fixture
def exercise(db):
    exercise = ExerciseFactory(slug="leg-extension", name="Leg Extension")
    exercise.equipment.create(slug="machine", name="Machine")
    exercise.aliases.create(name="Knee Extension")
    Muscle.objects.create(slug="soleus", name="Soleus", group="calves", side="back")
    InstructionRevision.objects.create(exercise=exercise, **TEXTS)
    return exercise


@pytest.fixture
def editor(admin, signed_in):
    return signed_in(admin)


def url_of(exercise):
    return f"/admin/exercises/exercise/{exercise.pk}/change/"


def opened(client, url):
    """What the browser would send if nothing was changed."""
    return as_shown([client.get(url).context["adminform"].form])


def stored(exercise):
    """Everything that a form of the admin could have written."""
    exercise = Exercise.objects.get(pk=exercise.pk)
    return (
        exercise.slug,
        facts_of(exercise),
        list(exercise.revisions.values_list()),
        list(exercise.facts_revisions.values_list()),
    )


def texts_of(revision):
    return {name: getattr(revision, name) for name in TEXT_FIELDS}


def test_what_is_saved_is_on_the_page_at_once(exercise, admin, editor, client):
    data = opened(editor, url_of(exercise)) | {
        "movement": "Extend both knees.\nPause.",
        "note": "Clearer",
    }
    assert editor.post(url_of(exercise), data).status_code == 302

    page = client.get("/exercises/leg-extension/").text
    assert "<li>Extend both knees.</li><li>Pause.</li>" in page
    assert "Straighten the knees." not in page
    new, old = exercise.revisions.all()
    assert texts_of(new) == TEXTS | {"movement": "Extend both knees.\nPause."}
    assert (new.author, new.note) == (admin, "Clearer")
    assert texts_of(old) == TEXTS, "the former text is kept"
    assert not exercise.facts_revisions.exists(), "the facts stayed as they were"


def test_facts_are_saved_with_their_history(exercise, admin, editor):
    before = facts_of(exercise).as_json()
    data = opened(editor, url_of(exercise)) | {
        "name": "Knee Straightening",
        "kind": "warm_up",
        "unilateral": "on",
        "primary": ["soleus"],
        "secondary": ["vastus_lateralis"],
        "aliases": "Quad Machine\r\nLeg Extension",
        "note": "Renamed",
    }
    assert editor.post(url_of(exercise), data).status_code == 302

    exercise = Exercise.objects.get(pk=exercise.pk)
    after = facts_of(exercise)
    assert (after.name, after.kind, after.unilateral) == ("Knee Straightening", "warm_up", True)
    assert (after.primary, after.secondary) == (["soleus"], ["vastus_lateralis"])
    assert after.aliases == ["Leg Extension", "Quad Machine"]
    assert after.equipment == ["machine"]
    assert exercise.slug == "leg-extension"
    new, old = exercise.facts_revisions.all()
    assert (new.facts, new.author, new.note) == (after.as_json(), admin, "Renamed")
    assert old.facts == before
    assert [texts_of(each) for each in exercise.revisions.all()] == [TEXTS]


def test_saving_without_a_change_adds_no_revision(exercise, editor):
    before = stored(exercise)
    # A browser sends line ends as CR LF.
    data = opened(editor, url_of(exercise))
    data |= {"movement": TEXTS["movement"].replace("\n", "\r\n")}
    assert editor.post(url_of(exercise), data).status_code == 302
    assert stored(exercise) == before


@pytest.mark.parametrize(
    ("field", "bad", "sentence"),
    [
        ("setup", "", "This field is required."),
        ("movement", "", "This field is required."),
        ("rest_seconds", "901", "less than or equal to 900"),
        ("tempo", "2" * 21, "at most 20 characters"),
        ("tempo", "quick", "Write a tempo"),
        ("cues", "\n".join("abcdefghi"), "At most 8 steps"),
        ("name", "", "This field is required."),
        ("name", "x\0y", "Null characters are not allowed."),
        ("primary", [], "Choose at least one primary muscle."),
        ("secondary", ["vastus_lateralis"], "cannot be primary and secondary"),
        ("primary", ["wings"], "Select a valid choice."),
        ("equipment", [], "Choose the equipment"),
        ("kind", "dance", "Select a valid choice."),
        ("name", "Sissy Squat", "is a name of"),
        ("aliases", "sissy squat", "is a name of"),
        ("aliases", "quád machine", "is a name of"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(exercise, editor, field, bad, sentence):
    ExerciseFactory(name="Sissy Squat").aliases.create(name="Quad Machine")
    before = stored(exercise)
    data = opened(editor, url_of(exercise)) | {"erratum": "Typed just now.", field: bad}
    page = editor.post(url_of(exercise), data)
    assert page.status_code == 422
    errors = page.context["adminform"].form.errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]
    assert "Typed just now." in page.text
    assert stored(exercise) == before


def test_an_address_is_not_changed(exercise, editor):
    data = opened(editor, url_of(exercise)) | {"slug": "other", "retired_at": "2026-01-01"}
    assert editor.post(url_of(exercise), data).status_code == 302
    exercise.refresh_from_db()
    assert (exercise.slug, exercise.retired_at) == ("leg-extension", None)


def test_what_somebody_else_saved_is_not_written_over(exercise, editor):
    ours = opened(editor, url_of(exercise))
    for change in ({"cues": "Theirs."}, {"name": "Theirs"}):
        theirs = opened(editor, url_of(exercise)) | change
        assert editor.post(url_of(exercise), theirs).status_code == 302
        before = stored(exercise)
        page = editor.post(url_of(exercise), ours | {"name": "Ours", "cues": "Ours."})
        assert page.status_code == 422
        assert "Somebody else saved this exercise meanwhile." in page.text
        assert stored(exercise) == before


def test_a_new_exercise_with_and_without_instructions(exercise, admin, editor):
    facts = opened(editor, ADD) | NEW
    bare = facts | {"slug": "bare", "name": "Bare"}
    assert editor.post(ADD, bare).status_code == 302
    assert editor.post(ADD, facts | TEXTS | {"slug": "told", "name": "Told"}).status_code == 302
    assert not Exercise.objects.get(slug="bare").revisions.exists()
    told = Exercise.objects.get(slug="told")
    assert texts_of(told.revisions.get()) == TEXTS
    assert told.revisions.get().author == told.facts_revisions.get().author == admin
    assert MuscleWork.objects.filter(exercise=told, share=1).exists()


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("slug", "leg-extension"),
        ("slug", "two words"),
        ("slug", "proposals"),
        ("slug", ""),
        ("name", "Leg extension"),
        ("movement", "Half a text"),
    ],
)
def test_a_new_exercise_that_cannot_be(exercise, editor, field, bad):
    count = Exercise.objects.count()
    data = opened(editor, ADD) | NEW
    page = editor.post(ADD, data | {"slug": "new-one", "name": "New One"} | {field: bad})
    assert page.status_code == 422
    expected = "setup" if field == "movement" else field
    assert list(page.context["adminform"].form.errors) == [expected]
    assert Exercise.objects.count() == count
    assert not FactsRevision.objects.exists()


def test_the_form_shows_the_stored_facts(exercise, editor):
    form = editor.get(url_of(exercise)).context["adminform"].form
    assert form["primary"].value() == ["vastus_lateralis"]
    assert form["aliases"].value() == "Knee Extension"
    exercise.muscle_work.update(share=0.5)
    form = editor.get(url_of(exercise)).context["adminform"].form
    assert form["secondary"].value() == ["vastus_lateralis"]


def test_an_exercise_is_never_deleted(exercise, editor, member):
    make_session(member, exercise=exercise, sets=1)
    page = editor.post(url_of(exercise).replace("change", "delete"), {"post": "yes"})
    assert page.status_code == 403
    action = {"action": "delete_selected", "_selected_action": [exercise.pk], "post": "yes"}
    editor.post(LIST, action)
    assert Exercise.objects.filter(pk=exercise.pk).exists()
    assert "View on site" in editor.get(url_of(exercise)).text


@pytest.mark.parametrize("model", [Muscle, Equipment])
def test_what_an_exercise_uses_is_not_deleted(exercise, editor, model):
    used = model.objects.get(slug={Muscle: "vastus_lateralis", Equipment: "machine"}[model])
    other = model.objects.create(slug="spare", name="Spare")
    base = f"/admin/exercises/{model._meta.model_name}/"
    page = editor.get(f"{base}{used.pk}/delete/")
    assert "Leg Extension" in page.text
    editor.post(f"{base}{used.pk}/delete/", {"post": "yes"})
    both = {"action": "delete_selected", "_selected_action": [used.pk, other.pk], "post": "yes"}
    assert editor.post(base, both).status_code == 200
    assert model.objects.filter(pk__in=[used.pk, other.pk]).count() == 2
    assert editor.post(f"{base}{other.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(model.objects.filter(pk__in=[used.pk, other.pk])) == [used]
    assert used.slug in facts_of(exercise).primary + facts_of(exercise).equipment


def test_the_list_says_what_is_in_use(exercise, editor, admin):
    retired, merged = ExerciseFactory(name="Retired one"), ExerciseFactory(name="Merged one")
    retire_exercise(exercise=retired, author=admin)
    merge_exercises(source=merged, into=exercise, author=admin)
    for state, expected in (("in_use", exercise), ("retired", retired), ("merged", merged)):
        page = editor.get(f"{LIST}?state={state}")
        assert list(page.context["cl"].result_list) == [expected]
    assert "merged into Leg Extension" in editor.get(LIST).text


@pytest.mark.parametrize("words", ["leg ext", "KNEE extension", "éxtension leg"])
def test_the_search_knows_aliases_and_accents(exercise, editor, words):
    ExerciseFactory(name="Sissy Squat")
    page = editor.get(LIST, {"q": words})
    assert list(page.context["cl"].result_list) == [exercise]
