"""How the work of a week is spread over the muscle groups of the legs, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

DIRECT = Decimal(1)
INDIRECT = Decimal("0.5")

# What every leg program has work for. The others are not asked for: squats, presses and hinges work
# adductors and trunk along the way, and plans without an exercise for shins or hip flexors are
# common and sound. A warning that stands on most plans is one that nobody reads.
MAIN_GROUPS = ("quadriceps", "hamstrings", "glutes", "calves")

# An exercise does these, or holds them (`isometric_knee_extension`), which is work as well. They
# say more than the groups: squats left the hamstrings unchanged (Kubo et al., Eur J Appl Physiol
# 119:1933, 2019), and a leg press counts half a set for the calves while the ankle stays still.
MAIN_ACTIONS = ("knee_extension", "knee_flexion", "hip_extension", "ankle_plantarflexion")


@dataclass(frozen=True)
class Worked:
    """One exercise of a week: its hard sets, without warm-ups, and what they work.

    `shares` says for each muscle group how much of a set counts, see `shares_by_group`.
    """

    sets: int
    shares: Mapping[str, Decimal]
    actions: frozenset[str]


def fractional(direct: int, indirect: int) -> Decimal:
    """Weekly sets of a muscle group, where an indirect set counts as a half.

    The counting that predicted growth best in Pelland et al., Sports Med (2025), doi
    10.1007/s40279-025-02344-w.
    """
    return direct * DIRECT + indirect * INDIRECT


def shares_by_group(muscles: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Of the (group, share) pairs of an exercise's muscles the largest share of each group.

    A set of a leg press is one set for the quadriceps, however many heads of it work.
    """
    shares: dict[str, Decimal] = {}
    for group, share in muscles:
        shares[group] = max(share, shares.get(group, share))
    return shares


def hard_sets(week: Iterable[Worked]) -> dict[str, Decimal]:
    """Hard sets by muscle group: direct sets as 1, indirect ones as 0.5, see `fractional`.

    Groups that nothing works are left out.
    """
    total: dict[str, Decimal] = {}
    for worked in week:
        for group, share in worked.shares.items():
            if more := worked.sets * share:
                total[group] = total.get(group, Decimal(0)) + more
    return total


def missing_groups(week: Iterable[Worked]) -> list[str]:
    """The main muscle groups that nothing in the week works, not even indirectly."""
    worked = hard_sets(week)
    return [group for group in MAIN_GROUPS if group not in worked]


def missing_actions(week: Iterable[Worked]) -> list[str]:
    """The main movements of the leg's joints that nothing in the week does or holds."""
    done = {
        action.removeprefix("isometric_") for each in week if each.sets for action in each.actions
    }
    return [action for action in MAIN_ACTIONS if action not in done]
