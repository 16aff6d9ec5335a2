"""/manifest.webmanifest, /sw.js and /offline/: what makes the pages an application"""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from legtraining import installed
from tests.factories import make_session

ADDRESSES = ["/manifest.webmanifest", "/sw.js", "/offline/"]


def files_of(worker):
    """What the service worker fetches: its files, then the page that stands for others."""
    (listed,) = re.findall(r"^const FILES = (\[.*\]);$", worker.text, re.MULTILINE)
    return json.loads(listed)


def version_of(worker):
    return re.search(r'const SHELL = "shell-([0-9a-f]{12})";', worker.text)[1]


def test_the_manifest_says_what_is_installed(client):
    answer = client.get("/manifest.webmanifest")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert (manifest["name"], manifest["short_name"]) == ("Leg training", "Legs")
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/", "/")
    assert manifest["display"] == "standalone"
    for name in ("background_color", "theme_color"):
        assert re.fullmatch("#[0-9a-f]{6}", manifest[name])
    assert [icon["purpose"] for icon in manifest["icons"]] == ["any", "maskable"]


def test_every_page_names_the_manifest_in_its_colour(db, client):
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    page = client.get("/exercises/").text
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert f'<meta name="theme-color" content="{manifest["theme_color"]}">' in page


def test_its_icons_are_pictures_of_ours(client):
    for icon in json.loads(client.get("/manifest.webmanifest").content)["icons"]:
        answer = client.get(icon["src"])
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(icon["type"])
        assert b"".join(answer).lstrip().startswith(b"<svg")


def test_the_worker_is_a_script_that_no_browser_keeps(client):
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].split(";")[0] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    assert "max-age=0" in answer["Cache-Control"]


def test_all_that_the_worker_fetches_is_served(client):
    """One that is not makes the whole installation fail."""
    worker = client.get("/sw.js")
    files = files_of(worker)
    assert files.pop() == "/offline/"
    assert len(files) == len(set(files)) == len(installed.FILES)
    (imported,) = re.findall(r'^importScripts\("(.*)"\);$', worker.text, re.MULTILINE)
    assert imported in files
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200, file
        assert "max-age=315360000" in answer["Cache-Control"], file


def test_the_worker_has_what_a_session_page_needs(member, signed_in, client):
    """Without signal it is opened from what the worker has fetched."""
    files, session = files_of(client.get("/sw.js")), make_session(member)
    page = signed_in(member).get(f"/sessions/{session.uuid}/").text
    needed = re.findall(r'(?:src|href)="(/static/[^"#]*)', page)
    assert set(needed) <= set(files)


def test_its_version_changes_with_the_files(client, monkeypatch):
    before = client.get("/sw.js")
    assert version_of(client.get("/sw.js")) == version_of(before)
    monkeypatch.setattr(installed, "FILES", (*installed.FILES[:-1], "js/signup.js"))
    after = client.get("/sw.js")
    assert version_of(after) != version_of(before)
    assert files_of(after) != files_of(before)


def test_its_files_are_in_the_repository():
    assert [file for file in installed.FILES if finders.find(file) is None] == []


def test_the_page_without_signal_names_nobody(member, trainer, signed_in, client):
    pages = [each.get("/offline/") for each in (client, signed_in(member), signed_in(trainer))]
    assert {page.status_code for page in pages} == {200}
    assert len({page.content for page in pages}) == 1
    text = pages[0].text
    assert "No signal" in text
    assert "csrf" not in text
    assert "data-member" not in text
    assert text.count("<h1>") == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_needs_nobody_and_leaves_nothing(db, address, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_reads_only(address, client):
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address).status_code == 405
    assert client.head(address).status_code == 200


def test_a_sign_in_that_is_over_changes_nothing(db, client):
    """The phone that comes back after weeks still gets the application."""
    client.cookies["sessionid"] = "x" * 32
    for address in ADDRESSES:
        assert client.get(address).content == Client().get(address).content
