"""/api/: the page for people, and what programs read."""

from __future__ import annotations

from django.urls import include, path

from exchange.api import site
from exchange.views.api import api_docs

urlpatterns = [
    path("", api_docs, name="api_docs"),
    path("", include((site.urlpatterns(), "api-v1"))),
]
