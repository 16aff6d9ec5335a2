"""/api/ and /api/v1/openapi.json"""

import json
import re

import pytest
from django.test import Client

from exchange.api.site import openapi
from tests.exchange.reading import Reader, misfits, secret_of

URL, SCHEMA = "/api/", "/api/v1/openapi.json"


@pytest.fixture
def described(db):
    response = Client().get(SCHEMA)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=3600"
    return response.json()


def refs(part):
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        part = list(part.values())
    for each in part if isinstance(part, list) else []:
        yield from refs(each)


def test_the_description_is_open_to_anybody_and_whole(described):
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        f"/api/v1/{path}"
        for path in ("me", "sessions", "sessions/{uuid}", "sets", "exercises", "programs",
                     "progress", "progress/weeks")
    }  # fmt: skip
    names = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(refs(described)) == names


def test_the_security_is_a_bearer_token_with_its_scope(described):
    scheme = described["components"]["securitySchemes"]["Token"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    scopes = {
        path.removeprefix("/api/v1/"): operations["get"]["security"]
        for path, operations in described["paths"].items()
    }
    assert scopes["me"] == [{"Token": []}]
    assert scopes["sets"] == [{"Token": ["sessions"]}]
    assert scopes["programs"] == [{"Token": ["programs"]}]
    assert scopes["progress/weeks"] == [{"Token": ["progress"]}]


def test_every_address_names_what_may_go_wrong(described):
    for path, operations in described["paths"].items():
        assert set(operations) == {"get"}
        answers = operations["get"]["responses"]
        wanted = {"200", "401", "422", "429", "500"}
        wanted |= {"403"} if path != "/api/v1/me" else set()
        wanted |= {"404"} if "{" in path else set()
        assert set(answers) == wanted, path
        for status in wanted - {"200"}:
            schema = answers[status]["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Error"}


def test_everything_is_described_in_words(described):
    for path, operations in described["paths"].items():
        assert operations["get"]["summary"], path
        for each in operations["get"]["parameters"]:
            assert each["description"], f"{path} {each['name']}"
            assert "anyOf" not in each["schema"]
    weights = described["components"]["schemas"]["Set"]["properties"]
    assert "unit" in weights["weight"]["description"]
    assert "kilograms" in weights["weight_kg"]["description"]
    for shape in described["components"]["schemas"].values():
        assert shape["required"] == list(shape["properties"])


def test_the_check_against_the_description_can_fail():
    row = {"error": "x", "message": "y", "parameter": None}
    shape = {"$ref": "#/components/schemas/Error"}
    assert not list(misfits(shape, row, ""))
    for wrong in ({"error": 1}, {"parameter": 2.5}, {"more": 1}, {"message": None}):
        assert list(misfits(shape, row | wrong, ""))
    assert list(misfits(shape, {"error": "x", "message": "y"}, ""))
    assert list(misfits({"type": "string", "format": "date"}, "2026-1-1", ""))
    assert list(misfits({"type": "integer"}, True, ""))


def test_the_description_is_only_read():
    response = Client().post(SCHEMA)
    assert response.status_code == 405
    assert response.json()["error"] == "method_not_allowed"
    assert Client().head(SCHEMA).status_code == 200


# --- The page -------------------------------------------------------------------------------------


def test_the_page_is_open_and_names_every_address_parameter_and_field(db):
    page = Client().get(URL)
    assert page.status_code == 200
    for path, operations in openapi()["paths"].items():
        assert f"GET {path}" in page.text
        for each in operations["get"]["parameters"]:
            assert f"<code>{each['name']}</code>" in page.text
    for name, shape in openapi()["components"]["schemas"].items():
        assert f'id="shape-{name}"' in page.text
        for field in shape["properties"]:
            assert f"<code>{field}</code>" in page.text
    assert 'href="/accounts/tokens/"' in page.text
    assert "http://testserver/api/v1/sets" in page.text


def test_every_link_within_the_page_leads_somewhere(db):
    text = Client().get(URL).text
    ids = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids
    assert len(re.findall(r'id="([^"]+)"', text)) == len(ids)


def test_names_in_the_descriptions_are_marked(db):
    text = Client().get(URL).text
    assert "`" not in re.sub(r"<pre.*?</pre>", "", text, flags=re.DOTALL)
    assert "of the kind <code>warmup</code> before" in text
    assert "integer from 1 to 500, usually 100" in text


def test_the_page_takes_no_query_and_only_reads(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get(URL)
    assert Client().post(URL).status_code == 405


def test_the_example_in_python_reads_all_sets(member, monkeypatch, capsys):
    """As it stands on the page, with the test client for the network."""
    from tests.factories import make_session

    make_session(member, sets=3, finished=True)
    reader = Reader(secret_of(member))
    page = Client().get(URL).text
    example = re.search(r"<code>(import json.*?)</code>", page, re.DOTALL)[1]
    example = example.replace("&quot;", '"')
    monkeypatch.setenv("LEGS_TOKEN", reader.headers["Authorization"].removeprefix("Bearer "))

    class Answer:
        def __init__(self, request):
            headers = {"Authorization": request.get_header("Authorization")}
            address = request.full_url.removeprefix("http://testserver")
            self.body = Client().get(address, headers=headers).content

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        def read(self):
            return self.body

    monkeypatch.setattr("urllib.request.urlopen", Answer)
    exec(example, {})
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert json.loads(json.dumps(openapi())) == openapi()
