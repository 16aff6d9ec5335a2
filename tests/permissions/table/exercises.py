"""/exercises/: open to read, proposals for trainers and editors, the rest for editors"""

from io import BytesIO

from PIL import Image

from tests.permissions.table.rows import Row

EVERYBODY = "200 200 200 200 200 200 200 200 200"
SIGNED_IN = "200 200 200 200 200 200 200 200 in"
LED_BACK = "302 302 302 302 302 302 302 302 in"  # by GET to an address that is only posted to
WRITERS = "403 200 200 200 200 403 200 200 in"
WRITERS_SEND = "403 302 302 302 302 403 302 302 in"
EDITORS = "403 403 403 403 403 403 200 200 in"
EDITORS_SEND = "403 403 403 403 403 403 302 302 in"

OF = "exercises/<slug:slug>/"
OLD_TEXT = f"{OF}revisions/<int:pk>/restore/"
OLD_FACTS = f"{OF}facts/<int:pk>/restore/"
PROPOSAL = f"{OF}proposals/<int:pk>/"
TEXT = {
    "setup": "Sit.", "movement": "Straighten the knees.", "cues": "", "mistakes": "", "safety": "",
    "tempo": "", "rest_seconds": "", "note": "Shorter",
}  # fmt: skip
FACTS = {
    "name": "Knee Extension", "aliases": "", "kind": "exercise", "mechanics": "isolation",
    "load": "external", "equipment": ["machine"], "primary": ["vastus_lateralis"],
    "joint_actions": ["knee_extension"],
    "figure": "", "erratum": "", "note": "",
}  # fmt: skip


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (600, 450), (200, 30, 30)).save(out, "JPEG")
    return out.getvalue()


PHOTO = {
    "photo": picture(), "alt": "The end", "photographer": "Pia", "licence": "cc0", "source": "",
}  # fmt: skip

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("exercises/", "GET", EVERYBODY),
    Row("exercises/muscles/", "GET", EVERYBODY),
    Row("exercises/names/", "GET", EVERYBODY, ask="?q=squat"),
    Row("exercises/photos/<int:pk>.webp", "GET", EVERYBODY, at="photo"),
    Row(
        "exercises/photos/<int:pk>.webp",
        "GET",
        "404 404 404 404 404 404 200 200 404",
        at="removed_photo",
    ),
    Row(OF, "GET", EVERYBODY, at="leg-extension"),
    Row(f"{OF}history/", "GET", SIGNED_IN, at="leg-extension"),
    Row(f"{OF}compare/", "GET", SIGNED_IN, at="leg-extension"),
    # A draft is its author's own, a proposal its author's and the editors'.
    Row(
        f"{OF}compare/",
        "GET",
        "404 200 404 404 404 404 404 404 in",
        at="leg-extension",
        ask="?new={draft}",
    ),
    Row(
        f"{OF}compare/",
        "GET",
        "404 404 200 404 404 404 200 200 in",
        at="back-squat",
        ask="?new={proposal}",
    ),
    # --- For who writes
    Row("exercises/figures/", "GET", WRITERS),
    Row("exercises/proposals/", "GET", WRITERS),
    Row(f"{OF}propose/", "GET", WRITERS, at="leg-extension"),
    Row(f"{OF}propose/submit/", "GET", LED_BACK, at="leg-extension"),
    Row(
        f"{OF}propose/submit/",
        "POST",
        WRITERS_SEND,
        at="leg-extension",
        send=TEXT | {"base": "{extension_text}"},
    ),
    Row(f"{OF}propose/draft/", "GET", LED_BACK, at="leg-extension"),
    Row(
        f"{OF}propose/draft/",
        "POST",
        WRITERS_SEND,
        at="leg-extension",
        send=TEXT | {"base": "{extension_text}"},
    ),
    Row(f"{OF}propose/discard/", "GET", LED_BACK, at="leg-extension"),
    Row(f"{OF}propose/discard/", "POST", WRITERS_SEND, at="leg-extension"),
    Row(f"{OF}propose/take-back/", "GET", LED_BACK, at="back-squat"),
    Row(f"{OF}propose/take-back/", "POST", WRITERS_SEND, at="back-squat"),
    Row(PROPOSAL, "GET", "403 404 200 404 404 403 200 200 in", at="back-squat proposal"),
    # --- For editors
    Row("exercises/new/", "GET", EDITORS),
    Row(
        "exercises/new/",
        "POST",
        EDITORS_SEND,
        send=FACTS | {"name": "Sissy Squat", "slug": "sissy-squat"},
    ),
    Row(OLD_TEXT, "GET", LED_BACK, at="leg-extension old_text"),
    Row(
        OLD_TEXT,
        "POST",
        EDITORS_SEND,
        at="back-squat old_text",
        send={"base": "{squat_text}"},
        still=True,  # both say the same
    ),
    Row(OLD_FACTS, "GET", LED_BACK, at="leg-extension old_facts"),
    Row(
        OLD_FACTS,
        "POST",
        EDITORS_SEND,
        at="leg-extension old_facts",
        send={"base": "{facts}"},
    ),
    Row(f"{OF}propose/publish/", "GET", LED_BACK, at="leg-extension"),
    Row(
        f"{OF}propose/publish/",
        "POST",
        EDITORS_SEND,
        at="leg-extension",
        send=TEXT | {"base": "{extension_text}"},
    ),
    Row(f"{PROPOSAL}publish/", "GET", LED_BACK, at="back-squat proposal"),
    Row(
        f"{PROPOSAL}publish/",
        "POST",
        EDITORS_SEND,
        at="back-squat proposal",
        send=TEXT | {"base": "{squat_text}"},
    ),
    Row(f"{PROPOSAL}reject/", "GET", LED_BACK, at="back-squat proposal"),
    Row(
        f"{PROPOSAL}reject/",
        "POST",
        EDITORS_SEND,
        at="back-squat proposal",
        send={"reason": "Too long"},
    ),
    Row(f"{OF}facts/", "GET", EDITORS, at="leg-extension"),
    Row(
        f"{OF}facts/",
        "POST",
        EDITORS_SEND,
        at="leg-extension",
        send=FACTS | {"base": "{facts}"},
    ),
    Row(f"{OF}retire/", "GET", LED_BACK, at="leg-extension"),
    Row(f"{OF}retire/", "POST", EDITORS_SEND, at="leg-extension"),
    Row(f"{OF}bring-back/", "GET", LED_BACK, at="leg-extension"),
    Row(f"{OF}bring-back/", "POST", EDITORS_SEND, at="leg-extension", first="retired"),
    Row(f"{OF}merge/", "GET", EDITORS, at="back-squat", ask="?into=hack+squat"),
    Row(f"{OF}merge/", "POST", EDITORS_SEND, at="back-squat", send={"into": "Hack Squat"}),
    Row(f"{OF}photos/", "GET", EDITORS, at="leg-extension"),
    Row(f"{OF}photos/", "POST", EDITORS_SEND, at="leg-extension", send=PHOTO),
    Row(f"{OF}photos/<int:pk>/remove/", "GET", LED_BACK, at="leg-extension photo"),
    Row(f"{OF}photos/<int:pk>/remove/", "POST", EDITORS_SEND, at="leg-extension photo"),
    Row(f"{OF}photos/<int:pk>/restore/", "GET", LED_BACK, at="leg-extension removed_photo"),
    Row(f"{OF}photos/<int:pk>/restore/", "POST", EDITORS_SEND, at="leg-extension removed_photo"),
]
