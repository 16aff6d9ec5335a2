"""Everything else of a person's: who they are, what they own, feel, brought along and agreed to."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F, QuerySet

from accounts.models import Invitation, Letter, MailStop, Rack, User
from coaching.about import written_about
from exchange.exporting.plain import Columns, record, records
from exchange.models import AccessToken, ImportBatch, NameChoice
from exercises.models import Exercise, ExerciseAlias, InstructionRevision, MuscleWork
from progress.models import WeeklyBand
from sessions.models import CheckIn, ExerciseSetup

PERSON: Columns = {
    "name": "name",
    "email": "email",
    "unit": "unit",
    "time_zone": "time_zone",
    "language": "language",
    "theme": "theme",
    "formula": "formula",
    "rest_seconds": "rest_seconds",
    "rest_after_warmups": "rest_after_warmups",
    "remind_minutes": "remind_minutes",
    "is_trainer": "is_trainer",
    "is_staff": "is_staff",
    "is_superuser": "is_superuser",
    "is_active": "is_active",
    "joined_at": "joined_at",
    "last_login": "last_login",
    "check_ins_agreed_at": "health_consent_at",
}
ADDRESS: Columns = {"email": "email", "verified": "verified", "primary": "primary"}
MAIL_STOP: Columns = {"email": "email", "kind": "kind", "since": "since"}
RACK: Columns = {
    "unit": "unit",
    "bars": "bars",
    "plates": "plates",
    "dumbbell_step": "dumbbell_step",
    "machine_step": "machine_step",
}
SETUP: Columns = {
    "exercise": "exercise__slug",
    "exercise_name": "exercise__name",
    "note": "note",
    "unit": "unit",
    "bar": "bar",
    "step": "step",
}
EXERCISE: Columns = {
    "slug": "slug",
    "name": "name",
    "kind": "kind",
    "mechanics": "mechanics",
    "unilateral": "unilateral",
    "joint_actions": "joint_actions",
    "load": "load",
    "retired_at": "retired_at",
    "merged_into": "merged_into__slug",
}
MUSCLE: Columns = {"muscle": "muscle__slug", "share": "share"}
NAME_CHOICE: Columns = {
    "name": "name",
    "exercise": "exercise__slug",
    "exercise_name": "exercise__name",
}
BAND: Columns = {
    "group": "group",
    "low": "low",
    "high": "high",
    "set_by": "set_by__name",
    "set_at": "set_at",
}
CHECK_IN: Columns = {
    "day": "day",
    "soreness": "soreness",
    "pain": "pain",
    "pain_place": "pain_place",
    "pain_side": "pain_side",
    "signs": "signs",
    "body_weight": "body_weight",
    "body_weight_unit": "body_weight_unit",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "deleted_at": "deleted_at",
}
IMPORT: Columns = {
    "uuid": "uuid",
    "file_name": "file_name",
    "app": "app",
    "status": "status",
    "unit": "unit",
    "time_zone": "time_zone",
    "keep": "keep",
    "choices": "choices",
    "done": "done",
    "total": "total",
    "counts": "counts",
    "created_at": "created_at",
    "finished_at": "finished_at",
}
TOKEN: Columns = {
    "name": "name",
    "starts_with": "starts_with",
    "scopes": "scopes",
    "created_at": "created_at",
    "expires_at": "expires_at",
    "used_on": "used_on",
    "revoked_at": "revoked_at",
}
LETTER: Columns = {
    "kind": "kind",
    "what": "what",
    "created_at": "created_at",
    "due_at": "due_at",
    "expires_at": "expires_at",
    "tries": "tries",
    "problem": "problem",
    "sent_at": "sent_at",
    "dropped_at": "dropped_at",
}
INVITATION: Columns = {
    "label": "label",
    "email": "email",
    "created_at": "created_at",
    "expires_at": "expires_at",
    "used_at": "used_at",
    "revoked_at": "revoked_at",
}
TEXT: Columns = {
    "exercise": "exercise__slug",
    "status": "status",
    "is_proposal": "is_proposal",
    "setup": "setup",
    "movement": "movement",
    "cues": "cues",
    "mistakes": "mistakes",
    "safety": "safety",
    "tempo": "tempo",
    "rest_seconds": "rest_seconds",
    "note": "note",
    "reason": "reason",
    "created_at": "created_at",
    "decided_at": "decided_at",
}


def person_of(member: User) -> dict[str, Any]:
    """Who they are and what they chose. Three queries."""
    zone = member.zone
    (made,) = records(User.objects.filter(pk=member.pk), PERSON, zone)
    addresses = EmailAddress.objects.filter(user=member).order_by("pk")
    stops = MailStop.objects.filter(email=member.email).order_by("kind")
    return made | {
        "addresses": list(records(addresses, ADDRESS, zone)),
        "mail_not_wanted": list(records(stops, MAIL_STOP, zone)),
    }


def rest_of(member: User) -> dict[str, Any]:
    """By the names that the parts have in the file. A constant number of queries."""
    zone = member.zone

    def part(rows: QuerySet[Any], columns: Columns) -> list[dict[str, Any]]:
        return list(records(rows.filter(member=member), columns, zone))

    invitations = Invitation.objects.filter(trainer=member).order_by("created_at", "pk")
    texts = InstructionRevision.objects.filter(author=member).order_by("pk")
    return {
        "racks": part(Rack.objects.order_by("unit"), RACK),
        "setups": part(ExerciseSetup.objects.order_by("exercise__name", "exercise__slug"), SETUP),
        "exercises": own_exercises(member),
        "name_choices": part(NameChoice.objects.order_by("name"), NAME_CHOICE),
        "bands": part(WeeklyBand.objects.order_by("group"), BAND),
        "check_ins": part(CheckIn.objects.order_by("day"), CHECK_IN),
        "imports": part(ImportBatch.objects.order_by("created_at", "pk"), IMPORT),
        "tokens": part(AccessToken.objects.order_by("created_at", "pk"), TOKEN),
        "letters": part(Letter.objects.order_by("created_at", "pk"), LETTER),
        "invitations": list(records(invitations, INVITATION, zone)),
        "texts": list(records(texts, TEXT, zone)),
        "about": written_about(member),
    }


def own_exercises(member: User) -> list[dict[str, Any]]:
    """What nobody else finds, with what it trains and needs. Four queries."""
    mine = Exercise.objects.filter(owner=member).order_by("name", "pk")
    muscles: dict[int, list[dict[str, Any]]] = defaultdict(list)
    works = MuscleWork.objects.filter(exercise__owner=member).order_by("-share", "muscle__slug")
    for exercise, *values in works.values_list("exercise", *MUSCLE.values()):
        muscles[exercise].append(record(zip(MUSCLE, values, strict=True), member.zone))
    equipment: dict[int, list[str]] = defaultdict(list)
    needed = mine.filter(equipment__isnull=False).order_by("equipment__slug")
    for exercise, slug in needed.values_list("pk", "equipment__slug"):
        equipment[exercise].append(slug)
    aliases: dict[int, list[str]] = defaultdict(list)
    also = ExerciseAlias.objects.filter(exercise__owner=member).order_by("name")
    for exercise, name in also.values_list("exercise", "name"):
        aliases[exercise].append(name)
    made = []
    for pk, *values in mine.values_list(F("pk"), *EXERCISE.values()):
        facts = {"muscles": muscles[pk], "equipment": equipment[pk], "aliases": aliases[pk]}
        kept = {name: each for name, each in facts.items() if each}
        made.append(record(zip(EXERCISE, values, strict=True), member.zone) | kept)
    return made
