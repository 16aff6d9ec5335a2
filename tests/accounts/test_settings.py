"""/accounts/settings/"""

import re

import pytest
from django.test import Client

from accounts.models import MailStop, User
from accounts.stops import stop
from tests.factories import coach

URL = "/accounts/settings/"
FORM = {
    "name": "Mia Moved",
    "unit": "lb",
    "time_zone": "Asia/Tokyo",
    "theme": "dark",
    "rest_seconds": 90,
    "rest_after_warmups": True,
    "remind_minutes": 60,
}
FIELDS = tuple(FORM)


def stored(person):
    return User.objects.values(*FIELDS).get(pk=person.pk)


def test_shows_and_saves_ones_own(member, outsider, signed_in):
    before = stored(outsider)
    client = signed_in(member)
    assert 'value="Europe/Berlin"' in client.get(URL).text
    assert client.post(URL, FORM).url == URL
    assert stored(member) == FORM
    assert stored(outsider) == before
    page = client.get(URL).text
    assert "Saved." in page
    assert 'data-bs-theme="dark"' in page


@pytest.mark.parametrize("seconds", [0, 900])
def test_rest_is_two_minutes_until_one_says_otherwise(member, signed_in, seconds):
    assert (stored(member)["rest_seconds"], stored(member)["rest_after_warmups"]) == (120, False)
    client = signed_in(member)
    assert 'value="120"' in client.get(URL).text
    form = FORM | {"rest_seconds": seconds}
    del form["rest_after_warmups"]
    client.post(URL, form)
    assert stored(member) == form | {"rest_after_warmups": False}


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("unit", "stone"),
        ("theme", "pink"),
        ("rest_seconds", "-1"),
        ("rest_seconds", "901"),
        ("rest_seconds", "1.5"),
        ("rest_seconds", ""),
        ("remind_minutes", "7"),
        ("name", ""),
        ("name", "n" * 101),
    ],
)
def test_a_refused_form_changes_nothing_and_keeps_what_was_typed(member, signed_in, field, bad):
    before = stored(member)
    page = signed_in(member).post(URL, FORM | {field: bad})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert stored(member) == before
    kept = "Asia/Tokyo" if field == "name" else "Mia Moved"
    assert f'value="{kept}"' in page.text
    assert '<span>Mia Member<span class="visually-hidden">' in page.text, "the page is around it"


def test_an_impossible_time_zone_is_shown_as_typed(member, signed_in):
    page = signed_in(member).post(URL, FORM | {"time_zone": "Mars/Olympus"}).text
    assert 'value="Mars/Olympus"' in page
    assert "Choose a time zone from the list." in page


def stops_of(person):
    return set(MailStop.objects.filter(email=person.email).values_list("kind", flat=True))


def test_which_mail_one_gets(member, outsider, signed_in):
    MailStop.objects.create(email=outsider.email, kind="program")
    MailStop.objects.create(email=member.email, kind="invitation")  # by the link in one
    client = signed_in(member)
    assert client.get(URL).context["form"]["mail"].initial == ["comment", "coaching", "program"]
    for kinds in (["comment"], [], ["comment", "coaching", "program"]):
        for _twice in range(2):
            assert client.post(URL, FORM | {"mail": kinds}).status_code == 302
            stopped = {"comment", "coaching", "program"}.difference(kinds)
            assert stops_of(member) == stopped | {"invitation"}
    assert stops_of(outsider) == {"program"}


def test_mail_that_was_stopped_by_its_link_has_no_tick(member, signed_in):
    stop(kind="coaching", email=member.email)
    page = signed_in(member).get(URL)
    assert page.context["form"]["mail"].initial == ["comment", "program"]
    assert page.text.count('name="mail"') == 3
    assert len(re.findall(r'<input[^>]*name="mail"[^>]*\bchecked', page.text)) == 2


@pytest.mark.parametrize("bad", ["invitation", "reminder", "spam"])
def test_a_kind_that_is_not_offered_changes_nothing(member, signed_in, bad):
    page = signed_in(member).post(URL, FORM | {"mail": ["comment", bad]})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["mail"]
    assert stops_of(member) == set()


def test_a_refused_form_keeps_the_ticks_and_stops_nothing(member, signed_in):
    page = signed_in(member).post(URL, FORM | {"name": "", "mail": ["program"]})
    assert page.status_code == 422
    assert page.context["form"]["mail"].value() == ["program"]
    assert stops_of(member) == set()


def test_there_is_nothing_to_choose_of_one_language(member, signed_in):
    client = signed_in(member)
    assert "language" not in client.get(URL).context["form"].fields
    client.post(URL, FORM | {"language": "de"})
    assert User.objects.get(pk=member.pk).language == "en"


def test_the_language_is_chosen_where_there_are_two(member, signed_in, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    client = signed_in(member)
    assert '<option value="en" selected>English</option>' in client.get(URL).text
    assert client.post(URL, FORM | {"language": "de"}).status_code == 302
    assert User.objects.get(pk=member.pk).language == "de"
    for bad in ("fr", ""):
        page = client.post(URL, FORM | {"language": bad})
        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["language"]
    assert User.objects.get(pk=member.pk).language == "de"


def test_a_role_cannot_be_posted(member, signed_in):
    signed_in(member).post(URL, FORM | {"is_trainer": "on", "is_staff": "on", "email": "x@y.zz"})
    person = User.objects.get(pk=member.pk)
    assert (person.is_trainer, person.is_staff, person.email) == (False, False, member.email)


def test_lists_who_sees_the_log(trainer, other_trainer, member, outsider, signed_in):
    coach(other_trainer, outsider)
    page = signed_in(member).get(URL).text
    assert trainer.name in page
    assert other_trainer.name not in page


def test_anonymous_signs_in_first(db):
    assert Client().post(URL, FORM).url == f"/accounts/login/?next={URL}"


def test_wrong_method(member, signed_in):
    assert signed_in(member).delete(URL).status_code == 405
