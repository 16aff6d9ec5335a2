"""/import/"""

from __future__ import annotations

from django.urls import path

from exchange.views import imports

app_name = "import"
urlpatterns = [
    path("", imports.start, name="start"),
    path("<uuid:uuid>/", imports.batch, name="batch"),
    path("<uuid:uuid>/start/", imports.run, name="run"),
    path("<uuid:uuid>/state/", imports.state, name="state"),
    path("<uuid:uuid>/undo/", imports.undo, name="undo"),
    path("<uuid:uuid>/discard/", imports.discard, name="discard"),
]
