"""POST /sessions/<uuid>/sets/<client_key>/delete/ and .../restore/"""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions import services
from sessions.models import SetLog
from tests.factories import make_session, make_set
from tests.sessions.conftest import TARGET, from_phone, words


@pytest.fixture
def logged(session):
    return make_set(session.blocks.get(), note="kept", rir=1)


def address(log, verb):
    return f"/sessions/{log.session.uuid}/sets/{log.client_key}/{verb}/"


def row(log):
    return SetLog.objects.values().get(pk=log.pk)


def test_deleted_and_brought_back_is_as_before(member, logged, signed_in):
    before = row(logged)
    client = signed_in(member)
    place = f"/sessions/{logged.session.uuid}/#set-{logged.client_key}"
    answer = client.post(address(logged, "delete"))
    assert (answer.status_code, answer["Location"]) == (302, place)
    gone = {"deleted_at": None, "written_at": before["written_at"]}
    assert row(logged) | gone == before
    assert row(logged)["deleted_at"] is not None
    page = client.get(place)
    assert "Deleted: 60 kg × 8." in words(page)
    assert f'action="{address(logged, "restore")}"' in page.content.decode()
    answer = client.post(address(logged, "restore"))
    assert (answer.status_code, answer["Location"]) == (302, place)
    assert row(logged) | {"written_at": before["written_at"]} == before
    assert row(logged)["written_at"] > before["written_at"]


def test_each_may_be_sent_twice(member, logged, signed_in):
    client = signed_in(member)
    client.post(address(logged, "delete"))
    first = row(logged)
    assert client.post(address(logged, "delete")).status_code == 302
    assert row(logged) == first
    for _again in range(2):
        assert client.post(address(logged, "restore")).status_code == 302
    assert row(logged)["deleted_at"] is None


def test_only_that_set(member, logged, signed_in):
    block = logged.block
    others = [make_set(block, position=position) for position in (2, 3)]
    before = [row(other) for other in others]
    signed_in(member).post(address(logged, "delete"))
    assert [row(other) for other in others] == before


@pytest.mark.parametrize("targets", [[], [TARGET] * 3])
@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize("position", [1, 2, 3])
def test_undo_is_offered_wherever_the_set_stood(
    trainer, member, signed_in, targets, finished, position
):
    session = make_session(member, sets=3, targets=targets, finished=finished)
    log = session.sets.get(position=position)
    client = signed_in(member)
    page = client.post(address(log, "delete"), follow=True)
    assert page.status_code == 200
    assert f'action="{address(log, "restore")}"' in page.content.decode()
    assert words(page).count("60 kg × 8") - words(page).count("last time 60 kg × 8") >= 3
    read = signed_in(trainer).get(f"/sessions/{session.uuid}/")
    # Under "Comments" a trainer can name a set that is there.
    rows, _cut, comments = words(read).partition(" Comments ")
    assert rows.count("60 kg × 8") == comments.count("60 kg × 8") == 2
    assert f'action="{address(log, "restore")}"' not in read.text
    assert words(read).count("not done") == len(targets[:1])


def test_every_set_of_a_finished_session_can_go(member, signed_in):
    session = make_session(member, sets=3, finished=True)
    client = signed_in(member)
    for log in session.sets.all():
        page = client.post(address(log, "delete"), follow=True)
        assert page.status_code == 200
    assert words(page).count("Deleted: 60 kg × 8.") == 3


def test_undo_after_the_exercise_was_taken_out_brings_both_back(member, logged, signed_in):
    services.delete_set(session=logged.session, client_key=logged.client_key)
    assert services.remove_exercise(block=logged.block)
    client = signed_in(member)
    page = client.post(address(logged, "restore"), follow=True)
    assert "60 kg × 8" in words(page)


@pytest.mark.parametrize("order", ["logged first", "deleted first"])
def test_deleted_on_a_phone_before_it_was_ever_sent(member, session, typed, signed_in, order):
    """Whichever of the two arrives first, the set is gone, and can be brought back."""
    client, address = signed_in(member), f"/sessions/{session.uuid}/sets/"
    logged = typed(session) | {"done_at": (timezone.now() - timedelta(seconds=2)).isoformat()}
    gone = logged | {"deleted": "on", "done_at": timezone.now().isoformat()}
    for data in (logged, gone) if order == "logged first" else (gone, logged):
        answer = client.post(address, data, headers=from_phone(member))
        assert answer.status_code == 200
    assert "Deleted: 60 kg × 8." in words(answer)
    log = SetLog.objects.get()
    assert log.deleted_at is not None
    assert log.deleted_at == log.written_at
    assert not session.sets.live().exists()
    again = logged | {"done_at": (timezone.now() + timedelta(seconds=1)).isoformat()}
    client.post(address, again, headers=from_phone(member))
    assert session.sets.live().get().reps == 8


def test_what_is_deleted_elsewhere_later_than_it_was_typed_stays_deleted(
    member, session, typed, signed_in
):
    client, address = signed_in(member), f"/sessions/{session.uuid}/sets/"
    client.post(address, typed(session))
    old = timezone.now().isoformat()
    client.post(f"{address}{typed(session)['client_key']}/delete/")
    client.post(address, typed(session, reps="9") | {"done_at": old}, headers=from_phone(member))
    assert SetLog.objects.get().deleted_at is not None
    assert SetLog.objects.get().reps == 8


def test_a_deleted_warm_up_has_its_undo_unless_it_is_proposed_again(member, planned, signed_in):
    client, block = signed_in(member), planned.blocks.get()
    warmup = make_set(block, position=0, kind="warmup", client_key=block.key_of("w1"), weight=20)
    client.post(address(warmup, "delete"))
    restore = f'action="{address(warmup, "restore")}"'
    page = client.get(f"/sessions/{planned.uuid}/")
    proposed = [row.client_key for row in page.context["blocks"][0].offers]
    assert warmup.client_key in proposed
    assert restore not in page.text
    assert page.context["next_row"].position == 1
    make_set(block, position=1)
    page = client.get(f"/sessions/{planned.uuid}/")
    assert page.context["blocks"][0].offers == []
    assert restore in page.text
    assert page.context["next_row"].position == 2
    client.post(address(warmup, "restore"))
    assert restore not in client.get(f"/sessions/{planned.uuid}/").text
