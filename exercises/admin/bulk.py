"""The whole library as a table: out of the admin, and in again after a look at what changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, cast

import tablib
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from import_export import resources
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm
from import_export.results import Result, RowResult
from import_export.tmp_storages import CacheStorage

from accounts.models import User
from exercises import services
from exercises.admin.files import FORMATS, MAX_BYTES, NUMBER, Unreadable
from exercises.admin.rows import COLUMNS, LISTS, State, after_row, by_column, read, written
from exercises.models import Exercise, InstructionRevision

IMPORTING = 7_305_284  # the advisory lock behind which imports come one after the other
MINUTES = 60  # for which a checked file waits to be confirmed
SHOWN = 300  # rows of a preview, or of problems


@dataclass(frozen=True)
class Difference:
    column: str
    before: str
    after: str

    @property
    def label(self) -> str:
        return self.column.replace("_", " ")


class BulkResult(Result):
    """Rows are numbered as the spreadsheet numbers them: its first row names the columns."""

    def append_invalid_row(
        self, number: int, row: dict[str, Any], validation_error: ValidationError
    ) -> None:
        super().append_invalid_row(row[NUMBER], row, validation_error)

    @property
    def refused(self) -> bool:
        return bool(self.has_errors() or self.has_validation_errors())

    @property
    def changed(self) -> list[RowResult]:
        return [row for row in self.rows if row.is_new() or row.is_update()]

    @property
    def shown_changes(self) -> list[RowResult]:
        return self.changed[:SHOWN]

    @property
    def shown_problems(self) -> list[Any]:
        return self.invalid_rows[:SHOWN]

    @property
    def unshown(self) -> int:
        return max(0, len(self.changed) - SHOWN, len(self.invalid_rows) - SHOWN)

    @property
    def digest(self) -> str:
        """The same only where the same would change."""
        rows = [
            [row.object_repr, [[each.column, each.before, each.after] for each in row.diff]]
            for row in self.changed
        ]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


class LibraryChanged(Exception):
    """Since the preview that was confirmed."""


class ExerciseResource(resources.ModelResource):
    """A row is an exercise, found by its slug. What is written goes through the services, so that
    the history holds it; a refused row, or a dry run, takes back all of it."""

    class Meta:
        model = Exercise
        name = "Exercises"
        fields = ("slug",)
        import_id_fields = ("slug",)
        use_transactions = True

    def __init__(
        self, *, author: User | None = None, file_name: str = "", confirmed: str = "", **kwargs: Any
    ) -> None:
        """`confirmed` is the digest of the preview, if there was one."""
        super().__init__(**kwargs)
        self.fields = {name: resources.Field(column_name=name) for name in COLUMNS}
        self.author, self.confirmed = author, confirmed
        self.note = (_("Imported from %(file)s") % {"file": file_name})[:200]
        self.texts: dict[int, dict[str, Any]] = {}
        self.known: dict[str, Exercise] = {}
        self.rows: dict[str, int] = {}

    @classmethod
    def get_result_class(cls) -> type[BulkResult]:
        return BulkResult

    # --- Out ---

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        self.texts = published_texts(Exercise.objects.library())
        return queryset.with_names()

    def export_resource(
        self, instance: Exercise, selected_fields: Any = None, **kwargs: Any
    ) -> list[str | int]:
        cells = State.of(instance, self.texts.get(instance.pk, {})).cells()
        cells["slug"] = instance.slug
        return [written(column, cells[column]) for column in COLUMNS]

    # --- In ---

    def import_data(self, dataset: tablib.Dataset, *args: Any, **kwargs: Any) -> Result:
        """All or nothing."""
        return super().import_data(
            dataset, *args, **(kwargs | {"rollback_on_validation_errors": True})
        )

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])
        slugs = [read("slug", cell) for cell in dataset["slug"]]
        library = Exercise.objects.library()
        found = library.filter(slug__in=[slug for slug in slugs if "\0" not in slug])
        self.known = {each.slug: each for each in found.with_names().select_related("merged_into")}
        self.texts = published_texts(found)

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        found = self.get_row_result_class()()
        cells = {column: read(column, row[column]) for column in row if column != NUMBER}
        try:
            self._import_cells(cells, row[NUMBER], found)
        except ValidationError as problem:
            found.import_type = RowResult.IMPORT_TYPE_INVALID
            found.validation_error = problem
        except IntegrityError:
            # Somebody saved it between our look and our writing.
            found.import_type = RowResult.IMPORT_TYPE_INVALID
            found.validation_error = ValidationError(
                _("Somebody else changed the library meanwhile. Upload the file again.")
            )
        return found

    def _import_cells(self, cells: dict[str, str], number: int, found: RowResult) -> None:
        slug = self._address(cells.pop("slug"), number)
        exercise = self.known.get(slug)
        before = State.of(exercise, self.texts.get(exercise.pk, {})) if exercise else None
        after = after_row(cells, exercise, before)
        found.object_repr = slug
        if after == before:
            found.import_type = RowResult.IMPORT_TYPE_SKIP
            return
        try:
            found.instance = self._write(slug, exercise, before, after)
        except ValidationError as problem:
            raise ValidationError(by_column(problem)) from None
        kind = RowResult.IMPORT_TYPE_UPDATE if exercise else RowResult.IMPORT_TYPE_NEW
        found.import_type, found.object_id = kind, found.instance.pk
        found.diff = differences(before.cells() if before else {}, after.cells())

    def _address(self, slug: str, number: int) -> str:
        """The slug of a row, checked where it would be a new one."""
        if not slug:
            raise ValidationError({"slug": _("Every row needs its address here.")})
        if slug in self.rows:
            raise ValidationError(
                {"slug": _("Row %(row)d is of this exercise too.") % {"row": self.rows[slug]}}
            )
        self.rows[slug] = number
        if slug not in self.known:
            field = cast("models.SlugField[str, str]", Exercise._meta.get_field("slug"))
            try:
                field.clean(slug, None)
            except ValidationError as problem:
                raise ValidationError({"slug": problem}) from None
        return slug

    def _write(
        self, slug: str, exercise: Exercise | None, before: State | None, after: State
    ) -> Exercise:
        by: dict[str, Any] = {"author": self.author, "note": self.note}
        if exercise is None or before is None:
            before = State(after.facts, {})
            exercise = services.create_exercise(slug=slug, facts=after.facts, **by)
        if after.facts != before.facts:
            services.save_facts(exercise=exercise, facts=after.facts, **by)
        if after.texts != before.texts:
            services.publish_instructions(exercise=exercise, **by, **after.texts)
        if after.retired != before.retired:
            change = services.retire_exercise if after.retired else services.bring_back
            change(exercise=exercise, author=cast("User", self.author))
        exercise.name = after.facts.name  # as the admin's log will say it
        return exercise

    def handle_import_error(
        self, result: Result, error: Exception, *args: Any, **kwargs: Any
    ) -> None:
        """Only what we say ourselves is shown; a fault of ours is a fault."""
        if not isinstance(error, LibraryChanged):
            raise error
        super().handle_import_error(result, error, *args, **kwargs)

    def after_import(self, dataset: tablib.Dataset, result: Result, **kwargs: Any) -> None:
        # An error here, as any other, takes back what was written.
        if self.confirmed and self.confirmed != cast("BulkResult", result).digest:
            raise LibraryChanged(
                _("The library was changed since the preview. This is what would change now.")
            )


def published_texts(exercises: models.QuerySet[Exercise]) -> dict[int, dict[str, Any]]:
    """The instructions that are shown, by the exercise's id."""
    newest = (
        InstructionRevision.objects.published()
        .filter(exercise__in=exercises.order_by())
        .order_by("exercise_id", "-decided_at", "-pk")
        .distinct("exercise_id")
    )
    return {revision.exercise_id: revision.texts for revision in newest}


def differences(before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    return [
        Difference(column, shown(column, before.get(column, "")), shown(column, text))
        for column, text in after.items()
        if before.get(column, "") != text
    ]


def shown(column: str, text: str) -> str:
    """With room to break a line between the values of a list."""
    return text.replace(";", "; ") if column in LISTS else text


class UploadForm(ImportForm):
    """Its `cleaned_data["rows"]` is what stands in the file."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "import_file" in data and "format" in data:
            try:
                data["rows"] = self._rows(data["import_file"], data["format"])
            except Unreadable as reason:
                self.add_error("import_file", str(reason))
        return data

    def _rows(self, upload: Any, number: str) -> tablib.Dataset:
        if upload.size > MAX_BYTES:
            raise Unreadable(_("The file has more than %(most)d MB.") % {"most": MAX_BYTES >> 20})
        return rows_of(upload.read(), number)


def rows_of(data: bytes, number: str) -> tablib.Dataset:
    """What stands in a file of the format of that number."""
    return FORMATS[int(number)]().create_dataset(data)


class Waiting:
    """A checked file between the preview and its confirmation.

    It is kept in the cache, which all processes of the server share. The browser is given a signed
    note of where, for whom, and of what it was shown.
    """

    SALT = "exercises.import"

    @classmethod
    def keep(cls, data: bytes, request: HttpRequest, **kept: Any) -> str:
        storage = CacheStorage()
        storage.CACHE_LIFETIME = MINUTES * 60
        storage.save(data)
        return signing.dumps(kept | {"at": storage.name, "user": request.user.pk}, salt=cls.SALT)

    def __init__(self, note: str, request: HttpRequest) -> None:
        """Raises BadSignature for a note that is not ours, not this person's or too old."""
        self.kept = signing.loads(note, salt=self.SALT, max_age=MINUTES * 60)
        if self.kept["user"] != request.user.pk:
            raise signing.BadSignature
        self.storage = CacheStorage(name=self.kept["at"])
        self.data: bytes | None = self.storage.read()
        if self.data is None:
            raise signing.BadSignature


class BulkAdminMixin(ImportExportMixin):
    """Two more pages of an admin: export, and import with a preview."""

    formats = FORMATS
    resource_classes = (ExerciseResource,)
    import_form_class = UploadForm
    export_form_class = ExportForm
    export_template_name = "exercises/admin/export.html"
    import_template_name = "exercises/admin/import.html"
    to_encoding = "utf-8-sig"  # without its mark Excel reads UTF-8 as Latin-1

    def has_import_permission(self, request: HttpRequest) -> bool:
        """It changes and adds."""
        return bool(self.has_change_permission(request) and self.has_add_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    def get_export_queryset(self, request: HttpRequest) -> Any:
        """What the list shows with its filters; all of it where they make no sense."""
        try:
            self.get_changelist_instance(request)
            return super().get_export_queryset(request)
        except IncorrectLookupParameters:
            return self.get_queryset(request)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows the form, and for a file what it would change or why it is refused."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_import_form(request)
        if not form.is_valid():
            return self.import_page(request, form=form)
        upload, number = form.cleaned_data["import_file"], form.cleaned_data["format"]
        result = self.run_import(request, form.cleaned_data["rows"], upload.name, dry_run=True)
        note = ""
        if result.changed and not result.refused:
            upload.seek(0)
            note = Waiting.keep(
                upload.read(), request, format=number, file=upload.name, digest=result.digest
            )
        return self.import_page(request, form=form, result=result, note=note, file=upload.name)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Imports the file that was shown, if it still does what was shown."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        here = redirect("admin:exercises_exercise_import")
        if request.method != "POST":
            return here
        try:
            waiting = Waiting(request.POST.get("note", ""), request)
        except signing.BadSignature:
            messages.error(request, _("That file is not waiting any more. Upload it again."))
            return here
        kept, data = waiting.kept, cast("bytes", waiting.data)
        rows = rows_of(data, kept["format"])
        result = self.run_import(request, rows, kept["file"], confirmed=kept["digest"])
        waiting.storage.remove()
        if result.refused:
            note = ""
            if result.changed and not result.invalid_rows:
                again = {"format": kept["format"], "file": kept["file"], "digest": result.digest}
                note = Waiting.keep(data, request, **again)
            form = UploadForm(self.get_import_formats(), self.resource_classes)
            return self.import_page(request, form=form, result=result, note=note, file=kept["file"])
        return self.process_result(result, request)

    def run_import(
        self,
        request: HttpRequest,
        rows: tablib.Dataset,
        file_name: str,
        *,
        dry_run: bool = False,
        confirmed: str = "",
    ) -> BulkResult:
        resource = ExerciseResource(
            author=cast("User", request.user), file_name=file_name, confirmed=confirmed
        )
        return cast("BulkResult", resource.import_data(rows, dry_run=dry_run))

    def import_page(
        self, request: HttpRequest, *, form: UploadForm, result: Any = None, **context: Any
    ) -> HttpResponse:
        context |= self.admin_site.each_context(request)
        context |= {"title": _("Import"), "opts": self.model._meta, "form": form, "result": result}
        context |= {"media": self.media + form.media, "columns": COLUMNS, "shown": SHOWN}
        refused = form.errors or (result and result.refused)
        status = 422 if refused else 200
        request.current_app = self.admin_site.name
        return TemplateResponse(request, [self.import_template_name], context, status=status)
