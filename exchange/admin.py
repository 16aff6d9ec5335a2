"""Deleting a person in the admin is the same as when they delete themselves.

It stands here because `accounts` may not know what all is theirs.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin import UserAdmin
from accounts.models import User
from exchange.deleting import delete_account

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Names the people only, see `UserAdmin`, and looks for nothing that might hinder it: all
        that is theirs goes. Somebody has to stay who may give roles."""
        going = list(objs)
        rows = [_("%(name)s, with everything they logged") % {"name": user} for user in going]
        may = self.has_delete_permission(request)
        admins = User.objects.filter(is_superuser=True, is_staff=True, is_active=True)
        left = admins.exclude(pk__in=[user.pk for user in going]).exists()
        hindered = [] if left else [_("Nobody would be left who may give roles.")]
        return rows, {_("users"): len(rows)}, set() if may else {_("user")}, hindered

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        delete_account(member=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for person in queryset:
            delete_account(member=person)
