"""/accounts/export/, /accounts/delete/ and /accounts/tokens/"""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
