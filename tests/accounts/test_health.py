"""/accounts/health/ and POST /accounts/health/agree/"""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories import agree

URL = "/accounts/health/"
AGREE = "/accounts/health/agree/"
BUTTON = "I agree: keep my check-ins"


def consent(person):
    return User.objects.values_list("health_consent_at", flat=True).get(pk=person.pk)


def test_explains_before_it_asks(member, signed_in):
    client = signed_in(member)
    assert f'href="{URL}"' in client.get("/accounts/settings/").text
    page = client.get(URL).text
    for asked in ("What is kept", "What for", "Who sees it", "How it ends", BUTTON):
        assert asked in page
    assert "You have not agreed, so nothing is kept." in page
    assert consent(member) is None


def test_agreeing_is_kept_with_its_time(member, outsider, signed_in):
    client = signed_in(member)
    before = timezone.now()
    assert client.post(AGREE).url == URL
    assert before <= consent(member) <= timezone.now()
    assert consent(outsider) is None
    page = client.get(URL).text
    assert "You agreed on" in page
    assert BUTTON not in page
    assert 'href="/sessions/check-in/withdraw/"' in page


def test_agreeing_again_keeps_the_first_time(member, signed_in):
    first = datetime(2026, 1, 2, 3, tzinfo=UTC)
    User.objects.filter(pk=member.pk).update(health_consent_at=first)
    assert signed_in(member).post(AGREE).status_code == 302
    assert consent(member) == first


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/sessions/check-in/?session=x", "/sessions/check-in/?session=x"),
        ("https://elsewhere.example/", URL),
        ("//elsewhere.example/", URL),
        ("javascript:alert(1)", URL),
        ("", URL),
    ],
)
def test_leads_back_to_a_page_of_ours_only(member, signed_in, next_page, leads_to):
    assert signed_in(member).post(AGREE, {"next": next_page}).url == leads_to


def test_the_day_is_the_members(member, signed_in):
    late = datetime(2030, 12, 31, 23, 30, tzinfo=UTC)  # in Berlin it is next year already
    User.objects.filter(pk=member.pk).update(health_consent_at=late)
    assert "You agreed on 1 January 2031." in signed_in(member).get(URL).text


def test_it_is_ones_own(trainer, member, signed_in):
    agree(member)
    assert "You have not agreed" in signed_in(trainer).get(URL).text


def test_anonymous_signs_in_first(db):
    for url in (URL, AGREE):
        assert Client().post(url).url == f"/accounts/login/?next={url}"


def test_wrong_method(member, signed_in):
    client = signed_in(member)
    assert client.post(URL).status_code == 405
    assert client.get(AGREE).status_code == 405
    assert consent(member) is None
