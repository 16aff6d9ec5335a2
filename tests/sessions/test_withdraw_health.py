"""/sessions/check-in/withdraw/"""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from sessions.models import CheckIn, SetLog
from tests.factories import agree, make_check_in, make_session
from tests.sessions.conftest import words

URL = "/sessions/check-in/withdraw/"


def consent(person):
    return User.objects.values_list("health_consent_at", flat=True).get(pk=person.pk)


def three_of(person):
    day = person.today()
    make_check_in(person, day=day)
    make_check_in(person, day=day - timedelta(days=1))
    make_check_in(person, day=day - timedelta(days=2), deleted_at=timezone.now())


def test_says_how_many_and_that_it_is_final(member, outsider, signed_in):
    three_of(member)
    make_check_in(outsider)
    page = words(signed_in(member).get(URL))
    assert "3 check-ins will be erased." in page
    assert "This cannot be undone." in page
    assert CheckIn.objects.count() == 4
    assert "1 check-in will be erased." in words(signed_in(outsider).get(URL))


def test_erases_all_of_ones_own_and_nothing_else(member, outsider, signed_in):
    three_of(member)
    make_session(member, sets=2, finished=True)
    kept = make_check_in(outsider)
    client = signed_in(member)
    page = client.post(URL, follow=True)
    assert page.redirect_chain == [("/accounts/health/", 302)]
    assert "Your check-ins are erased, and no new ones are kept." in words(page)
    assert "You have not agreed, so nothing is kept." in words(page)
    assert list(CheckIn.objects.all()) == [kept]
    assert (consent(member), consent(outsider)) == (None, outsider.health_consent_at)
    assert SetLog.objects.filter(member=member).count() == 2


def test_afterwards_none_is_written(member, signed_in):
    three_of(member)
    client = signed_in(member)
    client.post(URL)
    client.post("/sessions/check-in/", {"pain": "4"})
    assert not CheckIn.objects.exists()


def test_sent_twice_or_without_consent_is_harmless(member, signed_in):
    agree(member)
    client = signed_in(member)
    for _again in range(2):
        assert client.post(URL).status_code == 302
        assert consent(member) is None
    assert "there is nothing to erase" in words(client.get(URL))
    assert "<form" not in client.get(URL).text.partition("<main")[2]


def test_anonymous_signs_in_first(member):
    make_check_in(member)
    assert Client().post(URL).url == f"/accounts/login/?next={URL}"
    assert CheckIn.objects.count() == 1


def test_wrong_method(member, signed_in):
    make_check_in(member)
    assert signed_in(member).delete(URL).status_code == 405
    assert CheckIn.objects.count() == 1
