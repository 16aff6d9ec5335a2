"""Photos: how they are made anew, /exercises/<slug>/photos/ and /exercises/photos/<id>.webp"""

from __future__ import annotations

import random
import re
import struct
import warnings
import zlib
from io import BytesIO
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from exercises.models import ExercisePhoto
from exercises.photos import MAX_ENCODED, encode, shown_photos
from exercises.services.photos import add_photo
from tests.factories import ExerciseFactory, UserFactory

RED, GREEN, BLUE = (200, 30, 30), (30, 200, 30), (30, 30, 200)


def picture(width=400, height=300, color=BLUE, *, mode="RGB"):
    """`color`, with a red corner at the top left."""
    image = Image.new("RGB", (width, height), color)
    image.paste(RED, (0, 0, width // 2, height // 2))
    return image.convert(mode)


def saved(image, kind="JPEG", **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(width, height):
    return Image.frombytes("RGB", (width, height), random.Random(3).randbytes(width * height * 3))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_claiming(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    chunks = chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def webp_claiming(width, height):
    """The long form, whose canvas a decoder would make before anything else."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + sides
    frame = saved(picture(), "WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body + frame)) + body + frame


def jpeg_claiming(width, height):
    """A real JPEG whose header was changed to other sides."""
    data = bytearray(saved(picture()))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def opened(data):
    encoded = encode(BytesIO(data))
    image = Image.open(BytesIO(encoded.data))
    assert image.format == "WEBP"
    assert image.mode == "RGB"
    assert image.size == (encoded.width, encoded.height)
    return image


def near(pixel, color):
    return all(abs(one - other) < 25 for one, other in zip(pixel, color, strict=True))


def refusal(data):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(ValidationError) as refused:
            encode(BytesIO(data))
    assert not caught
    return refused.value.message


# --- What is kept ---


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_is_made_anew_as_webp(kind):
    image = opened(saved(picture(), kind))
    assert image.size == (400, 300)
    assert near(image.getpixel((20, 20)), RED)
    assert near(image.getpixel((380, 280)), BLUE)


def exif_of(orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_is_kept(kind):
    options = {
        "exif": exif_of(),
        "icc_profile": srgb_profile(),
        "xmp": b"<x:xmpmeta>SecretPlace</x:xmpmeta>",
    }
    if kind == "JPEG":
        options["comment"] = b"SecretComment"
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Author", "SecretAuthor")
    data = saved(picture(), kind, **options)
    before = Image.open(BytesIO(data))
    assert before.getexif().get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] == "N"
    assert b"SecretCamera" in data

    image = opened(data)
    assert not image.getexif()
    assert set(image.info) <= {"loop", "background", "timestamp", "duration"}
    result = encode(BytesIO(data)).data
    assert b"Secret" not in result
    assert not [name for name in (b"EXIF", b"ICCP", b"XMP ", b"VP8X") if name in result]


@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, (20, 20), (400, 300)),
        (2, (380, 20), (400, 300)),
        (3, (380, 280), (400, 300)),
        (4, (20, 280), (400, 300)),
        (5, (20, 20), (300, 400)),
        (6, (280, 20), (300, 400)),
        (7, (280, 380), (300, 400)),
        (8, (20, 380), (300, 400)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_stands_upright(kind, orientation, corner, size):
    image = opened(saved(picture(), kind, exif=exif_of(orientation)))
    assert image.size == size
    for x in (20, size[0] - 20):
        for y in (20, size[1] - 20):
            assert near(image.getpixel((x, y)), RED if (x, y) == corner else BLUE)


def test_unreadable_metadata_does_not_spoil_the_picture():
    data = saved(picture(), exif=b"Exif\0\0" + b"MM\0*\xff\xff\xff\xff" + b"junk" * 9)
    assert opened(data).size == (400, 300)


@pytest.mark.parametrize(
    ("size", "expected"),
    [((4000, 3000), (1600, 1200)), ((1500, 3200), (750, 1600)), ((1600, 200), (1600, 200))],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_is_at_most_1600_pixels_long(kind, size, expected):
    assert opened(saved(picture(*size), kind)).size == expected


def test_what_one_could_see_through_is_white():
    glass = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    glass.paste((*GREEN, 255), (0, 0, 150, 300))
    for kind in ("PNG", "WEBP"):
        image = opened(saved(glass, kind, lossless=True))
        assert near(image.getpixel((30, 30)), GREEN)
        assert near(image.getpixel((270, 30)), (255, 255, 255))
    with_key = opened(saved(picture(), "PNG", transparency=BLUE))
    assert near(with_key.getpixel((380, 280)), (255, 255, 255))
    assert near(with_key.getpixel((20, 20)), RED)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("L", "PNG")],
)
def test_other_modes_become_colours(mode, kind):
    image = opened(saved(picture(mode=mode), kind))
    if mode in {"CMYK", "P"}:
        assert near(image.getpixel((20, 20)), RED)


def test_sixteen_bits_of_grey_are_not_cut_off():
    grey = Image.new("I;16", (300, 300), 0x8000)
    assert near(opened(saved(grey, "PNG")).getpixel((50, 50)), (128, 128, 128))


def srgb_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_the_colours_of_a_profile_are_kept_without_it():
    """In this profile red is what is green elsewhere, and the other way round."""
    swapped = srgb_profile().replace(b"rXYZ", b"....", 1)
    swapped = swapped.replace(b"gXYZ", b"rXYZ", 1).replace(b"....", b"gXYZ", 1)
    image = opened(saved(picture(), icc_profile=swapped))
    assert near(image.getpixel((20, 20)), GREEN)
    assert near(image.getpixel((380, 280)), BLUE)


def test_a_profile_that_cannot_be_used_is_ignored():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (lab, b"no profile at all" * 20, srgb_profile()[:300]):
        image = opened(saved(picture(), icc_profile=profile))
        assert near(image.getpixel((20, 20)), RED)


def test_the_second_picture_of_a_phone_is_left_out():
    both = saved(picture(), "MPO", save_all=True, append_images=[picture(color=GREEN)])
    assert Image.open(BytesIO(both)).n_frames == 2
    image = opened(both)
    assert near(image.getpixel((380, 280)), BLUE)
    assert len(encode(BytesIO(both)).data) == len(encode(BytesIO(saved(picture()))).data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_second_file_behind_the_picture_is_left_out(kind):
    data = saved(picture(), kind)
    hidden = b"<script>alert(1)</script>PK\x03\x04%PDF-1.7"
    assert encode(BytesIO(data + hidden)) == encode(BytesIO(data))


def test_the_worst_picture_is_still_small():
    data = saved(noise(1800, 1700), "JPEG", quality=95)
    encoded = encode(BytesIO(data))
    assert len(encoded.data) <= MAX_ENCODED
    assert min(encoded.width, encoded.height) >= 400


# --- What is refused ---


def animated(kind):
    frames = [picture(color=color) for color in (BLUE, GREEN, RED)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xff\xd8\xff", "no JPEG, PNG or WebP", id="three bytes"),
        pytest.param(saved(picture(), "GIF"), "no JPEG, PNG or WebP", id="gif"),
        pytest.param(saved(picture(), "BMP"), "no JPEG, PNG or WebP", id="bmp"),
        pytest.param(saved(picture(), "TIFF"), "no JPEG, PNG or WebP", id="tiff"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG", id="svg"),
        pytest.param(b"<!doctype html><script>1</script>", "no JPEG", id="html"),
        pytest.param(b"GIF89a/*" + saved(picture()), "no JPEG", id="gif and jpeg"),
        pytest.param(b"<html>" + saved(picture()), "no JPEG", id="html and jpeg"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n", "no JPEG", id="postscript"),
        pytest.param(saved(picture())[:1500], "damaged", id="truncated jpeg"),
        pytest.param(saved(noise(300, 300), "PNG")[:9000], "damaged", id="truncated png"),
        pytest.param(png_claiming(100_000, 100_000), "40 megapixels", id="png bomb"),
        pytest.param(png_claiming(10_000, 4_001), "40 megapixels", id="a little too much"),
        pytest.param(png_claiming(9_000, 9_000), "40 megapixels", id="between warning and error"),
        pytest.param(webp_claiming(16_000, 16_000), "40 megapixels", id="webp bomb"),
        pytest.param(jpeg_claiming(65_000, 65_000), "40 megapixels", id="jpeg bomb"),
        pytest.param(png_claiming(2_000, 2_000), "damaged", id="png without its pixels"),
        pytest.param(saved(picture(199, 400)), "too small", id="small"),
        pytest.param(saved(picture(2400, 201)), "too narrow", id="narrow"),
        pytest.param(animated("PNG"), "moves", id="animated png"),
        pytest.param(animated("WEBP"), "moves", id="animated webp"),
        pytest.param(saved(picture()) + b"\0" * 11 * 1024**2, "10 MB", id="11 MB"),
    ],
)
def test_refuses_with_a_sentence(data, words):
    assert words in refusal(data)


def test_a_truncated_webp_is_refused():
    assert refusal(saved(noise(300, 300), "WEBP")[:9000])


def test_exactly_forty_megapixels_are_taken_without_a_warning():
    data = saved(Image.new("L", (8000, 5000), 90), "JPEG")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert encode(BytesIO(data)).width == 1600


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whatever_is_broken_is_a_sentence_and_no_crash(kind):
    """Bytes turned over here and there: what still is a picture is kept, the rest is refused."""
    whole, dice = saved(noise(210, 210), kind, exif=exif_of(6)), random.Random(7)
    refused = 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(dice.choice([1, 3, 30])):
                data[dice.randrange(dice.choice([64, len(data)]))] = dice.randrange(256)
            try:
                encode(BytesIO(bytes(data[: dice.choice([len(data), len(data) * 2 // 3])])))
            except ValidationError:
                refused += 1
    assert not caught
    assert refused > 5


# --- The pages ---


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="squat", name="Back Squat")


@pytest.fixture
def editor(db):
    return UserFactory(name="Edda Editor", is_staff=True)


@pytest.fixture
def client(editor, signed_in):
    return signed_in(editor)


WORDS = {
    "alt": "A lifter at the bottom of a squat",
    "photographer": "Paula Photo",
    "licence": "cc_by",
    "source": "https://example.com/squat",
}
URL = "/exercises/squat/photos/"


def upload(data=None, name="squat.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, data or saved(picture()), content_type)


def make_photo(exercise, *, color=BLUE, **fields):
    encoded = encode(BytesIO(saved(picture(220, 210, color))))
    return ExercisePhoto.objects.create(
        exercise=exercise,
        image=encoded.data,
        width=encoded.width,
        height=encoded.height,
        **(WORDS | fields),
    )


def stored():
    return list(ExercisePhoto.objects.order_by("pk").values())


def is_shown(photo):
    return ExercisePhoto.objects.get(pk=photo.pk).removed_at is None


def errors(answer):
    """The sentences, each by its field."""
    assert answer.status_code == 422
    return {name: " ".join(sentences) for name, sentences in answer.context["form"].errors.items()}


def test_an_editor_adds_a_photo(squat, client, editor):
    answer = client.post(URL, {**WORDS, "photo": upload(saved(picture(2000, 1000)))}, follow=True)
    assert answer.redirect_chain == [(URL, 302)]
    row = ExercisePhoto.objects.get()
    assert {name: getattr(row, name) for name in WORDS} == WORDS
    assert (row.exercise, row.added_by, row.removed_at) == (squat, editor, None)
    assert (row.width, row.height) == Image.open(BytesIO(row.image)).size == (1600, 800)
    image = re.search(r"<img [^>]*>", answer.text)[0]
    assert f'src="/exercises/photos/{row.pk}.webp"' in image
    assert 'width="1600" height="800"' in image
    assert f'alt="{WORDS["alt"]}"' in image
    assert "Photo: Paula Photo" in answer.text
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in answer.text
    assert 'href="https://example.com/squat" rel="noopener nofollow"' in answer.text


def test_the_page_names_every_field_and_has_one_heading(squat, client):
    text = client.get(URL).text
    assert text.count("<h1") == 1
    assert 'enctype="multipart/form-data"' in text
    for name in ("photo", *WORDS):
        assert f'for="id_{name}"' in text
    assert "There is no photo of this exercise yet" in text


@pytest.mark.parametrize(
    ("name", "value"), [("alt", " "), ("photographer", ""), ("licence", ""), ("licence", "gpl")]
)
def test_what_is_missing_is_said_and_what_was_typed_stays(squat, client, name, value):
    typed = WORDS | {name: value}
    answer = client.post(URL, {**typed, "photo": upload()})
    said = errors(answer)
    assert set(said) == {name, "photo"}
    assert said["photo"] == "Choose the picture again: a form cannot keep a file."
    for other in set(typed) - {name, "licence"}:
        assert f'value="{typed[other]}"' in answer.text
    if name != "licence":
        assert '<option value="cc_by" selected' in answer.text
    assert not stored()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"source": "javascript:alert(1)"}, "source"),
        ({"source": "no address"}, "source"),
        ({"alt": "x" * 201}, "alt"),
        ({"photographer": "x" * 101}, "photographer"),
        ({"alt": "a\x00b"}, "alt"),
    ],
)
def test_other_bad_words(squat, client, typed, field):
    said = errors(client.post(URL, {**WORDS, **typed, "photo": upload()}))
    assert set(said) == {field, "photo"}
    if field == "source":
        assert said["source"] == "Enter a whole address, as in https://example.com/photo."
    assert not stored()


def test_nothing_at_all(squat, client):
    assert set(errors(client.post(URL, {}))) == {"photo", "alt", "photographer", "licence"}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: upload(b"<html><script>1</script>"), "This is no JPEG, PNG or WebP picture."),
        (lambda: upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "This is no JPEG"),
        (lambda: upload(saved(picture(), "GIF")), "This is no JPEG"),
        (lambda: upload(png_claiming(100_000, 100_000)), "more than 40 megapixels"),
        (lambda: upload(saved(picture())[:1500]), "The file is damaged"),
        (lambda: upload(saved(picture()) + b"\0" * 11 * 1024**2), "more than 10 MB"),
        (lambda: upload(saved(picture()) + b"\0" * 22 * 1024**2), "more than 10 MB"),
        (lambda: SimpleUploadedFile("empty.jpg", b"", "image/jpeg"), "The file is empty."),
        (lambda: "no file", "Choose a picture."),
    ],
)
def test_a_bad_file_is_said_beside_its_field(squat, client, file, words):
    answer = client.post(URL, {**WORDS, "photo": file()})
    said = errors(answer)
    assert set(said) == {"photo"}
    assert words in said["photo"]
    assert f'value="{WORDS["alt"]}"' in answer.text
    assert not stored()


def test_neither_name_nor_content_type_decides(squat, client):
    file = upload(saved(picture(), "PNG"), "picture.svg", "text/html")
    assert client.post(URL, {**WORDS, "photo": file}).status_code == 302
    assert ExercisePhoto.objects.count() == 1


def test_sent_twice_it_is_there_once(squat, client):
    for _ in range(2):
        assert client.post(URL, {**WORDS, "photo": upload()}).status_code == 302
    assert ExercisePhoto.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_there_once(squat, editor):
    encoded = encode(BytesIO(saved(picture())))

    def send():
        add_photo(exercise=squat, picture=encoded, added_by=editor, **WORDS)
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ExercisePhoto.objects.count() == 1


def test_the_same_picture_with_other_words_is_not_lost_silently(squat, client):
    client.post(URL, {**WORDS, "photo": upload()})
    before = stored()
    said = errors(client.post(URL, {**WORDS, "alt": "Another", "photo": upload()}))
    assert said == {"photo": "This picture is shown already. Remove it first to change its words."}
    assert stored() == before


def test_another_exercise_may_have_the_same_picture(squat, client):
    ExerciseFactory(slug="lunge")
    for slug in ("squat", "lunge"):
        client.post(f"/exercises/{slug}/photos/", {**WORDS, "photo": upload()})
    assert ExercisePhoto.objects.count() == 2


def test_six_are_enough(squat, client):
    photos = [make_photo(squat, color=(n, n, n)) for n in range(6)]
    removed = make_photo(squat, color=GREEN)
    client.post(f"{URL}{removed.pk}/remove/")
    before = stored()
    page = client.get(URL).text
    assert "6 photos are enough" in page
    assert 'type="file"' not in page
    answer = client.post(URL, {**WORDS, "photo": upload()})
    said = errors(answer)
    assert said["__all__"] == "There are 6 photos already. Remove one first."
    assert "again" in said["photo"]
    assert f'value="{WORDS["alt"]}"' in answer.text
    undone = client.post(f"{URL}{removed.pk}/restore/", follow=True)
    assert "There are 6 photos already." in undone.text
    assert stored() == before

    client.post(f"{URL}{photos[0].pk}/remove/")
    assert client.post(URL, {**WORDS, "photo": upload()}).status_code == 302


def test_remove_and_undo(squat, client):
    photo, other = make_photo(squat), make_photo(squat, color=GREEN)
    before = stored()
    answer = client.post(f"{URL}{photo.pk}/remove/", follow=True)
    assert answer.redirect_chain == [(f"{URL}?removed={photo.pk}", 302)]
    assert not is_shown(photo)
    assert is_shown(other)
    assert f"/exercises/photos/{photo.pk}.webp" not in answer.text
    assert f'action="{URL}{photo.pk}/restore/"' in answer.text
    removed_at = ExercisePhoto.objects.get(pk=photo.pk).removed_at
    client.post(f"{URL}{photo.pk}/remove/")
    assert ExercisePhoto.objects.get(pk=photo.pk).removed_at == removed_at

    for _ in range(2):
        assert client.post(f"{URL}{photo.pk}/restore/").url == URL
    assert stored() == before


def test_undo_after_the_same_picture_was_added_again(squat, client):
    client.post(URL, {**WORDS, "photo": upload()})
    first = ExercisePhoto.objects.get()
    client.post(f"{URL}{first.pk}/remove/")
    client.post(URL, {**WORDS, "alt": "Better words", "photo": upload()})
    answer = client.post(f"{URL}{first.pk}/restore/", follow=True)
    assert "added again meanwhile" in answer.text
    assert not is_shown(first)
    assert ExercisePhoto.objects.count() == 2


@pytest.mark.parametrize("removed", ["", "x", "-1", "9" * 18, "9" * 40, "１", "1 OR 1=1"])
def test_undo_of_nothing(squat, client, removed):
    answer = client.get(URL, {"removed": removed})
    assert answer.status_code == 200
    assert "/restore/" not in answer.text


def test_undo_is_not_offered_for_what_is_shown_or_elsewhere(squat, client):
    shown = make_photo(squat)
    elsewhere = make_photo(ExerciseFactory(slug="lunge"))
    client.post(f"/exercises/lunge/photos/{elsewhere.pk}/remove/")
    for photo in (shown, elsewhere):
        assert "/restore/" not in client.get(URL, {"removed": photo.pk}).text


def test_only_editors(squat, member, trainer, outsider, signed_in):
    photo, removed = make_photo(squat), make_photo(squat, color=GREEN)
    ExercisePhoto.objects.filter(pk=removed.pk).update(removed_at=timezone.now())
    before = stored()
    for person in (member, trainer, outsider):
        client = signed_in(person)
        assert client.get(URL).status_code == 403
        assert client.post(URL, {**WORDS, "photo": upload()}).status_code == 403
        assert client.post(f"{URL}{photo.pk}/remove/").status_code == 403
        assert client.post(f"{URL}{removed.pk}/restore/").status_code == 403
    for act in ("", f"{photo.pk}/remove/", f"{removed.pk}/restore/"):
        assert Client().post(URL + act).url == f"/accounts/login/?next={URL}{act}"
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"
    assert stored() == before


def test_another_exercises_photo_is_not_there(squat, client):
    elsewhere = make_photo(ExerciseFactory(slug="lunge"))
    for pk in (elsewhere.pk, 0, 10**30):
        for act in ("remove", "restore"):
            assert client.post(f"{URL}{pk}/{act}/").status_code == 404
    assert is_shown(elsewhere)
    assert client.get("/exercises/no-such-exercise/photos/").status_code == 404


def test_wrong_method(squat, client):
    photo = make_photo(squat)
    before = stored()
    for act in ("remove", "restore"):
        url = f"{URL}{photo.pk}/{act}/"
        assert client.get(url).url == URL
        assert client.put(url).status_code == 405
    assert client.delete(URL).status_code == 405
    assert client.post(f"/exercises/photos/{photo.pk}.webp").status_code == 405
    assert stored() == before


def test_a_form_of_another_site_changes_nothing(squat, editor):
    photo = make_photo(squat)
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    for url in (URL, f"{URL}{photo.pk}/remove/"):
        assert client.post(url, WORDS).status_code == 403
    assert is_shown(photo)


def test_the_list_takes_no_more_queries_for_more_photos(
    squat, client, query_count, no_lazy_queries
):
    make_photo(squat)
    few = query_count(client, URL)
    for n in range(5):
        make_photo(squat, color=(n, n, n))
    assert query_count(client, URL) == few


def test_what_is_typed_is_no_markup(squat, client):
    make_photo(squat, alt='"><script>', photographer="<b>", licence="own", source="")
    text = client.get(URL).text
    assert "<script>" not in text
    assert "<b>" not in text
    assert "creativecommons" not in text
    assert "nofollow" not in text


def test_a_refused_form_stands_above_the_photos(squat, client):
    make_photo(squat)
    for answer, is_first in ((client.get(URL), False), (client.post(URL, WORDS), True)):
        text = answer.text
        assert text.count('type="file"') == text.count("<figure") == 1
        assert (text.index('type="file"') < text.index("<figure")) is is_first


# --- The page of the exercise ---


def on_the_exercise(exercise):
    """What the page of the exercise includes."""
    return render_to_string("exercises/_photos.html", {"photos": shown_photos(exercise)})


def test_the_exercise_shows_its_photos(squat, client, no_lazy_queries):
    assert not on_the_exercise(squat).strip()
    photos = [make_photo(squat, color=(n, n, n), alt=f"Photo {n}") for n in range(3)]
    client.post(f"{URL}{photos[1].pk}/remove/")
    with CaptureQueriesContext(connection) as queries:
        text = on_the_exercise(squat)
    assert re.findall('alt="(.*?)"', text) == ["Photo 0", "Photo 2"]
    assert text.count('loading="lazy"') == 2
    assert 'id="photos-title"' in text
    assert len(queries) == 1
    assert '"image"' not in queries[0]["sql"]


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("cc0", "publicdomain/zero/1.0/"),
        ("cc_by", "licenses/by/4.0/"),
        ("cc_by_sa", "licenses/by-sa/4.0/"),
        ("own", None),
    ],
)
def test_the_licence_leads_to_its_text(squat, licence, address):
    make_photo(squat, licence=licence)
    text = on_the_exercise(squat)
    found = re.findall(r'href="https://creativecommons\.org/(.*?)" rel="license', text)
    assert found == ([address] if address else [])
    assert ExercisePhoto.objects.get().get_licence_display() in text


# --- The picture ---


def test_anybody_gets_the_picture(squat, member, signed_in):
    photo = make_photo(squat)
    for visitor in (Client(), signed_in(member)):
        answer = visitor.get(f"/exercises/photos/{photo.pk}.webp")
        assert answer.status_code == 200
        assert answer.content == bytes(photo.image)
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Disposition"] == f'inline; filename="squat-{photo.pk}.webp"'
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert not answer.cookies
    assert Client().head(f"/exercises/photos/{photo.pk}.webp").status_code == 200


def test_the_picture_takes_one_query(squat):
    photo = make_photo(squat)
    with CaptureQueriesContext(connection) as queries:
        Client().get(f"/exercises/photos/{photo.pk}.webp")
    assert len(queries) == 1


def test_a_removed_picture_is_the_editors_alone(squat, member, trainer, signed_in, client):
    photo = make_photo(squat)
    client.post(f"{URL}{photo.pk}/remove/")
    url = f"/exercises/photos/{photo.pk}.webp"
    for visitor in (Client(), signed_in(member), signed_in(trainer)):
        answer = visitor.get(url)
        assert answer.status_code == 404
        assert "immutable" not in answer.get("Cache-Control", "")
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30, "x", "-1"])
def test_no_such_picture(db, pk):
    assert Client().get(f"/exercises/photos/{pk}.webp").status_code == 404
