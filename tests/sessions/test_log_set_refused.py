"""POST /sessions/<uuid>/sets/, with what cannot be: 422, a sentence, and nothing is lost."""

import pytest
from django.utils.html import escape

from sessions.models import Block
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import from_phone, words

NUMBERS = [
    ("weight", "-5", "Enter a number from 0 to 2000."),
    ("weight", "−5", "Enter a number from 0 to 2000."),
    ("weight", "2000.5", "Enter a number from 0 to 2000."),
    ("weight", "heavy", "Enter a number in digits, such as 12."),
    ("weight", "1.2345", "Use at most 3 decimals."),
    ("weight", "1.000,5", "Use one decimal point or comma, and none between thousands."),
    ("weight", "1e3", "Enter a number in digits, such as 12."),
    ("weight", "NaN", "Enter a number in digits, such as 12."),
    ("weight", "9" * 5000, "That number is too long."),
    ("weight", "", "Enter the weight, or 0 if there was none."),
    ("reps", "1000", "Enter a number from 0 to 200."),
    ("reps", "-1", "Enter a number from 0 to 200."),
    ("reps", "8.5", "Enter a whole number."),
    ("reps", "eight", "Enter a number in digits, such as 12."),
    ("reps", "", "Enter how many repetitions you did."),
    ("rir", "40", "Enter a number from 0 to 10."),
    ("rir", "2.3", "Use whole or half repetitions, such as 2 or 2.5."),
    ("rir", "2.25", "Use whole or half repetitions, such as 2 or 2.5."),
    ("rir", "some", "Enter a number in digits, such as 12."),
    ("note", "n" * 201, "Ensure this value has at most 200 characters (it has 201)."),
]


def url(session):
    return f"/sessions/{session.uuid}/sets/"


def beside(html, field, key):
    """The sentence of a field as the page shows it."""
    _before, found, after = html.partition(f'<p class="invalid" id="{field}-error-{key}">')
    return after.partition("</p>")[0] if found else None


@pytest.fixture
def half_done(member, squat):
    """Two sets are logged, and another exercise follows."""
    session = make_session(member, exercise=squat, sets=2)
    other = Block.objects.create(
        session=session, order=2, place=2, exercise=ExerciseFactory(name="Leg press")
    )
    make_set(other, weight=140, reps=12)
    return session


@pytest.mark.parametrize(("field", "text", "sentence"), NUMBERS)
def test_the_sentence_stands_beside_the_field(
    member, half_done, typed, signed_in, stored, field, text, sentence
):
    before = stored()
    data = typed(half_done, position=3, **({"note": "kept", "reps": "11"} | {field: text}))
    answer = signed_in(member).post(url(half_done), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert beside(page, field, data["client_key"]) == escape(sentence)
    for name in ("weight", "reps", "rir", "note"):
        assert f'name="{name}" value="{escape(data[name])}"' in page
    assert words(answer).count("60 kg × 8") >= 2
    assert "140 kg × 12" in words(answer)
    assert stored() == before


@pytest.mark.parametrize(("field", "text", "sentence"), NUMBERS[::4])
def test_the_outbox_gets_the_refused_row_only(
    member, half_done, typed, signed_in, stored, field, text, sentence
):
    before = stored()
    data = typed(half_done, position=3, **{field: text})
    answer = signed_in(member).post(url(half_done), data, headers=from_phone(member))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("<li ") == 1
    assert f'id="set-{data["client_key"]}"' in html
    assert beside(html, field, data["client_key"]) == escape(sentence)
    assert f'name="{field}" value="{escape(text)}"' in html
    assert stored() == before


def test_several_mistakes_are_said_at_once(member, half_done, typed, signed_in):
    data = typed(half_done, position=3, weight="-5", reps="1000", rir="40")
    page = signed_in(member).post(url(half_done), data).content.decode()
    for field in ("weight", "reps", "rir"):
        assert beside(page, field, data["client_key"])


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("exercise", ["", "no-such-exercise", "leg-press"])
def test_an_exercise_that_is_not_there(
    member, half_done, typed, signed_in, stored, exercise, phone
):
    before = stored()
    data = typed(half_done, position=3, exercise=exercise, weight="77")
    answer = signed_in(member).post(
        url(half_done), data, headers=from_phone(member) if phone else {}
    )
    assert answer.status_code == 422
    assert '<p class="invalid">' in answer.content.decode()
    assert 'name="weight" value="77"' in answer.content.decode()
    assert stored() == before


@pytest.mark.parametrize("block", ["", "3", "99999", "-1", "1.5", "one", "²", "1\x00", None])
def test_a_place_that_is_not_there(member, half_done, typed, signed_in, stored, block):
    before = stored()
    answer = signed_in(member).post(url(half_done), typed(half_done) | {"block": block or ""})
    assert answer.status_code == 422
    assert "That exercise is not in this session. Nothing was changed." in answer.content.decode()
    assert stored() == before


def test_the_outbox_gets_a_sentence_for_a_place_that_is_not_there(
    member, half_done, typed, signed_in
):
    data = typed(half_done) | {"block": "9"}
    answer = signed_in(member).post(url(half_done), data, headers=from_phone(member))
    assert answer.status_code == 404
    assert answer.content.decode() == "That exercise is not in this session. Nothing was changed."


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("key", ["", "1", "not-a-uuid", "g" * 32, "\x00", "1" * 3000])
def test_a_key_that_is_none(member, half_done, typed, signed_in, stored, key, phone):
    before = stored()
    data = typed(half_done, position=3, client_key=key, weight="77")
    answer = signed_in(member).post(
        url(half_done), data, headers=from_phone(member) if phone else {}
    )
    assert answer.status_code == 422
    assert '<p class="invalid">' in answer.content.decode()
    assert 'name="weight" value="77"' in answer.content.decode()
    assert stored() == before


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("position", ["", "-1", "101", "two", "1.5", "9" * 30, "\x00"])
def test_a_position_that_is_none(member, half_done, typed, signed_in, stored, position, phone):
    before = stored()
    data = typed(half_done, position=3, weight="77") | {"position": position}
    answer = signed_in(member).post(
        url(half_done), data, headers=from_phone(member) if phone else {}
    )
    assert answer.status_code == 422
    assert '<p class="invalid">' in answer.content.decode()
    assert 'name="weight" value="77"' in answer.content.decode()
    assert stored() == before


@pytest.mark.parametrize("field", ["client_key", "exercise", "position", "kind", "unit", "reps"])
def test_a_field_that_is_missing(member, half_done, typed, signed_in, stored, field):
    before = stored()
    data = typed(half_done, position=3, weight="77")
    del data[field]
    answer = signed_in(member).post(url(half_done), data)
    assert answer.status_code == 422
    assert '<p class="invalid"' in answer.content.decode()
    assert 'value="77"' in answer.content.decode()
    assert stored() == before


def test_nothing_at_all(member, half_done, signed_in, stored):
    before = stored()
    assert signed_in(member).post(url(half_done)).status_code == 422
    assert stored() == before


@pytest.mark.parametrize(("field", "text"), [("kind", "superset"), ("unit", "stone")])
def test_a_choice_that_is_none(member, half_done, typed, signed_in, stored, field, text):
    before = stored()
    data = typed(half_done, position=3, **{field: text})
    answer = signed_in(member).post(url(half_done), data)
    assert answer.status_code == 422
    assert beside(answer.content.decode(), field, data["client_key"])
    assert stored() == before


@pytest.mark.parametrize("field", ["weight", "reps", "rir", "note", "exercise", "kind", "unit"])
def test_nul_bytes_and_endless_text_are_refused(member, half_done, typed, signed_in, stored, field):
    before = stored()
    for text in ("\x00", "5\x00", "x" * 20_000):
        data = typed(half_done, position=3, **{field: text})
        assert signed_in(member).post(url(half_done), data).status_code == 422
    assert stored() == before


def test_a_hold_without_seconds(member, typed, signed_in, stored):
    session = make_session(member, exercise=ExerciseFactory(load="time"))
    for seconds, sentence in (
        ("", "Enter how many seconds you held it."),
        ("0", "Enter a number from 1 to 7200."),
        ("7201", "Enter a number from 1 to 7200."),
    ):
        data = typed(session, weight="", reps="8", seconds=seconds)
        answer = signed_in(member).post(url(session), data)
        assert answer.status_code == 422
        assert beside(answer.content.decode(), "seconds", data["client_key"]) == sentence
    assert stored()["SetLog"] == []


def test_a_logged_set_stays_as_it_was_when_its_edit_is_refused(
    member, half_done, typed, signed_in, stored
):
    before = stored()
    data = typed(half_done, position=1, reps="1000")
    answer = signed_in(member).post(url(half_done), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert beside(page, "reps", data["client_key"])
    assert page.count(f'id="set-{data["client_key"]}"') == 1
    said = "This change is not logged yet. What is logged: 60 kg × 8."
    assert said in words(answer)
    row = signed_in(member).post(url(half_done), data, headers=from_phone(member))
    assert said in words(row)
    assert stored() == before


def test_the_edit_of_a_set_that_was_deleted_elsewhere_is_not_lost(
    member, half_done, typed, signed_in
):
    """Its row is no longer on the page, and what was typed must still be."""
    half_done.finished_at = half_done.started_at
    half_done.save()
    data = typed(half_done, position=7, reps="1000", note="kept")
    page = signed_in(member).post(url(half_done), data).content.decode()
    assert beside(page, "reps", data["client_key"])
    assert 'value="kept"' in page
