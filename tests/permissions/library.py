"""The library of the matrix's world: texts, facts and photos in every state."""

from __future__ import annotations

from django.utils import timezone

from exercises.facts import facts_of
from exercises.models import ExercisePhoto, FactsRevision, InstructionRevision
from tests.factories import ExerciseFactory

TEXT = {"setup": "Stand.", "movement": "Squat down.", "rest_seconds": None}
TEXT |= dict.fromkeys(("cues", "mistakes", "safety", "tempo"), "")


class Library:
    def library(self) -> None:
        self.squat = ExerciseFactory(slug="back-squat", name="Back Squat")
        self.front = ExerciseFactory(slug="front-squat", name="Front Squat")
        self.extension = ExerciseFactory(slug="leg-extension", name="Leg Extension")
        ExerciseFactory(slug="hack-squat", name="Hack Squat")
        self.extension.equipment.create(slug="machine", name="Machine")
        written = [
            InstructionRevision.objects.create(exercise=exercise, note=note, **TEXT)
            for exercise in (self.squat, self.extension)
            for note in ("First", "Second")
        ]
        draft = InstructionRevision.objects.create(
            exercise=self.extension,
            author=self.anna,
            status="draft",
            decided_at=None,
            based_on=written[-1],
            **TEXT | {"movement": "Draftibex."},
        )
        proposal = InstructionRevision.objects.create(
            exercise=self.squat,
            author=self.bert,
            status="submitted",
            decided_at=None,
            is_proposal=True,
            based_on=written[1],
            **TEXT | {"movement": "Proposedibex."},
        )
        facts = [
            FactsRevision.objects.create(
                exercise=self.extension, facts=facts_of(self.extension).as_json() | {"staple": on}
            )
            for on in (True, False)
        ]
        photo = {
            "exercise": self.extension, "image": b"RIFF", "width": 4, "height": 3,
            "photographer": "Pia", "licence": "cc0",
        }  # fmt: skip
        shown = ExercisePhoto.objects.create(alt="The start", **photo)
        removed = ExercisePhoto.objects.create(
            alt="Removed", removed_at=timezone.now(), **photo | {"image": b"RIFX"}
        )
        self.names |= {
            "old_text": written[0].pk,
            "squat_text": written[1].pk,
            "extension_text": written[3].pk,
            "draft": draft.pk,
            "proposal": proposal.pk,
            "old_facts": facts[0].pk,
            "facts": facts[1].pk,
            "squat": self.squat.pk,
            "photo": shown.pk,
            "removed_photo": removed.pk,
        }
