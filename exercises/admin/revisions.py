"""What was written, when and by whom; and the photographs. To be read."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms import Media
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exercises.facts import LABELS, in_words
from exercises.models import Exercise, ExercisePhoto, FactsRevision, InstructionRevision
from legtraining.admin import ListAdmin


class ExerciseFilter(admin.SimpleListFilter):
    """One exercise, found by typing: a list of all of them would be longer than the page."""

    title = _("exercise")
    parameter_name = "exercise"
    template = "exercises/admin/exercise_filter.html"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        value = self.value() or ""
        self.exercise = int(value) if value.isascii() and value.isdigit() else None
        # Beyond that no id can be stored, or asked for.
        if self.exercise and self.exercise >= 2**63:
            self.exercise = None
        field = model._meta.get_field("exercise")
        widget = AutocompleteSelect(field, model_admin.admin_site)
        library = Exercise.objects.library()
        self.select = field.formfield(required=False, widget=widget, queryset=library).widget
        self.others = [
            (name, value)
            for name, value in request.GET.items()
            if name not in (self.parameter_name, "p")
        ]

    def has_output(self) -> bool:
        return True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return []

    def choices(self, changelist: Any) -> Any:
        yield {
            "all": changelist.get_query_string(remove=[self.parameter_name]),
            "chosen": self.exercise,
            "others": self.others,
            "select": self.select.render(self.parameter_name, self.exercise, {"id": "by-exercise"}),
        }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(exercise=self.exercise) if self.exercise is not None else queryset


class ReadOnlyAdmin(ListAdmin):
    list_filter: ClassVar[Any] = (ExerciseFilter,)
    list_select_related: ClassVar[Any] = ("exercise",)
    search_fields: ClassVar[Any] = ("exercise__name", "exercise__aliases__name")
    date_hierarchy = "created_at"

    @property
    def media(self) -> Media:
        field = self.opts.get_field("exercise")
        return super().media + AutocompleteSelect(field, self.admin_site).media

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(InstructionRevision)
class InstructionRevisionAdmin(ReadOnlyAdmin):
    list_display = ("exercise", "status", "created_at", "author", "note")
    list_filter = ("status", ExerciseFilter)
    list_select_related = ("exercise", "author")
    search_fields = (*ReadOnlyAdmin.search_fields, "note", "author__name")
    fields = (
        "exercise",
        "status",
        *InstructionRevision.FIELDS,
        "note",
        "author",
        "created_at",
        "based_on",
        "reviewer",
        "reason",
        "decided_at",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[InstructionRevision]:
        """A draft is its author's own."""
        return InstructionRevision.objects.visible_to(cast("User", request.user))


@admin.register(FactsRevision)
class FactsRevisionAdmin(ReadOnlyAdmin):
    list_display = ("exercise", "created_at", "author", "note")
    list_select_related = ("exercise", "author")
    search_fields = (*ReadOnlyAdmin.search_fields, "note", "author__name")
    fields = ("exercise", "said", "note", "author", "created_at")

    @admin.display(description=_("facts"))
    def said(self, revision: FactsRevision) -> SafeString:
        facts = ((LABELS.get(name, name), name, value) for name, value in revision.facts.items())
        words = ((label, in_words(name, value)) for label, name, value in facts)
        return format_html_join("", "{}: {}<br>", words)


@admin.register(ExercisePhoto)
class ExercisePhotoAdmin(ReadOnlyAdmin):
    """A photograph is added and taken away on its exercise's page."""

    list_display = ("alt", "exercise", "photographer", "licence", "created_at", "removed_at")
    list_filter = ("licence", ("removed_at", admin.EmptyFieldListFilter), ExerciseFilter)
    search_fields = (*ReadOnlyAdmin.search_fields, "alt", "photographer")
    fields = (
        "exercise",
        "picture",
        "alt",
        "photographer",
        "licence",
        "source",
        "width",
        "height",
        "added_by",
        "created_at",
        "removed_at",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ExercisePhoto]:
        return super().get_queryset(request).defer("image")

    @admin.display(description=_("picture"))
    def picture(self, photo: ExercisePhoto) -> SafeString:
        return format_html(
            '<img src="{}" alt="{}" width="320" loading="lazy">',
            photo.get_absolute_url(),
            photo.alt,
        )
