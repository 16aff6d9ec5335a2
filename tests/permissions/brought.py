"""What Mia brought along from elsewhere, and what she made for herself."""

from __future__ import annotations

from accounts.models import User
from exchange.importing import keep_upload, start_import
from exchange.models import ImportBatch
from exchange.running import run
from exchange.tokens import make_token
from exercises.services import own_exercise
from progress.models import WeeklyBand

HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"
LINE = "{day} 18:00:00,Importibex,1h,Nameibex Squat,1,100,5,0,0,"


class Brought:
    mia: User
    names: dict[str, object]

    def brought(self) -> None:
        own = own_exercise(member=self.mia, name="Ownibex", load="external")
        token, _secret = make_token(
            member=self.mia, name="Tokenibex", scopes=["sessions"], days=None
        )
        WeeklyBand.objects.create(member=self.mia, group="shins", low=37, high=41)
        self.names |= {
            "own": own.slug,
            "access_token": token.pk,
            "sent_in": self.batch("2024-05-06").uuid,
            "imported": self.batch("2024-05-07", came_in=True).uuid,
            "undone": self.undone(self.batch("2024-05-08")).uuid,
        }

    def batch(self, day: str, *, came_in: bool = False) -> ImportBatch:
        data = "\n".join([HEAD, LINE.format(day=day), ""]).encode()
        batch = keep_upload(member=self.mia, name="Fileibex.csv", data=data, app="strong")
        if came_in:
            answers = {"unit": "kg", "time_zone": "UTC", "keep": "all", "choices": {}}
            start_import(batch=batch, answers=answers)
            run(batch.pk)
        return ImportBatch.objects.get(pk=batch.pk)

    def undone(self, batch: ImportBatch) -> ImportBatch:
        ImportBatch.objects.filter(pk=batch.pk).update(status="undone", content=None)
        return batch
