import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.refusal import Refusal
from legtraining.domain.units import (
    KG_PER_LB,
    Unit,
    convert,
    display,
    format_weight,
    parse_decimal,
    parse_seconds,
    to_kg,
)

stored = st.decimals(0, Decimal("9999.999"), places=3)
units: st.SearchStrategy[Unit] = st.sampled_from(["kg", "lb"])


def test_pound_is_the_international_one() -> None:
    assert Decimal("0.45359237") == KG_PER_LB


@given(stored)
def test_pounds_become_kilograms_exactly(weight: Decimal) -> None:
    assert Fraction(to_kg(weight, "lb")) == Fraction(weight) * Fraction(45359237, 100_000_000)


@given(stored, units)
def test_own_unit_is_untouched(weight: Decimal, unit: Unit) -> None:
    assert convert(weight, unit, unit) is weight
    assert display(weight, unit, unit) == format_weight(weight)


@given(stored, units, units)
def test_round_trip(weight: Decimal, unit: Unit, other: Unit) -> None:
    assert abs(convert(convert(weight, unit, other), other, unit) - weight) < Decimal("1e-9")


@given(stored, stored)
def test_conversion_keeps_the_order(a: Decimal, b: Decimal) -> None:
    assert (a < b) == (convert(a, "kg", "lb") < convert(b, "kg", "lb"))


def test_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="kg or lb, not st"):
        convert(Decimal(1), "kg", "st")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="kg or lb, not st"):
        to_kg(Decimal(1), "st")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("weight", "unit", "in_unit", "shown"),
    [
        ("135", "lb", "lb", "135"),
        ("62.125", "kg", "kg", "62.125"),
        ("135", "lb", "kg", "61.2"),
        ("60.000", "kg", "lb", "132.3"),
        ("100", "kg", "lb", "220.5"),
        ("0", "lb", "kg", "0"),
        ("2000", "lb", "kg", "907.2"),
        ("90.718474", "kg", "lb", "200"),
        ("1.25", "lb", "kg", "0.6"),
    ],
)
def test_display(weight: str, unit: Unit, in_unit: Unit, shown: str) -> None:
    assert display(Decimal(weight), unit, in_unit) == shown


def test_display_rounds_a_half_up() -> None:
    # 0.25 lb exactly: half to even would say 0.2
    assert display(Decimal("0.25") * KG_PER_LB, "kg", "lb") == "0.3"


@given(stored, units, units)
def test_display_in_the_other_unit_is_within_half_a_tenth(
    weight: Decimal, unit: Unit, other: Unit
) -> None:
    shown = Decimal(display(weight, unit, other))
    assert abs(shown - convert(weight, unit, other)) <= (0 if unit == other else Decimal("0.05"))


@pytest.mark.parametrize(
    ("weight", "text"),
    [
        ("62.500", "62.5"),
        ("60", "60"),
        ("60.000", "60"),
        ("1E+2", "100"),
        ("1E-3", "0.001"),
        ("0.000", "0"),
        ("-0.00", "0"),
        ("-0", "0"),
        ("-2.50", "-2.5"),
        ("10", "10"),
        ("1000", "1000"),
    ],
)
def test_format_weight(weight: str, text: str) -> None:
    assert format_weight(Decimal(weight)) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("60", "60"),
        ("007", "7"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("5.", "5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("  62,5\u00a0", "62.5"),
        (" " * 50 + "5", "5"),
        ("1 200", "1200"),
        ("1\u00a0200,5", "1200.5"),
        ("1\u202f200", "1200"),
        ("-1\u2009200", "-1200"),
        ("\u0666\u0662\u066b\u0665", "62.5"),
        ("६२.५", "62.5"),
        ("\uff16\uff12\uff0e\uff15", "62.5"),
        ("\uff16\uff12\uff0c\uff15", "62.5"),
        ("1,250", "1.25"),
    ],
)
def test_parse_decimal(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter a number."),
        (" \u00a0\t", "Enter a number."),
        ("abc", "Enter a number in digits, such as 12."),
        ("60kg", "Enter a number in digits, such as 12."),
        ("NaN", "Enter a number in digits, such as 12."),
        ("sNaN", "Enter a number in digits, such as 12."),
        ("Infinity", "Enter a number in digits, such as 12."),
        ("-inf", "Enter a number in digits, such as 12."),
        ("1e3", "Enter a number in digits, such as 12."),
        ("1E+3", "Enter a number in digits, such as 12."),
        ("+5", "Enter a number in digits, such as 12."),
        ("--5", "Enter a number in digits, such as 12."),
        ("5-", "Enter a number in digits, such as 12."),
        ("- 5", "Enter a number in digits, such as 12."),
        ("1_000", "Enter a number in digits, such as 12."),
        ("1 5", "Enter a number in digits, such as 12."),
        ("12 34", "Enter a number in digits, such as 12."),
        ("1000 000", "Enter a number in digits, such as 12."),
        (".", "Enter a number in digits, such as 12."),
        ("-", "Enter a number in digits, such as 12."),
        ("-,", "Enter a number in digits, such as 12."),
        ("..", "Enter a number in digits, such as 12."),
        ("5²", "Enter a number in digits, such as 12."),
        ("½", "Enter a number in digits, such as 12."),
        ("5\x00", "Enter a number in digits, such as 12."),
        ("5\n6", "Enter a number in digits, such as 12."),
        ("\ud800", "Enter a number in digits, such as 12."),
        ("1,000.5", "Use one decimal point or comma, and none between thousands."),
        ("1.000,5", "Use one decimal point or comma, and none between thousands."),
        ("1,,5", "Use one decimal point or comma, and none between thousands."),
        ("1" * 21, "That number is too long."),
        ("9" * 100_000, "That number is too long."),
    ],
)
def test_parse_decimal_refuses(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        parse_decimal(text)


def test_the_longest_number_is_read() -> None:
    assert parse_decimal("1" * 20) == Decimal("1" * 20)


@given(st.decimals(Decimal("-9999.999"), Decimal("9999.999"), places=3))
def test_what_is_formatted_parses_back(number: Decimal) -> None:
    assert parse_decimal(format_weight(number)) == number


@given(st.text("0123456789-., \u00a0", max_size=12))
def test_comma_and_point_are_the_same(text: str) -> None:
    def read(typed: str) -> Decimal | str:
        try:
            return parse_decimal(typed)
        except ValueError as refusal:
            return str(refusal)

    assert read(text.replace(".", ",")) == read(text.replace(",", "."))


@given(st.text() | st.text("0123456789\u0660\u066b.,-+\u2212eE_ \u00a0naif½²", max_size=24))
def test_any_text_is_a_finite_number_or_a_sentence(text: str) -> None:
    number, refusal = None, None
    try:
        number = parse_decimal(text)
    except ValueError as error:
        refusal = error
    if number is not None:
        assert number.is_finite()
    else:
        # Not any ValueError: nobody wrote a sentence for a UnicodeError.
        assert isinstance(refusal, Refusal)
        assert str(refusal).endswith(".")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("1:30", 90), (" 0:05 ", 5), ("120:00", 7200), ("999:59", 59999), ("45,0", 45)],
)
def test_parse_seconds(text: str, seconds: int) -> None:
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize(
    "text", ["1:5", "1:60", ":30", "1:", "1:30:00", "-1:30", "1:30 s", "1000:00"]
)
def test_parse_seconds_refuses(text: str) -> None:
    with pytest.raises(Refusal):
        parse_seconds(text)


@given(st.integers(0, 999), st.integers(0, 59))
def test_a_clock_is_read_as_it_is_shown(minutes: int, seconds: int) -> None:
    assert parse_seconds(f"{minutes}:{seconds:02d}") == 60 * minutes + seconds


@given(st.text(max_size=12))
def test_parse_seconds_refuses_or_reads_anything(text: str) -> None:
    try:
        read = parse_seconds(text)
    except Refusal:
        return
    assert read.is_finite()
