"""The real exports of other apps, from their upload to their undoing.

What the files hold was counted without our parsers: with the csv module alone, row by row, leaving
out rows without repetitions.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from exercises.services import load_library
from sessions.models import SetLog, WorkoutSession
from tests.exchange.strong_files import import_file, upload, volume

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
FILES = Path(settings.BASE_DIR).parent / "shared/data/imports"


@dataclass(frozen=True)
class Held:
    """What a file holds: sessions, sets with repetitions, their weight × repetitions, and days."""

    sessions: int
    sets: int
    volume: Decimal  # in the unit of the file, which is kg or, where it says none, is said to be
    first: date
    last: date


HELD = {
    "fitnotes/kgs_9col_2023_2025.csv": Held(
        124, 2492, Decimal("814748.2"), date(2023, 11, 21), date(2025, 6, 22)
    ),
    "hevy/kg_supersets.csv": Held(17, 330, Decimal(165952), date(2025, 5, 13), date(2025, 6, 30)),
    "strong/android_semicolon_2025.csv": Held(
        10, 159, Decimal("26834.2"), date(2024, 11, 28), date(2025, 9, 15)
    ),
    "strong/comma_10col_2026.csv": Held(
        37, 666, Decimal("168413.8"), date(2026, 4, 24), date(2026, 7, 22)
    ),
}


@pytest.fixture
def client(member: User, signed_in: SignedIn) -> Client:
    load_library()
    return signed_in(member)


def lines(name: str) -> list[dict[str, str]]:
    text = (FILES / name).read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";" if "semicolon" in name else ","))


def test_every_file_there_is_tried() -> None:
    assert {str(each.relative_to(FILES)) for each in FILES.rglob("*.csv")} == set(HELD)


@pytest.mark.parametrize("name", HELD)
def test_a_real_export_comes_in_whole_once_and_goes_out_again(
    client: Client, member: User, name: str
) -> None:
    held, data = HELD[name], (FILES / name).read_bytes()
    batch = import_file(client, data, unit="kg")
    days = WorkoutSession.objects.filter(member=member).values_list("day", flat=True)
    assert len(days) == held.sessions
    assert (min(days), max(days)) == (held.first, held.last)
    assert SetLog.objects.filter(member=member).count() == held.sets
    assert volume(member) == held.volume
    assert batch.counts["problem_count"] == len(lines(name)) - held.sets
    again = import_file(client, data, unit="lb", time_zone="Asia/Tokyo")
    assert (again.counts["sets"], again.counts["there"]) == (0, held.sets)
    assert volume(member) == held.volume
    client.post(f"/import/{batch.uuid}/undo/")
    for model in (SetLog, WorkoutSession):
        assert not model.objects.exists()


@pytest.mark.parametrize("name", HELD)
def test_the_preview_of_a_real_export_says_the_same(client: Client, name: str) -> None:
    held = HELD[name]
    batch = upload(client, (FILES / name).read_bytes())
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert f"<dd>{held.sessions}</dd>" in page
    assert f"<dd>{held.sets:,}</dd>" in page
    assert f"{round(held.volume):,}\N{NO-BREAK SPACE}kg" in page
    assert f"Import {held.sets:,} sets" in page


def test_leg_work_only_of_a_real_export_is_leg_work(client: Client, member: User) -> None:
    name = "fitnotes/kgs_9col_2023_2025.csv"
    import_file(client, (FILES / name).read_bytes(), keep="legs")
    # The library has the deadlift too, which the file files under Back.
    legs = [
        line for line in lines(name) if line["Category"] == "Legs" or line["Exercise"] == "Deadlift"
    ]
    assert SetLog.objects.filter(member=member).count() == len(legs)
