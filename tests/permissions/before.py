"""What has to be so before some requests of the matrix can succeed: a row's `first` names one."""

from __future__ import annotations

from accounts.models import User
from coaching.models import TrainerNote
from exercises.models import Exercise
from programs import services as programs
from programs.plans import text_of_workout
from sessions.models import CheckIn, WorkoutSession


class Before:
    def paused(self) -> None:
        programs.pause_assignment(assignment=self.active, today=self.today)

    def ended(self) -> None:
        programs.end_assignment(assignment=self.active, promote=False)

    def no_open_session(self) -> None:
        WorkoutSession.objects.filter(pk=self.open.pk).update(deleted_at=self.now)

    def taken_out_a_day(self) -> None:
        """Anna did, so that she can put it back."""
        workout = self.active.program.workouts.with_plan().get(week=2, day=1)
        session = self.client("health").session
        session["removed_day"] = {
            "program": self.active.program_id,
            "week": 2,
            "day": 1,
            "title": workout.title,
            "text": text_of_workout(workout),
        }
        session.save()
        programs.remove_day(workout=workout)

    def retired(self) -> None:
        Exercise.objects.filter(pk=self.extension.pk).update(retired_at=self.now)

    def demoted(self) -> None:
        """Anna is no trainer any more; her links are open still."""
        User.objects.filter(pk=self.anna.pk).update(is_trainer=False)

    def no_check_in(self) -> None:
        CheckIn.objects.filter(member=self.mia).delete()
        TrainerNote.objects.filter(member=self.mia, about_health=True).delete()
