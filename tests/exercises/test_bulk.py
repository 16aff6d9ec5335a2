"""/admin/exercises/exercise/import/ and export/: the library as CSV and XLSX"""

import csv
import io
import re
import zipfile

import openpyxl
import pytest
from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st

from exercises.admin import files, rows
from exercises.admin.bulk import ExerciseResource
from exercises.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    FactsRevision,
    InstructionRevision,
    Muscle,
    MuscleWork,
)
from exercises.services import load_library, merge_exercises
from tests.factories import ExerciseFactory, UserFactory

LIST = "/admin/exercises/exercise/"
IMPORT, PROCESS, EXPORT = f"{LIST}import/", f"{LIST}process_import/", f"{LIST}export/"
CSV, XLSX = "0", "1"
TYPES = {CSV: "csv", XLSX: "xlsx"}
TABLES = (
    Exercise,
    ExerciseAlias,
    MuscleWork,
    FactsRevision,
    InstructionRevision,
    Muscle,
    Equipment,
)


@pytest.fixture
def library(db):
    exercise = ExerciseFactory(slug="leg-extension", name="Leg Extension")
    exercise.equipment.create(slug="machine", name="Machine")
    exercise.aliases.create(name="Knee Extension")
    Muscle.objects.create(slug="soleus", name="Soleus", group="calves", side="back")
    InstructionRevision.objects.create(
        exercise=exercise,
        setup="Sit upright.",
        movement="Straighten the knees.\nLower slowly.",
        tempo="2-0-1-0",
        rest_seconds=90,
    )
    other = ExerciseFactory(slug="calf-raise", name="Calf Raise", muscle="soleus")
    other.equipment.add(Equipment.objects.get())
    return exercise


@pytest.fixture
def editor(admin, signed_in):
    client = signed_in(admin)
    client.raise_request_exception = True
    return client


def stored():
    tables = {model: list(model.objects.order_by("pk").values_list()) for model in TABLES}
    return tables | {"equipment": list(Exercise.equipment.through.objects.order_by("pk").values())}


def as_csv(table):
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def as_xlsx(table):
    book, data = openpyxl.Workbook(), io.BytesIO()
    for cells in table:
        book.active.append(cells)
    book.save(data)
    return data.getvalue()


MAKE = {CSV: as_csv, XLSX: as_xlsx}


def upload(client, data, kind=CSV, name=None):
    given = SimpleUploadedFile(name or f"library.{TYPES.get(kind, 'x')}", data)
    return client.post(IMPORT, {"resource": "", "import_file": given, "format": kind})


def confirm(client, page):
    return client.post(PROCESS, {"note": page.context["note"]})


def imported(client, table, kind=CSV):
    page = upload(client, MAKE[kind](table), kind)
    assert page.status_code == 200, problems(page)
    answer = confirm(client, page)
    assert answer.status_code == 302
    return page


def problems(page):
    """{row: {column: sentence}} of a refused import."""
    return {
        row.number: {name: " ".join(said) for name, said in row.error_dict.items()}
        for row in page.context["result"].invalid_rows
    }


def exported(client, kind):
    answer = client.post(EXPORT, {"resource": "", "format": kind})
    assert answer.status_code == 200
    return answer.content


def table_of(data, kind):
    if kind == CSV:
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return [list(each) for each in openpyxl.load_workbook(io.BytesIO(data)).active.values]


# --- Out, and in again ---


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_the_whole_library_comes_back_unchanged(editor, admin, kind):
    load_library()
    one, two = Exercise.objects.all()[:2]
    one.aliases.create(name="=cmd|'/c calc'!A1")
    one.aliases.create(name="a;b\\c")
    Exercise.objects.filter(pk=two.pk).update(erratum="'=1+1\r\n-2", name="@Zero “×”")
    before = stored()

    data = exported(editor, kind)
    table = table_of(data, kind)
    assert tuple(table[0]) == rows.COLUMNS
    assert len(table) == 1 + Exercise.objects.count()
    page = upload(editor, data, kind)
    assert page.status_code == 200
    assert page.context["result"].totals["skip"] == Exercise.objects.count()
    assert page.context["result"].changed == []
    assert page.context["note"] == ""
    assert "Nothing would change" in page.text
    assert stored() == before


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_no_exported_cell_is_a_formula(library, editor, kind):
    bad = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1"]
    for n, text in enumerate(bad):
        Exercise.objects.filter(pk=library.pk).update(name=text, erratum=text)
        ExerciseAlias.objects.all().delete()
        library.aliases.create(name=f"={n}")
        for cells in table_of(exported(editor, kind), kind)[1:]:
            for cell in cells:
                assert str(cell if cell is not None else "")[:1] not in {*"=+-@\t"}, cell


@given(
    st.text(st.sampled_from("'=+-@\t\r\na ×"), max_size=8)
    | st.text(st.characters(codec="utf-8"), max_size=8)
)
@example("'a")
@example("''=")
def test_escaping_is_undone_exactly(text):
    assert rows.unescape(rows.escape(text)) == text
    assert rows.escape(text)[:1] not in {*"=+-@\t\r\n"} or not rows.escape(text)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8") | st.sampled_from(";\\'=+-@ "), min_size=1, max_size=8)
        .map(lambda text: " ".join(text.split()))
        .filter(bool),
        max_size=4,
    )
)
def test_a_list_in_a_cell_is_read_as_it_was_written(values):
    assert rows.parted(rows.joined(values)) == values


def test_a_line_each_is_a_list_too():
    assert rows.parted("Front Squat\r\nOther; Third\n") == ["Front Squat", "Other", "Third"]


def test_the_filters_of_the_list_hold_for_the_export(library, editor):
    answer = editor.post(f"{EXPORT}?q=calf", {"resource": "", "format": CSV})
    assert [cells[0] for cells in table_of(answer.content, CSV)] == ["slug", "calf-raise"]


def test_an_export_takes_no_query_for_each_exercise(library, editor, django_assert_max_num_queries):
    load_library()
    with django_assert_max_num_queries(25):
        exported(editor, CSV)


# --- What an import changes ---


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_it_changes_adds_and_leaves_alone(library, editor, admin, kind):
    table = [
        ["slug", "name", "primary_muscles", "equipment", "staple", "movement", "rest_seconds"],
        [
            "leg-extension",
            "Leg Extension",
            "vastus_lateralis;soleus",
            "machine",
            "yes",
            "Push.",
            60,
        ],
        ["sissy-squat", "Sissy Squat", "soleus", "machine", "no", "", ""],
    ]
    before = stored()
    page = upload(editor, MAKE[kind](table), kind)
    assert page.status_code == 200
    assert stored() == before, "a preview writes nothing"
    assert page.context["result"].totals["new"] == page.context["result"].totals["update"] == 1
    shown = {(each.column, each.before, each.after) for each in page.context["result"].rows[0].diff}
    assert ("primary_muscles", "vastus_lateralis", "soleus; vastus_lateralis") in shown
    assert ("rest_seconds", "90", "60") in shown
    assert "<ins>Push.</ins>" in page.text
    answer = confirm(editor, page)
    assert answer.status_code == 302

    library.refresh_from_db()
    assert library.staple
    assert {work.muscle.slug for work in library.muscle_work.all()} == {
        "soleus",
        "vastus_lateralis",
    }
    # Columns that are not in the file stay as they were.
    assert library.aliases.get().name == "Knee Extension"
    new, old = library.revisions.all()
    assert (new.setup, new.movement, new.tempo, new.rest_seconds) == (
        "Sit upright.", "Push.", "2-0-1-0", 60,
    )  # fmt: skip
    assert old.movement == "Straighten the knees.\nLower slowly."
    note = f"Imported from library.{TYPES[kind]}"
    assert (new.author, new.note) == (admin, note)
    facts = library.facts_revisions.newest()
    assert (facts.author, facts.note) == (admin, note)
    added = Exercise.objects.get(slug="sissy-squat")
    assert not added.revisions.exists()
    assert added.facts_revisions.get().note == note
    # An exercise that is not in the file too.
    assert not Exercise.objects.get(slug="calf-raise").facts_revisions.exists()


def test_an_unchanged_row_is_not_in_the_history(library, editor):
    table = [["slug", "name"], ["leg-extension", "Leg Extension"], ["calf-raise", "Calf Lift"]]
    page = imported(editor, table)
    assert page.context["result"].totals["skip"] == 1
    assert not library.facts_revisions.exists()
    assert Exercise.objects.get(slug="calf-raise").name == "Calf Lift"


def test_it_retires_and_brings_back(library, editor):
    imported(editor, [["slug", "retired"], ["leg-extension", "yes"]])
    library.refresh_from_db()
    assert library.retired_at
    assert library.facts_revisions.newest().note == "Retired"
    imported(editor, [["slug", "retired"], ["leg-extension", "no"]])
    library.refresh_from_db()
    assert library.retired_at is None


def test_blank_rows_count_as_a_spreadsheet_counts_them(library, editor):
    data = b"slug,staple\r\n\r\nleg-extension,no\r\n\r\ncalf-raise,perhaps\r\n\r\n"
    page = upload(editor, data)
    assert problems(page) == {5: {"staple": "Write yes or no."}}


# --- All or nothing ---

GOOD = ["leg-extension", "Renamed", "vastus_lateralis", "machine"]
NEW = ["sissy-squat", "Sissy Squat", "soleus", "machine"]
HEAD = ["slug", "name", "primary_muscles", "equipment"]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("primary_muscles", "wings", "The library does not know wings."),
        ("primary_muscles", "", "Choose at least one primary muscle."),
        ("secondary_muscles", "soleus", "cannot be primary and secondary"),
        ("equipment", "", "Choose the equipment"),
        ("equipment", "sled", "does not know sled"),
        ("joint_actions", "elbow", "does not know elbow"),
        ("name", "", "Give it a name"),
        ("name", "x" * 81, "at most 80 characters"),
        ("name", "CALF RAISE", "is a name of Calf Raise already."),
        ("name", "Renamed", "is a name of Renamed already."),
        ("aliases", "knee extension", "is a name of Renamed already."),
        ("kind", "dance", "Write one of: exercise, warm_up, stretch."),
        ("kind", "", "Write one of"),
        ("mechanics", "levers", "Write one of"),
        ("load", "heavy", "Write one of"),
        ("unilateral", "sometimes", "Write yes or no."),
        ("staple", "", "Write yes or no."),
        ("retired", "gone", "Write yes or no."),
        ("figure", "no-such-figure", "There is no figure"),
        ("erratum", "x" * 1001, "At most 1000 characters."),
        ("erratum", "a\0b", "character in it that cannot be read"),
        ("name", "a\x1bb", "character in it that cannot be read"),
        ("slug", "", "Every row needs its address"),
        ("slug", "a\0b", "valid “slug”"),
        ("slug", "two words", "valid “slug”"),
        ("slug", "proposals", "taken by a page"),
        ("slug", "x" * 81, "at most 80 characters"),
        ("slug", "leg-extension", "Row 2 is of this exercise too."),
        ("tempo", "quick", "Write a tempo"),
        ("rest_seconds", "901", "less than or equal to 900"),
        ("rest_seconds", "soon", "Enter a whole number."),
        ("movement", "\n".join("abcdefghi"), "At most 8 steps"),
        ("setup", "", "This field is required."),
        ("cues", "x" * 301, "at most 300 characters"),
    ],
)
def test_one_bad_row_refuses_the_file(library, editor, column, cell, sentence):
    columns = HEAD if column in HEAD else [*HEAD, column]
    if column in rows.TEXTS or column in ("tempo", "rest_seconds"):
        columns = [*HEAD, *(c for c in ("setup", "movement") if c != column), column]
    row = dict(zip(HEAD, NEW, strict=True)) | {"setup": "Stand.", "movement": "Squat."}
    good = dict(zip(HEAD, GOOD, strict=True)) | {
        "setup": "Sit.", "movement": "Rise.", "kind": "exercise", "mechanics": "compound",
        "load": "external", "unilateral": "no", "staple": "yes", "retired": "no",
        "aliases": "Knee Extension",
    }  # fmt: skip
    row[column] = cell
    table = [columns, [good.get(c, "") for c in columns], [row[c] for c in columns]]
    before = stored()
    page = upload(editor, as_csv(table))
    assert page.status_code == 422
    found = problems(page)
    assert list(found) == [3], found
    assert sentence in found[3][column], found
    assert page.context["note"] == ""
    assert "nothing was imported" in page.text
    assert stored() == before


def test_a_row_is_told_everything_at_once(library, editor):
    table = [
        [*HEAD, "staple", "kind"],
        ["leg-extension", "Calf Raise", "wings", "machine", "x", "y"],
        [*NEW, "yes", "exercise"],
        ["", "", "", "", "", "no"],
    ]
    page = upload(editor, as_csv(table))
    assert {number: sorted(said) for number, said in problems(page).items()} == {
        2: ["kind", "name", "primary_muscles", "staple"],
        4: ["slug"],
    }


def test_the_import_itself_writes_all_or_nothing(library, admin):
    good, bad = ["calf-raise", "Calf Lift", "soleus"], ["leg-extension", "X", "wings"]
    table = files.CSVFile().create_dataset(as_csv([["slug", "name", "primary_muscles"], good, bad]))
    before = stored()
    result = ExerciseResource(author=admin).import_data(table)
    assert (result.totals["update"], result.totals["invalid"]) == (1, 1)
    assert stored() == before


def test_what_was_merged_stays_merged(library, editor, admin):
    gone = ExerciseFactory(slug="gone", name="Gone")
    merge_exercises(source=gone, into=library, author=admin)
    before = stored()
    page = upload(editor, as_csv([["slug", "retired"], ["gone", "no"]]))
    assert problems(page) == {2: {"retired": "It was merged into Leg Extension."}}
    assert stored() == before


# --- The confirmation ---


def test_the_confirmation_imports_the_file_that_was_shown_once(library, editor):
    page = upload(editor, as_csv([["slug", "name"], ["calf-raise", "Calf Lift"]]))
    assert confirm(editor, page).status_code == 302
    before = stored()
    again = editor.post(PROCESS, {"note": page.context["note"]}, follow=True)
    assert "not waiting any more" in again.text
    assert stored() == before


def forged(note, **fields):
    return signing.dumps(signing.loads(note, salt="exercises.import") | fields, salt="other")


@pytest.mark.parametrize(
    "change",
    [
        lambda note: "",
        lambda note: "../../etc/passwd",
        lambda note: note[:-1] + ("A" if note[-1] != "A" else "B"),
        lambda note: forged(note, at="../../../etc/passwd"),
        lambda note: "\0",
    ],
)
def test_a_made_up_confirmation_imports_nothing(library, editor, change):
    page = upload(editor, as_csv([["slug", "name"], ["calf-raise", "Calf Lift"]]))
    before = stored()
    answer = editor.post(PROCESS, {"note": change(page.context["note"])}, follow=True)
    assert answer.status_code == 200
    assert "not waiting any more" in answer.text
    assert stored() == before


def test_a_confirmation_is_for_who_saw_the_preview(library, editor, signed_in):
    page = upload(editor, as_csv([["slug", "name"], ["calf-raise", "Calf Lift"]]))
    before = stored()
    other = signed_in(UserFactory(is_staff=True, is_superuser=True))
    other.post(PROCESS, {"note": page.context["note"]})
    assert stored() == before


def test_a_file_that_the_cache_dropped_is_asked_for_again(library, editor):
    page = upload(editor, as_csv([["slug", "name"], ["calf-raise", "Calf Lift"]]))
    cache.clear()
    before = stored()
    answer = editor.post(PROCESS, {"note": page.context["note"]}, follow=True)
    assert "Upload it again" in answer.text
    assert stored() == before


def test_a_library_that_changed_since_the_preview_is_shown_again(library, editor):
    page = upload(editor, as_csv([["slug", "name"], ["calf-raise", "Calf Lift"]]))
    Exercise.objects.filter(slug="calf-raise").update(name="Calf Press")
    before = stored()
    again = confirm(editor, page)
    assert again.status_code == 422
    assert "changed since the preview" in again.text
    assert "<del>Calf Press</del>" in again.text
    assert stored() == before
    assert confirm(editor, again).status_code == 302
    assert Exercise.objects.get(slug="calf-raise").name == "Calf Lift"


def test_a_row_that_became_bad_since_the_preview_is_refused(library, editor):
    page = upload(editor, as_csv([["slug", "name"], ["calf-raise", "Calf Lift"]]))
    library.aliases.create(name="Calf lift")
    before = stored()
    again = confirm(editor, page)
    assert again.status_code == 422
    assert "is a name of Leg Extension already." in again.text
    assert stored() == before


def test_opening_the_confirmation_leads_to_the_form(library, editor):
    assert editor.get(PROCESS)["Location"] == IMPORT


@pytest.mark.parametrize("right", ["view", "change", "add"])
def test_an_import_needs_the_rights_to_change_and_to_add(library, editor, signed_in, right):
    from django.contrib.auth.models import Permission

    note = upload(editor, as_csv([["slug", "name"], ["calf-raise", "Calf Lift"]])).context["note"]
    person = UserFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename=f"{right}_exercise"))
    before = stored()
    client = signed_in(person)
    assert client.get(IMPORT).status_code == 403
    assert upload(client, as_csv([["slug", "name"], ["calf-raise", "X"]])).status_code == 403
    assert client.post(PROCESS, {"note": note}).status_code == 403
    assert stored() == before
    may_read = right != "add"
    assert client.get(EXPORT).status_code == (200 if may_read else 403)


@pytest.mark.parametrize("who", ["member", "trainer"])
def test_nobody_else_comes_here(library, request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    for url in (IMPORT, PROCESS, EXPORT):
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, {"format": CSV}).status_code in (302, 403)


# --- Files that are no table ---


def bomb(size):
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as member,
    ):
        for _count in range(size >> 20):
            member.write(b"<si/>" * ((1 << 20) // 5) + b" ")
    return data.getvalue()


def without(name):
    """A workbook that lacks one of its parts."""
    source, data = zipfile.ZipFile(io.BytesIO(as_xlsx([["slug"], ["x"]]))), io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for member in source.infolist():
            if member.filename != name:
                archive.writestr(member.filename, source.read(member))
    return data.getvalue()


def far_row():
    """A row with a number that no spreadsheet has, which a reader would fill up to."""
    source, data = zipfile.ZipFile(io.BytesIO(as_xlsx([["slug"], ["x"]]))), io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for member in source.infolist():
            text = re.sub(rb"<dimension[^>]*>", b"", source.read(member))
            text = text.replace(b'<row r="2"', b'<row r="99999999999"')
            archive.writestr(member.filename, text.replace(b'r="A2"', b'r="A99999999999"'))
    return data.getvalue()


WIDE = ["slug", *(f"x{n}" for n in range(60))]
FILES = {
    "empty csv": (CSV, lambda: b" ", "name the columns"),
    "only a head": (CSV, lambda: b"slug,name\n", "no rows"),
    "no slug": (CSV, lambda: b"name\nX\n", "“slug” among them"),
    "unknown column": (CSV, lambda: b"slug,colour\nx,y\n", "no column “colour”"),
    "column twice": (CSV, lambda: b"slug,name,name\nx,y,z\n", "two columns “name”"),
    "semicolons": (CSV, lambda: b"slug;name;kind\nx;y;z\n", "parted by semicolons"),
    "latin-1": (CSV, lambda: "slug,name\nx,Käfer\n".encode("latin-1"), "no text in UTF-8"),
    "utf-16": (CSV, lambda: "slug,name\nx,y\n".encode("utf-16"), "no text in UTF-8"),
    "open quote": (CSV, lambda: b'slug,name\nx,"y\n', "cannot be read"),
    "long cell": (CSV, lambda: b"slug,name\nx," + b"y" * 140_000, "cannot be read"),
    "long row": (CSV, lambda: b"slug,name\nx,y,z\n", "Row 2 has 3 cells"),
    "short row": (CSV, lambda: b"slug,name\nx,y\nx\n", "Row 3 has 1 cells"),
    "many rows": (CSV, lambda: b"slug\n" + b"x\n" * 10_001, "more than 10000 rows"),
    "many columns": (CSV, lambda: as_csv([WIDE, WIDE]), "more than 50 columns"),
    "large": (CSV, lambda: b"slug\n" + b"x" * (5 << 20), "more than 5 MB"),
    "xlsx as csv": (CSV, lambda: as_xlsx([["slug"], ["x"]]), "UTF-8"),
    "csv as xlsx": (XLSX, lambda: b"slug\nx\n", "cannot be read as XLSX"),
    "empty zip": (XLSX, lambda: b"PK\5\6" + bytes(18), "cannot be read as XLSX"),
    "cut off": (XLSX, lambda: as_xlsx([["slug"], ["x"]])[:-200], "cannot be read as XLSX"),
    "no workbook": (XLSX, lambda: without("xl/workbook.xml"), "cannot be read as XLSX"),
    "no sheet": (XLSX, lambda: without("xl/worksheets/sheet1.xml"), "cannot be read as XLSX"),
    "bomb": (XLSX, lambda: bomb(200 << 20), "too much"),
    "tag bomb": (XLSX, lambda: bomb(20 << 20), "too much"),
    "far row": (XLSX, far_row, "no rows"),
    "no rows": (XLSX, lambda: as_xlsx([["slug"]]), "no rows"),
    "many columns xlsx": (XLSX, lambda: as_xlsx([WIDE, WIDE]), "more than 50 columns"),
    "unnamed cell": (XLSX, lambda: as_xlsx([["slug"], ["x", "y"]]), "Row 2 has more cells"),
    "no such format": ("7", lambda: b"slug\nx\n", ""),
    "no format": ("", lambda: b"slug\nx\n", ""),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_table_gets_a_sentence(library, editor, name):
    kind, make, sentence = FILES[name]
    before = stored()
    page = upload(editor, make(), kind)
    assert page.status_code == 422
    field = "import_file" if kind in TYPES else "format"
    errors = page.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]
    assert page.context.get("note", "") == ""
    assert stored() == before


def test_no_file_at_all(library, editor):
    assert editor.post(IMPORT, {"format": CSV}).status_code == 422
    assert editor.get(IMPORT).status_code == 200


def test_a_bomb_takes_little_memory():
    import tracemalloc

    for size in (200 << 20, 20 << 20):
        data = bomb(size)
        tracemalloc.start()
        with pytest.raises(files.Unreadable):
            files.XLSXFile().create_dataset(data)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 60 << 20, (size, peak)


def test_utf_8_with_its_mark_and_a_strange_name(library, editor):
    data = "slug,name\ncalf-raise,Wadenheben “×”\n".encode("utf-8-sig")
    page = upload(editor, data, name="<b>x</b>.csv")
    assert page.status_code == 200
    assert "<b>x</b>" not in page.text
    assert confirm(editor, page).status_code == 302
    assert Exercise.objects.get(slug="calf-raise").name == "Wadenheben “×”"


def test_numbers_and_truths_of_a_spreadsheet(library, editor):
    table = [["slug", "name", "staple", "rest_seconds"], ["leg-extension", 21, True, 75.0]]
    imported(editor, table, XLSX)
    library.refresh_from_db()
    assert (library.name, library.staple) == ("21", True)
    assert library.revisions.current().rest_seconds == 75


def test_the_export_form_refuses_what_it_does_not_know(library, editor):
    for data in ({}, {"format": "7"}, {"format": "x"}, {"format": CSV, "export_items": "abc"}):
        assert editor.post(EXPORT, data).status_code in (200, 422)
    for query in ("?q=%00", "?kind__exact=%00", "?nonsense=1", "?o=abc&p=-1", "?state=x"):
        assert editor.get(EXPORT + query).status_code == 200
        assert editor.post(EXPORT + query, {"resource": "", "format": CSV}).status_code == 200
