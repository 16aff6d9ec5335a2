"""POST /sessions/<uuid>/exercises/<order>/setup/"""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from exercises.models import Equipment
from sessions.models import ExerciseSetup
from tests.factories import ExerciseFactory, make_session
from tests.sessions.conftest import from_phone, words

FORM = {"note": "Rack 4, safeties 12", "bar": "17,5", "step": "2.5", "unit": "kg"}


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


def url(session, order=1):
    return f"/sessions/{session.uuid}/exercises/{order}/setup/"


def page(client, session):
    return client.get(f"/sessions/{session.uuid}/")


def fields(answer):
    """What stands in the fields of the set-up of exercise number 1."""
    form = re.search(r'<form class="setup-form".*?</form>', answer.text, re.DOTALL)[0]
    found = dict(re.findall(r'name="(note|bar|step)" value="(.*?)"', form))
    found["unit"] = re.search(r"<option selected>(\w+)", form)[1]
    return {name: unescape(value) for name, value in found.items()}


def kept():
    return list(ExerciseSetup.objects.values("member", "exercise__slug", *FORM))


def test_it_is_kept_for_the_sessions_to_come(member, client, session, squat):
    for _tap in range(2):
        answer = client.post(url(session), FORM)
        assert answer.status_code == 302
        assert answer["Location"] == f"/sessions/{session.uuid}/#block-1"
        (row,) = kept()
    assert row == {
        "member": member.pk,
        "exercise__slug": "back-squat",
        "note": "Rack 4, safeties 12",
        "bar": Decimal("17.5"),
        "step": Decimal("2.5"),
        "unit": "kg",
    }
    session.finished_at = timezone.now()
    session.save()
    later = make_session(member, exercise=squat, started_at=timezone.now() + timedelta(days=2))
    answer = page(client, later)
    assert fields(answer) == FORM | {"bar": "17.5"}
    assert '<span class="setup-note">Rack 4, safeties 12</span>' in answer.text
    assert 'data-step-kg="2.5" data-bar-kg="17.5"' in answer.text


def test_from_a_phone_that_had_no_signal(member, client, session):
    answer = client.post(url(session), FORM, headers=from_phone(member))
    assert (answer.status_code, answer.content) == (204, b"")
    assert [row["note"] for row in kept()] == [FORM["note"]]
    answer = client.post(url(session), FORM | {"step": "0"}, headers=from_phone(member))
    assert answer.status_code == 422
    assert "Enter more than 0, or leave it empty." in words(answer)


def test_of_this_exercise_only(member, client, session):
    client.post(url(session), FORM)
    other = ExerciseFactory()
    session.blocks.create(order=2, place=2, exercise=other)
    views = page(client, session).context["blocks"]
    assert [view.setup and view.setup.note for view in views] == [FORM["note"], None]


def test_of_this_member_only(outsider, client, session, squat, signed_in):
    client.post(url(session), FORM)
    theirs = make_session(outsider, exercise=squat)
    answer = page(signed_in(outsider), theirs)
    assert fields(answer) == {"note": "", "bar": "", "step": "", "unit": "kg"}
    assert "Rack 4" not in answer.text
    signed_in(outsider).post(url(theirs), FORM | {"note": "Pin 3"})
    assert ExerciseSetup.objects.count() == 2
    assert fields(page(client, session))["note"] == FORM["note"]


def test_the_trainer_reads_the_members_note(trainer, client, session, signed_in):
    client.post(url(session), FORM)
    answer = page(signed_in(trainer), session)
    assert '<p class="setup-note muted">Rack 4, safeties 12</p>' in answer.text
    assert "setup-form" not in answer.text


def test_what_is_emptied_is_gone(client, session, squat):
    squat.equipment.add(Equipment.objects.create(slug="barbell", name="Barbell"))
    client.post(url(session), FORM)
    client.post(url(session), {"note": " ", "bar": "", "step": "", "unit": "lb"})
    (row,) = kept()
    assert [row[name] for name in FORM] == ["", None, None, "lb"]
    answer = page(client, session)
    assert fields(answer) == {"note": "", "bar": "", "step": "", "unit": "lb"}
    assert 'data-step-kg="2.5" data-bar-kg="20"' in answer.text  # the member's own equipment again


def test_a_sled_may_weigh_nothing(client, session):
    client.post(url(session), FORM | {"bar": "0"})
    assert kept()[0]["bar"] == 0
    assert fields(page(client, session))["bar"] == "0"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("step", "0", "Enter more than 0, or leave it empty."),
        ("step", "0,000", "Enter more than 0, or leave it empty."),
        ("step", "-1", "Enter a number from 0 to 2000."),
        ("bar", "-0.5", "Enter a number from 0 to 2000."),
        ("bar", "2001", "Enter a number from 0 to 2000."),
        ("bar", "heavy", "Enter a number in digits, such as 12."),
        ("bar", "1.2345", "Use at most 3 decimals."),
        ("note", "n" * 251, "Ensure this value has at most 250 characters (it has 251)."),
        ("note", "a\x00b", "Null characters are not allowed."),
        ("unit", "stone", "Select a valid choice. stone is not one of the available choices."),
        ("unit", "", "This field is required."),
    ],
)
def test_refused_beside_the_field_and_kept_as_typed(client, session, field, typed, sentence):
    client.post(url(session), FORM)
    before = kept()
    answer = client.post(url(session), FORM | {"note": "changed", field: typed})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'id="error-{field}-of-1"' in answer.text
    assert f'aria-describedby="error-{field}-of-1"' in answer.text
    assert '<details class="setup" open>' in answer.text
    if field != "unit":
        assert fields(answer)[field] == typed
    assert "changed" in answer.text or field == "note"
    assert kept() == before


def test_only_where_it_was_typed_something_is_refused(client, session, squat):
    session.blocks.create(order=2, place=2, exercise=squat)
    answer = client.post(url(session, 2), FORM | {"step": "0"})
    assert answer.text.count('<details class="setup" open>') == 1
    assert 'id="error-step-of-2"' in answer.text
    assert fields(answer)["step"] == ""


@pytest.mark.parametrize("load", ["bodyweight", "assisted", "reps_only", "time"])
def test_without_a_bar_there_is_a_note_only(member, client, load):
    session = make_session(member, exercise=ExerciseFactory(load=load))
    html = page(client, session).text
    form = re.search(r'<form class="setup-form".*?</form>', html, re.DOTALL)[0]
    assert re.findall(r'name="(\w+)"', form) == ["csrfmiddlewaretoken", "note", "unit"]
    client.post(url(session), {"note": "Box 3", "unit": "kg"})
    assert '<span class="setup-note">Box 3</span>' in page(client, session).text


def test_notes_are_text(client, session):
    client.post(url(session), FORM | {"note": '"><script>alert(1)</script>'})
    answer = page(client, session)
    assert "<script>alert" not in answer.text
    assert fields(answer)["note"] == '"><script>alert(1)</script>'


def test_who_may(trainer, outsider, other_trainer, admin, session, signed_in):
    for person, status in ((trainer, 403), (outsider, 404), (other_trainer, 404), (admin, 404)):
        assert signed_in(person).post(url(session), FORM).status_code == status
    assert Client().post(url(session), FORM)["Location"].startswith("/accounts/login/")
    assert kept() == []


def test_wrong_method_and_bad_id(client, session):
    for method in (client.put, client.patch, client.delete):
        assert method(url(session)).status_code == 405
    for order in (2, 0, 99999999999999999999):
        assert client.post(url(session, order), FORM).status_code == 404
    assert client.post(f"/sessions/{uuid4()}/exercises/1/setup/", FORM).status_code == 404
    assert kept() == []
