"""The body map: every muscle drawn once, every region labelled, every mark in words."""

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string

from exercises.body_map import Mark, body_map, drawing, group_map, muscle_marks
from exercises.models import MuscleGroup

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "exercises" / "library"
MUSCLES = tomllib.loads((LIBRARY / "facts.toml").read_text("utf-8"))["muscles"]
DRAWN = tomllib.loads((LIBRARY / "body_map.toml").read_text("utf-8"))
LINKS = {slug: f"/exercises/?muscle={slug}&sort=a" for slug in MUSCLES}
TEMPLATE = "exercises/_body_map.html"


def drawn(shown, template=TEMPLATE):
    return ET.fromstring(render_to_string(template, {"map": shown}))


def svg_of(tree):
    return next(each for each in tree.iter() if each.tag.endswith("svg"))


def links(tree):
    return [each for each in tree.iter() if each.tag.endswith("a")]


def text(element):
    return " ".join("".join(element.itertext()).split())


# The drawing


def test_every_muscle_has_a_shape_and_no_shape_is_there_twice():
    assert set(DRAWN["muscles"]) == set(MUSCLES)
    assert len(set(DRAWN["muscles"].values())) == len(MUSCLES)
    assert set(DRAWN["deep"]["muscles"]) < set(MUSCLES)
    assert set(DRAWN["figures"]) == set(MuscleGroup.values)


@pytest.mark.parametrize("slug", MUSCLES)
def test_a_path_is_closed_small_and_stays_in_the_picture(slug):
    d = DRAWN["muscles"][slug]
    assert re.fullmatch(r"M\d+ \d+[clsh\d\s-]+z", d), "whole numbers, one closed part"
    x, y = (int(number) for number in re.match(r"M(\d+) (\d+)", d).groups())
    assert 0 < x <= 121
    assert 0 < y <= 704
    assert len(d) <= 170


def test_a_muscle_is_on_its_side_of_the_map():
    for slug, shape in drawing().shapes.items():
        assert shape.is_back == (MUSCLES[slug]["side"] == "back")


def test_a_deep_muscle_is_drawn_after_the_muscles_above_it():
    for view in ("front", "back"):
        order = [slug for slug in DRAWN["muscles"] if MUSCLES[slug]["side"] == view]
        deep = [slug for slug in order if slug in DRAWN["deep"]["muscles"]]
        assert deep
        assert order[-len(deep) :] == deep


# By muscle


def test_every_muscle_is_one_labelled_link_in_the_drawing_and_one_beside_it():
    tree = drawn(body_map(links=LINKS))
    regions = links(svg_of(tree))
    assert {each.get("aria-label"): each.get("href") for each in regions} == {
        row["name"]: LINKS[slug] for slug, row in MUSCLES.items()
    }
    assert len(regions) == len(MUSCLES)
    listed = links(tree.find("details"))
    assert [(text(each), each.get("href")) for each in listed] == [
        (MUSCLES[slug]["name"], LINKS[slug])
        for group in MuscleGroup.values
        for slug in MUSCLES
        if MUSCLES[slug]["group"] == group
    ]
    assert [text(each) for each in tree.iter("dt")] == MuscleGroup.labels


def test_both_legs_are_one_link_that_says_its_name_once():
    for region in links(svg_of(drawn(body_map(links=LINKS)))):
        (hidden,) = region
        assert hidden.get("aria-hidden") == "true", "the title is a tooltip, the label the name"
        paths = [each for each in hidden.iter() if each.tag.endswith("path")]
        mirrored = [each for each in hidden.iter() if each.tag.endswith("use")]
        assert len(paths) == len(mirrored) == 1
        assert mirrored[0].get("href") == f"#{paths[0].get('id')}"


def test_no_id_twice_and_every_use_has_its_shape():
    tree = drawn(body_map(links=LINKS))
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    uses = {each.get("href")[1:] for each in tree.iter() if each.tag.endswith("use")}
    assert uses <= set(ids)


def test_marks_are_said_in_words_in_the_drawing_and_beside_it():
    marks = muscle_marks(["soleus"], ["gracilis", "soleus"])
    tree = drawn(body_map(links=LINKS, marks=marks))
    regions = {each.get("aria-label"): each.get("class") for each in links(svg_of(tree))}
    assert regions["Soleus, trains"] == "level-3"
    assert regions["Gracilis, also trains"] == "level-1"
    assert regions["Sartorius"] is None
    listed = {text(each) for each in links(tree.find("details"))}
    assert {"Soleus trains", "Gracilis also trains", "Sartorius"} < listed


def test_other_words_than_trains():
    marks = muscle_marks(["soleus"], ["gracilis"], words=("stretches", "also"))
    assert (marks["soleus"].words, marks["gracilis"].words) == ("stretches", "also")


def test_only_the_marked_names_beside_the_whole_drawing():
    tree = drawn(body_map(links=LINKS, marks=muscle_marks(["soleus"], []), marked_only=True))
    assert [text(each) for each in links(tree.find("details"))] == ["Soleus trains"]
    assert [text(each) for each in tree.iter("dt")] == ["Calves"]
    assert len(links(svg_of(tree))) == len(MUSCLES)
    assert tree.find("details").get("open") is not None


def test_the_chosen_muscle_is_the_current_one():
    tree = drawn(body_map(links=LINKS, current="soleus"))
    current = [each for each in links(tree) if each.get("aria-current")]
    assert [each.get("href") for each in current] == [LINKS["soleus"]] * 2
    assert not [each for each in drawn(body_map(links=LINKS)).iter() if each.get("aria-current")]


def test_without_links_it_is_a_picture_with_the_same_labels():
    tree = drawn(body_map(marks=muscle_marks(["soleus"], [])))
    assert [each.get("href") for each in links(tree)] == ["#muscle-names"]
    pictures = {each.get("aria-label") for each in tree.iter() if each.get("role") == "img"}
    assert len(pictures) == len(MUSCLES)
    assert "Soleus, trains" in pictures


@pytest.mark.parametrize("level", [-1, 4])
def test_a_level_is_one_that_has_a_colour(level):
    with pytest.raises(ValueError, match="0 to 3"):
        Mark(level, "much")


# By muscle group


def test_a_group_is_one_region_with_all_its_muscles_but_the_deep_ones():
    shown = group_map()
    assert {region.slug: region.name for region in shown.regions} == dict(MuscleGroup.choices)
    for region in shown.regions:
        assert {shape.muscle for shape in region.shapes} == {
            slug
            for slug, row in MUSCLES.items()
            if row["group"] == region.slug and slug not in DRAWN["deep"]["muscles"]
        }
    both = {region.slug for region in shown.regions if region.front and region.back}
    assert both == {"adductors", "trunk"}


def test_a_group_s_figure_stands_in_the_drawing():
    shown = group_map(
        links={"glutes": "#there"}, marks={"glutes": Mark(2, "6 of 10", "6")}, current="glutes"
    )
    tree = drawn(shown, f"{TEMPLATE}#drawing")
    (link,) = links(tree)
    assert link.get("aria-label") == "Glutes, 6 of 10"
    assert (link.get("href"), link.get("class")) == ("#there", "level-2")
    assert link.get("aria-current") == "true"
    figures = [each for each in tree.iter() if each.get("class") == "figure"]
    assert [text(each) for each in figures] == ["6"]
    assert int(figures[0].get("x")) > 244, "on the back"


# The files


def test_no_style_in_the_page_and_the_policy_holds():
    for template in (TEMPLATE, "sessions/_soreness_map.html"):
        source = (ROOT / "templates" / template).read_text("utf-8")
        assert "style" not in source
        assert "<script" not in source


def test_it_stays_small():
    """A page may have 10 KB compressed; the drawing is to leave most of them."""
    brotli = pytest.importorskip("brotli")
    html = render_to_string(TEMPLATE, {"map": body_map(links=LINKS, current="soleus")})
    assert len(brotli.compress(html.encode())) <= 3_000
