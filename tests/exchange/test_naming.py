"""Which exercise a name in another app's file means"""

from __future__ import annotations

import csv
import tomllib
from itertools import permutations
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exchange.models import NameChoice
from exchange.naming import LONGEST, NAMES, is_leg, match_names, name_key, says_leg
from exercises.models import Exercise, Load
from exercises.services import load_library, merge_own, own_exercise
from tests.factories import ExerciseFactory, UserFactory

pytestmark = pytest.mark.django_db

ALL = ("exact", "known", "near")
IMPORTS = Path(__file__).parents[2].parent / "shared/data/imports"
FILES = {
    "strong/comma_10col_2026.csv": ("Exercise Name", ","),
    "strong/android_semicolon_2025.csv": ("Exercise Name", ";"),
    "hevy/kg_supersets.csv": ("exercise_title", ","),
    "fitnotes/kgs_9col_2023_2025.csv": ("Exercise", ","),
}
# Every name of leg work in the real files. None is told as leg work and left to the member.
LEG_WORK = {
    "Barbell Calf Raise": "standing-calf-raise",
    "Barbell Front Squat": "front-squat",
    "Barbell Glute Bridge": "barbell-glute-bridge",
    "Barbell Squat": "back-squat",
    "Bulgarian Split Squat": "bulgarian-split-squat",
    "Calf Press on Seated Leg Press": "leg-press-calf-raise",
    "Deadlift": "conventional-deadlift",
    "Deadlift (Barbell)": "conventional-deadlift",
    "Donkey Calf Raise": "donkey-calf-raise",
    "Glute Kickback (Machine)": "glute-kickback-machine",
    "Glute-Ham Raise": "glute-ham-raise",
    "Goblet Squat": "goblet-squat",
    "Goblet Squat (Kettlebell)": "goblet-squat",
    "Leg Extension (Machine)": "leg-extension",
    "Leg Extension Machine": "leg-extension",
    "Leg Press": "leg-press-45",
    "Leg Press Horizontal (Machine)": "horizontal-leg-press",
    "Lunge (Barbell)": "barbell-forward-lunge",
    "Lying Leg Curl Machine": "lying-leg-curl",
    "Romanian Deadlift": "romanian-deadlift",
    "Seated Leg Curl (Machine)": "seated-leg-curl",
    "Seated Leg Press (Quad Focus)": "horizontal-leg-press",
    "Squat (Barbell)": "back-squat",
    "Squat (Dumbbell)": None,
}


HOW_OTHERS_WRITE_IT = {
    "leg  EXTENSIONS": "leg-extension",
    "Lég Extension": "leg-extension",
    "Barbell Hip Thrust": "barbell-hip-thrust",
    "Hip Thrust (Barbell)": "barbell-hip-thrust",
    "Squat (Smith Machine)": "smith-squat",
    "Hip Abductor (Machine)": "hip-abduction-machine",
    "Leg Curl (Seated)": "seated-leg-curl",
    "SL RDL (DB)": "single-leg-romanian-deadlift",
    "Stiff-Legged Deadlift": "stiff-leg-deadlift",
    "Bulgarian Split Squats (Dumbbells)": "bulgarian-split-squat",
    "Sissy Squat (Weighted)": "sissy-squat",
    "Deadlift (Trap bar)": "trap-bar-deadlift",
    "Hex Bar Deadlift": "trap-bar-deadlift",
    "Standing Calf Raise (Smith)": "smith-calf-raise",
    "Nordic Hamstrings Curls": "nordic-curl",
    "Kniebeuge (Langhantel)": "back-squat",
    "Beinbeuger liegend (Maschine)": "lying-leg-curl",
    "Rumänisches Kreuzheben (Kurzhanteln)": "dumbbell-romanian-deadlift",
    "Sentadilla (Barra)": "back-squat",
    "Gemelos de Pie (máquina)": "standing-calf-raise-machine",
    "Soulevé de Terre Roumain (Barre)": "romanian-deadlift",
    "Cadeira Extensora (Máquina)": "leg-extension",
    "Жим ногами": "leg-press-45",
    "レッグプレス (マシン)": "leg-press-45",
}
SLIPS = {
    "Leg Extention": "leg-extension",
    "Bulgrian Split Sqaut": "bulgarian-split-squat",
    "Hip Trust Barbell": "barbell-hip-thrust",
    "Romanian Deadlift heavy": "romanian-deadlift",
    "Seated Leg Press (quad bias)": "horizontal-leg-press",
    "Leg Extension Technogym": "leg-extension",
}
NOT_CERTAIN = [
    # Another movement with nearly the same words
    *("Bench Press", "Bicep Curl", "Log Press", "Half Press", "Chest Press (Machine)"),
    *("Reverse Curl", "Wrist Extension (Barbell)", "Triceps Extension (Machine)"),
    *("Lateral Raise (Cable)", "Front Raise (Barbell)", "Seated Row (Machine)", "Calf Curl"),
    *("Triceps Kickback (Cable)", "Back Extension (Machine)", "Leg Bench Press", "Press"),
    *("Hack Squat (Barbell)", "Squat (Machine)", "Overhead Squat (Barbell)", "Curl", "Raise"),
    *("Assisted Pistol Squats", "Single Leg Hip Thrust", "Leg Extension (Cable)"),
    *("Romanian Deadlift (Smith Machine)", "Single Leg Romanian Deadlift (Barbell)"),
    # It may be one or the other
    *("Leg Curl", "Leg Curl (Machine)", "Hip Thrust", "Hip Abduction", "Step Up", "Lunge"),
    *("Calf Raise (Machine)", "Standing Calf Raise", "Glute Kickback", "Adduction"),
    # Nothing at all
    *("", "!!!", "Machine", "Barbell", "x" * 300, "腿", "\u0300", "heavy"),
]


@pytest.fixture(scope="module")
def mia(django_db_setup, django_db_blocker):
    """A member, and the whole library, for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_library()
        yield UserFactory(name="Mia Member")
        transaction.set_rollback(True)


def names_in(path):
    column, separator = FILES[path]
    with (IMPORTS / path).open(encoding="utf-8-sig", newline="") as file:
        return {
            row[column]: row.get("Category") or ""
            for row in csv.DictReader(file, delimiter=separator)
        }


def found(member, *names, category=""):
    """{name: (address, how)}"""
    matches = match_names(member, dict.fromkeys(names, category))
    return {
        name: (each.exercise and each.exercise.slug, each.how) for name, each in matches.items()
    }


def slug_of(member, name):
    return found(member, name)[name][0]


# --- The real files ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("with_category", [True, False])
def test_the_names_of_a_real_file(mia, path, with_category):
    names = names_in(path)
    assert len(names) > 10
    matches = match_names(mia, names if with_category else dict.fromkeys(names, ""))
    legs = {name for name, match in matches.items() if match.is_leg}
    assert legs == names.keys() & LEG_WORK.keys()
    for name, match in matches.items():
        slug = match.exercise.slug if match.exercise else None
        assert slug == LEG_WORK.get(name), name
        assert match.how in (ALL if slug else ("none",)), name


# --- What is one, and what is not ----------------------------------------------------------------


def test_how_other_apps_write_it(mia):
    matches = found(mia, *HOW_OTHERS_WRITE_IT)
    assert {name: slug for name, (slug, _how) in matches.items()} == HOW_OTHERS_WRITE_IT
    assert {how for _slug, how in matches.values()} == {"exact", "known"}


def test_a_slip_of_the_pen_is_told_as_one(mia):
    assert found(mia, *SLIPS) == {name: (slug, "near") for name, slug in SLIPS.items()}


def test_what_is_not_certain_is_asked(mia):
    assert found(mia, *NOT_CERTAIN) == dict.fromkeys(NOT_CERTAIN, (None, "none"))


def test_a_word_of_the_library_is_never_a_slip_of_another(mia):
    assert slug_of(mia, "Cable Hip Abduction") == "cable-hip-abduction"
    assert slug_of(mia, "Cable Hip Adduction") == "cable-hip-adduction"
    assert slug_of(mia, "Cable Hip Induction") is None
    assert slug_of(mia, "Cable Hip Abduction heavy") == "cable-hip-abduction"
    assert slug_of(mia, "Cable Hip Adduction heavy") == "cable-hip-adduction"


def test_words_that_two_exercises_have_mean_neither(mia):
    ExerciseFactory(name="Zigzag Box Walk", slug="one")
    ExerciseFactory(name="Box Zigzag Walk", slug="other")
    assert slug_of(mia, "zigzag box-walk") == "one"
    assert slug_of(mia, "Walk zigzag box") is None


def test_every_name_of_the_library_means_its_exercise(mia):
    exercises = Exercise.objects.filter(kind="exercise").with_names()
    names = {
        name: exercise.slug
        for exercise in exercises
        for name in (exercise.name, *(alias.name for alias in exercise.aliases.all()))
    }
    assert found(mia, *names) == {name: (slug, "exact") for name, slug in names.items()}


def test_every_name_that_is_known_means_its_exercise(mia):
    known = tomllib.loads(NAMES.read_text("utf-8"))["known"]
    names = [name for these in known.values() for name in these]
    assert sorted(map(name_key, names)) == sorted({name_key(name) for name in names})
    wrong = {
        name: slug
        for slug, these in known.items()
        for name, (there, how) in found(mia, *these).items()
        if there != slug or how not in ("exact", "known")
    }
    assert wrong == {}


def test_other_exercises_are_offered_the_likest_first(mia):
    matches = match_names(mia, {"Leg Curl (Machine)": "", "Squat (Barbell)": "", "Bench Press": ""})
    offered = {name: [each.slug for each in match.alternatives] for name, match in matches.items()}
    assert set(offered["Leg Curl (Machine)"][:2]) == {"lying-leg-curl", "seated-leg-curl"}
    assert "back-squat" not in offered["Squat (Barbell)"]  # that is what it means
    assert offered["Squat (Barbell)"][0] == "front-squat"
    assert offered["Bench Press"] == []
    assert max(map(len, offered.values())) == 5


# --- The member's own ----------------------------------------------------------------------------


def test_a_choice_is_remembered_before_all_else(mia):
    squat = Exercise.objects.get(slug="box-squat")
    NameChoice.objects.create(member=mia, name=name_key("Squat (Barbell)"), exercise=squat)
    NameChoice.objects.create(member=mia, name=name_key("Leg Press"), exercise=None)
    NameChoice.objects.create(member=UserFactory(), name=name_key("Leg Extension"), exercise=squat)
    assert found(mia, "SQUAT [barbell]", "Leg-Press", "Leg Extension") == {
        "SQUAT [barbell]": ("box-squat", "remembered"),
        "Leg-Press": (None, "left_out"),
        "Leg Extension": ("leg-extension", "exact"),
    }
    assert match_names(mia, {"Leg Press": ""})["Leg Press"].is_leg


def test_ones_own_exercise_is_found_by_its_name(mia):
    other = UserFactory()
    own = own_exercise(member=mia, name="Zanzibar machine", load=Load.EXTERNAL)
    press = own_exercise(member=mia, name="Leg Press", load=Load.EXTERNAL)
    assert slug_of(mia, "zanzibar MACHINE") == own.slug
    assert slug_of(mia, "Leg press") == press.slug  # they have it apart from the library's
    assert slug_of(other, "Zanzibar machine") is None
    assert slug_of(other, "Leg press") == "leg-press-45"
    # Only by the whole name: the words in another order may mean something else to them.
    assert slug_of(mia, "machine Zanzibar") is None


def test_ones_own_is_leg_work_where_its_muscles_or_its_name_say_so(mia):
    own_exercise(member=mia, name="Odd one", load=Load.EXTERNAL, groups=["quadriceps"])
    own_exercise(member=mia, name="Odd squat", load=Load.EXTERNAL)
    own_exercise(member=mia, name="Odd row", load=Load.EXTERNAL)
    matches = match_names(mia, dict.fromkeys(("Odd one", "Odd squat", "Odd row"), ""))
    assert [match.is_leg for match in matches.values()] == [True, True, False]


def test_what_became_an_exercise_of_the_library_means_that_one(mia):
    own = own_exercise(member=mia, name="Hamster wheel", load=Load.EXTERNAL)
    merge_own(exercise=own, into=Exercise.objects.get(slug="hack-squat"))
    assert slug_of(mia, "Hamster wheel") == "hack-squat"
    other = ExerciseFactory(slug="stair-squat", name="Stair squat")
    Exercise.objects.filter(pk=other.pk).update(
        retired_at=timezone.now(), merged_into=Exercise.objects.get(slug="back-squat")
    )
    assert slug_of(mia, "Stair squat") == "back-squat"


def test_what_is_retired_is_not_meant(mia):
    Exercise.objects.filter(slug="leg-press-45").update(retired_at=timezone.now())
    assert slug_of(mia, "Leg Press") is None
    assert slug_of(mia, "45-Degree Leg Press") is None


def test_stretches_and_warm_ups_are_not_meant(mia):
    assert slug_of(mia, "Butterfly Stretch") is None
    assert slug_of(mia, "Leg Swings") is None


# --- Leg work ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("Squat (Suspension)", "Curtsy Lunge", "Calf Extension (Machine)", "Hip Circle"),
        *("Deficit Deadlift", "Leg Raise Parallel Bars", "Squat to Row", "Sled Push", "Ham Curl"),
        *("Kniebeugen", "Ausfallschritte", "Sentadillas", "Zancadas", "Fentes", "Affondi"),
        *("Agachamento", "スクワット", "デッドリフト", "硬拉", "Приседания", "Hüftstoß"),
        *("Knäböj", "Martwy ciąg", "Gesäßbrücke", "Box Jump (Weighted)", "Lunge with Bicep Curl"),
    ],
)
def test_leg_work_is_known_by_its_words(name):
    assert says_leg(name) is True


@pytest.mark.parametrize(
    "name",
    [
        *("Bench Press (Leg Up)", "Lat Pulldown", "Pull Up", "Bicep Curl", "Lateral Raise"),
        *("Bankdrücken", "Plank", "Rudern", "Face Pull", "Burpee", "Kettlebell Carry", "", "42"),
        *("Legend Press", "Hipster Row", "Chest-Supported Row", "Lower Back", "Upper Arms"),
    ],
)
def test_other_work_is_not(name):
    assert not says_leg(name)


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        *((each, True) for each in ("Legs", "Beine", "Piernas", "Glutes", "Calves", "Upper Legs")),
        *((each, True) for each in ("Jambes", "Gambe", "Pernas", "Gesäß", "Quads", "Lower Body")),
        *((each, False) for each in ("Chest", "Back", "Rücken", "Lower Back", "Abs", "Shoulders")),
    ],
)
def test_the_files_own_word_says_more_than_the_name(category, expected):
    assert is_leg("Odd machine", category) is expected
    assert is_leg("Lying Leg Raise", category) is expected


def test_a_word_that_says_nothing_leaves_it_to_the_name():
    for category in ("", "Full Body", "Olympic", "Other", "Strength"):
        assert is_leg("Odd lunge", category)
        assert not is_leg("Odd machine", category)


# --- Keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        # These stand in the keys of what came in: they must never change.
        ("Squat (Barbell)", "squat barbell"),
        ("  Seated   Leg-Curl [Machine] ", "seated leg curl machine"),
        ("Rumänisches Kreuzheben", "rumanisches kreuzheben"),
        ("Gesäß", "gesass"),
        ("ELEVAÇÃO PÉLVICA", "elevacao pelvica"),
        ("Жим ногами в тренажёре", "жим ногами в тренажере"),
        ("レッグプレス (マシン)", "レッグプレス マシン"),
        ("Leg Press 45°", "leg press 45"),
        ("½ Squat", "1 2 squat"),
        ("🍑", "🍑"),
        ("\0", ""),
        ("a" * 300, "a" * 200),
    ],
)
def test_keys_stay_as_they_are(name, key):
    assert name_key(name) == key


@given(st.text(max_size=300))
@example("\u1d2cleg")  # a raised A, which is no small letter before it is made plain
@example("\u03d2")
def test_a_key_is_its_own_key(name):
    key = name_key(name)
    assert name_key(key) == key
    assert len(key) <= LONGEST
    assert "\0" not in key
    assert key == key.strip()


@given(st.lists(st.from_regex(r"[A-Za-z0-9]{1,9}", fullmatch=True), min_size=1, max_size=6))
def test_case_and_what_stands_between_words_do_not_matter(words):
    key = name_key(" ".join(words))
    assert key == " ".join(words).lower()
    for between in ("  ", "-", " (", ", ", "/", "\t", "\u00a0"):
        assert name_key(between.join(words).upper()) == key


@settings(max_examples=25)
@given(st.dictionaries(st.text(max_size=40), st.text(max_size=12), max_size=8))
def test_any_names_are_answered(names):
    member = UserFactory.build(pk=0)
    matches = match_names(member, names)
    assert matches.keys() == names.keys()
    for match in matches.values():
        assert (match.exercise is None) == (match.how in ("none", "left_out"))


OTHER = ["Bench", "Chest", "Bicep", "Triceps", "Row", "Pulldown", "Shoulder", "Wrist", "Overhead"]
HEADS = ["Press", "Curl", "Extension", "Raise", "Kickback", "Fly", "Dip", "Pull", "Push"]
MORE = ["(Barbell)", "(Machine)", "(Cable)", "Seated", "Lying", "Incline", "Reverse", "Single Arm"]


def test_no_work_for_the_arms_becomes_leg_work(mia):
    added = [(), *((each,) for each in MORE), *permutations(MORE, 2)]
    names = [" ".join([other, head, *more]) for other in OTHER for head in HEADS for more in added]
    matches = match_names(mia, dict.fromkeys(names, ""))
    assert len(matches) > 5000
    assert [name for name, match in matches.items() if match.is_leg or match.exercise] == []


def test_five_hundred_names_take_the_queries_of_one(mia):
    def queries(names):
        with CaptureQueriesContext(connection) as taken:
            match_names(mia, names)
        return len(taken)

    one = queries({"Squat": ""})
    NameChoice.objects.bulk_create(
        NameChoice(member=mia, name=f"squat {number}", exercise=Exercise.objects.first())
        for number in range(50)
    )
    for number in range(50):
        own_exercise(member=mia, name=f"Own {number}", load=Load.EXTERNAL)
    assert queries({f"Squat {number}": "" for number in range(500)}) == one <= 6
