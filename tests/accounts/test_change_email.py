"""/accounts/email/"""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import MailStop, User
from accounts.stops import is_stopped, stop

URL = "/accounts/email/"


@pytest.fixture
def client(member, signed_in):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return signed_in(member)


def ask(client, email):
    return client.post(URL, {"email": email, "action_add": ""})


def address(person):
    return User.objects.get(pk=person.pk).email


def test_the_address_changes_once_the_link_is_followed(client, member):
    old = member.email
    assert f"You sign in with {old}." in client.get(URL).text
    ask(client, "New@Example.com")
    assert mail.outbox[0].to == ["new@example.com"]
    assert address(member) == old
    assert "We sent a link to new@example.com." in client.get(URL).text

    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    html = mail.outbox[0].alternatives[0]
    assert html.mimetype == "text/html"
    assert f'href="http://testserver{link}"' in html.content
    client.post(link)
    assert address(member) == "new@example.com"
    assert list(member.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("new@example.com", True, True)
    ]


def test_what_one_does_not_want_to_get_goes_with_the_address(client, member, outsider):
    for person, kind in [(member, "comment"), (member, "program"), (outsider, "coaching")]:
        stop(kind=kind, email=person.email)
    stop(kind="program", email="new@example.com")
    ask(client, "new@example.com")
    assert not is_stopped(kind="comment", email="new@example.com"), "it is not theirs yet"
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    for _twice in range(2):
        client.post(link)
    kinds = MailStop.objects.filter(email="new@example.com").values_list("kind", flat=True)
    assert sorted(kinds) == ["comment", "program"]


def test_it_goes_along_too_when_an_admin_changes_it(admin, member, signed_in):
    stop(kind="comment", email=member.email)
    url = f"/admin/accounts/user/{member.pk}/change/"
    form = signed_in(admin).get(url).context["adminform"].form
    posted = {name: value for name, value in form.initial.items() if value not in (None, [])}
    posted = {name: value for name, value in posted.items() if value is not False}
    dates = ("joined_at", "last_login")
    posted = {name: value for name, value in posted.items() if name not in dates}
    page = signed_in(admin).post(url, posted | {"email": "new@example.com"})
    assert page.status_code == 302, page.context["adminform"].form.errors
    assert address(member) == "new@example.com"
    assert is_stopped(kind="comment", email="new@example.com")


def test_a_change_can_be_called_off(client, member):
    ask(client, "new@example.com")
    client.post(URL, {"email": "new@example.com", "action_remove": ""})
    assert "We sent a link" not in client.get(URL).text
    assert [each.email for each in member.emailaddress_set.all()] == [member.email]


def test_a_bad_address_is_refused_and_kept(client, member):
    page = ask(client, "nowhere")
    assert page.status_code == 422
    assert 'value="nowhere"' in page.text
    assert address(member) == member.email
    assert mail.outbox == []


def test_somebody_elses_address_is_not_taken(client, member, outsider):
    EmailAddress.objects.create(user=outsider, email=outsider.email, verified=True, primary=True)
    before = outsider.email, member.email
    ask(client, outsider.email.upper())
    for each in mail.outbox:
        for link in re.findall(r"http://testserver(/\S+)", each.body):
            client.post(link)
    assert (address(outsider), address(member)) == before
    taken = EmailAddress.objects.get(email=outsider.email, verified=True)
    assert taken.user == outsider


def test_anonymous_signs_in_first(db):
    assert ask(Client(), "x@example.com").url == f"/accounts/login/?next={URL}"
