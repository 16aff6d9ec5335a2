"""GET /why/"""

import gzip
import re
import tomllib

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from exercises import claims_admin  # noqa: F401 (registers the models, whoever else does)
from exercises.evidence import CLAIMS, MOVEMENTS, load_claims
from exercises.models import Claim, Exercise, Reference, Verdict
from exercises.services import load_library
from tests.factories import ExerciseFactory

WRITTEN = tomllib.loads(CLAIMS.read_text("utf-8"))
TEMPLATE = settings.BASE_DIR / "templates" / "exercises" / "why.html"
SHARED = settings.BASE_DIR.parent / "shared" / "data"
SOURCES = [SHARED / name for name in ("claims.md", "safety.md")]
TEXTS = ("claim", "evidence", "unknown", "product")
NOT_SAID = re.compile(r"diagnos|\btreat|rehab|prevent|safe to train|risk score|!", re.IGNORECASE)
RUN = 8  # so many words in a row are a copy


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def runs(text):
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def our_texts():
    yield from (claim.get(name, "") for claim in WRITTEN["claims"] for name in TEXTS)
    yield from (reference.get("limits", "") for reference in WRITTEN["references"])
    yield from re.findall(r"%}([^{%]{20,}){%", TEMPLATE.read_text("utf-8"))
    yield from re.findall(r'translate "([^"]+)"', TEMPLATE.read_text("utf-8"))


@pytest.fixture
def claims(db):
    load_claims()


def page(query="", client=None):
    answer = (client or Client()).get(f"/why/{query}")
    assert answer.status_code == 200
    return answer.text


def shown(text):
    return re.findall(r'<article class="[^"]*" id="([^"]+)"', text)


def article(text, slug):
    found = re.search(rf'<article class="[^"]*" id="{slug}">.*?</article>', text, re.DOTALL)
    return " ".join(found[0].split())


# --- What the file says ---


def test_every_row_of_the_article_has_its_claim_and_fits_the_models(claims):
    assert [row["number"] for row in WRITTEN["claims"]] == list(range(1, 25))
    for row in (*Claim.objects.all(), *Reference.objects.all()):
        row.full_clean()
    assert {row["verdict"] for row in WRITTEN["claims"]} == set(Verdict.values)


def test_claims_and_references_belong_together():
    cited = [number for row in WRITTEN["claims"] for number in row.get("references", [])]
    numbers = [row["number"] for row in WRITTEN["references"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(cited) == set(numbers)
    bare = [row["slug"] for row in WRITTEN["claims"] if not row.get("references")]
    assert bare == ["left-out"]
    for row in WRITTEN["claims"]:
        if row["verdict"] == "opinion":
            assert "opinion" in row["evidence"]


def test_addresses_are_those_of_papers():
    hosts = r"https://(doi\.org/10\.\d+/|pmc\.ncbi\.nlm\.nih\.gov/articles/PMC\d+/$"
    hosts += r"|pubmed\.ncbi\.nlm\.nih\.gov/\d+/$|digitalscholarship\.unlv\.edu/)"
    for row in WRITTEN["references"]:
        assert re.match(hosts, row.get("url", "https://doi.org/10.1/")), row


def test_words_that_promise_or_judge_are_absent():
    for text in our_texts():
        assert not NOT_SAID.search(text), text


def test_the_words_are_our_own():
    stored = [source for source in SOURCES if source.exists()]
    if not stored:
        pytest.skip("The table of claims is not on this machine.")
    theirs = set().union(*(runs(source.read_text("utf-8")) for source in stored))
    ours = set().union(*map(runs, our_texts()))
    assert len(ours) > 1000
    assert {" ".join(run) for run in ours & theirs} == set()


def test_statements_without_a_source_say_so():
    unknown = {row["number"]: row.get("unknown", "") for row in WRITTEN["claims"]}
    admits = re.compile("no source|none to cite|read only the start")
    assert [number for number, text in unknown.items() if admits.search(text)] == [2, 7, 17, 22]


# --- Loading it ---


def test_load_claims_changes_nothing_that_is_there(db):
    assert load_claims() == 24
    claim = Claim.objects.get(number=3)
    claim.claim = "Edited."
    claim.slug = "another-address"
    claim.save()
    claim.references.clear()
    Reference.objects.filter(number=1).update(citation="Edited 2026")
    Claim.objects.get(number=4).delete()
    assert load_claims() == 1
    assert Claim.objects.count() == 24
    assert [each.number for each in Claim.objects.get(number=4).references.all()] == [6, 7, 8, 9]
    assert str(Claim.objects.get(slug="another-address")) == "Edited."
    assert not claim.references.exists()
    assert str(Reference.objects.get(number=1)) == "1. Edited 2026"
    assert load_claims() == 0


# --- The page ---


def test_everybody_may_read(claims, member, trainer, signed_in):
    for client in (Client(), signed_in(member), signed_in(trainer)):
        text = page(client=client)
        assert shown(text) == [row["slug"] for row in WRITTEN["claims"]]
        assert len(re.findall(r"<h1\b", text)) == 1


def test_a_claim_with_its_verdict_evidence_and_references(claims):
    text = page()
    told = article(text, "fat-loss")
    assert "<h3>It plays a huge part in losing fat</h3>" in told
    assert "Contradicted</span>" in told
    assert "0.55 kg" in told
    assert "<dt>Not known</dt><dd>Averages" in told
    assert "<dt>What we do</dt><dd>We forecast" in told
    assert re.findall(r'href="#r(\d+)"', told) == ["13", "14"]
    assert "<dt>Not known</dt>" not in article(text, "left-out")
    assert "#r" not in article(text, "left-out")
    for number in {*re.findall(r'href="#r(\d+)"', text)}:
        assert text.count(f'id="r{number}"') == 1
    assert '<a href="https://pubmed.ncbi.nlm.nih.gov/35191588/">Lopez 2022</a>' in text
    assert '<li id="r13" value="13">Wewege 2022, Sports Med 52:287</li>' in text


def test_links_the_exercises_it_is_about(db):
    load_library()
    text = page()
    for slug, wanted in MOVEMENTS.items():
        assert re.findall(r'"/exercises/([^/"]+)/"', article(text, slug)) == wanted
    Exercise.objects.filter(slug="seated-leg-curl").update(retired_at="2026-01-01T00:00Z")
    told = article(page(), "movement-1-name")
    assert re.findall(r'"/exercises/([^/"]+)/"', told) == ["leg-extension"]


@pytest.mark.parametrize("verdict", Verdict.values)
def test_filter_by_verdict(claims, verdict):
    text = page(f"?verdict={verdict}")
    fitting = [row for row in WRITTEN["claims"] if row["verdict"] == verdict]
    assert shown(text) == [row["slug"] for row in fitting]
    cited = {number for row in fitting for number in row.get("references", [])}
    assert {int(number) for number in re.findall(r'<li id="r(\d+)"', text)} == cited
    [current] = re.findall(r'<a [^>]*href="([^"]*)" aria-current="true"', text)
    assert current == f"?verdict={verdict}#claims"
    assert "When to stop" in text


@pytest.mark.parametrize("verdict", ["", "nonsense", "MIXED", "%00", "%22%3E%3Cb%3E", "x" * 2000])
def test_unknown_verdict_filters_nothing(claims, verdict):
    text = page(f"?verdict={verdict}")
    assert len(shown(text)) == 24
    assert '"><b>' not in text


def test_before_anything_is_loaded(db):
    assert "not loaded yet" in page()
    assert "No claim has this verdict" in page("?verdict=mixed")
    assert 'id="references"' not in page()


def test_what_an_editor_writes_is_escaped(db):
    claim = Claim.objects.create(
        slug="x", number=1, verdict="mixed", **dict.fromkeys(TEXTS, "1 < 2 <script>x()</script>")
    )
    claim.references.create(number=1, citation="<b>B</b>", limits="<i>", url='https://x.org/?"><b>')
    ExerciseFactory(slug="leg-extension", name="<u>Leg</u>")
    text = page()
    assert text.count("1 &lt; 2 &lt;script&gt;x()") == 4
    assert "<b>" not in text
    assert "<i>" not in text
    assert "<script>" not in text


def test_tells_when_to_stop(claims):
    text = page()
    for sign in ("dark as tea", "Chest pain", "calf is swollen", "locks or gives way", "bladder"):
        assert sign in text
    assert '<a href="https://eparmedx.com/">PAR-Q+</a>' in text
    assert "we store nothing of it" in text
    assert not NOT_SAID.search(re.sub(r"<[^>]*>", " ", text))


def test_asks_nothing_of_other_origins_and_stays_small(claims, member, signed_in):
    text = page(client=signed_in(member))
    assert re.findall(r'<(?!a )[^>]*(?:src|href)="(?:https?:)?//[^"]*"', text) == []
    assert len(gzip.compress(text.encode())) < 10_000
    assert finders.find("css/why.css")


def test_wrong_method(claims):
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)("/why/").status_code == 405
    assert Client().head("/why/").status_code == 200


def test_the_number_of_queries_does_not_grow(db, query_count, no_lazy_queries):
    def add(number):
        claim = Claim.objects.create(
            slug=f"claim-{number}", number=number, verdict="mixed", **dict.fromkeys(TEXTS, "Text.")
        )
        claim.references.create(number=number, citation="Somebody 2026")

    add(1)
    ExerciseFactory(slug="leg-extension")
    one = query_count(Client(), "/why/")
    assert one == 3
    for number in range(2, 52):
        add(number)
    assert query_count(Client(), "/why/") == one
    assert query_count(Client(), "/why/?verdict=mixed") == one


# --- /admin/ ---


def test_an_editor_corrects_a_claim(claims, admin, member, signed_in):
    editor = signed_in(admin)
    assert "Contradicted" in editor.get("/admin/exercises/claim/?q=lactic&verdict=mixed").text
    assert "Cleary 2002" in editor.get("/admin/exercises/reference/?q=cleary").text
    claim = Claim.objects.get(number=21)
    address = f"/admin/exercises/claim/{claim.pk}/change/"
    assert editor.get(address).status_code == 200
    told = {name: getattr(claim, name) for name in (*TEXTS, "slug", "number")}
    told |= {"verdict": "contradicted", "references": [Reference.objects.get(number=31).pk]}
    assert editor.post(address, told).status_code == 302
    text = article(page(), "lactic-acid")
    assert "Contradicted</span>" in text
    assert re.findall(r'href="#r(\d+)"', text) == ["31"]
    assert signed_in(member).get(address).status_code in (302, 403)
