"""The engine of the set rows. Jinja compiles its templates: a session shows some thirty forms at
once, and Django's own engine takes more than twice as long for them (see docs/architecture.md)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext
from jinja2 import Environment

from legtraining.templatetags import legs


def environment(**options: Any) -> Environment:
    """Escapes everything, as Django's engine does, and knows our filters and icons."""
    jinja = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - Django sets it
    jinja.globals |= {"_": gettext, "ngettext": ngettext, "icon": legs.icon}
    jinja.filters |= {"minutes": legs.minutes, "weight": legs.weight}
    return jinja
