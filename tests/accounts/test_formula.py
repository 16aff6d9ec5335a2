"""/accounts/settings/: by which formula the 1RM is estimated"""

import pytest

from accounts.models import Formula, User
from legtraining.domain.strength import FORMULAS

URL = "/accounts/settings/"
FORM = {"name": "Mia Member", "unit": "kg", "time_zone": "UTC", "theme": "auto", "rest_seconds": 90}


def stored(person):
    return User.objects.values_list("formula", flat=True).get(pk=person.pk)


def test_every_formula_of_the_domain_can_be_chosen_and_none_else():
    assert set(Formula.values) == FORMULAS.keys()


@pytest.mark.parametrize("formula", Formula.values)
def test_it_is_shown_and_saved(member, outsider, signed_in, formula):
    client = signed_in(member)
    assert '<option value="epley" selected>Epley</option>' in client.get(URL).text
    assert client.post(URL, FORM | {"formula": formula}).url == URL
    assert (stored(member), stored(outsider)) == (formula, "epley")
    assert f'<option value="{formula}" selected>' in client.get(URL).text


@pytest.mark.parametrize("posted", [{}, {"formula": ""}])
def test_a_form_without_it_leaves_it(member, signed_in, posted):
    User.objects.filter(pk=member.pk).update(formula="wathan")
    assert signed_in(member).post(URL, FORM | posted).status_code == 302
    assert stored(member) == "wathan"


def test_an_unknown_one_is_refused(member, signed_in):
    page = signed_in(member).post(URL, FORM | {"formula": "magic"})
    assert page.status_code == 422
    assert "magic is not one of the available choices" in page.text
    assert stored(member) == "epley"
