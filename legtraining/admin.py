"""What every admin of ours does with an address that somebody made up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest

NUL = "\0"  # PostgreSQL's text has none, and Django checks only what a form was given


class ListAdmin(admin.ModelAdmin):
    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Django leads whoever sends such lookups to the list without them."""
        if any(NUL in value for values in request.GET.lists() for value in values[1]):
            raise IncorrectLookupParameters
        try:
            return super().get_changelist_instance(request)
        except ValueError as error:  # a year 0, which no date has
            raise IncorrectLookupParameters from error

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Autocomplete searches too, and passes on what it was given."""
        return super().get_search_results(request, queryset, search_term.replace(NUL, ""))
