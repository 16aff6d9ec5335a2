"""/accounts/password/reset/ and the link in its mail"""

import re

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from tests.factories import PASSWORD

NEW = "another-long-password"


def test_the_link_in_the_mail_sets_a_new_password(member):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client = Client()
    client.post("/accounts/password/reset/", {"email": member.email.upper()})
    assert mail.outbox[0].to == [member.email]
    link = re.search(r"https?://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[
        1
    ]

    form = client.get(link, follow=True).redirect_chain[-1][0]
    short = client.post(form, {"password1": "short", "password2": "short"})
    assert short.status_code == 422
    member.refresh_from_db()
    assert member.check_password(PASSWORD)

    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    member.refresh_from_db()
    assert member.check_password(NEW)

    again = Client().get(link, follow=True)
    assert "password1" not in again.text, "the link works once"


def test_never_says_who_has_an_account(db):
    answer = Client().post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert answer.url == "/accounts/password/reset/done/"


def test_a_bad_address_is_kept(db):
    page = Client().post("/accounts/password/reset/", {"email": "nobody"})
    assert page.status_code == 422
    assert 'value="nobody"' in page.text
