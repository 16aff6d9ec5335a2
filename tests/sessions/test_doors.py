"""Every address that changes a session: who may come in, by which method, and to what."""

from uuid import UUID

import pytest
from django.test import Client

from sessions import services
from tests.factories import coach, make_session, make_set

NOBODYS = UUID("5a1f0f3e-8a52-4b0e-9d1a-7b1f6f0f2a11")

CHANGES = [
    "sets/",
    "sets/{key}/delete/",
    "sets/{key}/restore/",
    "exercises/",
    "exercises/1/remove/",
    "exercises/1/restore/",
    "exercises/1/skip/",
    "exercises/1/unskip/",
    "exercises/1/move/",
    "exercises/1/swap/",
    "exercises/1/setup/",
    "checklist/warmup/",
    "finish/",
    "reopen/",
    "discard/",
]
EVERY = [*CHANGES, "restore/"]
FORMS = ("sets/", "exercises/", "exercises/1/setup/", "finish/")
SWAP = "exercises/1/swap/"  # has a page of its own


@pytest.fixture
def logged(session):

    make_set(session.blocks.get())
    return session


@pytest.fixture
def address(logged):
    def of(ending, uuid=None):
        key = logged.sets.get().client_key
        return f"/sessions/{uuid or logged.uuid}/{ending.format(key=key)}"

    return of


@pytest.mark.parametrize("ending", CHANGES)
def test_the_trainer_may_only_read(trainer, address, signed_in, stored, ending):
    before = stored()
    assert signed_in(trainer).post(address(ending)).status_code == 403
    assert stored() == before


@pytest.mark.parametrize("ending", EVERY)
def test_for_anybody_else_there_is_nothing(
    outsider, other_trainer, admin, address, signed_in, stored, ending
):
    before = stored()
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).post(address(ending)).status_code == 404
    assert stored() == before


@pytest.mark.parametrize("ending", EVERY)
def test_a_former_trainer_is_anybody_else(
    member, other_trainer, address, signed_in, stored, ending
):
    link = coach(other_trainer, member)
    link.ended_at = link.accepted_at
    link.save()
    before = stored()
    assert signed_in(other_trainer).post(address(ending)).status_code == 404
    assert stored() == before


def test_bringing_back_is_the_members_own(trainer, logged, address, signed_in, stored):
    services.discard_session(session=logged)
    before = stored()
    assert signed_in(trainer).post(address("restore/")).status_code == 404
    assert stored() == before


@pytest.mark.parametrize("ending", EVERY)
def test_anonymous_signs_in_first(address, stored, ending):
    before = stored()
    answer = Client().post(address(ending))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert stored() == before


@pytest.mark.parametrize("ending", EVERY)
def test_a_form_of_another_site_is_refused(member, address, stored, ending):
    before = stored()
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    assert client.post(address(ending)).status_code == 403
    assert stored() == before


@pytest.mark.parametrize("ending", [*(each for each in EVERY if each != SWAP), "../start/"])
def test_only_post_changes(member, session, address, signed_in, stored, ending):
    before = stored()
    client = signed_in(member)
    address = address(ending) if ending in EVERY else "/sessions/start/"
    for method in (client.put, client.patch, client.delete):
        assert method(address).status_code == 405
    for method in (client.get, client.head):
        answer = method(address)
        if ending in FORMS:  # a page that shows a refused form may be loaded anew
            assert (answer.status_code, answer["Location"]) == (302, session.get_absolute_url())
        else:
            assert answer.status_code == 405
    assert stored() == before


@pytest.mark.parametrize(
    "address",
    [
        *("/sessions/", "/sessions/{uuid}/", "/sessions/{uuid}/version/", "/sessions/outbox/"),
        *("/today/", "/"),
    ],
)
def test_only_get_reads(member, logged, signed_in, stored, address):
    before = stored()
    client = signed_in(member)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address.format(uuid=logged.uuid)).status_code == 405
    assert stored() == before


@pytest.mark.parametrize("ending", ["", *EVERY])
def test_a_bad_id(member, address, signed_in, stored, ending):
    before = stored()
    client = signed_in(member)
    visit = client.post if ending else client.get
    for uuid in (NOBODYS, "1", "x" * 36, "%00"):
        assert visit(address(ending, uuid)).status_code == 404
    assert stored() == before


@pytest.mark.parametrize(
    "ending",
    [
        f"sets/{NOBODYS}/delete/",
        f"sets/{NOBODYS}/restore/",
        "sets/1/delete/",
        "exercises/2/remove/",
        "exercises/-1/remove/",
        "exercises/99999999999999999999/remove/",
        *(f"exercises/2/{verb}/" for verb in ("skip", "unskip", "move", "swap", "setup")),
        "checklist/dance/",
    ],
)
def test_a_bad_id_within_a_session(member, address, signed_in, stored, ending):
    before = stored()
    assert signed_in(member).post(address(ending)).status_code == 404
    assert stored() == before


@pytest.mark.parametrize("ending", ["sets/{key}/delete/", "sets/{key}/restore/"])
def test_a_set_is_found_through_its_own_session(
    member, outsider, address, signed_in, stored, ending
):

    old, theirs = make_session(member, finished=True), make_session(outsider)
    before = stored()
    assert signed_in(member).post(address(ending, old.uuid)).status_code == 404
    assert signed_in(outsider).post(address(ending, theirs.uuid)).status_code == 404
    assert stored() == before


@pytest.mark.parametrize("ending", [each for each in CHANGES if each != "discard/"])
def test_a_discarded_session_is_gone(member, logged, address, signed_in, stored, ending):
    target = address(ending)
    services.discard_session(session=logged)
    before = stored()
    assert signed_in(member).post(target).status_code == 404
    assert stored() == before
