"""Mail that is printed, and what stands in it."""

import io
import re

from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from legtraining.mail import EmailBackend

LINK = "http://127.0.0.1:8000/accounts/confirm-email/" + "MzQ:1xVKmR:K7UNqjcwS9A8UU0tik" * 4


def test_printed_mail_is_as_it_is_read():
    """Not as it goes over the line, where a long link and a name from elsewhere are encoded."""
    terminal = io.StringIO()
    message = EmailMessage("Cześć", f"Grüße, {LINK}", "us@example.com", ["zoe@example.com"])
    assert EmailBackend(stream=terminal).send_messages([message, message]) == 2
    printed = f"To: zoe@example.com\nSubject: Cześć\n\nGrüße, {LINK}\n{'-' * 79}\n"
    assert terminal.getvalue() == printed * 2


def test_the_mail_that_confirms_an_address(db):
    person = {"name": "Zoë Østergård", "email": "zoe@example.com", "password1": "quads-2-big"}
    Client().post("/accounts/signup/", person)
    (message,) = mail.outbox
    assert message.to == ["zoe@example.com"]
    assert message.subject == "Is this your address?"
    (link,) = re.findall(r"http://testserver/accounts/confirm-email/\S+/", message.body)
    assert Client().get(link).status_code == 200
