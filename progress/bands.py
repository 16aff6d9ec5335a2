"""How many hard sets a week are wanted of each muscle group, and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from progress.models import WeeklyBand

type Wanted = tuple[int, int] | None  # from, to; None: nothing is wanted in particular


def bands_of(member: User) -> dict[str, WeeklyBand]:
    """By muscle group, with who wrote them. One query."""
    mine = WeeklyBand.objects.filter(member=member).select_related("set_by")
    return {band.group: band for band in mine}


@transaction.atomic
def write_bands(*, member: User, by: User, wanted: Mapping[str, Wanted]) -> int:
    """Makes the member's targets of these groups what is `wanted`, written by `by`.

    What is so already stays as it was written, by whoever wrote it. Groups that are not in
    `wanted` are left alone. Returns how many targets were written or taken away.
    """
    User.objects.select_for_update(no_key=True).get(pk=member.pk)  # one writer after the other
    there = {band.group: (band.low, band.high) for band in WeeklyBand.objects.filter(member=member)}
    changed = {group: new for group, new in wanted.items() if there.get(group) != new}
    gone = [group for group, new in changed.items() if new is None]
    WeeklyBand.objects.filter(member=member, group__in=gone).delete()
    now = timezone.now()
    WeeklyBand.objects.bulk_create(
        [
            WeeklyBand(member=member, group=group, low=new[0], high=new[1], set_by=by, set_at=now)
            for group, new in changed.items()
            if new is not None
        ],
        update_conflicts=True,
        unique_fields=["member", "group"],
        update_fields=["low", "high", "set_by", "set_at"],
    )
    return len(changed)


def place_of(sets: Decimal, band: WeeklyBand) -> str:
    """`within 10 to 20`, `below`, `above`: of weekly sets against the target."""
    wanted = {"low": band.low, "high": band.high}
    if sets < band.low:
        return _("below %(low)s to %(high)s") % wanted
    if sets > band.high:
        return _("above %(low)s to %(high)s") % wanted
    return _("within %(low)s to %(high)s") % wanted


def target_words(band: WeeklyBand, reader: User) -> str:
    """`10 to 20, set by you on 3 May 2026`"""
    wanted = _("%(low)s to %(high)s") % {"low": band.low, "high": band.high}
    return f"{wanted}, {who_wrote(band, reader)}"


def who_wrote(band: WeeklyBand, reader: User) -> str:
    """`set by you on 3 May 2026`, or the name of who did."""
    values = {"name": band.set_by, "day": date_format(timezone.localtime(band.set_at), "j F Y")}
    if band.set_by_id is None:
        return _("set on %(day)s by somebody who has left") % values
    if band.set_by_id == reader.pk:
        return _("set by you on %(day)s") % values
    return _("set by %(name)s on %(day)s") % values
