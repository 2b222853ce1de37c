"""The pages of posts offer and take the seats of keys from administrators alone."""

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for, holder
from schoolward.district.models import Post
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


def holders(seat):
    rows = Post.objects.unscoped(reason="a test looks").filter(seat=seat)
    return list(rows.values_list("person_id", flat=True))


def test_the_page_offers_an_analyst_no_key_seat_and_takes_none():
    analyst = client_for(Seat.ANALYST)
    address = reverse("district:appoint")

    page = analyst.get(address)
    answer = analyst.post(
        address,
        {
            "person": f"#{analyst.person.pk}",
            "seat": "administrator",
            "capacity": "regular",
            "start": "2020-07-01",
        },
    )

    assert 'value="administrator"' not in page.content.decode()
    assert answer.status_code == 422
    assert holders(Seat.ADMINISTRATOR) == []


def test_the_page_that_ends_a_key_post_is_closed_to_an_analyst():
    officer = holder(Seat.RECORDS_OFFICER)
    post = officer.posts.unscoped(reason="a test looks").get()
    analyst = client_for(Seat.ANALYST)

    answer = analyst.get(reverse("district:post_end", args=[post.pk]))

    assert answer.status_code == 403
    assert "Administrators alone" in answer.content.decode()
