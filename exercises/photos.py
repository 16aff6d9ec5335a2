"""Photographs: what is accepted, and how each is made anew before it is kept."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from PIL import ExifTags, Image, ImageCms

from exercises.models import Exercise, ExercisePhoto

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
TOO_BIG = _lazy("The file has more than 10 MB. Make it smaller first.")
MAX_PIXELS = 40_000_000
MIN_SIDE, MAX_SIDE = 200, 1600  # pixels
MAX_ENCODED = 300 * 1024  # bytes
QUALITIES = (80, 70, 60, 50, 40)
MAX_SHOWN = 6  # photos an exercise

# Pillow warns from this on and refuses twice as much, each time before it takes the memory.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2

# How a picture is turned to stand as its EXIF orientation says.
Turn = Image.Transpose
TURNS = {
    2: Turn.FLIP_LEFT_RIGHT,
    3: Turn.ROTATE_180,
    4: Turn.FLIP_TOP_BOTTOM,
    5: Turn.TRANSPOSE,
    6: Turn.ROTATE_270,
    7: Turn.TRANSVERSE,
    8: Turn.ROTATE_90,
}

# One at a time: 40 megapixels take up to 600 MB (WebP); and `catch_warnings` is not for threads.
one_at_a_time = Lock()


@dataclass(frozen=True)
class Encoded:
    """A WebP picture without any metadata; its sides are in pixels."""

    data: bytes
    width: int
    height: int


def shown_photos(exercise: Exercise) -> QuerySet[ExercisePhoto]:
    """The photos of an exercise, the oldest first, without their bytes: those have an address."""
    return exercise.photos.filter(removed_at__isnull=True).defer("image")


def encode(file: IO[bytes]) -> Encoded:
    """Makes a picture anew from its pixels: upright, on white, sRGB, at most 1600 pixels long.

    Nothing else of the file is kept, so no place, no camera and no second file that was hidden in
    it. JPEG, PNG and WebP are known by their content, whatever the file is called. Raises
    ValidationError with a sentence for everything else, and for what is too big, too small, too
    narrow, animated or damaged.
    """
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise ValidationError(_("The file is empty."), code="empty")
    if len(data) > MAX_BYTES:
        raise ValidationError(TOO_BIG, code="too_big")
    with one_at_a_time, warnings.catch_warnings(action="ignore"):
        picture = _pixels(data)
        return _fitting(picture)


def _pixels(data: bytes) -> Image.Image:
    """The picture in the file, upright and no longer than MAX_SIDE."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except Exception as error:  # what Pillow raises depends on how the file is broken
        raise ValidationError(
            _("This is no JPEG, PNG or WebP picture."), code="no_picture"
        ) from error
    with image:
        size = _checked_size(image)
        try:
            # A JPEG can be decoded at a half or a quarter of its size at once.
            image.draft(None, (MAX_SIDE, MAX_SIDE))
            image.load()
            # Smaller before anything else is done to it.
            picture = _in_rgb(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        except Exception as error:
            raise ValidationError(
                _("The file is damaged: it cannot be read to its end."), code="damaged"
            ) from error
        turn = TURNS.get(_orientation(image))
        picture = _in_srgb(_on_white(picture), image.info.get("icc_profile"))
    return picture if turn is None else picture.transpose(turn)


def _checked_size(image: Image.Image) -> tuple[int, int]:
    """Which size it gets. Only the header has been read so far; raises ValidationError."""
    # A phone's JPEG may have a second picture behind it (MPO), and is no animation.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise ValidationError(
            _("The picture moves. Choose one that stands still."), code="animated"
        )
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE:
        raise ValidationError(
            _("The picture is too small: its shorter side needs at least %(least)d pixels.")
            % {"least": MIN_SIDE},
            code="too_small",
        )
    scale = min(1, MAX_SIDE / max(width, height))
    size = round(width * scale), round(height * scale)
    if min(size) < MIN_SIDE:
        raise ValidationError(
            _("The picture is too narrow: it may be at most %(most)d times as long as wide.")
            % {"most": MAX_SIDE // MIN_SIDE},
            code="too_narrow",
        )
    return size


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(most)d megapixels. Make it smaller first.")
        % {"most": MAX_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


def _in_rgb(image: Image.Image) -> Image.Image:
    """In RGB, or in RGBA where one can see through it."""
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut them off at 255
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture)
    return white


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 (unreadable metadata does not make a picture bad)
        return 1


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours that were meant, since the profile that explains them is not kept."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, meant, srgb) or picture
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass  # of another kind of colours, or broken: as good as none
    return picture


def _fitting(picture: Image.Image) -> Encoded:
    """As WebP of at most MAX_ENCODED bytes: of less quality first, then smaller."""
    # A fresh picture, because a copy would take the notes in `info` along.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            clean.save(out, "WEBP", quality=quality, exif=b"", icc_profile=b"", xmp=b"")
            if out.tell() <= MAX_ENCODED:
                return Encoded(out.getvalue(), clean.width, clean.height)
        clean = clean.resize(
            (clean.width * 3 // 4, clean.height * 3 // 4), Image.Resampling.LANCZOS
        )
