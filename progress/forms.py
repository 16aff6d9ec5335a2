"""The target of weekly sets, two numbers a muscle group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exercises.models import MuscleGroup
from legtraining.fields import WholeNumberField
from progress.bands import Wanted, who_wrote
from progress.models import MAX_WEEKLY_SETS, WeeklyBand


@dataclass(frozen=True)
class Pair:
    """The two fields of one group, for the template."""

    group: str
    label: str
    low: forms.BoundField
    high: forms.BoundField
    written: str  # who wrote what is there, and when

    @property
    def fields(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self.low, self.high


class BandsForm(forms.Form):
    """`low_<group>` and `high_<group>` of every muscle group; both empty means no target."""

    def __init__(self, data: Any = None, *, bands: Mapping[str, WeeklyBand], reader: User) -> None:
        super().__init__(data)
        self.bands, self.reader = bands, reader
        for group in MuscleGroup:
            band = bands.get(group.value)
            self.fields[f"low_{group.value}"] = WholeNumberField(
                low=0,
                high=MAX_WEEKLY_SETS,
                required=False,
                label=_("At least"),
                initial=band and band.low,
            )
            self.fields[f"high_{group.value}"] = WholeNumberField(
                low=1,
                high=MAX_WEEKLY_SETS,
                required=False,
                label=_("At most"),
                initial=band and band.high,
            )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for group in MuscleGroup.values:
            low, high = f"low_{group}", f"high_{group}"
            if low not in data or high not in data:
                continue  # refused already
            if (data[low] is None) != (data[high] is None):
                missing = low if data[low] is None else high
                self.add_error(missing, _("Write both numbers, or leave both empty."))
            elif data[low] is not None and data[low] > data[high]:
                self.add_error(high, _("This is less than the number before it."))
        return data

    def wanted(self) -> dict[str, Wanted]:
        """What was typed, by group, of a form that is valid."""
        data = self.cleaned_data
        return {
            group: None
            if data[f"low_{group}"] is None
            else (data[f"low_{group}"], data[f"high_{group}"])
            for group in MuscleGroup.values
        }

    @property
    def pairs(self) -> list[Pair]:
        """In the order of the groups."""
        bands = [self.bands.get(group) for group in MuscleGroup.values]
        return [
            Pair(
                group.value,
                str(group.label),
                self[f"low_{group.value}"],
                self[f"high_{group.value}"],
                who_wrote(band, self.reader) if band else "",
            )
            for group, band in zip(MuscleGroup, bands, strict=True)
        ]
