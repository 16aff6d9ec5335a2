"""Writers of letters, for `settings.LETTERS`."""

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format

from accounts.letters import Written


def plain(letter):
    """Names the day and the hour at which it is sent, in the language and zone of the reader."""
    day = date_format(timezone.localtime(letter.at), "l j F H:i")
    return Written(f"About {letter.about}", "trial", {"words": "Fish & <b>chips</b>", "day": day})


def to_somebody(letter):
    return Written("Come\r\nBcc: x@example.com", "trial", {}, to="New@Example.com")


def not_wanted(letter):
    return None


def broken(letter):
    raise KeyError("member@example.com has a sore knee")


def broken_query(letter):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
