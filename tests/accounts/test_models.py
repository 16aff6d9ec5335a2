"""What the database refuses about people, and how a person's own day is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Coaching, Handover, Invitation, Rack, User
from accounts.services import invite
from tests.factories import UserFactory, coach

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def refused_by(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_user(member):
    with refused_by("accounts_user_email_lowercase"), transaction.atomic():
        User.objects.filter(pk=member.pk).update(email="Upper@example.com")
    with refused_by("accounts_user_unit_known"), transaction.atomic():
        User.objects.filter(pk=member.pk).update(unit="st")
    with refused_by("accounts_user_rest_range"), transaction.atomic():
        User.objects.filter(pk=member.pk).update(rest_seconds=901)
    with refused_by("accounts_user_email"), transaction.atomic():
        UserFactory(email=member.email)


def test_rack(member):
    row = {"member": member, "bars": "20", "plates": "25x4", "dumbbell_step": 2, "machine_step": 5}
    Rack.objects.create(**row, unit="kg")
    with refused_by("accounts_rack_one_a_unit"), transaction.atomic():
        Rack.objects.create(**row, unit="kg")
    with refused_by("accounts_rack_unit_known"), transaction.atomic():
        Rack.objects.create(**row, unit="st")
    for step in ("dumbbell_step", "machine_step"):
        with refused_by("accounts_rack_steps_positive"), transaction.atomic():
            Rack.objects.update(**{step: 0})


def test_coaching(trainer, member):
    with refused_by("accounts_coaching_one_open"), transaction.atomic():
        coach(trainer, member)
    with refused_by("accounts_coaching_two_people"), transaction.atomic():
        coach(trainer, trainer)
    with refused_by("accounts_coaching_ends_after_start"), transaction.atomic():
        Coaching.objects.update(accepted_at=NOW, ended_at=NOW - timedelta(seconds=1))
    Coaching.objects.update(accepted_at=NOW, ended_at=NOW)
    coach(trainer, member)


def test_invitation(trainer):
    invitation, _token = invite(trainer=trainer, label="Olga")
    with refused_by("accounts_invitation_expires_later"), transaction.atomic():
        Invitation.objects.update(expires_at=invitation.created_at)
    with refused_by("accounts_invitation_token_hash"), transaction.atomic():
        Invitation.objects.create(
            trainer=trainer,
            label="Twin",
            token_hash=invitation.token_hash,
            expires_at=timezone.now() + timedelta(days=1),
        )


def test_handover(trainer, other_trainer, member):
    link = Coaching.objects.get(member=member)
    asked = Handover.objects.create(coaching=link, to=other_trainer)
    with refused_by("accounts_handover_one_open"), transaction.atomic():
        Handover.objects.create(coaching=link, to=other_trainer)
    with refused_by("accounts_handover_answer_is_dated"), transaction.atomic():
        Handover.objects.update(accepted=True)
    Handover.objects.filter(pk=asked.pk).update(answered_at=NOW)
    Handover.objects.create(coaching=link, to=other_trainer)


def test_an_address_is_kept_in_small_letters(db):
    assert User.objects.create_user(" Nina@Example.COM ", "x").email == "nina@example.com"
    person = User(email="Nina2@Example.COM", name="Nina")
    person.clean()
    assert person.email == "nina2@example.com"


def test_a_time_zone_must_exist(member):
    member.time_zone = "Mars/Olympus"
    with pytest.raises(ValidationError, match="Choose a time zone from the list"):
        member.full_clean()


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 3, 1)),
        ("Pacific/Kiritimati", date(2026, 3, 2)),
        ("Pacific/Pago_Pago", date(2026, 3, 1)),
    ],
)
def test_today_is_the_persons_own(zone, day):
    assert User(time_zone=zone).today(NOW) == day


def test_today_follows_the_clock_change():
    """On 29 March 2026 Berlin goes from UTC+1 to UTC+2 at 01:00 UTC."""
    person = User(time_zone="Europe/Berlin")
    assert person.today(datetime(2026, 3, 28, 22, 30, tzinfo=UTC)) == date(2026, 3, 28)
    assert person.today(datetime(2026, 3, 29, 22, 30, tzinfo=UTC)) == date(2026, 3, 30)
