"""What a search finds: by words, by typos, by filters; a page at a time."""

from __future__ import annotations

import factory
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from exercises.forms import SeveralExercises, exercise_called
from exercises.models import Exercise, ExerciseAlias
from exercises.search import NEAREST, PAGE, search
from exercises.services import load_library
from tests.factories import ExerciseFactory

URL = "/exercises/"
MORE = "q=zebra&page=2"


@pytest.fixture(scope="module")
def library_of_module(django_db_setup, django_db_blocker):
    """Loaded once, and undone after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_library()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def library(library_of_module, db):
    pass


def names(found):
    return [card.name for card in found.lines]


class TestWords:
    """The column that is searched follows the names, whoever writes them (migration 0003)."""

    @pytest.fixture
    def squat(self, db):
        return ExerciseFactory(name="Back Squat")

    def words(self, exercise):
        return Exercise.objects.values_list("words", flat=True).get(pk=exercise.pk)

    def test_a_new_exercise(self, squat):
        assert self.words(squat) == "\nback squat\n"

    def test_a_new_name(self, squat):
        Exercise.objects.filter(pk=squat.pk).update(name="Kniebeuge Überkopf")
        assert self.words(squat) == "\nkniebeuge uberkopf\n"

    def test_aliases_come_move_and_go(self, squat):
        other = ExerciseFactory(name="Other")
        ExerciseAlias.objects.bulk_create(
            [ExerciseAlias(exercise=squat, name=name) for name in ("High-Bar", "Low-Bar")]
        )
        assert self.words(squat) == "\nback squat\nhigh-bar\nlow-bar\n"
        squat.aliases.filter(name="High-Bar").update(exercise=other)
        assert (self.words(squat), self.words(other)) == (
            "\nback squat\nlow-bar\n",
            "\nother\nhigh-bar\n",
        )
        ExerciseAlias.objects.all().delete()
        assert (self.words(squat), self.words(other)) == ("\nback squat\n", "\nother\n")

    def test_an_old_copy_that_is_saved_changes_nothing(self, squat):
        old = Exercise.objects.get(pk=squat.pk)
        squat.aliases.create(name="High-Bar")
        old.erratum = "Something."
        old.save()
        assert self.words(squat) == "\nback squat\nhigh-bar\n"

    def test_a_part_of_a_name_is_not_the_name(self, squat):
        squat.aliases.create(name="High-Bar")
        with pytest.raises(ValidationError):
            exercise_called("xyz")
        ExerciseFactory(name="Back Squat Hold")
        assert exercise_called(" back  SQUAT ") == squat
        with pytest.raises(SeveralExercises):
            exercise_called("back")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hamstirng stretch", "Hamstring Stretch on Bench"),
        ("sqaut", "Barbell Back Squat"),
        ("bulgarain", "Bulgarian Split Squat"),
        ("calf rase", "Seated Calf Raise"),
        ("leg extention", "Leg Extension"),
        ("nordik", "Nordic Hamstring Curl"),
    ],
)
def test_a_typo_is_forgiven(library, typed, first):
    found = search({"q": typed})
    assert found.is_near
    assert found.beyond is None
    word = first.split()[-1] if typed in ("sqaut", "calf rase") else first
    assert any(word in name for name in names(found))
    assert 1 <= found.count == len(found.shown) <= NEAREST


def test_a_plural_finds_what_its_singular_finds(library):
    assert names(search({"q": "squats"})) == names(search({"q": "squat"}))
    assert names(search({"q": "leg curls"}))[:2] == names(search({"q": "leg curl"}))[:2]


def test_of_equally_near_names_the_staples_come_first(library):
    shown = [card.slug for card in search({"q": "sqaut"}).shown]
    staples = Exercise.objects.filter(staple=True).values_list("slug", flat=True)
    are = [slug in staples for slug in shown]
    assert are == sorted(are, reverse=True)
    assert "back-squat" in shown[: sum(are)]


def test_muscles_are_found_by_name(library):
    page = Client().get(URL, {"q": "gastrocnemius"}).text
    assert 'href="/exercises/?muscle=gastrocnemius_medial"' in page
    assert 'href="/exercises/?muscle=quadriceps"' in Client().get(URL, {"q": "quads"}).text
    assert "Trained muscles:" not in Client().get(URL, {"q": "squat"}).text


@pytest.mark.parametrize(
    ("slug", "closest"),
    [
        ("barbell-hip-thrust", {"hip-thrust-machine", "barbell-glute-bridge"}),
        ("leg-press-45", {"horizontal-leg-press", "single-leg-press"}),
    ],
)
def test_alternatives_are_the_closest_first(library, slug, closest):
    exercise = Exercise.objects.get(slug=slug)
    like = list(Exercise.objects.like(exercise.pk).values_list("slug", flat=True)[:6])
    assert closest <= set(like), like


def test_an_alias_is_found_like_the_name(library):
    assert names(search({"q": "high-bar squat"})) == ["Barbell Back Squat"]
    assert names(search({"q": "high-bra sqaut"}))[0] == "Barbell Back Squat"


def test_what_is_called_so_comes_first_then_the_staples(library):
    found = names(search({"q": "leg curl"}))
    assert set(found[:2]) == {"Seated Leg Curl", "Lying Leg Curl"}
    ExerciseFactory(name="Leg Curl")
    assert names(search({"q": "LEG  curl"}))[0] == "Leg Curl"


def test_accents_are_the_same_letters(db):
    ExerciseFactory(name="Développé des jambes")
    assert names(search({"q": "developpe"})) == ["Développé des jambes"]
    assert names(search({"q": "DÉVELOPPE"})) == ["Développé des jambes"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "100%", "a_b", "\\%"])
def test_signs_of_the_database_are_only_signs(db, typed):
    ExerciseFactory(name="Squat")
    named = ExerciseFactory(name=f"Press {typed} x").name
    assert names(search({"q": typed})) == [named]


@pytest.mark.parametrize(
    "typed", ["squat", "SQUAT back", "leg press", "rdl", "%", "one_leg", "\\", "é", "a b c d e f g"]
)
def test_pickers_find_what_the_list_finds(library, typed):
    ExerciseFactory(name="50% Pressé one_leg \\ thing")
    picker = Exercise.objects.in_use().named(typed).best_first(typed)
    found = search({"q": typed})
    if picker:
        assert names(found) == [exercise.name for exercise in picker[:PAGE]]
        assert found.count == len(picker)
    else:
        near = Exercise.objects.in_use().nearest(typed, NEAREST)
        assert {e.name for e in near} == (set(names(found)) if found.is_near else set())


def test_a_muscle_shows_first_what_trains_it_most(library):
    found = search({"muscle": "rectus_femoris"})
    shares = [
        Exercise.objects.get(slug=card.slug).muscle_work.get(muscle__slug="rectus_femoris").share
        for card in found.shown
    ]
    assert shares == sorted(shares, reverse=True)
    assert set(shares) == {1.0, 0.5}


def test_a_group_is_what_trains_it_as_its_aim(library):
    slugs = {card.slug for card in search({"muscle": "calves", "kind": "exercise"}).shown}
    assert {"seated-calf-raise", "standing-calf-raise-machine"} <= slugs
    assert "back-squat" not in slugs  # the soleus helps it only


def test_all_filters_at_once(library):
    chosen = {"equipment": "dumbbell", "mechanics": "compound", "legs": "one", "kind": "exercise"}
    found = search(chosen | {"muscle": "quadriceps"})
    exercises = Exercise.objects.filter(slug__in=[card.slug for card in found.shown])
    assert found.count == len(exercises) >= 3
    for exercise in exercises:
        assert exercise.unilateral
        assert exercise.mechanics == "compound"
        assert exercise.equipment.filter(slug="dumbbell").exists()


def test_without_equipment(library):
    found = search({"equipment": "bodyweight", "kind": "exercise"})
    assert {"bodyweight-squat", "wall-sit"} <= {card.slug for card in found.shown}
    assert {tuple(card.needs) for card in found.shown} == {("No equipment",)}


def test_nothing_found_proposes_what_the_other_filters_hide(library):
    hidden = search({"q": "squat", "muscle": "tibialis_anterior"})
    assert (hidden.count, hidden.is_near) == (0, False)
    assert names(hidden) == names(search({"q": "squat"}))[:NEAREST]
    misspelt = search({"q": "bulgarain", "muscle": "tibialis_anterior"})
    assert (misspelt.count, misspelt.is_near) == (0, False)
    assert names(misspelt)[0] == "Bulgarian Split Squat"


def test_what_is_nothing_like_any_name_proposes_nothing(library):
    found = search({"q": "zzzzqqqq"})
    assert (found.count, found.is_near, found.beyond) == (0, False, [])


def test_mechanics(library):
    found = search({"mechanics": "isolation", "kind": "exercise"})
    fit = Exercise.objects.in_use().filter(mechanics="isolation", kind="exercise")
    assert found.count == fit.count()
    assert {card.slug for card in found.shown} <= set(fit.values_list("slug", flat=True))


def test_a_card_names_what_is_trained_as_the_aim(library):
    card = search({"q": "back squat"}).shown[0]
    assert card.trains == [
        "Adductor magnus",
        "Gluteus maximus",
        "Vastus intermedius",
        "Vastus lateralis",
        "Vastus medialis",
    ]
    assert (card.slug, card.kind, card.needs) == ("back-squat", "exercise", ["Barbell"])


def test_a_misspelt_name_is_asked_about_where_one_is_picked(library):
    with pytest.raises(SeveralExercises) as question:
        exercise_called("bulgarain")
    assert question.value.names[0] == "Bulgarian Split Squat"
    with pytest.raises(ValidationError, match="There is no exercise called"):
        exercise_called("zzzzqqqq")


@pytest.mark.parametrize(
    ("rows", "more"), [(PAGE - 1, ""), (PAGE, ""), (PAGE + 1, "q=zebra&page=2")]
)
def test_show_more_stands_where_there_is_more(db, rows, more):
    ExerciseFactory.create_batch(rows, name=factory.Sequence("Zebra {}".format))
    found = search({"q": "zebra"})
    assert (len(found.shown), found.count, found.more) == (min(rows, PAGE), rows, more)
    if more:
        last = search({"q": "zebra"}, "2")
        assert (len(last.shown), last.count, last.more) == (1, rows, "")


def test_the_page_says_what_it_proposes(library):
    near = Client().get(URL, {"q": "hamstirng"})
    assert "Nothing is called “hamstirng”. These come nearest:" in near.text
    first = near.context["found"].shown[0].slug
    assert f'href="/exercises/{first}/"' in near.text
    assert "hamstring" in Exercise.objects.get(slug=first).words
    nothing = Client().get(URL, {"q": "zzzzqqqq"}).text
    assert "No exercise" in nothing


def test_page_by_page_everything_is_there_once(library):
    slugs, page = [], "1"
    while True:
        found = search({}, page)
        slugs += [card.slug for card in found.shown]
        if not found.more:
            break
        page = found.more.removeprefix("page=")
    assert len(slugs) == len(set(slugs)) == found.count == Exercise.objects.in_use().count()
    assert page == str(-(-found.count // PAGE))


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "99", "9" * 21, "9" * 5000, "١"])
def test_a_page_that_is_not_there_is_the_first(library, page):
    assert search({}, page) == search({})


def test_filters_stay_in_the_address_of_more(library):
    more = search({"kind": "exercise"}).more
    assert more == "kind=exercise&page=2"


def test_retired_exercises_are_not_found(library):
    Exercise.objects.filter(slug="wall-sit").update(retired_at="2026-01-01T00:00Z")
    assert "Wall Sit" not in names(search({"q": "wall sit"}))
    assert "Wall Sit" not in names(search({"q": "wal sti"}))
