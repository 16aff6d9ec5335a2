"""Exercises, muscles and equipment."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exercises import services
from exercises.admin.bulk import BulkAdminMixin
from exercises.admin.forms import EVERY, FACTS, TEXTS, ExerciseForm, NewExerciseForm
from exercises.models import Equipment, Exercise, Muscle
from legtraining.admin import NUL, ListAdmin


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"
    STATES = {
        "in_use": (_("In use"), models.Q(retired_at=None)),
        "retired": (_("Retired"), models.Q(retired_at__isnull=False, merged_into=None)),
        "merged": (_("Merged into another"), models.Q(merged_into__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, (label, _rows) in self.STATES.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        state = self.STATES.get(self.value() or "")
        return queryset.filter(state[1]) if state else queryset


@admin.register(Exercise)
class ExerciseAdmin(BulkAdminMixin, ListAdmin):
    """Every change goes through the services, and so into the history. None is ever deleted:
    an exercise is retired or merged on its page of the site."""

    form = ExerciseForm
    list_display = (
        "name",
        "kind",
        "mechanics",
        "load",
        "unilateral",
        "staple",
        "pieces",
        "state",
    )
    list_filter = (
        StateFilter,
        "kind",
        "mechanics",
        "load",
        "unilateral",
        "staple",
        "muscles__group",
        "equipment",
    )
    list_select_related = ("merged_into",)
    search_fields = ("name", "aliases__name")
    view_on_site = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Exercise]:
        """Of the library: what members made for themselves is theirs alone."""
        found = super().get_queryset(request).filter(owner__isnull=True)
        return found.prefetch_related("equipment")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """By the words of the name and the aliases, whatever their accents, as the site does it."""
        return queryset.named(search_term.replace(NUL, "")), False

    @admin.display(description=_("equipment"))
    def pieces(self, exercise: Exercise) -> str:
        return ", ".join(piece.name for piece in exercise.equipment.all())

    @admin.display(description=_("state"), ordering="retired_at")
    def state(self, exercise: Exercise) -> str:
        if exercise.merged_into:
            return str(_("merged into %(name)s") % {"name": exercise.merged_into})
        return str(_("retired") if exercise.retired_at else _("in use"))

    @admin.display(description=_("muscles"))
    def worked(self, exercise: Exercise) -> str:
        return ", ".join(str(work) for work in exercise.muscle_work.select_related("muscle"))

    @admin.display(description=_("also called"))
    def names(self, exercise: Exercise) -> str:
        return ", ".join(alias.name for alias in exercise.aliases.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Exercise | None = None) -> Any:
        return ("slug", "state") if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Exercise | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            facts = ("kind", "mechanics", "unilateral", "load", "staple", "pieces", "worked")
            return ((None, {"fields": ("name", "slug", "state", "names", *facts, "erratum")}),)
        first = ("base", "base_text", "name", "slug", "state") if obj else ("name", "slug")
        return (
            (None, {"fields": (*first, *FACTS[1:])}),
            (_("Instructions"), {"fields": TEXTS}),
            (None, {"fields": ("note",)}),
        )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        # Its fields are declared. Django must neither look for them in the model nor save them.
        form = ExerciseForm if obj else NewExerciseForm
        kwargs |= {"form": form, "fields": (), "exclude": EVERY}
        return super().get_form(request, obj, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Exercise, form: Any, change: Any) -> None:
        by = {"author": cast("User", request.user), "note": form.cleaned_data["note"]}
        if change:
            services.save_facts(exercise=obj, facts=form.facts(), **by)
        else:
            slug = form.cleaned_data["slug"]
            obj.pk = services.create_exercise(slug=slug, facts=form.facts(), **by).pk
        if form.texts:
            services.publish_instructions(exercise=obj, **by, **form.texts)
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """The services have written the relations too."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NamedThingAdmin(ListAdmin):
    """What exercises are made of. Its slug stands in their histories, and stays."""

    search_fields = ("name", "slug")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("slug",) if obj else ()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What an exercise uses is not deleted: that would change its facts behind its history."""
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        using = {f"{self.model._meta.model_name}__in": list(objs)}
        if self.model is Muscle:
            using = {"muscles__in": list(objs)}
        users = Exercise.objects.library().filter(**using).distinct()
        return rows, counts, lacking, [str(exercise) for exercise in users] or protected


@admin.register(Muscle)
class MuscleAdmin(NamedThingAdmin):
    list_display = ("name", "group", "side", "slug")
    list_filter = ("group", "side")


@admin.register(Equipment)
class EquipmentAdmin(NamedThingAdmin):
    list_display = ("name", "slug")
