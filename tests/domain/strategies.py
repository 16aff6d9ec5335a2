"""Sets, rules and whole programs, as hypothesis makes them up."""

from decimal import Decimal

from hypothesis import strategies as st

from legtraining.domain import lines, rules, shorthand
from legtraining.domain.lines import Line
from legtraining.domain.setgroups import MAX_SETS, Basis, Kind, Load, SetGroup
from legtraining.domain.shorthand import Day, Plan
from legtraining.domain.units import MAX_REPS, MAX_SECONDS

counts = st.integers(1, MAX_SETS)
reps = st.integers(1, MAX_REPS)
seconds = st.integers(1, MAX_SECONDS)
units = st.sampled_from(["kg", "lb"])


def decimals(low, high, places=3):
    return st.decimals(low, high, places=places)


weights = decimals(0, 2000)
rirs = st.none() | st.integers(0, 20).map(lambda half: Decimal(half) / 2)
offsets = st.tuples(units, decimals(-2000, 2000).filter(bool))
loads = st.one_of(
    st.just(Load()),
    st.builds(Load, st.sampled_from([Basis.WEIGHT, Basis.EXACT]), weights, units),
    st.builds(
        lambda basis, percent, offset: Load(basis, percent, *offset),
        st.sampled_from([Basis.TRAINING_MAX, Basis.TOP]),
        decimals(1, 200),
        st.just(("kg", Decimal(0))) | offsets,
    ),
)


def ranges(numbers):
    return st.tuples(numbers, numbers).map(sorted)


@st.composite
def groups(draw, *, kinds=tuple(Kind), loads=loads, rirs=rirs):
    kind = draw(st.sampled_from(kinds))
    shape = draw(st.sampled_from(["reps", "seconds", "amrap"] if kind == Kind.WORK else ["reps"]))
    amounts = {}
    if shape == "seconds" or (kind != Kind.WORK and draw(st.booleans())):
        low, high = draw(ranges(seconds))
        amounts = {"seconds": low, "seconds_max": high}
    elif shape == "amrap":
        low = draw(reps)
        amounts = {"reps_min": low, "reps_max": low, "amrap": True}
    else:
        low, high = draw(ranges(reps))
        amounts = {"reps_min": low, "reps_max": high}
    return SetGroup(draw(counts), **amounts, kind=kind, load=draw(loads), rir=draw(rirs))


# A few loads only, so that neighbours often have the same one.
same_loads = st.sampled_from(
    [Load(), Load(Basis.TRAINING_MAX, Decimal(75)), Load(Basis.WEIGHT, Decimal(60))]
)
same_groups = groups(loads=same_loads, rirs=st.sampled_from([None, Decimal(2)]))
bare_groups = groups(kinds=[Kind.WORK], loads=st.just(Load()), rirs=st.none())


def steps(low=-500, high=500):
    return st.one_of(
        st.builds(rules.Step, decimals(low, high), units),
        st.builds(rules.Step, decimals(max(low, -100), min(high, 100)), st.none()),
    )


gains = steps(low=Decimal("0.001"))
times = st.integers(1, 9)
backoffs = st.none() | st.builds(rules.Backoff, steps(high=Decimal("-0.001")), times)
percents = decimals(1, 150)
stage_lists = st.lists(bare_groups, min_size=1, max_size=2).map(tuple)
restarts = st.one_of(
    st.fixed_dictionaries({"percent": percents}), st.fixed_dictionaries({"first": steps()})
)
every_rule = {
    rules.Linear: st.builds(rules.Linear, gains, times, backoffs),
    rules.Double: st.builds(rules.Double, gains, backoffs),
    rules.TwoForTwo: st.builds(rules.TwoForTwo, gains),
    rules.Cycle: st.builds(rules.Cycle, gains, st.integers(1, 52), backoffs),
    rules.Amrap: st.builds(
        lambda table, backoff: rules.Amrap(tuple(sorted(table.items())), backoff),
        st.dictionaries(st.integers(0, MAX_REPS), steps(), min_size=1, max_size=6),
        backoffs,
    ),
    rules.Stages: st.builds(
        lambda step, stages, test, restart: rules.Stages(step, tuple(stages), test, **restart),
        gains,
        st.lists(stage_lists, max_size=3),
        st.none() | stage_lists,
        restarts,
    ),
    rules.Test: st.builds(rules.Test, percents),
    rules.Offset: st.builds(rules.Offset, steps(), st.sampled_from(["weekly", "daily"])),
    rules.Reps: st.builds(rules.Reps, st.integers(1, 999), st.integers(1, MAX_SECONDS)),
}
any_rule = st.one_of(*every_rule.values()).filter(lambda rule: len(str(rule)) <= 200)

# Every sign, but of spaces only the plain one: the others are read as it.
signs = st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]) | st.just(" ")


# What has a meaning somewhere in a line.
ODD = (
    "Week 1", "weeks", "Day", "day 2", "Program: x", "Goal:", "A1", "A1 Squat", "b2) x", '"', '""',
    'a "b" c', "“", "“a”", ";", "; linear +5kg", "@60kg", "#top", "x #top", "3x5", "Squat 3 x",
    "Squat w", "warm-up", "drop", "x d", "3x5 w", "5", "5 x 5 x", ",", "x,", "//", "rest 2:00",
    "tempo 3010", "a  b", "×", ": x", "- x", "–", "12x5s", "3x-",
)  # fmt: skip


def words(most, least=0):
    """Words as they are stored: anything somebody could type, trimmed, within its length."""
    odd = st.sampled_from(ODD)
    typed = st.lists(st.text(signs, max_size=12) | odd, max_size=4).map(" ".join)
    return typed.map(lambda text: text[:most].strip()).filter(lambda text: len(text) >= least)


labels = st.just("") | st.from_regex(r"[\w-]{1,20}", fullmatch=True)
tempos = st.sampled_from(["", "3010", "30X1", "3-1-1-0", "5/0/3/0", "10-0-X-0"])
written_lines = st.builds(
    Line,
    words(lines.MAX_NAME, 1),
    st.lists(groups() | same_groups, min_size=1, max_size=4).map(tuple),
    superset=st.sampled_from(["", "", "A", "B", "Z"]),
    label=labels,
    tempo=tempos,
    rest_seconds=st.none() | st.integers(0, lines.MAX_REST),
    note=words(lines.MAX_NOTE),
    rule=st.none() | any_rule,
)
days = st.builds(
    Day,
    st.just(0),
    words(shorthand.MAX_TITLE),
    st.lists(written_lines, max_size=3).map(tuple),
)


@st.composite
def plans(draw):
    """1 to 8 weeks, some the same as the one before, some empty, at least one day in all."""
    weeks = []
    for _week in range(draw(st.integers(1, 8))):
        if weeks and draw(st.booleans()):
            weeks.append(weeks[-1])
            continue
        numbers = sorted(draw(st.sets(st.integers(1, 7), max_size=2)))
        week = [draw(days) for _number in numbers]
        weeks.append(
            tuple(Day(n, day.title, day.lines) for n, day in zip(numbers, week, strict=True))
        )
    if not any(weeks):
        weeks[-1] = (Day(1, "Legs"),)
    goal = "\n".join(draw(st.lists(words(200), max_size=3))).strip()
    return Plan(tuple(weeks), draw(words(shorthand.MAX_NAME)), goal)
