"""GET /coaching/members/<id>/check-ins/"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessRecord, Coaching, Looked
from tests.factories import agree, coach, make_check_in, make_session

SECRET = "Hamstrings 7"


def url_of(person):
    return f"/coaching/members/{person.pk}/check-ins/"


@pytest.fixture
def sharing(member):
    agree(member)
    Coaching.objects.filter(member=member).update(health_shared_at=timezone.now())
    return member


def sore(person, ago=0, **felt):
    return make_check_in(
        person,
        day=person.today() - timedelta(days=ago),
        **{"soreness": {"hamstrings": 7}} | felt,
    )


def looks(kind):
    return AccessRecord.objects.filter(what=kind).count()


def test_shows_what_was_felt(trainer, sharing, signed_in):
    sore(sharing, pain=6, pain_place="knee", pain_side="left", signs=["pop"])
    answer = signed_in(trainer).get(url_of(sharing))
    assert answer.status_code == 200
    assert SECRET in answer.text
    assert "6, knee, left" in answer.text
    assert "A pop, and something no longer works" in answer.text
    assert "Stop training now, and get urgent medical help" in answer.text
    assert "you are not examining anybody" in answer.text
    assert 'role="alert"' not in answer.text
    assert "<title>Check-ins · Legtraining</title>" in answer.text


def test_the_last_28_days_the_newest_first(trainer, sharing, signed_in):
    for ago in (0, 27, 28):
        sore(sharing, ago)
    sore(sharing, 3, deleted_at=timezone.now())
    days = [each.day for each in signed_in(trainer).get(url_of(sharing)).context["entries"]]
    assert days == [sharing.today(), sharing.today() - timedelta(days=27)]


def test_nothing_noted(trainer, sharing, signed_in):
    assert "No check-in in the last 28 days." in signed_in(trainer).get(url_of(sharing)).text


def test_who_looked_is_noted(trainer, sharing, signed_in):
    client = signed_in(trainer)
    client.get(f"/coaching/members/{sharing.pk}/")
    assert (looks(Looked.LOG), looks(Looked.HEALTH)) == (1, 0)
    client.get(url_of(sharing))
    client.get(url_of(sharing))
    record = AccessRecord.objects.get(what=Looked.HEALTH)
    assert (record.viewer, record.member, record.times) == (trainer, sharing, 2)


def test_a_reason_that_tells_of_health_is_a_look_at_it(trainer, sharing, signed_in):
    sore(sharing, pain=8)
    signed_in(trainer).get(f"/coaching/members/{sharing.pk}/")
    assert looks(Looked.HEALTH) == 1


def test_closed_unless_shared(trainer, member, signed_in):
    sore(agree(member))
    client = signed_in(trainer)
    answer = client.get(url_of(member))
    assert answer.status_code == 404
    assert SECRET not in answer.text
    page = client.get(f"/coaching/members/{member.pk}/")
    assert "Mia Member does not share check-ins with you." in page.text
    assert url_of(member) not in page.text
    assert SECRET not in page.text
    assert looks(Looked.HEALTH) == 0


def test_closed_once_the_consent_to_keep_any_is_withdrawn(trainer, sharing, signed_in):
    sore(sharing)
    client = signed_in(trainer)
    assert url_of(sharing) in client.get(f"/coaching/members/{sharing.pk}/").text
    sharing.health_consent_at = None
    sharing.save()
    assert client.get(url_of(sharing)).status_code == 404


def test_closed_once_the_link_ended(trainer, sharing, signed_in):
    sore(sharing)
    Coaching.objects.update(ended_at=timezone.now())
    assert signed_in(trainer).get(url_of(sharing)).status_code == 404


def test_who_may(other_trainer, sharing, outsider, admin, signed_in):
    sore(sharing)
    coach(other_trainer, sharing)  # without sharing
    for person, status in ((other_trainer, 404), (sharing, 403), (outsider, 403), (admin, 403)):
        answer = signed_in(person).get(url_of(sharing))
        assert answer.status_code == status
        assert SECRET not in answer.text
    assert Client().get(url_of(sharing)).url.startswith("/accounts/login/")
    assert looks(Looked.HEALTH) == 0


def test_wrong_method_and_bad_id(trainer, sharing, outsider, signed_in):
    client = signed_in(trainer)
    for method in (client.post, client.put, client.delete):
        assert method(url_of(sharing)).status_code == 405
    for bad in ("0", "999999", "x"):
        assert client.get(f"/coaching/members/{bad}/check-ins/").status_code == 404
    assert client.get(url_of(outsider)).status_code == 404


def test_the_number_of_queries_does_not_grow(
    trainer, sharing, signed_in, query_count, no_lazy_queries
):
    client = signed_in(trainer)
    sore(sharing)
    one = query_count(client, url_of(sharing))
    for ago in range(1, 28):
        sore(sharing, ago, pain=4)
    make_session(sharing, finished=True)
    assert query_count(client, url_of(sharing)) == one
