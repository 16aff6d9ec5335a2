"""Roles are given here. An admin sees who people are, not what they logged."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Coaching, User
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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Names the people only: Django would list every row that goes with them, their log and
        their check-ins, to somebody who may not read those."""
        _rows, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        rows = [_("%(name)s, with everything they logged") % {"name": user} for user in objs]
        return rows, {_("users"): len(rows)}, lacking, protected


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
