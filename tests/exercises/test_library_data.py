"""The exercise library's data files: true to the table, complete, and in our own words."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from exercises.figures import FIGURES
from exercises.models import JOINT_ACTIONS

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "exercises" / "library"
CSV_FILE = ROOT.parent / "shared" / "data" / "leg_exercises.csv"

FACTS = tomllib.loads((LIBRARY / "facts.toml").read_text(encoding="utf-8"))
INSTRUCTIONS = {
    slug: told
    for path in (LIBRARY / "instructions").iterdir()
    for slug, told in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
MUSCLES, EQUIPMENT, EXERCISES = FACTS["muscles"], FACTS["equipment"], FACTS["exercises"]
AROUND = {  # warm-ups and stretches: facts and instructions in one table
    kind: tomllib.loads((LIBRARY / f"{kind}.toml").read_text(encoding="utf-8"))
    for kind in ("warm_ups", "stretches")
}
MOVEMENTS = AROUND["warm_ups"] | AROUND["stretches"]
TOLD = INSTRUCTIONS | MOVEMENTS

GROUPS = {
    "quadriceps",
    "hamstrings",
    "glutes",
    "adductors",
    "hip_flexors",
    "calves",
    "shins",
    "trunk",
}
LOADS = {"external", "bodyweight", "assisted", "reps_only", "time"}
FACT_FIELDS = {
    "name",
    "aliases",
    "equipment",
    "mechanics",
    "unilateral",
    "joint_actions",
    "primary",
    "secondary",
    "load",
}
WITHOUT_A_WEIGHT = {
    "bodyweight",
    "bench",
    "slider",
    "stability_ball",
    "pull_up_bar",
    "plyo_box",
    "band",
}

# How many entries each list of an instruction may have.
LISTS = {"setup": (2, 4), "movement": (3, 6), "cues": (2, 3), "mistakes": (2, 3), "safety": (0, 3)}
REQUIRED = set(LISTS) | {"tempo", "rest_seconds"}
# Done with a swing or a jump, which no tempo describes.
FAST = {"kettlebell-swing", "jump-squat", "box-jump"}

# Words of medicine, and the promises the evidence does not support.
FORBIDDEN = re.compile(
    r"!|\bsafe to train\b"
    r"|\b(?:diagnos|treat|rehab|prevent|cure|heal(?:s|ed|ing)?\b|injur"
    r"|hormon|testosterone|lactic|lactate|metaboli|fat\b|slim|sculpt|tone[ds]?\b|toning|physique)",
    re.IGNORECASE,
)


def strings(instruction):
    """Every text of one instruction, in reading order."""
    texts = [text for field in LISTS for text in instruction.get(field, [])]
    return [*texts, instruction["erratum"]] if "erratum" in instruction else texts


def sentences(text):
    """The sentences of one text, in small letters; each half of a mistake is one."""
    return [part.strip(" .").casefold() for part in re.split(r"(?<=[.?])\s+|:\s+", text)]


@pytest.fixture(scope="module")
def rows():
    if not CSV_FILE.exists():
        pytest.skip(f"the founders' table is not here: {CSV_FILE}")
    with CSV_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


each_exercise = pytest.mark.parametrize("slug", EXERCISES)
each_instruction = pytest.mark.parametrize("slug", INSTRUCTIONS)
each_told = pytest.mark.parametrize("slug", TOLD)


# Facts


def test_the_exercises_are_those_of_the_table_in_its_order(rows):
    assert list(EXERCISES) == [row["slug"] for row in rows]
    assert len(EXERCISES) == 86


def test_every_fact_equals_the_table(rows):
    def several(value):
        return value.split(";") if value else []

    for row in rows:
        expected = {
            "name": row["name"],
            "aliases": several(row["aliases"]),
            "equipment": several(row["equipment"]),
            "mechanics": row["mechanics"],
            "unilateral": {"yes": True, "no": False}[row["unilateral"]],
            "joint_actions": several(row["joint_actions"]),
            "primary": several(row["primary_muscles"]),
            "secondary": several(row["secondary_muscles"]),
        }
        ours = {"load", "staple"}
        stated = {key: it for key, it in EXERCISES[row["slug"]].items() if key not in ours}
        assert stated == expected, row["slug"]


@each_exercise
def test_an_exercise_is_complete_and_names_only_what_exists(slug):
    exercise = EXERCISES[slug]
    assert set(exercise) - {"staple"} == FACT_FIELDS
    assert slug in FIGURES
    assert exercise["primary"], "no primary muscle"
    assert exercise["equipment"], "no equipment"
    assert exercise["joint_actions"], "no joint action"
    assert set(exercise["primary"] + exercise["secondary"]) <= set(MUSCLES)
    assert not set(exercise["primary"]) & set(exercise["secondary"])
    assert set(exercise["equipment"]) <= set(EQUIPMENT)
    assert exercise["mechanics"] in {"compound", "isolation"}
    assert exercise["load"] in LOADS


@each_exercise
def test_the_kind_of_load_fits_the_exercise(slug):
    exercise = EXERCISES[slug]
    carries_a_weight = not WITHOUT_A_WEIGHT & set(exercise["equipment"])
    is_held = any(action.startswith("isometric_") for action in exercise["joint_actions"])
    assert (exercise["load"] == "external") == carries_a_weight
    assert (exercise["load"] == "time") == is_held


def test_muscles_and_equipment_are_well_formed_and_used():
    for slug, muscle in MUSCLES.items():
        assert set(muscle) == {"name", "group", "side"}, slug
        assert muscle["group"] in GROUPS, slug
        assert muscle["side"] in {"front", "back"}, slug
    assert {muscle["group"] for muscle in MUSCLES.values()} == GROUPS
    assert all(set(item) == {"name"} for item in EQUIPMENT.values())
    assert EQUIPMENT["bodyweight"]["name"] == "No equipment"
    used = EXERCISES.values()
    assert set(MUSCLES) == {muscle for one in used for muscle in one["primary"] + one["secondary"]}
    assert set(EQUIPMENT) == {item for one in used for item in one["equipment"]}


@pytest.mark.parametrize(
    "table", [MUSCLES, EQUIPMENT, EXERCISES], ids=["muscles", "equipment", "exercises"]
)
def test_no_two_rows_share_a_name(table):
    names = Counter(row["name"].casefold() for row in table.values())
    assert [name for name, count in names.items() if count > 1] == []


# Instructions


def test_every_exercise_has_instructions():
    assert set(INSTRUCTIONS) == set(EXERCISES)


@pytest.mark.parametrize("kind", AROUND)
def test_there_are_warm_ups_and_stretches(kind):
    assert len(AROUND[kind]) >= 10


@pytest.mark.parametrize("slug", MOVEMENTS)
def test_a_warm_up_or_stretch_is_complete(slug):
    movement = MOVEMENTS[slug]
    assert set(movement) == FACT_FIELDS | REQUIRED
    assert movement["primary"]
    assert set(movement["primary"] + movement["secondary"]) <= set(MUSCLES)
    assert set(movement["equipment"]) <= set(EQUIPMENT)
    assert set(movement["joint_actions"]) <= set(JOINT_ACTIONS)
    assert (movement["tempo"], movement["rest_seconds"]) == ("", 0)
    assert slug in FIGURES
    assert slug not in EXERCISES


def test_a_name_means_one_movement():
    rows = [*EXERCISES.values(), *MOVEMENTS.values()]
    names = Counter(name.casefold() for row in rows for name in (row["name"], *row["aliases"]))
    assert [name for name, count in names.items() if count > 1] == []


@each_told
def test_an_instruction_has_the_required_shape(slug):
    instruction = TOLD[slug]
    assert set(instruction) - {"erratum"} - FACT_FIELDS == REQUIRED
    for field, (fewest, most) in LISTS.items():
        assert fewest <= len(instruction[field]) <= most, field
    for text in strings(instruction):
        assert text == " ".join(text.split()), "one step is one line without stray spaces"
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.endswith("."), text
    for field in LISTS:
        for text in instruction[field]:
            assert len(re.split(r"(?<=[.?])\s+", text)) <= 2, text
    for mistake in instruction["mistakes"]:
        assert mistake.count(": ") == 1, (
            f"says what goes wrong, a colon, what to do instead: {mistake}"
        )


@each_instruction
def test_tempo_and_rest(slug):
    instruction = INSTRUCTIONS[slug]
    if EXERCISES[slug]["load"] == "time" or slug in FAST:
        assert instruction["tempo"] == ""
    else:
        assert re.fullmatch(r"[1-9]-\d-[1-9]-\d", instruction["tempo"])
    assert type(instruction["rest_seconds"]) is int
    assert 30 <= instruction["rest_seconds"] <= 300


@each_told
def test_no_forbidden_word(slug):
    found = {text: match[0] for text in strings(TOLD[slug]) if (match := FORBIDDEN.search(text))}
    assert found == {}


def test_no_sentence_occurs_twice():
    counts = Counter(
        sentence
        for instruction in TOLD.values()
        for text in strings(instruction)
        for sentence in sentences(text)
    )
    assert [sentence for sentence, count in counts.items() if count > 1] == []


# What the article got wrong


def test_the_leg_extension_carries_the_correction():
    erratum = INSTRUCTIONS["leg-extension"]["erratum"]
    assert "Seated Leg Curl" in erratum
    assert "leg extension" in erratum


def test_only_the_two_mixed_up_exercises_carry_an_erratum():
    corrected = {slug for slug, one in INSTRUCTIONS.items() if "erratum" in one}
    assert corrected == {"leg-extension", "seated-leg-curl"}


@pytest.mark.parametrize(
    ("slug", "said", "never"),
    [
        ("leg-extension", r"straighten your knees", r"bend your knees"),
        ("leg-extension", r"front of your lower legs", r"backs? of your lower legs"),
        ("seated-leg-curl", r"bend your knees", r"straighten your knees"),
        ("seated-leg-curl", r"backs of your lower legs", r"front of your lower legs"),
        ("lying-leg-curl", r"bend your knees", r"straighten your knees"),
        ("lying-leg-curl", r"backs of your lower legs", r"front of your lower legs"),
        ("seated-calf-raise", r"balls of your feet, not just the toes", r"on your toes"),
        ("seated-calf-raise", r"mainly the soleus", r"on your toes"),
        ("standing-calf-raise", r"balls of both feet", r"on your toes"),
        (
            "standing-calf-raise",
            r"machine or a Smith machine .* other hand on a rack",
            r"on your toes",
        ),
        ("standing-calf-raise", r"free bar on a raised edge .* fall", r"on your toes"),
        ("standing-calf-raise-machine", r"ball of each foot", r"on your toes"),
    ],
)
def test_the_article_s_movements_are_told_right(slug, said, never):
    body = " ".join(text for field in LISTS for text in INSTRUCTIONS[slug][field])
    assert re.search(said, body, re.IGNORECASE)
    assert not re.search(never, body, re.IGNORECASE)
