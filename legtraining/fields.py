"""Form fields that read numbers as people type them on a phone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from legtraining.domain.refusal import Refusal
from legtraining.domain.units import (
    MAX_RIR,
    MAX_WEIGHT,
    RIR_STEP,
    format_weight,
    parse_decimal,
    parse_seconds,
)


def refused(refusal: Refusal) -> ValidationError:
    """What a parser refused, as the error beside the field, in the reader's language."""
    return ValidationError(_(refusal.sentence), code="unreadable", params=refusal.values)


class NumberField(forms.Field):
    """A decimal typed with comma or point, between two limits, at most `places` decimals.

    The keypad of a phone shows digits (`inputmode`), and what cannot be read comes back as typed.
    """

    parse = staticmethod(parse_decimal)

    def __init__(self, *, low: Decimal, high: Decimal, places: int = 3, **kwargs: Any) -> None:
        self.low, self.high, self.places = low, high, places
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        keypad = "decimal" if self.places else "numeric"
        return {"inputmode": keypad, "autocomplete": "off", "maxlength": 20}

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            number = self.parse(text)
        except Refusal as refusal:
            raise refused(refusal) from None
        if not self.low <= number <= self.high:
            raise ValidationError(
                _("Enter a number from %(low)s to %(high)s.")
                % {"low": format_weight(self.low), "high": format_weight(self.high)},
                code="range",
            )
        if number != round(number, self.places):
            raise ValidationError(self.too_fine(), code="places")
        return number

    def too_fine(self) -> Any:
        if not self.places:
            return _("Enter a whole number.")
        return _("Use at most %(places)d decimals.") % {"places": self.places}

    def prepare_value(self, value: Any) -> Any:
        return format_weight(value) if isinstance(value, Decimal) else value


class WholeNumberField(NumberField):
    """A whole number between two limits, as an int."""

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(low=Decimal(low), high=Decimal(high), places=0, **kwargs)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        return None if number is None else int(number)


class SecondsField(WholeNumberField):
    """Seconds, typed as such or as minutes and seconds: `90`, `1:30`."""

    parse = staticmethod(parse_seconds)


class WeightField(NumberField):
    """A weight as it stands on the plate, in whichever unit stands beside it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(low=Decimal(0), high=MAX_WEIGHT, **kwargs)


class RirField(NumberField):
    """Repetitions in reserve, 0 to 10 in half steps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(low=Decimal(0), high=MAX_RIR, **kwargs)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        if number is not None and number % RIR_STEP:
            raise ValidationError(_("Use whole or half repetitions, such as 2 or 2.5."))
        return number
