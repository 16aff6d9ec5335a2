"""accounts.middleware.members_time_zone"""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts.middleware import members_time_zone
from accounts.models import Invitation
from tests.factories import UserFactory

# 23:30 UTC on New Year's Eve: in Tokyo it is next year already.
INSTANT = datetime(2030, 12, 31, 23, 30, tzinfo=UTC)


def zone_within(user):
    request = RequestFactory().get("/")
    request.user = user
    seen = members_time_zone(lambda _request: HttpResponse(timezone.get_current_timezone_name()))
    return seen(request).text


def test_a_page_is_in_the_persons_zone_and_the_next_one_is_not(db):
    assert zone_within(UserFactory(time_zone="Asia/Tokyo")) == "Asia/Tokyo"
    assert timezone.get_current_timezone_name() == "UTC"


def test_anybody_else_has_the_servers(db):
    assert zone_within(AnonymousUser()) == "UTC"


def test_dates_on_a_page_are_the_persons_own(db, signed_in):
    for zone, shown in (("Asia/Tokyo", "until 1 January"), ("Europe/London", "until 31 December")):
        trainer = UserFactory(is_trainer=True, time_zone=zone)
        Invitation.objects.create(
            trainer=trainer,
            label="Olga",
            token_hash=zone,
            created_at=INSTANT - timedelta(days=9999),
            expires_at=INSTANT,
        )
        assert shown in signed_in(trainer).get("/coaching/invite/").text
