"""GET /exercises/"""

import pytest
from django.test import Client

from exercises.models import Equipment, Muscle, MuscleWork
from exercises.services import load_library
from tests.factories import ExerciseFactory

URL = "/exercises/"


@pytest.fixture
def three(db):
    """A squat, a curl and a raise, each with its own muscle and equipment."""
    squat = ExerciseFactory(slug="squat", name="Back Squat")
    squat.aliases.create(name="Barbell Squat")
    curl = ExerciseFactory(
        slug="curl", name="Leg Curl", muscle="semitendinosus", muscle__group="hamstrings"
    )
    raises = ExerciseFactory(
        slug="raise", name="Calf Raise", muscle="soleus", muscle__group="calves"
    )
    MuscleWork.objects.create(exercise=squat, muscle=Muscle.objects.get(slug="soleus"), share=0.5)
    for exercise, name in ((squat, "barbell"), (curl, "machine"), (raises, "machine")):
        piece, _made = Equipment.objects.get_or_create(slug=name, defaults={"name": name.title()})
        exercise.equipment.add(piece)


def shown(query="", **extra):
    page = Client().get(URL, query_params=query or None, **extra)
    assert page.status_code == 200
    found = page.context["found"]
    return [] if found.is_near else [card.slug for card in found.shown]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["squat", "raise", "curl"]),
        ({"q": "SQUAT"}, ["squat"]),
        ({"q": " curl "}, ["curl"]),
        ({"q": "barbell sq"}, ["squat"]),
        ({"q": "squat back"}, ["squat"]),
        ({"q": "raise curl"}, []),
        ({"q": "nothing like it"}, []),
        ({"q": "%"}, []),
        ({"muscle": "calves"}, ["raise"]),
        ({"muscle": "quadriceps"}, ["squat"]),
        ({"equipment": "machine"}, ["raise", "curl"]),
        ({"q": "leg", "equipment": "machine", "muscle": "hamstrings"}, ["curl"]),
        ({"equipment": "barbell", "muscle": "calves"}, []),
    ],
)
def test_finds(three, query, found):
    assert shown(query) == found


@pytest.mark.parametrize(
    "query",
    [{"muscle": "ear"}, {"equipment": "rocket"}, {"q": "x" * 81}, {"page": "-1"}, {"q": "a\0b"}],
)
def test_a_value_that_does_not_exist_filters_nothing_away(three, query):
    assert len(shown(query)) == 3


def test_shows_what_each_trains_and_needs(three):
    page = Client().get(URL).text
    assert '<a href="/exercises/squat/">' in page
    assert '<span class="tag">Barbell</span>' in page
    assert "3 exercises" in page


def test_says_so_when_nothing_fits(three):
    page = Client().get(URL, {"q": "unicycle"}).text
    assert "No exercise is called so." in page
    assert 'value="unicycle"' in page
    assert "Show all" in page


def test_what_is_searched_for_is_escaped(three):
    assert "<script>alert" not in Client().get(URL, {"q": '"><script>alert(1)</script>'}).text


def test_the_chosen_filters_stay_chosen(three):
    page = Client().get(URL, {"muscle": "calves", "equipment": "machine"}).text
    assert '<option value="calves" selected>' in page
    assert '<option value="machine" selected>' in page


def test_htmx_gets_the_results_alone(three):
    page = Client().get(URL, {"q": "curl"}, headers={"HX-Request": "true"}).text
    assert page.strip().startswith('<div id="results"')
    assert "Leg Curl" in page
    assert "<html" not in page
    assert "Back Squat" not in page


def test_everybody_may_read(three, member, trainer, signed_in):
    for client in (Client(), signed_in(member), signed_in(trainer)):
        assert client.get(URL).status_code == 200


def test_wrong_method(db):
    assert Client().post(URL).status_code == 405


def test_the_number_of_queries_does_not_grow(db, query_count, no_lazy_queries):
    ExerciseFactory().equipment.create(slug="machine", name="Machine")
    one = query_count(Client(), URL)
    load_library()
    assert query_count(Client(), URL) <= one + 1  # more than a page is counted
