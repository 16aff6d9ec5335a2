"""/progress/bands/"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from exercises.models import MuscleGroup
from progress.bands import bands_of, write_bands
from progress.models import MAX_WEEKLY_SETS, WeeklyBand

URL = "/progress/bands/"


def filled(**groups):
    """The form as it is posted: `calves=(8, 12)`, all other fields empty."""
    data = {f"{end}_{group}": "" for group in MuscleGroup.values for end in ("low", "high")}
    for group, (low, high) in groups.items():
        data |= {f"low_{group}": low, f"high_{group}": high}
    return data


def stored(person):
    found = WeeklyBand.objects.filter(member=person)
    return {band.group: (band.low, band.high, band.set_by_id) for band in found}


def test_targets_are_kept(member, signed_in):
    client = signed_in(member)
    answer = client.post(URL, filled(quadriceps=(10, 20), calves=(0, 8)))
    assert answer.status_code == 302
    assert answer.url == "/progress/"
    assert stored(member) == {
        "quadriceps": (10, 20, member.pk),
        "calves": (0, 8, member.pk),
    }
    page = client.get(URL).text
    assert 'value="20"' in page
    assert "Set by you on" in page


def test_empty_fields_take_a_target_away(member, outsider, signed_in):
    for person in (member, outsider):
        write_bands(member=person, by=person, wanted={"calves": (1, 2), "trunk": (3, 4)})
    signed_in(member).post(URL, filled(trunk=(3, 5)))
    assert stored(member) == {"trunk": (3, 5, member.pk)}
    assert stored(outsider) == {"calves": (1, 2, outsider.pk), "trunk": (3, 4, outsider.pk)}


def test_what_is_not_changed_stays_its_writers(member, trainer, signed_in):
    write_bands(member=member, by=trainer, wanted={"calves": (8, 12), "trunk": (3, 4)})
    WeeklyBand.objects.update(set_at=timezone.now() - timedelta(days=9))
    before = WeeklyBand.objects.filter(group="calves").values().get()
    client = signed_in(member)
    assert client.get(URL).text.count("Set by Tara Trainer on") == 2
    client.post(URL, filled(calves=(8, 12), trunk=(3, 6)))
    assert WeeklyBand.objects.filter(group="calves").values().get() == before
    trunk = WeeklyBand.objects.get(group="trunk")
    assert trunk.set_by == member
    assert trunk.set_at > before["set_at"]


@pytest.mark.parametrize(
    ("low", "high", "field", "sentence"),
    [
        ("10", "", "high", "Write both numbers, or leave both empty."),
        ("", "10", "low", "Write both numbers, or leave both empty."),
        ("12", "10", "high", "This is less than the number before it."),
        ("ten", "20", "low", "Enter a number in digits, such as 12."),
        ("9.5", "20", "low", "Enter a whole number."),
        ("-1", "20", "low", "Enter a number from 0 to 60."),
        ("10", "61", "high", "Enter a number from 1 to 60."),
        ("0", "0", "high", "Enter a number from 1 to 60."),
        ("10", "9" * 5000, "high", "That number is too long."),
        ("\x00", "20", "low", "Enter a number in digits, such as 12."),
    ],
)
def test_what_cannot_be_a_target_comes_back_as_typed(member, signed_in, low, high, field, sentence):
    write_bands(member=member, by=member, wanted={"trunk": (3, 4)})
    before = stored(member)
    answer = signed_in(member).post(URL, filled(calves=(low, high), quadriceps=("7", "9")))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {f"{field}_calves": [sentence]}
    assert f'id="id_{field}_calves_error"' in answer.text
    assert 'value="7"' in answer.text
    assert high.isspace() or f'value="{high}"' in answer.text or not high
    assert stored(member) == before


def test_whose_target_it_is_cannot_be_posted(member, outsider, signed_in):
    write_bands(member=outsider, by=outsider, wanted={"calves": (1, 2)})
    data = filled(calves=(5, 6)) | {"member": outsider.pk, "set_by": outsider.pk}
    signed_in(member).post(URL, data)
    assert stored(member) == {"calves": (5, 6, member.pk)}
    assert stored(outsider) == {"calves": (1, 2, outsider.pk)}


def test_the_database_keeps_the_limits(member):
    for low, high in ((5, 4), (0, 0), (1, MAX_WEEKLY_SETS + 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            WeeklyBand.objects.create(member=member, group="calves", low=low, high=high)


def test_written_twice_is_one(member):
    for _again in range(2):
        write_bands(member=member, by=member, wanted={"calves": (1, 2)})
    assert stored(member) == {"calves": (1, 2, member.pk)}
    assert write_bands(member=member, by=member, wanted={"calves": (1, 2), "trunk": None}) == 0
    assert write_bands(member=member, by=member, wanted={"calves": None}) == 1
    assert bands_of(member) == {}


def test_who_may(signed_in, admin, db):
    assert signed_in(admin).get(URL).status_code == 200  # their own
    assert Client().get(URL).url.startswith("/accounts/login/")
    assert Client().post(URL, filled(calves=(1, 2))).url.startswith("/accounts/login/")
    assert not WeeklyBand.objects.exists()


def test_wrong_method(member, signed_in):
    client = signed_in(member)
    assert client.put(URL).status_code == client.delete(URL).status_code == 405


def test_the_number_of_queries_does_not_grow(
    member, trainer, signed_in, query_count, no_lazy_queries
):
    client = signed_in(member)
    write_bands(member=member, by=member, wanted={"calves": (1, 2)})
    one = query_count(client, URL)
    for group in MuscleGroup.values:
        write_bands(member=member, by=trainer, wanted={group: (3, 4)})
    assert query_count(client, URL) == one
