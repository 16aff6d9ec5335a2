"""Exports of Strong that nobody made, and how one comes in."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F, Sum
from django.test import Client

from accounts.models import User
from exchange.models import ImportBatch
from exchange.running import run
from sessions.models import SetLog

HEADER = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"
# Weights without a unit: the file asks for it, and for the zone of its times.
LEGS = [
    "2024-05-06 18:00:00,Legs,1h 5m,Squat (Barbell),W,20,10,0,0,",
    "2024-05-06 18:00:00,Legs,1h 5m,Squat (Barbell),1,100,5,0,0,8",
    "2024-05-06 18:00:00,Legs,1h 5m,Squat (Barbell),2,100,5,0,0,8",
    "2024-05-06 18:00:00,Legs,1h 5m,Bench Press (Barbell),1,60.5,8,0,0,",
    "2024-05-08 23:30:00,Late,45m,Squat (Barbell),1,102.5,5,0,0,",
    "2024-05-08 23:30:00,Late,45m,Plank,1,0,0,0,60,",
]
WRONG = "2024-05-08 23:30:00,Late,45m,Squat (Barbell),2,5000,5,0,0,"


def strong(rows: Iterable[str] = LEGS) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


def upload(client: Client, data: bytes, name: str = "strong.csv") -> ImportBatch:
    """The draft that sending the file in makes."""
    answer = client.post("/import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.get(uuid=answer["Location"].split("/")[2])


def come_in(client: Client, batch: ImportBatch, **answers: str) -> ImportBatch:
    """Answers as the form does, and lets the file come in, without a thread. A name's choice is
    `pick:` and its key."""
    answer = client.post(f"/import/{batch.uuid}/start/", {"keep": "all"} | answers)
    assert answer.status_code == 302, answer.content.decode()
    run(batch.pk)
    batch.refresh_from_db()
    return batch


def import_file(client: Client, data: bytes | None = None, **answers: str) -> ImportBatch:
    """A file from its upload to its end."""
    return come_in(client, upload(client, strong() if data is None else data), **answers)


def volume(member: User) -> Decimal:
    """Weight × repetitions of all live sets, in kg."""
    lifted = SetLog.objects.live().filter(member=member)
    total = lifted.aggregate(sum=Sum(F("weight_kg") * F("reps")))["sum"]
    return Decimal(total or 0)
