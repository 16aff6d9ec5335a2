"""Where a library editor keeps the evidence right."""

from __future__ import annotations

from django.contrib import admin

from exercises.models import Claim, Reference
from legtraining.admin import ListAdmin


@admin.register(Claim)
class ClaimAdmin(ListAdmin):
    list_display = ("number", "claim", "verdict")
    list_display_links = ("number", "claim")
    list_filter = ("verdict",)
    search_fields = ("claim", "evidence", "unknown", "product")
    prepopulated_fields = {"slug": ("claim",)}
    filter_horizontal = ("references",)


@admin.register(Reference)
class ReferenceAdmin(ListAdmin):
    list_display = ("number", "citation", "limits")
    list_display_links = ("number", "citation")
    search_fields = ("citation", "limits")
