"""Roles are given here. An admin sees who people are, not what they logged."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from accounts.letters import hand_over
from accounts.models import Coaching, Letter, User
from accounts.querysets import LetterQuerySet
from accounts.stops import copy_stops
from legtraining.admin import ListAdmin


@admin.register(User)
class UserAdmin(ListAdmin, DjangoUserAdmin):
    ordering = ("email",)
    list_display = ("email", "name", "is_trainer", "is_staff", "is_active", "joined_at")
    list_filter = ("is_trainer", "is_staff", "is_active")
    search_fields = ("email", "name")
    filter_horizontal = ("groups", "user_permissions")
    readonly_fields = ("joined_at", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (
            _("Preferences"),
            {"fields": ("unit", "time_zone", "theme", "rest_seconds", "rest_after_warmups")},
        ),
        (_("Roles"), {"fields": ("is_trainer", "is_staff", "is_superuser", "is_active")}),
        (_("Rights in the admin"), {"fields": ("groups", "user_permissions")}),
        (_("Dates"), {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "name", "usable_password", "password1", "password2"),
            },
        ),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            copy_stops(old=form.initial["email"], new=obj.email)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Names the people only: Django would list every row that goes with them, their log and
        their check-ins, to somebody who may not read those. Their links and letters go too, though
        nobody deletes one of those by itself."""
        _rows, _counts, _lacking, protected = super().get_deleted_objects(objs, request)
        rows = [_("%(name)s, with everything they logged") % {"name": user} for user in objs]
        may = self.has_delete_permission(request)
        return rows, {_("users"): len(rows)}, set() if may else {_("user")}, protected


@admin.register(Coaching)
class CoachingAdmin(ListAdmin):
    """Who accepted whom. Only the people themselves open and end these links."""

    list_display = ("trainer", "member", "accepted_at", "ended_at")
    list_select_related = ("trainer", "member")
    search_fields = ("trainer__email", "member__email")

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Letter)
class LetterAdmin(ListAdmin):
    """What became of the mail. Not who got it, and not what it said."""

    list_display = (
        "id",
        "kind",
        "what",
        "created_at",
        "due_at",
        "tries",
        "problem",
        "sent_at",
        "dropped_at",
    )
    list_filter = ("kind",)
    fields = list_display
    ordering = ("-id",)
    actions = ("send_again",)

    @admin.action(description=_("Send again what failed or was dropped"), permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: LetterQuerySet) -> None:
        failed = queryset.unsent()
        keys = list(failed.values_list("pk", flat=True))
        failed.update(dropped_at=None, tries=0, due_at=timezone.now())
        for key in keys:
            transaction.on_commit(partial(hand_over, key))
        told = ngettext("%(n)s letter is sent again.", "%(n)s letters are sent again.", len(keys))
        messages.success(request, told % {"n": len(keys)})

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.change_letter")

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


# The tasks name letters by number, and the letters above say what became of each; a traceback is
# for who runs the server.
admin.site.unregister(DBTaskResult)
