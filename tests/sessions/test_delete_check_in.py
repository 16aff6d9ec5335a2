"""POST /sessions/check-in/<pk>/delete/ and .../restore/"""

from datetime import timedelta

import pytest
from django.test import Client

from sessions.models import CheckIn
from tests.factories import make_check_in, make_session
from tests.sessions.conftest import words

PAGE = "/sessions/check-in/"


@pytest.fixture
def entry(member):
    return make_check_in(member, pain=3, pain_place="hip")


def url(entry, verb):
    return f"{PAGE}{entry.pk}/{verb}/"


def row(entry):
    return CheckIn.objects.values().get(pk=entry.pk)


def yesterday(member, days=1):
    return member.today() - timedelta(days=days)


def test_deleted_and_brought_back_is_as_before(member, entry, signed_in):
    before = row(entry)
    client = signed_in(member)
    answer = client.post(url(entry, "delete"))
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#main")
    assert row(entry) | {"deleted_at": None} == before
    assert row(entry)["deleted_at"] is not None
    page = client.get(PAGE)
    assert "is deleted. You can bring it back" in words(page)
    assert f'action="{url(entry, "restore")}"' in page.text
    assert (page.context["entries"], page.context["newest"]) == ([], None)
    assert page.context["form"].initial == {}
    answer = client.post(url(entry, "restore"))
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#main")
    assert row(entry) == before


def test_each_may_be_sent_twice(member, entry, signed_in):
    client = signed_in(member)
    client.post(url(entry, "delete"))
    first = row(entry)
    assert client.post(url(entry, "delete")).status_code == 302
    assert row(entry) == first
    for _again in range(2):
        assert client.post(url(entry, "restore")).status_code == 302
        assert row(entry)["deleted_at"] is None


def test_what_was_deleted_before_is_erased(member, entry, outsider, signed_in):
    older, kept = (make_check_in(member, day=yesterday(member, days)) for days in (1, 2))
    other = make_check_in(outsider, deleted_at=entry.created_at)
    client = signed_in(member)
    client.post(url(older, "delete"))
    client.post(url(entry, "delete"))
    assert set(CheckIn.objects.all()) == {entry, kept, other}
    assert client.post(url(older, "restore")).status_code == 404
    assert client.post(url(entry, "restore")).status_code == 302
    assert CheckIn.objects.live().filter(pk=entry.pk).exists()


def test_saving_erases_what_was_deleted(member, outsider, signed_in):
    older = make_check_in(member, day=yesterday(member))
    other = make_check_in(outsider, day=older.day, deleted_at=older.created_at)
    client = signed_in(member)
    client.post(url(older, "delete"))
    client.post(PAGE, {"pain": "1"})
    assert set(CheckIn.objects.values_list("pain", "member")) == {
        (1, member.pk),
        (None, other.member_id),
    }
    assert "You can bring it back" not in words(client.get(PAGE))


def test_saving_the_day_again_takes_the_place_of_the_deleted_one(member, entry, signed_in):
    client = signed_in(member)
    client.post(url(entry, "delete"))
    client.post(PAGE, {"pain": "1"})
    saved = CheckIn.objects.get()
    assert (saved.pain, saved.pain_place, saved.soreness, saved.deleted_at) == (1, "", {}, None)


def test_keeps_the_session_to_go_back_to(member, entry, signed_in):
    query = f"?session={make_session(member).uuid}"
    client = signed_in(member)
    assert f'action="{url(entry, "delete")}{query}"' in client.get(PAGE + query).text
    assert client.post(url(entry, "delete") + query)["Location"] == f"{PAGE}{query}#main"
    assert f'action="{url(entry, "restore")}{query}"' in client.get(PAGE + query).text
    assert client.post(url(entry, "restore") + query)["Location"] == f"{PAGE}{query}#main"


@pytest.mark.parametrize("who", ["trainer", "outsider", "admin"])
def test_nobody_else(entry, who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    before = row(entry)
    for verb in ("delete", "restore"):
        assert client.post(url(entry, verb)).status_code == 404
        assert row(entry) == before
        assert client.get(url(entry, verb)).status_code == 405


def test_bad_id(member, entry, signed_in):
    client = signed_in(member)
    for bad in ("0", "999999", "99999999999999999999", "x"):
        for verb in ("delete", "restore"):
            assert client.post(f"{PAGE}{bad}/{verb}/").status_code == 404
    assert CheckIn.objects.live().count() == 1


def test_anonymous_signs_in_first(entry):
    for verb in ("delete", "restore"):
        assert "/accounts/login/" in Client().post(url(entry, verb)).url
    assert row(entry)["deleted_at"] is None


def test_wrong_method(member, entry, signed_in):
    for verb in ("delete", "restore"):
        assert signed_in(member).get(url(entry, verb)).status_code == 405
    assert row(entry)["deleted_at"] is None
