"""Dates and months as apps write them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import dates as names
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.imports.dates import Calendar, is_day_first, parse
from legtraining.domain.imports.months import month
from legtraining.domain.refusal import Refusal
from tests.domain.imports.helpers import at

# Not among them: languages where a short name means another month in a language that is.
LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "pt-br",
    "nl",
    "sv",
    "nb",
    "da",
    "fi",
    "pl",
    "cs",
    "ru",
    "uk",
    "tr",
    "hu",
    "ro",
    "el",
    "id",
    "sk",
    "ca",
    "sl",
    "et",
    "lv",
]
# Too short to tell: "jui" is juin or juillet, "mar" March nearly everywhere, "čer" both of two.
AMBIGUOUS = {("fr", "jui"), ("fi", "mar"), ("cs", "čer"), ("cs", "čen")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_known_by_their_full_and_short_names(language: str) -> None:
    with translation.override(language):
        for of_month in (names.MONTHS, names.MONTHS_3, names.MONTHS_ALT, names.MONTHS_AP):
            for number in range(1, 13):
                word = str(of_month[number]).strip(".")  # type: ignore[index]
                if (language, word.lower()) not in AMBIGUOUS:
                    assert month(word) == number, word


@pytest.mark.parametrize("word", ["", "ma", "xyz", "Squat", "jui"])
def test_other_words_are_no_months(word: str) -> None:
    assert month(word) is None


@given(st.datetimes(min_value=at("1950-01-01"), max_value=at("2100-01-01")))
def test_iso_dates_come_back_as_they_were(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert parse(moment.isoformat(), day_first=True) == (moment, True)
    assert parse(moment.isoformat(" ") + "Z", day_first=True) == (
        moment.replace(tzinfo=UTC), True,
    )  # fmt: skip
    noon = moment.replace(hour=12, minute=0, second=0)
    assert parse(moment.date().isoformat(), day_first=True) == (noon, False)


@given(st.datetimes(min_value=at("1970-01-01"), max_value=at("2069-01-01")), st.booleans())
def test_numeric_dates_come_back_as_they_were(moment: datetime, day_first: bool) -> None:
    moment = moment.replace(second=0, microsecond=0)
    day = ("%d/%m/%Y", "%d.%m.%y") if day_first else ("%m/%d/%Y", "%m-%d-%y")
    for pattern in (f"{day[0]} %H:%M", f"{day[1]}, %I:%M %p"):
        assert parse(moment.strftime(pattern), day_first=day_first) == (moment, True)


@given(st.datetimes(min_value=at("1950-01-01"), max_value=at("2100-01-01")))
def test_dates_with_a_word_come_back_as_they_were(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    for pattern in ("%d %b %Y, %H:%M", "%B %d, %Y %I:%M %p", "%A, %d %B %Y %H:%M"):
        assert parse(moment.strftime(pattern), day_first=True) == (moment, True)


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        moment, has_time = Calendar().read(text)
    except Refusal:
        return
    assert moment.year >= 1950
    assert has_time in {True, False}


@pytest.mark.parametrize(
    "text",
    ["", "2022", "2022-02-30", "31/02/2022", "2022-10-01 25:00", "12:30", "Mar 2022",
     "1 Mar 2 2022", "1/1/1/1/1", "2022-10-01T09:00:00+99:99", "1 2 2022", "9" * 80],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="The date cannot be read"):
        Calendar().read(text)


def test_midnight_and_noon_of_the_twelve_hour_clock() -> None:
    assert parse("1 Mar 2022, 12:05 AM", day_first=True)[0] == at("2022-03-01 00:05")
    assert parse("1 Mar 2022, 12:05 PM", day_first=True)[0] == at("2022-03-01 12:05")


def test_a_zone_becomes_utc() -> None:
    for text, hour in (("09:00+02:00", 7), ("09:00-0330", 12), ("09:00Z", 9)):
        moment, _ = parse(f"2022-10-01T{text}", day_first=True)
        assert (moment.tzinfo, moment.hour) == (UTC, hour)


def test_the_order_of_day_and_month_is_seen_in_the_file() -> None:
    assert is_day_first(["03/04/2022", "23/04/2022"], default=False)
    assert not is_day_first(["03/04/2022", "03/24/2022"], default=True)
    for default in (True, False):
        assert is_day_first(["03/04/2022"], default=default) is default
        assert is_day_first(["23/04/2022", "04/23/2022"], default=default) is default


def test_the_future_begins_two_days_from_now() -> None:
    calendar = Calendar(today=date(2022, 10, 1))
    assert calendar.read("2022-10-02 23:59")[0] == at("2022-10-02 23:59")
    with pytest.raises(Refusal, match="in the future"):
        calendar.read("2022-10-03")
