"""What a browser sends when somebody opens a form and presses the button."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm


def as_shown(forms: Iterable[BaseForm]) -> dict[str, Any]:
    shown = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                shown[field.html_name] = value
    return shown
