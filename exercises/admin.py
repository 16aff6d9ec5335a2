"""Where a library editor keeps the exercises right."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exercises.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    InstructionRevision,
    Muscle,
    MuscleWork,
)
from exercises.services import publish_instructions


def revision_field(name: str, **options: Any) -> forms.Field:
    """The form field of a revision's column."""
    column = cast("models.Field[Any, Any]", InstructionRevision._meta.get_field(name))
    field = cast("forms.Field", column.formfield(**options))
    # Django runs a model's validators for the fields of that model's own form only.
    field.validators += [check for check in column.validators if check not in field.validators]
    return field


class ExerciseAdminForm(forms.ModelForm):
    """An exercise's facts together with the newest text of its instructions."""

    class Meta:
        model = Exercise
        fields = (
            "name",
            "slug",
            "mechanics",
            "unilateral",
            "joint_actions",
            "load",
            "equipment",
            "erratum",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.instance.revisions.current() if self.instance.pk else None
        for name in InstructionRevision.FIELDS:
            self.fields[name] = revision_field(name, required=False)
            self.initial[name] = getattr(current, name, None)
        self.fields["revision_note"] = revision_field("note")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        written = [name for name in InstructionRevision.FIELDS if data.get(name)]
        for name in ("setup", "movement"):
            if written and not data.get(name) and name not in self.errors:
                self.add_error(name, _("Instructions need a set-up and a movement."))
        return data

    def instructions(self) -> dict[str, Any]:
        """The texts to publish; empty where none were written."""
        texts = {name: self.cleaned_data[name] for name in InstructionRevision.FIELDS}
        # Browsers end lines with CR LF, which alone is no new text.
        texts |= {name: "\n".join(texts[name].splitlines()) for name in InstructionRevision.TEXTS}
        return texts if texts["movement"] else {}


class MuscleWorkInline(admin.TabularInline):
    model = MuscleWork
    extra = 0
    min_num = 1
    autocomplete_fields = ("muscle",)


class AliasInline(admin.TabularInline):
    model = ExerciseAlias
    extra = 0


@admin.register(Exercise)
class ExerciseAdmin(admin.ModelAdmin):
    form = ExerciseAdminForm
    list_display = ("name", "mechanics", "load", "unilateral")
    list_filter = ("mechanics", "load", "equipment", "muscles__group")
    search_fields = ("name", "aliases__name")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MuscleWorkInline, AliasInline)
    view_on_site = True

    def get_fieldsets(self, request: HttpRequest, obj: Exercise | None = None) -> Any:
        texts = (*InstructionRevision.FIELDS, "revision_note")
        return (
            (None, {"fields": ExerciseAdminForm.Meta.fields}),
            (_("Instructions"), {"fields": texts}),
        )

    def get_form(
        self, request: HttpRequest, obj: Exercise | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        # The instruction fields are not the model's own, so Django must not look for them there.
        return super().get_form(
            request, obj, change, **{**kwargs, "fields": ExerciseAdminForm.Meta.fields}
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        texts = form.instructions()
        if texts:
            publish_instructions(
                exercise=form.instance,
                author=cast("User", request.user),
                note=form.cleaned_data["revision_note"],
                **texts,
            )


@admin.register(Muscle)
class MuscleAdmin(admin.ModelAdmin):
    list_display = ("name", "group", "side")
    list_filter = ("group", "side")
    search_fields = ("name",)


@admin.register(Equipment)
class EquipmentAdmin(admin.ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)


@admin.register(InstructionRevision)
class InstructionRevisionAdmin(admin.ModelAdmin):
    """What was written, when and by whom. To be read: revisions are never changed."""

    list_display = ("exercise", "created_at", "author", "note")
    list_select_related = ("exercise", "author")
    search_fields = ("exercise__name",)
    date_hierarchy = "created_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
