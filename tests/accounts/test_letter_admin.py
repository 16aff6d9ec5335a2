"""/admin/accounts/letter/"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.utils import timezone

from accounts.models import Letter
from tests.factories import UserFactory

URL = "/admin/accounts/letter/"
NOW = timezone.now()


@pytest.fixture
def letters(member, settings):
    settings.LETTERS = {"comment": "tests.accounts.writers.to_somebody"}
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], "tests/accounts/templates"]}, *others]
    made = {
        "sent": {"sent_at": NOW},
        "dropped": {"dropped_at": NOW, "tries": 75, "problem": "ConnectionRefusedError: away"},
        "waiting": {"tries": 4, "due_at": NOW + timedelta(hours=1)},
    }
    return {
        name: Letter.objects.create(kind="comment", about=about, member=member, **fields)
        for about, (name, fields) in enumerate(made.items())
    }


def again(client, letters):
    keys = [letter.pk for letter in letters.values()]
    return client.post(URL, {"action": "send_again", "_selected_action": keys}, follow=True)


def test_it_names_nobody(letters, admin, member, signed_in):
    client = signed_in(admin)
    for url in (URL, f"{URL}{letters['dropped'].pk}/change/"):
        page = client.get(url).text
        assert "ConnectionRefusedError: away" in page
        assert member.email not in page
        assert member.name not in page


@pytest.mark.django_db(transaction=True)
def test_what_failed_or_was_dropped_is_sent_again(letters, admin, signed_in):
    page = again(signed_in(admin), letters)
    assert "2 letters are sent again." in page.text
    assert len(mail.outbox) == 2
    letters["sent"].refresh_from_db()
    assert letters["sent"].sent_at == NOW
    assert not Letter.objects.waiting().exists()
    assert Letter.objects.filter(dropped_at__isnull=False).count() == 0
    assert "0 letters are sent again." in again(signed_in(admin), letters).text
    assert len(mail.outbox) == 2


def test_who_may_only_look_sends_nothing(letters, signed_in):
    person = UserFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_letter"))
    client = signed_in(person)
    assert "send_again" not in client.get(URL).text
    again(client, letters)
    assert Letter.objects.filter(tries=75, dropped_at=NOW).exists()
    assert mail.outbox == []
