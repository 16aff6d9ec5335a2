"""How sets, targets and days are worded, and our icons. Loaded in every template."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legtraining.domain.prescription import describe_target
from legtraining.domain.rule_reading import parse_rule
from legtraining.domain.rule_words import explain
from legtraining.domain.units import TENTH, Unit, convert, format_weight

if TYPE_CHECKING:
    from programs.models import PrescribedSet

register = template.Library()


@register.simple_tag
@cache  # the address of the sprite stays the same while a process runs
def icon(name: str) -> SafeString:
    """A picture from our sprite; it says nothing by itself, so text stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def weight(value: Decimal | None) -> str:
    return "" if value is None else format_weight(value)


@register.filter
def tenth(value: Decimal) -> str:
    """A weight that was worked out, to one decimal."""
    return format_weight(value.quantize(TENTH, ROUND_HALF_UP))


@register.filter
def prescribed(each: PrescribedSet) -> str:
    """A group of sets as it was written: `3 × 5 @ 75 %`, `warm-up 2 × 10 @ 40 kg`."""
    is_weight = each.basis in ("weight", "exact")
    words = describe_target(
        sets=each.count,
        reps_min=each.reps_min,
        reps_max=each.reps_max,
        amrap=each.kind == "amrap",
        seconds=each.seconds,
        seconds_max=each.seconds_max,
        weight=each.load if is_weight else None,
        unit=cast("Unit", each.unit),
        rir=each.rir,
        load="" if is_weight or each.load is None else _share(each),
    )
    return words if each.kind in ("work", "amrap") else f"{each.get_kind_display()} {words}"


def _share(each: PrescribedSet) -> str:
    """`75 %`, `75 % + 10 kg`, `90 % of the top set`."""
    text = f"{weight(each.load)} %"
    if each.basis == "top":
        text = _("%(percent)s of the top set") % {"percent": text}
    if each.offset:
        sign = "+" if each.offset > 0 else "−"
        text += f" {sign} {weight(abs(each.offset))} {each.unit}"
    return text


@register.filter
def rule_words(rule: str) -> str:
    """A stored rule of progression in words: `+2.5kg when every set reached its goal`."""
    return "; ".join(_(sentence) % values for sentence, values in explain(parse_rule(rule)))


@register.filter
def minutes(seconds: int | None) -> str:
    """Seconds as a clock shows them: 90 is `1:30`."""
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def duration(span: timedelta | None) -> str:
    if span is None:
        return ""
    whole = int(span.total_seconds()) // 60
    if whole < 60:
        return _("%(minutes)d min") % {"minutes": whole}
    return _("%(hours)d h %(minutes)02d min") % {"hours": whole // 60, "minutes": whole % 60}


@register.filter
def days_ago(days: int | None) -> str:
    if days is None:
        return ""
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return _("%(days)d days ago") % {"days": days}


@register.filter
def on_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, or the weekday and date."""
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return date_format(day, "l j F")


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key)


@register.filter
def volume_in(volume_kg: Decimal, unit: Unit) -> str:
    """A sum of weight × reps, kept in kg, as `4,320 kg` or `9,524 lb`."""
    whole = convert(volume_kg, "kg", unit).quantize(Decimal(1))
    return f"{whole:,}\N{NO-BREAK SPACE}{unit}"


@register.simple_tag(takes_context=True)
def place(context: dict[str, Any], picture: str, text: str, *here: str) -> SafeString:
    """One place of the main bar. `here` are the addresses and apps it stands for, its own first.

    A page belongs to the app of its address, unless its context names another one as `place`.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    app = context.get("place", match.app_name if match else None)
    current = app in here or (match is not None and match.view_name in here)
    return _place(here[0], picture, text, current=current)


@cache  # a handful of places in each language
def _place(address: str, picture: str, text: str, *, current: bool) -> SafeString:
    return format_html(
        '<li><a href="{}"{}>{}<span>{}</span></a></li>',
        reverse(address),
        format_html(' aria-current="{}"', "page") if current else "",
        icon(picture),
        text,
    )


@register.simple_tag
def outbox() -> SafeString:
    """The box of what is kept on this phone; the same on every page, so it is written once."""
    return _outbox(get_language())


@cache
def _outbox(language: str) -> SafeString:
    return render_to_string("_outbox.html")
