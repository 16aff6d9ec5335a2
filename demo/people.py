"""The demo's accounts, and who coaches whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import Coaching, User
from accounts.services import invite
from demo.cast import HOME_ZONE, INVITED, PASSWORD, TRAINER, Person


def midnight(day: date) -> datetime:
    """The start of `day` at the trainers' gym."""
    return datetime.combine(day, time(), ZoneInfo(HOME_ZONE))


def create_people(cast: Iterable[Person], today: date) -> dict[str, User]:
    """Everybody, by e-mail address. They share one password hash, because hashing is slow."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            email=person.email,
            name=person.name,
            password=password,
            unit=person.unit,
            time_zone=person.zone,
            is_trainer=person.is_trainer,
            is_staff=person.is_admin,
            is_superuser=person.is_admin,
            joined_at=midnight(today - timedelta(weeks=27)) + timedelta(hours=9, minutes=minute),
        )
        for minute, person in enumerate(cast)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return {user.email: user for user in users}


def create_coachings(cast: Iterable[Person], people: dict[str, User], today: date) -> None:
    """The links that were accepted, the one that was ended, and an invitation without answer."""

    def weeks_ago(weeks: int) -> datetime:
        return midnight(today - timedelta(weeks=weeks, days=1)) + timedelta(hours=12)

    Coaching.objects.bulk_create(
        Coaching(
            trainer=people[person.trainer],
            member=people[person.email],
            accepted_at=weeks_ago(person.coached_weeks),
            ended_at=(
                None
                if person.coaching_ended_weeks_ago is None
                else weeks_ago(person.coaching_ended_weeks_ago)
            ),
        )
        for person in cast
        if person.trainer
    )
    invite(trainer=people[TRAINER], label=INVITED, at=midnight(today) - timedelta(days=5))
