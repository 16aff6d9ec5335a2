"""/import/"""

from __future__ import annotations

from django.urls import URLPattern

app_name = "import"
urlpatterns: list[URLPattern] = []
