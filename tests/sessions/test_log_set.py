"""POST /sessions/<uuid>/sets/"""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions import services
from sessions.models import Block, SetLog
from tests.factories import ExerciseFactory, coach, make_assignment, make_session, make_set
from tests.sessions.conftest import TARGET, from_phone, words

DONE = ("position", "kind", "weight", "unit", "reps", "rir", "seconds", "note", "deleted_at")


def url(session):
    return f"/sessions/{session.uuid}/sets/"


def the_set():
    (values,) = SetLog.objects.values(*DONE)
    return values


def test_writes_the_set_and_leads_back_to_its_row(member, session, typed, signed_in):
    answer = signed_in(member).post(url(session), typed(session, note="felt good"))
    log = SetLog.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/sessions/{session.uuid}/#set-{log.client_key}"
    assert (log.member, log.session, log.exercise.slug) == (member, session, "back-squat")
    assert the_set() == {
        "position": 1,
        "kind": "work",
        "weight": Decimal(60),
        "unit": "kg",
        "reps": 8,
        "rir": Decimal(2),
        "seconds": None,
        "note": "felt good",
        "deleted_at": None,
    }
    page = signed_in(member).get(answer["Location"]).content.decode()
    assert f'class="set is-done" id="set-{log.client_key}"' in page


def test_the_outbox_gets_the_line_only(member, planned, typed, signed_in):
    """The form is on the phone's page already."""
    data = typed(planned, weight="62,5", rir="1")
    answer = signed_in(member).post(url(planned), data, headers=from_phone(member))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<li ") == 1
    assert f'id="set-{SetLog.objects.get().client_key}"' in html
    assert words(answer) == "1 62.5 kg × 8 RIR 1 target 8–10 @ 60 kg, RIR 2"
    assert "<form" not in html


def test_the_outbox_gets_the_row_of_another_device_that_wrote_later(
    member, planned, typed, signed_in
):
    client, now = signed_in(member), timezone.now()
    for reps, at in (("9", now), ("7", now - timedelta(seconds=1))):
        data = typed(planned, reps=reps) | {"done_at": at.isoformat()}
        answer = client.post(url(planned), data, headers=from_phone(member))
    assert "60 kg × 9" in words(answer)
    assert 'name="reps" value="9"' in answer.content.decode()
    assert SetLog.objects.get().reps == 9


def test_what_was_typed_before_a_delete_does_not_undo_it(member, planned, typed, signed_in):
    client, typed_at = signed_in(member), timezone.now()
    client.post(url(planned), typed(planned))
    services.delete_set(session=planned, client_key=SetLog.objects.get().client_key)
    data = typed(planned) | {"done_at": typed_at.isoformat()}
    answer = client.post(url(planned), data, headers=from_phone(member))
    assert "Deleted: 60 kg × 8." in words(answer)
    assert SetLog.objects.get().deleted_at is not None


def test_somebody_elses_set_stays_on_the_phone(member, outsider, session, typed, signed_in, stored):
    before = stored()
    phone = {"X-Outbox": str(outsider.pk)}
    answer = signed_in(member).post(url(session), typed(session), headers=phone)
    assert answer.status_code == 409
    assert stored() == before


@pytest.mark.parametrize(
    ("minutes", "stored_minutes"),
    [(-200, 0), (20, 20), (500, 60)],
    ids=["before the session", "in it", "in the future"],
)
def test_the_time_of_the_set_is_the_phones(
    member, squat, typed, signed_in, minutes, stored_minutes
):
    started = timezone.now() - timedelta(minutes=60)
    session = make_session(member, exercise=squat, started_at=started)
    at = started + timedelta(minutes=minutes)
    data = typed(session) | {"done_at": at.isoformat()}
    signed_in(member).post(url(session), data)
    log = SetLog.objects.get()
    assert log.done_at == log.written_at
    assert abs((log.done_at - started).total_seconds() - stored_minutes * 60) < 30


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-01T10:00:00", "9" * 400, "\x00"])
def test_a_time_that_cannot_be_read_is_now(member, session, typed, signed_in, text):
    signed_in(member).post(url(session), typed(session) | {"done_at": text})
    assert abs((SetLog.objects.get().done_at - timezone.now()).total_seconds()) < 30


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_the_ends_of_the_calendar_are_the_start_and_now(member, session, typed, signed_in, text):
    signed_in(member).post(url(session), typed(session) | {"done_at": text})
    log = SetLog.objects.get()
    assert session.started_at <= log.done_at <= timezone.now()


def test_needs_three_queries(member, planned, typed, signed_in):
    client = signed_in(member)
    first, second = typed(planned), typed(planned, position=2)
    with CaptureQueriesContext(connection) as plain:
        client.post(url(planned), first)
    with CaptureQueriesContext(connection) as from_outbox:
        client.post(url(planned), second, headers=from_phone(member))
    assert len(plain) <= 3
    assert len(from_outbox) <= 3


def test_posted_twice_is_one_row_with_the_last_state(member, session, typed, signed_in):
    client = signed_in(member)
    client.post(url(session), typed(session))
    first = SetLog.objects.get()
    client.post(url(session), typed(session, weight="62.5", reps="7", rir="", kind="amrap"))
    again = SetLog.objects.get()
    assert (again.pk, again.done_at) == (first.pk, first.done_at)
    assert (again.weight, again.reps, again.rir, again.kind) == (Decimal("62.5"), 7, None, "amrap")


def test_two_devices_propose_the_same_key(member, session, typed, signed_in):
    """Both pages were opened before either of them logged."""
    phone, tablet = signed_in(member), signed_in(member)
    keys = [
        client.get(f"/sessions/{session.uuid}/").context["blocks"][0].rows[0].client_key
        for client in (phone, tablet)
    ]
    phone.post(url(session), typed(session, client_key=keys[0], reps="8"))
    tablet.post(url(session), typed(session, client_key=keys[1], reps="9"))
    assert SetLog.objects.get().reps == 9


def test_another_member_may_have_the_same_key(member, outsider, session, typed, signed_in):
    """A key says nothing about anybody else's rows."""
    theirs = make_session(outsider, sets=1)
    key = theirs.sets.get().client_key
    before = SetLog.objects.values().get(session=theirs)
    answer = signed_in(member).post(url(session), typed(session, client_key=key, reps="3"))
    assert answer.status_code == 302
    assert SetLog.objects.values().get(session=theirs) == before
    assert session.sets.get().reps == 3


@pytest.mark.parametrize("spelled", ["{key}", " {key} ", "{{{key}}}", "urn:uuid:{key}", "{hex}"])
def test_a_key_of_another_session_is_refused(member, session, typed, signed_in, stored, spelled):
    old = make_session(member, finished=True, sets=1)
    key = old.sets.get().client_key
    before = stored()
    text = spelled.format(key=key, hex=key.hex.upper())
    answer = signed_in(member).post(url(session), typed(session, client_key=text, weight="77"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This set was logged in another place already." in page
    assert 'value="77"' in page
    assert stored() == before


def test_a_key_of_another_exercise_is_refused(member, session, typed, signed_in, stored):
    other = Block.objects.create(session=session, order=2, place=2, exercise=ExerciseFactory())
    make_set(other)
    before = stored()
    data = typed(session, client_key=other.key_of(1))
    answer = signed_in(member).post(url(session), data)
    assert answer.status_code == 422
    assert stored() == before


@pytest.mark.parametrize("weight", ["1.5", "1,5", " 1.50 ", "١٫٥"])
def test_point_and_comma_are_the_same(member, session, typed, signed_in, weight):
    signed_in(member).post(url(session), typed(session, weight=weight))
    assert SetLog.objects.get().weight == Decimal("1.5")


def test_pounds_are_kept_as_entered(member, session, typed, signed_in):
    client = signed_in(member)
    client.post(url(session), typed(session, weight="225", unit="lb"))
    log = SetLog.objects.get()
    assert (log.weight, log.unit) == (Decimal(225), "lb")
    assert log.weight_kg == 225 * Decimal("0.45359237")
    assert "225 lb × 8" in words(client.get(f"/sessions/{session.uuid}/"))


def test_one_pound_is_exact_and_kilograms_are_themselves(member, session, typed, signed_in):
    client = signed_in(member)
    client.post(url(session), typed(session, weight="1", unit="lb"))
    client.post(url(session), typed(session, position=2, weight="62,5"))
    kilograms = [log.weight_kg for log in SetLog.objects.order_by("position")]
    assert kilograms == [Decimal("0.45359237"), Decimal("62.5")]


def test_the_unit_can_change_afterwards(member, session, typed, signed_in):
    client = signed_in(member)
    client.post(url(session), typed(session, weight="100", unit="lb"))
    client.post(url(session), typed(session, weight="100", unit="kg"))
    assert SetLog.objects.get().weight_kg == 100


@pytest.mark.parametrize("load", ["bodyweight", "assisted"])
def test_bodyweight_needs_no_weight(member, typed, signed_in, load):
    session = make_session(member, exercise=ExerciseFactory(load=load))
    answer = signed_in(member).post(url(session), typed(session, weight=""))
    assert answer.status_code == 302
    assert (the_set()["weight"], the_set()["reps"]) == (None, 8)


def test_a_hold_has_seconds(member, typed, signed_in):
    session = make_session(member, exercise=ExerciseFactory(load="time"))
    data = typed(session, weight="", reps=None, seconds="45")
    assert signed_in(member).post(url(session), data).status_code == 302
    assert (the_set()["seconds"], the_set()["reps"], the_set()["weight"]) == (45, None, None)


def test_reps_only_needs_reps_only(member, typed, signed_in):
    session = make_session(member, exercise=ExerciseFactory(load="reps_only"))
    data = typed(session, weight=None, seconds=None, reps="20", rir="")
    assert signed_in(member).post(url(session), data).status_code == 302
    assert (the_set()["reps"], the_set()["weight"]) == (20, None)


@pytest.mark.parametrize(("reps", "weight", "rir"), [("0", "0", "0"), ("200", "2000", "10")])
def test_the_limits_themselves_are_possible(member, session, typed, signed_in, reps, weight, rir):
    data = typed(session, reps=reps, weight=weight, rir=rir)
    assert signed_in(member).post(url(session), data).status_code == 302
    assert (the_set()["reps"], the_set()["weight"]) == (int(reps), Decimal(weight))
    assert the_set()["rir"] == Decimal(rir)


def test_keeps_a_copy_of_the_target(member, planned, typed, signed_in):
    client = signed_in(member)
    client.post(url(planned), typed(planned, position=3))
    client.post(url(planned), typed(planned, position=4))
    targets = SetLog.objects.order_by("position").values_list("target", flat=True)
    assert list(targets) == [TARGET, None]


def test_a_finished_session_can_be_corrected(member, typed, signed_in):
    session = make_session(member, sets=2, finished=True)
    client = signed_in(member)
    client.post(url(session), typed(session, position=2, reps="6"))
    session.refresh_from_db()
    reps = session.sets.order_by("position").values_list("reps", flat=True)
    assert list(reps) == [8, 6]
    assert session.finished_at is not None
    assert "60 kg × 6" in words(client.get(f"/sessions/{session.uuid}/"))


def test_a_retry_after_a_delete_brings_the_set_back(member, session, typed, signed_in):
    """The state that arrives last is the one that holds."""
    client = signed_in(member)
    client.post(url(session), typed(session))
    services.delete_set(session=session, client_key=typed(session)["client_key"])
    client.post(url(session), typed(session))
    assert the_set()["deleted_at"] is None


def test_outsiders_and_readers_change_nothing(
    member, trainer, outsider, other_trainer, admin, session, typed, signed_in, stored
):
    before = stored()
    for person, status in ((trainer, 403), (outsider, 404), (other_trainer, 404), (admin, 404)):
        assert signed_in(person).post(url(session), typed(session)).status_code == status
    assert Client().post(url(session), typed(session)).status_code == 302
    assert stored() == before


def test_a_former_trainer_is_an_outsider(member, other_trainer, session, typed, signed_in):
    link = coach(other_trainer, member)
    link.ended_at = link.accepted_at
    link.save()
    assert signed_in(other_trainer).post(url(session), typed(session)).status_code == 404


def test_wrong_method_and_bad_id(member, session, typed, signed_in):
    client = signed_in(member)
    for method in (client.put, client.delete, client.patch):
        assert method(url(session)).status_code == 405
    assert client.post(f"/sessions/{uuid4()}/sets/", typed(session)).status_code == 404
    assert client.post("/sessions/1/sets/", typed(session)).status_code == 404
    services.discard_session(session=session)
    assert client.post(url(session), typed(session)).status_code == 404
    assert not SetLog.objects.exists()


def test_a_planned_session_is_logged_as_it_stands(trainer, member, signed_in):
    """What the page proposes can be sent as it is: one tap a set."""
    assignment = make_assignment(trainer, member)
    workout = assignment.program.workouts.with_plan().first()
    session, _started = services.start_session(
        member=member, uuid=uuid4(), assignment=assignment, workout=workout
    )
    client = signed_in(member)
    for row in client.get(f"/sessions/{session.uuid}/").context["blocks"][0].rows[:3]:
        row.values |= {
            "client_key": row.client_key,
            "exercise": row.block.exercise.slug,
            "block": row.block.order,
            "position": row.position,
        }
        assert client.post(url(session), row.values).status_code == 302
    done = SetLog.objects.values_list("weight", "reps", "kind")
    assert list(done) == [(Decimal(60), 8, "work")] * 3
