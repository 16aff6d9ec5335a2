"""/exercises/new/, /exercises/<slug>/facts/, and what is kept of every change of the facts"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from exercises.facts import LABELS, Facts, changes, check_facts, facts_of
from exercises.figures import FIGURES
from exercises.models import (
    JOINT_ACTIONS,
    Equipment,
    Exercise,
    ExerciseAlias,
    FactsRevision,
    Kind,
    Load,
    Mechanics,
    Muscle,
    MuscleWork,
)
from exercises.services import (
    Outdated,
    create_exercise,
    load_library,
    restore_facts,
    save_facts,
)
from tests.factories import ExerciseFactory
from tests.forms import as_shown

MUSCLES = {"vastus_lateralis": "Vastus lateralis", "soleus": "Soleus", "gluteus_maximus": "Glutes"}
PIECES = {"barbell": "Barbell", "machine": "Machine", "none": "No equipment"}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def known(db):
    """The muscles and the equipment that the library knows."""
    for slug, name in MUSCLES.items():
        row = {"name": name, "group": "quadriceps", "side": "front"}
        Muscle.objects.get_or_create(slug=slug, defaults=row)
    for slug, name in PIECES.items():
        Equipment.objects.get_or_create(slug=slug, defaults={"name": name})


@pytest.fixture
def squat(known):
    squat = ExerciseFactory(slug="back-squat", name="Back Squat")
    squat.equipment.add(Equipment.objects.get(slug="barbell"))
    squat.aliases.create(name="Barbell Squat")
    return squat


@pytest.fixture
def press(known):
    press = ExerciseFactory(slug="leg-press", name="Leg Press")
    press.equipment.add(Equipment.objects.get(slug="machine"))
    press.aliases.create(name="Sled Press")
    return press


@pytest.fixture
def editor(admin, signed_in):
    return signed_in(admin)


def fresh(exercise):
    return Exercise.objects.get(pk=exercise.pk)


def stored(exercise):
    return facts_of(fresh(exercise))


def changed(exercise, **facts):
    """The facts as they are, but for `facts`."""
    return Facts(**(stored(exercise).as_json() | facts))


def history(exercise):
    """The revisions from the first on: (note, author, facts)."""
    rows = FactsRevision.objects.filter(exercise=exercise).order_by("pk")
    return [(row.note, row.author, Facts(**row.facts)) for row in rows]


def rows():
    """Every row that the facts are kept in."""
    models = (Exercise, MuscleWork, ExerciseAlias, FactsRevision, Exercise.equipment.through)
    return [list(model.objects.order_by("pk").values()) for model in models]


def url_of(exercise):
    return f"/exercises/{exercise.slug}/facts/"


def opened(client, url):
    """What the browser would send if nothing was changed."""
    return as_shown([client.get(url).context["form"]])


# --- What is saved, and what is kept of it ---


def test_the_first_change_also_keeps_what_was_there_before(squat, admin):
    before = stored(squat)
    after = changed(squat, aliases=["Barbell Squat", "High-bar Squat"], secondary=["soleus"])
    revision = save_facts(exercise=squat, facts=after, author=admin, note="One more name")
    assert stored(squat) == after
    assert history(squat) == [
        ("As the library came", None, before),
        ("One more name", admin, after),
    ]
    assert revision == squat.facts_revisions.newest()


def test_every_later_change_is_one_line_more(squat, admin):
    for name in ("Squat", "The Squat"):
        save_facts(exercise=squat, facts=changed(squat, name=name), author=admin)
    names = [facts.name for _note, _author, facts in history(squat)]
    assert names == ["Back Squat", "Squat", "The Squat"]


def test_what_changes_nothing_writes_nothing(squat, admin):
    before = rows()
    assert save_facts(exercise=squat, facts=stored(squat), author=admin, base=0) is None
    assert rows() == before


def test_rows_that_stay_are_not_written_anew(squat, admin):
    ids = (
        list(squat.muscle_work.values_list("pk", flat=True)),
        list(squat.aliases.values_list("pk", flat=True)),
    )
    more = changed(squat, secondary=["soleus"], aliases=["Barbell Squat", "Squat"])
    save_facts(exercise=squat, facts=more, author=admin)
    assert squat.muscle_work.filter(pk__in=ids[0], share=1).count() == 1
    assert squat.aliases.filter(pk__in=ids[1]).get().name == "Barbell Squat"


def test_a_muscle_changes_its_share(squat, admin):
    turned = changed(squat, primary=["soleus"], secondary=["vastus_lateralis"])
    save_facts(exercise=squat, facts=turned, author=admin)
    shares = dict(squat.muscle_work.values_list("muscle__slug", "share"))
    assert shares == {"soleus": 1, "vastus_lateralis": 0.5}


def test_who_wrote_over_older_facts_is_told_and_nothing_is_lost(squat, admin):
    theirs = save_facts(exercise=squat, facts=changed(squat, name="Squat"), author=admin, base=0)
    before = rows()
    with pytest.raises(Outdated) as told:
        save_facts(exercise=squat, facts=changed(squat, name="Mine"), author=admin, base=0)
    assert told.value.current == theirs
    assert rows() == before
    save_facts(exercise=squat, facts=changed(squat, name="Mine"), author=admin, base=theirs.pk)
    assert [facts.name for _note, _author, facts in history(squat)] == [
        "Back Squat",
        "Squat",
        "Mine",
    ]


@pytest.mark.parametrize("change", ["facts = '{}'", "exercise_id = exercise_id + 1"])
def test_the_database_changes_no_revision(squat, admin, change):
    save_facts(exercise=squat, facts=changed(squat, name="Squat"), author=admin)
    before = rows()
    with pytest.raises(Error, match="only ever added"), transaction.atomic():
        connection.cursor().execute(f"UPDATE exercises_factsrevision SET {change}")
    with pytest.raises(Error, match="only ever added"), transaction.atomic():
        FactsRevision.objects.all().delete()
    assert rows() == before


def test_an_author_who_leaves_takes_no_revision_along(squat, admin):
    save_facts(exercise=squat, facts=changed(squat, name="Squat"), author=admin)
    admin.delete()
    assert [author for _note, author, _facts in history(squat)] == [None, None]


def test_an_exercise_is_added_with_its_first_revision(known, admin):
    facts = Facts(name="Sissy Squat", primary=["soleus"], equipment=["none"], aliases=["Sissy"])
    exercise = create_exercise(slug="sissy-squat", facts=facts, author=admin)
    assert (exercise.slug, stored(exercise)) == ("sissy-squat", facts)
    assert history(exercise) == [("Added", admin, facts)]


def test_nothing_is_added_with_wrong_facts_or_a_taken_address(squat, admin):
    before = rows()
    facts = Facts(name="Sissy Squat", primary=["soleus"], equipment=["none"])
    for slug in ("back-squat", "new", "figures"):
        with pytest.raises(ValidationError) as refused:
            create_exercise(slug=slug, facts=facts, author=admin)
        assert list(refused.value.message_dict) == ["slug"]
    with pytest.raises(ValidationError):
        create_exercise(slug="sissy", facts=Facts(name="Sissy"), author=admin)
    assert rows() == before


def test_old_facts_hold_again_as_a_new_revision(squat, admin):
    before = stored(squat)
    save_facts(exercise=squat, facts=changed(squat, primary=["soleus"], aliases=[]), author=admin)
    first = squat.facts_revisions.order_by("pk").first()
    restore_facts(revision=first, author=admin, note="Again")
    assert stored(squat) == before
    assert [note for note, _author, _facts in history(squat)] == [
        "As the library came",
        "",
        "Again",
    ]
    assert restore_facts(revision=first, author=admin, note="Again") is None


def test_old_facts_whose_name_is_anothers_by_now_do_not_come_back(squat, press, admin):
    save_facts(exercise=squat, facts=changed(squat, aliases=[]), author=admin)
    taken = changed(press, aliases=["barbell squat"])
    save_facts(exercise=press, facts=taken, author=admin)
    before = rows()
    with pytest.raises(ValidationError, match="is a name of Leg Press already"):
        restore_facts(
            revision=squat.facts_revisions.order_by("pk").first(), author=admin, note="Again"
        )
    assert rows() == before


# --- What cannot be ---

GOOD = {"name": "Hack Squat", "primary": ["soleus"], "equipment": ["machine"]}


def problems_of(exercise=None, **facts):
    try:
        check_facts(Facts(**(GOOD | facts)), exercise)
    except ValidationError as refused:
        return refused.message_dict
    return {}


@pytest.mark.parametrize(
    ("field", "facts", "sentence"),
    [
        ("primary", {"primary": []}, "Choose at least one primary muscle."),
        ("secondary", {"secondary": ["soleus"]}, "Soleus cannot be primary and secondary."),
        ("primary", {"primary": ["wings"]}, "The library does not know wings."),
        ("secondary", {"secondary": ["tail", "fin"]}, "The library does not know fin, tail."),
        ("equipment", {"equipment": ["rocket"]}, "The library does not know rocket."),
        ("equipment", {"equipment": []}, "Choose the equipment, or “No equipment”."),
        ("joint_actions", {"joint_actions": ["flying"]}, "The library does not know flying."),
        (
            "joint_actions",
            {"joint_actions": list(JOINT_ACTIONS)},
            "These are too many. Choose those that matter most.",
        ),
        ("name", {"name": " "}, "Give it a name of at most 80 characters."),
        ("name", {"name": "n" * 81}, "Give it a name of at most 80 characters."),
        ("name", {"name": "LEG  press"}, "“LEG press” is a name of Leg Press already."),
        ("name", {"name": "slèd préss"}, "“slèd préss” is a name of Leg Press already."),
        ("aliases", {"aliases": ["Lég PRESS"]}, "“Lég PRESS” is a name of Leg Press already."),
        (
            "aliases",
            {"aliases": ["ok", "sled  press"]},
            "“sled press” is a name of Leg Press already.",
        ),
        ("aliases", {"aliases": ["a" * 81]}, f"“{'a' * 40}…” is longer than 80 characters."),
        ("aliases", {"aliases": ["hack SQUAT"]}, "The name itself needs no alias."),
        ("aliases", {"aliases": ["HS", "hs"]}, "“HS” is there twice."),
    ],
)
def test_a_sentence_for_each_field(press, field, facts, sentence):
    assert problems_of(**facts) == {field: [sentence]}
    assert problems_of() == {}


def test_several_problems_are_said_at_once(press):
    assert set(problems_of(name="Leg Press", primary=[], equipment=[])) == {
        "name",
        "primary",
        "equipment",
    }


def test_the_own_names_are_not_anothers(squat):
    assert problems_of(squat, name="Back Squat", aliases=["Barbell Squat"]) == {}
    assert problems_of(squat, name="Barbell Squat", aliases=["Back Squat"]) == {}


def test_the_names_of_a_retired_exercise_stay_taken(press):
    Exercise.objects.filter(pk=press.pk).update(retired_at="2026-01-01T00:00Z")
    problems = problems_of(name="Leg press")
    assert problems == {"name": ["“Leg press” is a name of Leg Press already."]}


# --- All that can be ---

words = st.text("abcdé ÀxyzİßñΣ-'&<1", min_size=1, max_size=80).map(
    lambda text: " ".join(text.split())
)
slug_lists = st.lists(st.sampled_from(sorted(MUSCLES)), min_size=1, unique=True)


@st.composite
def valid_facts(draw):
    muscles = draw(slug_lists)
    primary = draw(st.integers(1, len(muscles)))
    aliases = draw(st.lists(words, max_size=5, unique_by=str.casefold))
    return Facts(
        name=draw(words.filter(lambda name: name.casefold() not in map(str.casefold, aliases))),
        kind=draw(st.sampled_from(Kind.values)),
        mechanics=draw(st.sampled_from(Mechanics.values)),
        unilateral=draw(st.booleans()),
        load=draw(st.sampled_from(Load.values)),
        joint_actions=draw(st.lists(st.sampled_from(sorted(JOINT_ACTIONS)), unique=True)),
        equipment=draw(st.lists(st.sampled_from(sorted(PIECES)), min_size=1, unique=True)),
        primary=muscles[:primary],
        secondary=muscles[primary:],
        aliases=aliases,
        staple=draw(st.booleans()),
        figure=draw(st.sampled_from(["", *sorted(FIGURES)[:3]])),
        erratum=draw(st.text("ab\n\r é<", max_size=40)),
    )


@given(facts=valid_facts())
@hypothesis_settings(max_examples=60)
def test_what_is_saved_is_what_is_read(squat, facts):
    """And all that check_facts lets pass can be saved."""
    try:
        check_facts(facts, squat)
    except ValidationError:
        return
    save_facts(exercise=squat, facts=facts, author=None)
    assert stored(squat) == facts
    assert Facts(**squat.facts_revisions.newest().facts) == facts


@given(one=valid_facts(), other=valid_facts())
@hypothesis_settings(max_examples=40)
def test_what_differs_is_named(one, other):
    labels = [label for label, _before, _after in changes(one, other)]
    differing = {name for name in LABELS if getattr(one, name) != getattr(other, name)}
    assert labels == [str(label) for name, label in LABELS.items() if name in differing]
    assert (labels == []) == (one == other)


def test_every_exercise_of_the_library_could_be_saved_as_it_is(db):
    load_library()
    for exercise in Exercise.objects.with_names():
        check_facts(facts_of(exercise), exercise)


# --- The pages ---

CHOSEN = {"kind": "exercise", "mechanics": "compound", "load": "external"}  # the first of each list

PAGES = ["/exercises/new/", "/exercises/back-squat/facts/"]
POSTED = [
    "/exercises/back-squat/retire/",
    "/exercises/back-squat/bring-back/",
    "/exercises/back-squat/facts/1/restore/",
]


@pytest.mark.parametrize("url", PAGES + POSTED)
def test_only_for_editors(squat, member, outsider, trainer, signed_in, url):
    before = rows()
    answer = Client().post(url)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    for person in (member, outsider, trainer):
        assert signed_in(person).post(url, {"name": "Mine"}).status_code == 403
        if url in PAGES:
            assert signed_in(person).get(url).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("url", PAGES + POSTED)
def test_wrong_methods(squat, editor, url):
    before = rows()
    for method in (editor.put, editor.patch, editor.delete):
        assert method(url).status_code == 405
    if url in POSTED:  # a refused form may have been left at this address
        assert editor.get(url).status_code == 302
    assert rows() == before


def test_no_such_exercise(squat, editor):
    for place in ("facts/", "retire/", "bring-back/", "facts/1/restore/"):
        assert editor.post(f"/exercises/nothing/{place}", {"name": "x"}).status_code == 404
    assert editor.get("/exercises/nothing/facts/").status_code == 404


def test_saving_without_a_change_says_so(squat, editor):
    before = rows()
    answer = editor.post(url_of(squat), opened(editor, url_of(squat)), follow=True)
    assert "Nothing was changed." in answer.text
    assert "Saved." not in answer.text
    assert rows() == before


def test_a_refusal_is_said_at_the_top_with_a_way_to_its_field(squat, editor):
    page = editor.post(url_of(squat), opened(editor, url_of(squat)) | {"primary": []}).text
    assert page.index('<a href="#div_id_primary">') < page.index("<form method")
    assert 'id="div_id_primary"' in page


def test_an_editor_saves_what_was_typed(squat, editor, admin):
    data = opened(editor, url_of(squat)) | {
        "aliases": "Barbell Squat\r\nHigh-bar  Squat\r\n\r\n",
        "primary": ["vastus_lateralis", "gluteus_maximus"],
        "note": "Another name",
    }
    answer = editor.post(url_of(squat), data, follow=True)
    assert answer.redirect_chain == [("/exercises/back-squat/", 302)]
    assert "Also called Barbell Squat, High-bar Squat" in " ".join(answer.text.split())
    assert "Saved. The former facts stand in the history." in answer.text
    after = stored(squat)
    assert after.primary == ["gluteus_maximus", "vastus_lateralis"]
    assert history(squat)[-1] == ("Another name", admin, after)


def test_saving_what_is_shown_changes_nothing(squat, editor):
    """Browsers end lines with CR LF."""
    Exercise.objects.filter(pk=squat.pk).update(erratum="First.\nSecond.")
    before = rows()
    data = opened(editor, url_of(squat))
    data["erratum"] = data["erratum"].replace("\n", "\r\n")
    assert editor.post(url_of(squat), data).status_code == 302
    assert rows() == before


@pytest.mark.parametrize(
    ("field", "bad", "sentence"),
    [
        ("primary", [], "Choose at least one primary muscle."),
        ("primary", ["wings"], "Select a valid choice. wings is not one of the available choices."),
        ("secondary", ["vastus_lateralis"], "Vastus lateralis cannot be primary and secondary."),
        ("equipment", [], "Choose the equipment, or “No equipment”."),
        ("name", "", "This field is required."),
        ("name", "Sled press", "is a name of Leg Press already."),
        ("aliases", "Fine\nLEG PRESS", "is a name of Leg Press already."),
        ("aliases", "a" * 81, "longer than 80 characters."),
        ("load", "gravity", "Select a valid choice. gravity is not one of the available choices."),
        ("figure", "dance", "Select a valid choice. dance is not one of the available choices."),
        ("name", "Nul\0", "Null characters are not allowed."),
        ("note", "n" * 201, "at most 200 characters"),
    ],
)
def test_what_is_refused_stays_typed_with_a_sentence_beside_it(
    squat, press, editor, field, bad, sentence
):
    before = rows()
    data = opened(editor, url_of(squat)) | {"erratum": "Typed <b>text</b>"} | {field: bad}
    page = editor.post(url_of(squat), data)
    assert page.status_code == 422
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert page.text.count(form.errors[field][0]) == 1
    for name, typed in (data | {"base": "0"}).items():
        assert form[name].value() == typed
    assert "Typed &lt;b&gt;text&lt;/b&gt;" in page.text
    assert rows() == before


@pytest.mark.parametrize("base", [None, "", "-1", "x"])
def test_a_form_that_does_not_say_what_it_was_written_over_saves_nothing(squat, editor, base):
    data = opened(editor, url_of(squat)) | {"name": "Squat", "base": base}
    data = {name: value for name, value in data.items() if value is not None}
    before = rows()
    assert editor.post(url_of(squat), data).status_code == 422
    assert rows() == before


def test_the_second_of_two_editors_sees_the_difference_and_loses_nothing(squat, editor, admin):
    mine = opened(editor, url_of(squat)) | {"name": "My <i>Squat</i>", "note": "Mine"}
    theirs = changed(squat, secondary=["soleus"])
    save_facts(exercise=squat, facts=theirs, author=admin)
    page = editor.post(url_of(squat), mine)
    assert page.status_code == 422
    assert "Ada Admin changed the facts while you were at it" in page.text
    shown = " ".join(page.text.split())
    assert "Name: <del>Back Squat</del> <ins>My &lt;i&gt;Squat&lt;/i&gt;</ins>" in shown
    assert "Secondary muscles: <del>Soleus</del> <ins>–</ins>" in shown
    assert stored(squat) == theirs

    again = as_shown([page.context["form"]])
    assert again | {"base": mine["base"]} == mine
    assert editor.post(url_of(squat), again).status_code == 302
    assert stored(squat).name == "My <i>Squat</i>"
    assert theirs in [facts for _note, _author, facts in history(squat)]


def test_an_exercise_is_added(squat, editor, admin):
    data = CHOSEN | {
        "name": "Sissy Squat",
        "slug": "sissy-squat",
        "primary": ["soleus"],
        "equipment": ["none"],
    }
    answer = editor.post("/exercises/new/", data)
    assert answer["Location"] == "/exercises/sissy-squat/propose/"
    exercise = Exercise.objects.get(slug="sissy-squat")
    assert history(exercise) == [("Added", admin, stored(exercise))]
    page = Client().get("/exercises/sissy-squat/")
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("field", "bad", "sentence"),
    [
        ("slug", "back-squat", "There is an exercise at this address already."),
        ("slug", "new", "This address is taken by a page of the library."),
        ("slug", "photos", "This address is taken by a page of the library."),
        ("slug", "two words", "Enter a valid “slug”"),
        ("slug", "Caps_Slug", "Small letters and digits, with hyphens between"),
        ("slug", "", "This field is required."),
        ("name", "barbell squat", "is a name of Back Squat already."),
        ("primary", [], "Choose at least one primary muscle."),
    ],
)
def test_a_new_one_that_cannot_be(squat, editor, field, bad, sentence):
    before = rows()
    good = {"name": HOSTILE, "slug": "sissy", "primary": ["soleus"], "equipment": ["none"]}
    data = CHOSEN | good | {field: bad}
    page = editor.post("/exercises/new/", data)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert sentence in page.context["form"].errors[field][0]
    assert page.context["form"]["equipment"].value() == ["none"]
    assert HOSTILE not in page.text
    assert rows() == before


def test_hostile_text_is_only_text(squat, editor, admin):
    for attack in (HOSTILE, f'"><img src=x onerror={HOSTILE}'):
        facts = changed(squat, name=attack, aliases=[f"A {attack}"], erratum=attack)
        save_facts(exercise=squat, facts=facts, author=admin, note=attack)
    for place in ("", "facts/", "history/", "merge/"):
        page = editor.get(f"/exercises/back-squat/{place}")
        assert page.status_code == 200
        assert HOSTILE not in page.text
        assert "<img src=x" not in page.text
        assert "&lt;script&gt;" in page.text


def test_old_facts_are_brought_back_from_the_history(squat, editor, admin):
    before = stored(squat)
    save_facts(exercise=squat, facts=changed(squat, name="Squat", aliases=[]), author=admin)
    page = " ".join(editor.get("/exercises/back-squat/history/").text.split())
    assert "<del>Back Squat</del>" in page
    assert "<del>Barbell Squat</del>" in page
    first = squat.facts_revisions.order_by("pk").first()
    url = f"/exercises/back-squat/facts/{first.pk}/restore/"
    assert url in page
    answer = editor.post(url, follow=True)
    assert answer.redirect_chain == [("/exercises/back-squat/history/", 302)]
    assert "The old facts hold again." in answer.text
    assert stored(squat) == before
    assert history(squat)[-1][0].startswith("As of ")
    assert "These are the facts already." in editor.post(url, follow=True).text
    assert len(history(squat)) == 3


def test_old_facts_do_not_cover_what_was_saved_meanwhile(squat, editor, admin):
    save_facts(exercise=squat, facts=changed(squat, name="Squat"), author=admin)
    first = squat.facts_revisions.order_by("pk").first()
    url = f"/exercises/back-squat/facts/{first.pk}/restore/"
    base = squat.facts_revisions.newest().pk
    assert f'name="base" value="{base}"' in editor.get("/exercises/back-squat/history/").text
    save_facts(exercise=squat, facts=changed(squat, name="Their Squat"), author=admin)
    before = stored(squat)
    assert "Somebody was faster" in editor.post(url, {"base": base}, follow=True).text
    assert stored(squat) == before
    twice = {"base": squat.facts_revisions.newest().pk}
    assert "The old facts hold again." in editor.post(url, twice, follow=True).text
    assert "These are the facts already." in editor.post(url, twice, follow=True).text


def test_a_revision_of_another_exercise_is_not_there(squat, press, editor, admin):
    save_facts(exercise=press, facts=changed(press, name="Press"), author=admin)
    before = rows()
    for pk in (press.facts_revisions.newest().pk, 0, 10**18):
        assert editor.post(f"/exercises/back-squat/facts/{pk}/restore/").status_code == 404
    assert rows() == before


def test_what_cannot_be_brought_back_is_said(squat, press, editor, admin):
    save_facts(exercise=squat, facts=changed(squat, aliases=[]), author=admin)
    save_facts(exercise=press, facts=changed(press, aliases=["Barbell squat"]), author=admin)
    before = rows()
    first = squat.facts_revisions.order_by("pk").first()
    page = editor.post(f"/exercises/back-squat/facts/{first.pk}/restore/", follow=True)
    assert "is a name of Leg Press already." in page.text
    assert rows() == before


def test_members_read_the_history_and_change_nothing_there(squat, member, admin, signed_in):
    save_facts(exercise=squat, facts=changed(squat, name="Squat"), author=admin)
    page = signed_in(member).get("/exercises/back-squat/history/")
    assert page.status_code == 200
    assert "<ins>Squat</ins>" in page.text
    assert "/restore/" not in page.text


# --- Two at once ---


def at_once(*calls):
    """Runs the calls at the same moment, each on its own connection; returns what came of them."""
    gate = Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            gate.wait(timeout=10)
            return call()
        except (ValidationError, Outdated) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_of_two_that_save_at_once_one_is_told(squat, admin):
    names = ("One", "Two", "Three", "Four")
    calls = [
        lambda facts=facts: save_facts(exercise=squat, facts=facts, author=admin, base=0)
        for facts in [changed(squat, name=name) for name in names]
    ]
    answers = at_once(*calls)
    assert sum(isinstance(answer, Outdated) for answer in answers) == len(names) - 1
    assert len(history(squat)) == 2
    assert stored(squat).name in names


@pytest.mark.django_db(transaction=True)
def test_one_name_is_given_once(squat, press, admin):
    """Also where two give it at the same moment, to different exercises."""
    facts = Facts(**GOOD | {"name": "Sissy Squat"})
    answers = at_once(
        lambda: create_exercise(slug="one", facts=facts, author=admin),
        lambda: create_exercise(slug="two", facts=facts, author=admin),
        lambda: save_facts(
            exercise=squat, facts=changed(squat, aliases=["sissy squat"]), author=admin
        ),
        lambda: save_facts(
            exercise=press, facts=changed(press, aliases=["Sissy  Squát"]), author=admin
        ),
    )
    assert sum(isinstance(answer, ValidationError) for answer in answers) == len(answers) - 1
    assert Exercise.objects.called("sissy squat").count() == 1
