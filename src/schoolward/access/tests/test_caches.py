"""What a person was shown is found in no cache afterward."""

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.access.tokens import make_token
from schoolward.base import clock
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/access/me/", "/schools/", "/people/", "/api/v1/people", "/nowhere/"]
)
def test_pages_of_somebody_signed_in_are_kept_nowhere(address):
    visitor = client_for(Seat.PRINCIPAL)

    answer = visitor.get(address)

    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_answers_to_a_token_are_kept_nowhere(client):
    user = client_for(Seat.PRINCIPAL).user
    _, secret = make_token(user, label="Report", at=clock.now(), by=SYSTEM)

    answer = client.get("/api/v1/people", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_refused_page_is_kept_nowhere():
    answer = client_for(Seat.PRINCIPAL).get(reverse("access:accounts"))

    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
