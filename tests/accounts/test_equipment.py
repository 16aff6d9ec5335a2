"""/accounts/equipment/"""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Rack
from accounts.racks import forget_rack, keep_rack, racks_of
from legtraining.domain.plates import DEFAULT_RACKS, parse_plates

URL = "/accounts/equipment/"
FORM = {
    "unit": "kg",
    "bars": "15 20",
    "plates": "20×2\n25x4, 2,5",
    "dumbbell_step": "2,5",
    "machine_step": "7.5",
}
KEPT = {
    "unit": "kg",
    "bars": "15, 20",
    "plates": "25x4, 20x2, 2.5x1",
    "dumbbell_step": Decimal("2.5"),
    "machine_step": Decimal("7.5"),
}


def stored(person):
    return list(Rack.objects.filter(member=person).order_by("unit").values(*FORM))


def test_shows_the_usual_ones_until_saved(member, signed_in):
    page = signed_in(member).get(URL)
    assert page.status_code == 200
    assert [form["bars"].value() for form in page.context["forms"].values()] == ["20, 15", "45, 35"]
    assert "25x4, 20x4, 15x2, 10x2, 5x2, 2.5x2, 1.25x2" in page.text
    assert "Back to the usual" not in page.text
    assert stored(member) == []


def test_saves_one_unit_of_ones_own(member, outsider, signed_in):
    client = signed_in(member)
    assert client.post(URL, FORM).url == URL
    assert stored(member) == [KEPT]
    assert stored(outsider) == []
    page = client.get(URL).text
    assert "Bars and plates in kg are saved." in page
    assert 'value="15, 20"' in page
    assert page.count("Back to the usual") == 1


def test_saving_again_changes_the_same_row(member, signed_in):
    client = signed_in(member)
    client.post(URL, FORM)
    client.post(URL, FORM | {"bars": "10"})
    client.post(URL, FORM | {"unit": "lb"})
    assert stored(member) == [KEPT | {"bars": "10"}, KEPT | {"unit": "lb"}]


def test_the_unit_one_prefers_comes_first(member, signed_in):
    member.unit = "lb"
    member.save()
    assert list(signed_in(member).get(URL).context["forms"]) == ["lb", "kg"]


@pytest.mark.parametrize(
    ("field", "bad", "sentence"),
    [
        ("bars", "", "This field is required."),
        ("bars", "20,15", "“20,15” may be one number or two."),
        ("bars", "101", "a bar weighs 0 to 100"),
        ("plates", "25x99", "Write 1 to 10 pairs of a plate, such as 25x2."),
        ("plates", "heavy ones", "“heavy” is not a plate."),
        ("plates", "25x4 " * 61, "at most 300 characters"),
        ("dumbbell_step", "0", "Enter a number from 0.125 to 100."),
        ("machine_step", "five", "Enter a number in digits, such as 12."),
        ("machine_step", "1.2345", "Use at most 3 decimals."),
    ],
)
def test_a_refused_form_changes_nothing_and_keeps_what_was_typed(
    member, signed_in, field, bad, sentence
):
    client = signed_in(member)
    client.post(URL, FORM)
    page = client.post(URL, FORM | {"bars": "7"} | {field: bad})
    kg, lb = page.context["forms"].values()
    assert page.status_code == 422
    assert list(kg.errors) == [field]
    assert sentence in page.text
    assert kg[field].value() == bad
    assert kg["bars"].value() == (bad if field == "bars" else "7")
    assert not lb.is_bound
    assert stored(member) == [KEPT]


@pytest.mark.parametrize("address", [URL, f"{URL}reset/"])
@pytest.mark.parametrize("unit", ["", "st", "kg ", "%00", None])
def test_bad_unit(member, signed_in, address, unit):
    client = signed_in(member)
    client.post(URL, FORM)
    form = {key: value for key, value in (FORM | {"unit": unit}).items() if value is not None}
    assert client.post(address, form).status_code == 404
    assert stored(member) == [KEPT]


def test_back_to_the_usual_ones(member, outsider, signed_in):
    client = signed_in(member)
    for unit in ("kg", "lb"):
        client.post(URL, FORM | {"unit": unit})
    signed_in(outsider).post(URL, FORM)
    page = client.post(f"{URL}reset/", {"unit": "kg"}, follow=True)
    assert page.redirect_chain == [(URL, 302)]
    assert "You had 15, 20; 25x4, 20x2, 2.5x1." in page.text
    assert stored(member) == [KEPT | {"unit": "lb"}]
    assert stored(outsider) == [KEPT]
    assert client.post(f"{URL}reset/", {"unit": "kg"}).url == URL
    assert stored(member) == [KEPT | {"unit": "lb"}]


def test_wrong_method(member, signed_in):
    client = signed_in(member)
    client.post(URL, FORM)
    assert client.delete(URL).status_code == 405
    assert client.get(f"{URL}reset/").status_code == 405
    assert stored(member) == [KEPT]


def test_anonymous_signs_in_first(db):
    for address in (URL, f"{URL}reset/"):
        assert Client().post(address, FORM).url == f"/accounts/login/?next={address}"
    assert not Rack.objects.exists()


def test_is_found_from_the_settings(member, signed_in):
    assert f'href="{URL}"' in signed_in(member).get("/accounts/settings/").text


def test_racks_of_a_person_in_one_query(member, outsider, django_assert_num_queries):
    own = replace(DEFAULT_RACKS["lb"], plates=parse_plates("55x2"))
    keep_rack(member=member, unit="lb", rack=own)
    with django_assert_num_queries(1):
        assert racks_of(member) == {"kg": DEFAULT_RACKS["kg"], "lb": own}
    assert racks_of(outsider) == DEFAULT_RACKS
    assert forget_rack(member=outsider, unit="lb") is None
    assert forget_rack(member=member, unit="lb") == own
    assert racks_of(member) == DEFAULT_RACKS
