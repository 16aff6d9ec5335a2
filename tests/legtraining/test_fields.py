"""legtraining.fields: numbers as people type them on a phone."""

import struct
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from legtraining.domain.setgroups import parse_sets
from legtraining.fields import NumberField, RirField, WeightField, WholeNumberField, refused

weight = WeightField()
reps = WholeNumberField(low=0, high=200)
rir = RirField()


def sentence(field, text):
    with pytest.raises(ValidationError) as refused:
        field.clean(text)
    (message,) = refused.value.messages
    return message


@pytest.mark.parametrize("text", ["62.5", "62,5", " 62.5 ", "62.50", "٦٢٫٥", "62，5", "062.5"])
def test_one_number_in_many_spellings(text):
    assert weight.clean(text) == Decimal("62.5")


@pytest.mark.parametrize(
    ("field", "text", "number"),
    [
        (weight, "0", 0),
        (weight, "2000", 2000),
        (weight, "1 200", 1200),
        (weight, "0.001", Decimal("0.001")),
        (weight, "1.2500000", Decimal("1.25")),
        (reps, "200", 200),
        (reps, "8.0", 8),
        (reps, "-0", 0),
        (rir, "10", 10),
        (rir, "2,5", Decimal("2.5")),
    ],
)
def test_what_can_be(field, text, number):
    assert field.clean(text) == number


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (weight, "-5", "Enter a number from 0 to 2000."),
        (weight, "2000.001", "Enter a number from 0 to 2000."),
        (weight, "1.2345", "Use at most 3 decimals."),
        (weight, "heavy", "Enter a number in digits, such as 12."),
        (weight, "1e3", "Enter a number in digits, such as 12."),
        (weight, "NaN", "Enter a number in digits, such as 12."),
        (weight, "5\x00", "Enter a number in digits, such as 12."),
        (weight, "9" * 10_000, "That number is too long."),
        (reps, "1000", "Enter a number from 0 to 200."),
        (reps, "8.5", "Enter a whole number."),
        (rir, "40", "Enter a number from 0 to 10."),
        (rir, "2.3", "Use whole or half repetitions, such as 2 or 2.5."),
        (rir, "2.25", "Use whole or half repetitions, such as 2 or 2.5."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(field, text, message):
    assert sentence(field, text) == message


def test_a_whole_number_is_an_int():
    assert type(reps.clean("8")) is int


@pytest.mark.parametrize("text", ["", "   ", None])
def test_nothing(text):
    assert WeightField(required=False).clean(text) is None
    assert WholeNumberField(low=1, high=2, required=False).clean(text) is None
    assert sentence(weight, text) == "This field is required."


def test_the_keypad_and_what_was_typed():
    class Form(forms.Form):
        weight = WeightField()
        reps = WholeNumberField(low=0, high=200)

    typed = Form({"weight": "1.2.3", "reps": "eight"})
    assert not typed.is_valid()
    assert 'value="1.2.3"' in str(typed["weight"])
    assert 'value="eight"' in str(typed["reps"])
    assert 'inputmode="decimal"' in str(typed["weight"])
    assert 'inputmode="numeric"' in str(typed["reps"])
    assert 'value="62.5"' in str(Form(initial={"weight": Decimal("62.500")})["weight"])
    assert 'value="100"' in str(Form(initial={"weight": Decimal(100).normalize()})["weight"])


@given(st.decimals(0, 2000, places=3), st.sampled_from(".,"))
def test_any_weight_comes_back_as_it_is_shown(number, separator):
    shown = weight.prepare_value(number).replace(".", separator)
    assert weight.clean(shown) == number


@given(st.text())
def test_any_text_is_a_number_within_the_limits_or_refused(text):
    for field, low, high in ((weight, 0, 2000), (reps, 0, 200), (rir, 0, 10)):
        try:
            number = field.clean(text)
        except ValidationError:
            continue
        assert low <= number <= high


@given(st.decimals(-10, 10, places=2))
def test_limits_and_places_are_the_fields_own(number):
    field = NumberField(low=Decimal(-1), high=Decimal(1), places=1)
    possible = -1 <= number <= 1 and number * 10 == int(number * 10)
    if possible:
        assert field.clean(str(number)) == number
    else:
        assert sentence(field, str(number))


def compiled_catalogue(sentences: dict[str, str]) -> bytes:
    """A gettext catalogue (`.mo`) as `compilemessages` writes it."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **sentences}.items())
    start = 28 + 16 * len(pairs)
    tables: list[bytes] = []
    texts = b""
    for column in (0, 1):
        for pair in pairs:
            text = pair[column].encode()
            tables.append(struct.pack("<II", len(text), start + len(texts)))
            texts += text + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return header + b"".join(tables) + texts


def test_what_a_parser_refuses_is_said_in_the_readers_language(settings, tmp_path: Path):
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(
        compiled_catalogue(
            {
                "Enter a number in digits, such as 12.": "Gib eine Zahl wie 12 ein.",
                "“%(part)s”: write 1 to %(most)s sets.": "„%(part)s“: 1 bis %(most)s Sätze.",
            }
        )
    )
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(ValueError, match="sets") as too_many:
        parse_sets("3x8, 99x5")
    with translation.override("de"):
        assert sentence(reps, "twelve") == "Gib eine Zahl wie 12 ein."
        assert refused(too_many.value).messages == ["„99x5“: 1 bis 20 Sätze."]
