"""/coaching/invite/, /coaching/invitations/<id>/ and POST /coaching/invitations/<id>/revoke/"""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import segno
import zxingcpp
from django.core import mail
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.delivery import deliver_due
from accounts.models import Invitation, Letter, MailKind, User
from accounts.querysets import hash_token
from accounts.services import MAILED_A_DAY, accept, invite
from accounts.stops import stop
from coaching.views.links import qr_code

URL = "/coaching/invite/"


def link_on(page):
    return re.search(r'value="http://testserver(/coaching/join/([^/"]+)/)"', page.text)


def page_url(invitation):
    return f"/coaching/invitations/{invitation.pk}/"


def revoke_url(invitation):
    return f"/coaching/invitations/{invitation.pk}/revoke/"


def mailed():
    deliver_due()
    return [(message.to, message.body) for message in mail.outbox]


def form(**typed):
    return {"label": "Olga", "email": "", "nonce": str(uuid4())} | typed


# --- Making one -----------------------------------------------------------------------------------


def test_leads_to_the_link_and_keeps_only_its_hash(trainer, outsider, signed_in):
    client = signed_in(trainer)
    answer = client.post(URL, form(label="Olga from the gym"))
    kept = Invitation.objects.get()
    assert answer.url == page_url(kept)
    page = client.get(answer.url)
    found = link_on(page)
    assert (kept.trainer, kept.label, kept.email) == (trainer, "Olga from the gym", "")
    assert kept.token_hash == hash_token(found[2])
    assert found[2] not in str(Invitation.objects.values().get())
    assert link_on(client.get(answer.url))[2] == found[2], "it can be looked at again"
    assert "Link for Olga from the gym" in page.text
    assert "14 days are left." in page.text
    assert signed_in(outsider).post(found[1]).status_code == 302
    assert User.objects.coached_by(trainer).get() == outsider
    assert mailed()[:1] == [([trainer.email], mail.outbox[0].body)], "only the trainer got one"


def test_the_list_has_no_link_and_no_hash(trainer, signed_in):
    invitation, token = invite(trainer=trainer, label="Olga from the gym")
    page = signed_in(trainer).get(URL)
    assert token not in page.text
    assert invitation.token_hash not in page.text
    assert "Olga from the gym" in page.text
    assert f'href="{page_url(invitation)}"' in page.text


def test_two_taps_make_one(trainer, signed_in):
    client = signed_in(trainer)
    typed = form(email="olga@example.com")
    assert client.post(URL, typed).url == client.post(URL, typed).url
    assert Invitation.objects.count() == 1
    assert len(mailed()) == 1


def test_an_old_page_with_another_name_makes_another_one(trainer, other_trainer, signed_in):
    typed = form()
    first = signed_in(trainer).post(URL, typed).url
    assert signed_in(trainer).post(URL, typed | {"label": "Nina"}).url != first
    signed_in(other_trainer).post(URL, typed)
    assert sorted(Invitation.objects.values_list("trainer", "label")) == sorted(
        [(trainer.pk, "Olga"), (trainer.pk, "Nina"), (other_trainer.pk, "Olga")]
    )


@pytest.mark.parametrize("nonce", ["", "x", "\0", "1" * 500])
def test_an_invented_nonce_is_as_good_as_none(trainer, signed_in, nonce):
    assert signed_in(trainer).post(URL, form(nonce=nonce)).status_code == 302
    assert Invitation.objects.count() == 1


# --- By mail --------------------------------------------------------------------------------------


def test_it_is_mailed_to_the_address(trainer, outsider, signed_in, settings):
    settings.SITE_URL = "https://legs.example.org"
    client = signed_in(trainer)
    answer = client.post(URL, form(email=" Olga@Example.com "))
    assert "The link is on its way to olga@example.com." in client.get(answer.url).text
    ((to, body),) = mailed()
    assert to == ["olga@example.com"]
    token = re.search(r"https://legs\.example\.org/coaching/join/([^/\s]+)/", body)[1]
    assert hash_token(token) == Invitation.objects.get().token_hash
    message = mail.outbox[0]
    assert message.subject == "Tara Trainer invites you to train together"
    html = message.alternatives[0].content
    assert f"https://legs.example.org/coaching/join/{token}/" in html
    assert "List-Unsubscribe" in message.extra_headers
    assert "The link was mailed to olga@example.com." in client.get(answer.url).text
    assert "mailed to olga@example.com" in client.get(URL).text
    assert "Link for" not in body, "the trainer's own name for them is not told"


def test_the_page_does_not_tell_who_has_an_account(trainer, outsider, signed_in):
    """What stands on it is the same but for the address, the names and the link."""
    client = signed_in(trainer)

    def told(email):
        page = client.get(client.post(URL, form(email=email)).url).text
        page = re.sub(r"<svg viewBox.*?</svg>|/join/[^/]+/|/invitations/\d+/", "", page)
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(email, "…"))

    assert told(outsider.email) == told("nobody-here@example.com")
    assert len(mailed()) == 2


def test_an_address_that_wants_none_gets_none(trainer, signed_in):
    stop(kind=MailKind.INVITATION, email="olga@example.com")
    client = signed_in(trainer)
    answer = client.post(URL, form(email="olga@example.com"))
    assert mailed() == []
    page = client.get(answer.url)
    assert "No mail went to olga@example.com. Send the link yourself." in page.text
    assert link_on(page)


@pytest.mark.parametrize("gone", ["revoked", "expired", "used", "no trainer"])
def test_no_mail_of_what_no_longer_works(trainer, outsider, signed_in, gone):
    signed_in(trainer).post(URL, form(email="olga@example.com"))
    long_ago = timezone.now() - timedelta(days=20)
    changes = {
        "revoked": {"revoked_at": timezone.now()},
        "expired": {"created_at": long_ago, "expires_at": long_ago + timedelta(days=14)},
        "used": {"used_at": timezone.now()},
        "no trainer": {},
    }[gone]
    if changes:
        Invitation.objects.update(**changes)
    else:
        User.objects.filter(pk=trainer.pk).update(is_trainer=False)
    assert mailed() == []
    assert not Letter.objects.waiting().exists()


def test_one_that_works_is_enough_for_an_address(trainer, other_trainer, signed_in):
    client = signed_in(trainer)
    client.post(URL, form(email="olga@example.com"))
    again = form(label="Once more", email="OLGA@example.com")
    refused = client.post(URL, again)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["email"]
    assert "You invited this address already, and that link still works." in refused.text
    assert 'value="Once more"' in refused.text
    assert 'value="OLGA@example.com"' in refused.text
    assert Invitation.objects.count() == 1
    assert signed_in(other_trainer).post(URL, again).status_code == 302
    signed_in(trainer).post(revoke_url(Invitation.objects.get(trainer=trainer)))
    assert client.post(URL, again).status_code == 302
    assert Invitation.objects.filter(trainer=trainer).count() == 2


def test_thirty_mails_a_day(trainer, other_trainer, signed_in):
    now = timezone.now()
    for n in range(MAILED_A_DAY):
        at = now - timedelta(hours=23, minutes=59)
        invite(trainer=trainer, label="x", email=f"person{n}@example.org", at=at)
    client = signed_in(trainer)
    refused = client.post(URL, form(email="one.more@example.org"))
    assert refused.status_code == 422
    assert "You mailed 30 invitations within a day." in refused.text
    assert client.post(URL, form()).status_code == 302, "a link can still be made"
    one_more = {"email": "one.more@example.org"}
    assert signed_in(other_trainer).post(URL, form(**one_more)).status_code == 302
    Invitation.objects.filter(email="person0@example.org").update(
        created_at=now - timedelta(hours=24, seconds=1)
    )
    assert client.post(URL, form(**one_more)).status_code == 302


@pytest.mark.parametrize("bad", ["olga", "olga@", "@x.org", "a b@x.org", "x" * 250 + "@x.org"])
def test_what_is_no_address_is_refused(trainer, signed_in, bad):
    page = signed_in(trainer).post(URL, form(email=bad))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["email"]
    assert f'value="{bad}"' in page.text
    assert not Invitation.objects.exists()


def test_ones_own_address_is_refused(trainer, signed_in):
    page = signed_in(trainer).post(URL, form(email=trainer.email))
    assert page.status_code == 422
    assert "This is your own address." in page.text
    assert not Invitation.objects.exists()


# --- The page of one ------------------------------------------------------------------------------


def test_the_code_says_the_link(trainer, signed_in):
    """The picture on the page is the one that a reader makes the link of."""
    invitation, token = invite(trainer=trainer, label="Olga")
    page = signed_in(trainer).get(page_url(invitation))
    link = f"http://testserver/coaching/join/{token}/"
    drawing = re.search(r'role="img" aria-label="QR code of the link">(<svg.*?</svg>)', page.text)[
        1
    ]
    assert "style" not in drawing
    made = segno.make(link, error="m", micro=False)
    assert drawing == str(qr_code(link))
    modules = re.search(r' d="([^"]+)"', drawing.split("stroke")[1])[1]
    assert modules == re.search(r' d="([^"]+)"', made.svg_inline(border=4).split("stroke")[1])[1]
    picture = BytesIO()
    made.save(picture, kind="png", scale=6, border=4)
    (read,) = zxingcpp.read_barcodes(Image.open(picture))
    assert read.text == link


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(days=1, minutes=-1), "14 days are left."),
        (timedelta(days=1, minutes=1), "13 days are left."),
        (timedelta(days=13, minutes=1), "1 day is left."),
    ],
)
def test_how_many_days_are_left(trainer, signed_in, age, words):
    made, _token = invite(trainer=trainer, label="Olga", at=timezone.now() - age)
    assert words in signed_in(trainer).get(page_url(made)).text


def test_an_older_one_has_no_link_to_show(trainer, signed_in):
    invitation, token = invite(trainer=trainer, label="Olga")
    Invitation.objects.update(token_hash=hash_token("from before"))
    page = signed_in(trainer).get(page_url(invitation))
    assert link_on(page) is None
    assert token not in page.text
    assert "<svg viewBox" not in page.text
    assert "This link was shown when it was made, and is not kept." in page.text


def test_only_what_works_is_shown(trainer, outsider, signed_in):
    invitation, token = invite(trainer=trainer, label="Olga")
    client = signed_in(trainer)
    assert client.get(page_url(invitation)).status_code == 200
    accept(token=token, member=outsider)
    assert client.get(page_url(invitation)).status_code == 404
    for changes in ({"revoked_at": timezone.now()}, {"expires_at": timezone.now()}):
        other, token = invite(trainer=trainer, label="Other")
        Invitation.objects.filter(pk=other.pk).update(
            created_at=timezone.now() - timedelta(days=14), **changes
        )
        page = client.get(page_url(other))
        assert page.status_code == 404
        assert token not in page.text


def test_the_link_is_its_trainers_alone(trainer, other_trainer, member, admin, signed_in):
    invitation, token = invite(trainer=trainer, label="Olga")
    for person, status in ((other_trainer, 404), (member, 403), (admin, 403)):
        page = signed_in(person).get(page_url(invitation))
        assert page.status_code == status
        assert token not in page.text
    assert Client().get(page_url(invitation)).url.startswith("/accounts/login/")
    assert signed_in(trainer).post(page_url(invitation)).status_code == 405
    for bad in ("0", "999999", "99999999999999999999"):
        assert signed_in(trainer).get(f"/coaching/invitations/{bad}/").status_code == 404


@pytest.mark.parametrize("bad", ["", "   ", "x" * 101])
def test_a_refused_form_makes_no_link(trainer, signed_in, bad):
    page = signed_in(trainer).post(URL, form(label=bad))
    assert page.status_code == 422
    assert page.context["form"]["label"].value() == bad
    assert not Invitation.objects.exists()


def test_lists_ones_own_that_still_work(trainer, other_trainer, outsider, signed_in):
    now = timezone.now()
    invite(trainer=trainer, label="waiting")
    invite(trainer=trainer, label="too old", at=now - timedelta(days=15))
    invite(trainer=other_trainer, label="theirs")
    _used, token = invite(trainer=trainer, label="used")
    accept(token=token, member=outsider)
    revoked, _token = invite(trainer=trainer, label="withdrawn")
    signed_in(trainer).post(revoke_url(revoked))
    page = signed_in(trainer).get(URL)
    assert [each.label for each in page.context["invitations"]] == ["waiting"]


def test_revoking_ends_the_link(trainer, outsider, signed_in):
    invitation, token = invite(trainer=trainer, label="Olga")
    answer = signed_in(trainer).post(revoke_url(invitation), follow=True)
    assert answer.redirect_chain[-1][0] == URL
    assert "The link no longer works." in answer.text
    assert signed_in(outsider).get(f"/coaching/join/{token}/").status_code == 404

    revoked = Invitation.objects.values().get()
    signed_in(trainer).post(revoke_url(invitation))
    assert Invitation.objects.values().get() == revoked


def test_outsider_cannot_revoke(trainer, other_trainer, member, admin, signed_in):
    invitation, _token = invite(trainer=trainer, label="Olga")
    for person in (other_trainer, member, admin):
        assert signed_in(person).post(revoke_url(invitation)).status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_is_a_trainers_page(member, admin, signed_in):
    for person in (member, admin):
        assert signed_in(person).get(URL).status_code == 403
        assert signed_in(person).post(URL, {"label": "x"}).status_code == 403
    assert not Invitation.objects.exists()


def test_anonymous_signs_in_first(trainer):
    invitation, _token = invite(trainer=trainer, label="Olga")
    for url in (URL, revoke_url(invitation)):
        assert Client().post(url).url == f"/accounts/login/?next={url}"
    assert Invitation.objects.get().revoked_at is None


def test_wrong_method(trainer, signed_in):
    invitation, _token = invite(trainer=trainer, label="Olga")
    assert signed_in(trainer).put(URL).status_code == 405
    assert signed_in(trainer).get(revoke_url(invitation)).status_code == 405


def test_bad_id(trainer, signed_in):
    for bad in ("0", "999999", "99999999999999999999"):
        assert signed_in(trainer).post(f"/coaching/invitations/{bad}/revoke/").status_code == 404


def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count, no_lazy_queries):
    invite(trainer=trainer, label="first", email="first@example.com")
    client = signed_in(trainer)
    one = query_count(client, URL)
    for n in range(49):
        email = f"number{n}@example.com" if n % 2 else ""
        invite(trainer=trainer, label=f"number {n}", email=email)
    assert query_count(client, URL) == one
