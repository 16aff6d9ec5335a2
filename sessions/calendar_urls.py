"""/calendar/"""

from datetime import date

from django.urls import path, register_converter

from sessions.calendar import FIRST_YEAR, LAST_YEAR
from sessions.views import calendar


class DayConverter:
    """A date such as 2026-11-30, of the years that the calendar has."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError
        return day

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "calendar"
urlpatterns = [
    path("", calendar.month, name="month"),
    path("options/", calendar.options, name="options"),
    path("days/<day:day>/", calendar.day, name="day"),
    path("days/<day:day>/skip/", calendar.skip_day, name="skip_day"),
    path("days/<day:day>/restore/", calendar.restore_day, name="restore_day"),
    path("address/make/", calendar.make_address, name="make_address"),
    path("address/renew/", calendar.renew_address, name="renew_address"),
    path("address/remove/", calendar.remove_address, name="remove_address"),
    path("reminders/stop/<str:token>/", calendar.stop_reminders, name="stop_reminders"),
    path("<str:token>.ics", calendar.feed, name="feed"),
]
