"""/sessions/check-in/: the body weight, which may be noted with the rest or alone"""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Coaching, User
from sessions import services
from sessions.models import CheckIn
from tests.factories import agree, make_check_in
from tests.sessions.conftest import words

URL = "/sessions/check-in/"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def agreed(member):
    return agree(member)


def stored():
    return list(CheckIn.objects.values_list("body_weight", "body_weight_unit"))


@pytest.mark.parametrize(
    ("typed", "unit", "weight"),
    [("80", "kg", "80"), ("80,25", "kg", "80.25"), ("176.4", "lb", "176.4"), ("20", "kg", "20"),
     ("900", "lb", "900")],
)  # fmt: skip
def test_it_is_kept_as_it_was_typed(agreed, signed_in, typed, unit, weight):
    client = signed_in(agreed)
    answer = client.post(URL, {"body_weight": typed, "body_weight_unit": unit})
    assert answer.status_code == 302
    assert stored() == [(Decimal(weight), unit)]
    page = client.get(URL)
    assert f"Body weight {weight} {unit}" in words(page).replace(NBSP, " ")
    assert f'value="{weight}"' in page.text


def test_without_a_unit_it_is_in_the_members(agreed, signed_in):
    User.objects.filter(pk=agreed.pk).update(unit="lb")
    client = signed_in(agreed)
    assert '<option value="lb" selected>lb</option>' in client.get(URL).text
    client.post(URL, {"body_weight": "176"})
    assert stored() == [(Decimal(176), "lb")]


def test_another_unit_later_does_not_change_what_was_typed(agreed, signed_in):
    make_check_in(agreed, body_weight=Decimal("176.4"), body_weight_unit="lb")
    page = signed_in(agreed).get(URL)
    assert page.context["form"].initial["body_weight_unit"] == "lb"
    assert '<option value="lb" selected>lb</option>' in page.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("body_weight", "19.9", "Enter a number from 20 to 900."),
        ("body_weight", "900.1", "Enter a number from 20 to 900."),
        ("body_weight", "-80", "Enter a number from 20 to 900."),
        ("body_weight", "80.1234", "Use at most 3 decimals."),
        ("body_weight", "heavy", "Enter a number in digits, such as 12."),
        ("body_weight_unit", "stone", "Choose kg or lb."),
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_kept(agreed, signed_in, field, typed, sentence):
    form = {"body_weight": "80", "body_weight_unit": "kg", "soreness_glutes": "3"} | {field: typed}
    page = signed_in(agreed).post(URL, form)
    assert page.status_code == 422
    assert page.context["form"].errors == {field: [sentence]}
    assert sentence in words(page)
    assert page.context["form"]["soreness_glutes"].value() == "3"
    assert page.context["form"][field].value() == typed
    assert stored() == []


def test_a_unit_alone_notes_nothing(agreed, signed_in):
    page = signed_in(agreed).post(URL, {"body_weight_unit": "kg"})
    assert page.status_code == 422
    assert "Choose at least one thing to note." in words(page)


def test_saving_again_without_it_takes_it_out(agreed, signed_in):
    make_check_in(agreed, body_weight=Decimal(80))
    signed_in(agreed).post(URL, {"soreness_glutes": "3"})
    assert [weight for weight, _unit in stored()] == [None]


def test_without_consent_nothing_is_kept(member, signed_in):
    page = signed_in(member).post(URL, {"body_weight": "80"}, follow=True)
    assert "Nothing was kept" in words(page)
    assert services.save_check_in(member=member, body_weight=Decimal(80)) is None
    assert stored() == []
    assert "your body weight if you note it" in words(signed_in(member).get(URL))


def test_it_goes_with_the_consent(agreed):
    make_check_in(agreed, body_weight=Decimal(80))
    services.withdraw_health_consent(member=agreed)
    assert stored() == []


def test_a_trainer_sees_it_only_while_it_is_shared(trainer, agreed, signed_in):
    make_check_in(agreed, body_weight=Decimal("81.5"))
    client = signed_in(trainer)
    url = f"/coaching/members/{agreed.pk}/check-ins/"
    assert client.get(url).status_code == 404
    assert "81.5" not in client.get(f"/coaching/members/{agreed.pk}/").text
    Coaching.objects.update(health_shared_at=timezone.now())
    assert f"81.5{NBSP}kg" in client.get(url).text.replace("&nbsp;", NBSP)
    Coaching.objects.update(health_shared_at=None)
    assert client.get(url).status_code == 404
