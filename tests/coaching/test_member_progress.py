"""/coaching/members/<id>/progress/ and /coaching/members/<id>/bands/"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessRecord, Coaching, Looked
from progress.bands import write_bands
from progress.models import WeeklyBand
from tests.factories import ExerciseFactory, agree, coach, make_check_in, make_session
from tests.progress.test_bands import filled, stored


def url_of(person, page="progress"):
    return f"/coaching/members/{person.pk}/{page}/"


def looks(kind):
    return AccessRecord.objects.filter(what=kind).count()


@pytest.fixture
def done(member):
    """Two sets of 60 kg × 8, today."""
    return make_session(
        member, exercise=ExerciseFactory(name="Leg Press"), sets=2, finished=True, rpe=7
    )


@pytest.fixture
def sharing(member):
    agree(member)
    Coaching.objects.filter(member=member).update(health_shared_at=timezone.now())
    return member


def test_a_trainer_sees_what_the_member_sees_in_their_own_unit(trainer, member, done, signed_in):
    trainer.unit = "lb"
    trainer.save()
    theirs = signed_in(member).get("/progress/").context["page"]
    answer = signed_in(trainer).get(url_of(member))
    page = answer.context["page"]
    assert page.consistency == theirs.consistency
    assert page.muscles.lines == theirs.muscles.lines
    assert page.loads == theirs.loads
    assert theirs.volume.rows[0].figures == ["960\N{NO-BREAK SPACE}kg"]
    assert page.volume.rows[0].figures == ["2,116\N{NO-BREAK SPACE}lb"]
    assert f'href="{url_of(member)}{done.blocks.get().exercise.slug}/"' in answer.text
    assert f'href="{url_of(member, "bands")}"' in answer.text
    assert 'href="/progress/' not in answer.text.split("<main", 1)[1]


def test_a_member_without_a_session(trainer, member, signed_in):
    assert (
        "Mia Member has not finished a session yet." in signed_in(trainer).get(url_of(member)).text
    )


def test_that_it_was_opened_is_noted(trainer, member, done, signed_in):
    client = signed_in(trainer)
    client.get(url_of(member))
    client.get(url_of(member, "bands"))
    record = AccessRecord.objects.get()
    assert (record.what, record.viewer, record.member, record.times) == (
        Looked.LOG,
        trainer,
        member,
        2,
    )


def test_soreness_only_while_it_is_shared_and_then_it_is_a_look_at_health(
    trainer, other_trainer, sharing, done, signed_in
):
    coach(other_trainer, sharing)  # without sharing
    make_check_in(sharing, soreness={"quadriceps": 7}, pain=8)
    answer = signed_in(trainer).get(url_of(sharing))
    assert answer.context["page"].soreness.rows[0].figures == ["7.0", "1"]
    assert "That you looked is noted for them." in answer.text
    assert looks(Looked.HEALTH) == 1
    answer = signed_in(other_trainer).get(url_of(sharing))
    assert answer.context["page"].soreness is None
    assert "Soreness" not in answer.text
    assert AccessRecord.objects.get(what=Looked.HEALTH).viewer == trainer


def test_no_soreness_once_it_is_no_longer_shared_or_kept(trainer, sharing, done, signed_in):
    make_check_in(sharing)
    client = signed_in(trainer)
    assert client.get(url_of(sharing)).context["page"].soreness
    Coaching.objects.update(health_shared_at=None)
    assert client.get(url_of(sharing)).context["page"].soreness is None
    Coaching.objects.update(health_shared_at=timezone.now())
    sharing.health_consent_at = None
    sharing.save()
    assert client.get(url_of(sharing)).context["page"].soreness is None


def test_nothing_sore_is_no_look_at_health(trainer, sharing, done, signed_in):
    make_check_in(sharing, day=sharing.today() - timedelta(days=200))
    signed_in(trainer).get(url_of(sharing))
    assert looks(Looked.HEALTH) == 0


def test_a_trainer_sets_targets_and_the_member_reads_who_did(trainer, member, done, signed_in):
    answer = signed_in(trainer).post(url_of(member, "bands"), filled(quadriceps=(10, 20)))
    assert answer.url == url_of(member)
    assert stored(member) == {"quadriceps": (10, 20, trainer.pk)}
    assert "Target: 10 to 20, set by Tara Trainer on" in signed_in(member).get("/progress/").text
    assert "10 to 20, set by you on" in signed_in(trainer).get(url_of(member)).text


def test_a_target_that_cannot_be_comes_back_as_typed(trainer, member, signed_in):
    answer = signed_in(trainer).post(url_of(member, "bands"), filled(calves=("20", "ten")))
    assert answer.status_code == 422
    assert 'value="ten"' in answer.text
    assert not WeeklyBand.objects.exists()


@pytest.mark.parametrize("page", ["progress", "bands"])
def test_who_may(trainer, other_trainer, member, outsider, admin, done, signed_in, page):
    coach(other_trainer, outsider)
    write_bands(member=member, by=member, wanted={"calves": (3, 4)})
    before = stored(member)
    for person, status in (
        (other_trainer, 404),
        (member, 403),
        (outsider, 403),
        (admin, 403),
    ):
        client = signed_in(person)
        answer = client.get(url_of(member, page))
        assert answer.status_code == status
        assert "Leg Press" not in answer.text
        if page == "bands":
            assert client.post(url_of(member, page), filled(calves=(1, 2))).status_code == status
    assert Client().get(url_of(member, page)).url.startswith("/accounts/login/")
    assert stored(member) == before
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("page", ["progress", "bands"])
def test_closed_once_the_link_ended(trainer, member, done, signed_in, page):
    Coaching.objects.update(ended_at=timezone.now())
    client = signed_in(trainer)
    assert client.get(url_of(member, page)).status_code == 404
    if page == "bands":
        assert client.post(url_of(member, page), filled(calves=(1, 2))).status_code == 404
        assert not WeeklyBand.objects.exists()


def test_wrong_method_and_bad_id(trainer, member, signed_in):
    client = signed_in(trainer)
    for method in (client.post, client.put, client.delete):
        assert method(url_of(member)).status_code == 405
    assert client.put(url_of(member, "bands")).status_code == 405
    for bad in ("0", "999999", "x"):
        assert client.get(f"/coaching/members/{bad}/progress/").status_code == 404
        assert client.get(f"/coaching/members/{bad}/bands/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    trainer, sharing, signed_in, query_count, no_lazy_queries
):
    client = signed_in(trainer)
    make_session(sharing, sets=1, finished=True)
    make_check_in(sharing)
    one = query_count(client, url_of(sharing))
    for ago in range(1, 50):
        start = timezone.now() - timedelta(days=ago)
        make_session(sharing, sets=1, finished=True, started_at=start)
        make_check_in(sharing, day=sharing.today() - timedelta(days=ago))
    assert query_count(client, url_of(sharing)) == one
