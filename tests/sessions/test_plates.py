"""GET /sessions/plates/"""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.racks import keep_rack
from legtraining.domain.plates import Rack, parse_bars, parse_plates
from tests.sessions.conftest import words

URL = "/sessions/plates/"


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


def ask(client, weight, bar="20 kg"):
    page = client.get(URL, {"weight": weight, "bar": bar})
    assert page.status_code == 200
    return page


def test_asks_for_a_weight_and_a_bar(client):
    page = client.get(URL)
    assert page.status_code == 200
    assert [name for name, _label in page.context["form"].fields["bar"].choices] == [
        "20 kg",
        "15 kg",
        "45 lb",
        "35 lb",
    ]
    assert "loading" not in page.context
    assert "invalid" not in page.text


@pytest.mark.parametrize(
    ("weight", "bar", "said"),
    [
        ("100", "20 kg", "On each side: 25 + 15 kg"),
        ("102,5", "20 kg", "On each side: 25 + 15 + 1.25 kg"),
        ("60", "15 kg", "On each side: 20 + 2.5 kg"),
        ("225", "45 lb", "On each side: 45 + 45 lb"),
        ("20", "20 kg", "That is the bar alone, without plates."),
    ],
)
def test_the_plates_of_one_side(client, weight, bar, said):
    page = ask(client, weight, bar)
    assert said in words(page)
    assert page.text.count('class="plate"') == said.count("+") + said.count("side:")


def test_the_picture_is_drawn_to_the_plates(client):
    drawn = ask(client, "122.5").context["loading"].drawn
    assert [(str(plate.weight), plate.height, plate.top) for plate in drawn] == [
        ("25", 144, 0),
        ("25", 144, 0),
        ("1.25", 52, 46),
    ]
    assert [plate.left for plate in drawn] == [44, 71, 98]


@pytest.mark.parametrize(
    ("weight", "said", "links"),
    [
        ("101", "Your plates do not make this weight exactly.", ["100", "102.5"]),
        ("10", "That is less than the bar weighs.", ["20"]),
        ("1000", "That is more than your plates make.", ["515"]),
    ],
)
def test_the_nearest_where_it_cannot_be_loaded(client, weight, said, links):
    page = ask(client, weight)
    html = words(page)
    assert said in html
    assert "On each side" not in html
    for link in links:
        assert f'href="?weight={link}&amp;bar=20+kg">{link} kg</a>' in page.text
        assert "The nearest" not in words(ask(client, link))
    assert page.text.count('href="?weight=') == len(links)


def test_ones_own_bars_and_plates(client, member, outsider, signed_in):
    rack = Rack(parse_bars("7.5"), parse_plates("4x1 3x1"), Decimal(2), Decimal(5))
    keep_rack(member=member, unit="kg", rack=rack)
    assert "On each side: 4 + 3 kg" in words(ask(client, "21.5", "7.5 kg"))
    assert "Choose one of your bars." in words(ask(client, "21.5", "20 kg"))
    assert "Choose one of your bars." in words(ask(signed_in(outsider), "21.5", "7.5 kg"))


def test_the_bars_of_ones_unit_come_first(client, member):
    member.unit = "lb"
    member.save()
    assert next(iter(client.get(URL).context["form"].bars)) == "45 lb"


@pytest.mark.parametrize(
    ("weight", "bar", "field", "sentence"),
    [
        ("", "20 kg", "weight", "Enter a weight."),
        ("heavy", "20 kg", "weight", "Enter a number in digits, such as 12."),
        ("-5", "20 kg", "weight", "Enter a number from 0 to 2000."),
        ("2001", "20 kg", "weight", "Enter a number from 0 to 2000."),
        ("1.2345", "20 kg", "weight", "Use at most 3 decimals."),
        ("60", "", "bar", "Choose one of your bars."),
        ("60", "21 kg", "bar", "Choose one of your bars."),
        ("60", "20", "bar", "Choose one of your bars."),
        ("60\x00", "20 kg", "weight", "Enter a number in digits, such as 12."),
    ],
)
def test_what_cannot_be_read_is_kept_beside_its_sentence(client, weight, bar, field, sentence):
    page = ask(client, weight, bar)
    assert page.context["form"].errors == {field: [sentence]}
    assert sentence in page.text
    assert page.context["form"]["weight"].value() == weight
    assert "loading" not in page.context


def test_only_a_bar_or_something_else_asks_nothing(client):
    for query in ({"bar": "20 kg"}, {"x": "1"}):
        assert not client.get(URL, query).context["form"].is_bound


def test_reads_the_rack_in_one_query_and_writes_nothing(client):
    with CaptureQueriesContext(connection) as queries:
        ask(client, "100")
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert sum("accounts_rack" in query["sql"] for query in queries) == 1


def test_is_found_from_the_log_and_leads_to_the_equipment(client):
    assert f'href="{URL}"' in client.get("/sessions/").text
    assert 'href="/accounts/equipment/"' in client.get(URL).text


def test_wrong_method(client):
    assert client.post(URL, {"weight": "100", "bar": "20 kg"}).status_code == 405


def test_anonymous_signs_in_first(db):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"
