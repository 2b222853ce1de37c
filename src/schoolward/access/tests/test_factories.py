"""The factories make what they promise, since every room's tests stand on them."""

import pytest

from schoolward.access.tests.factories import (
    delegate_of,
    every_seat,
    holder,
    visitor_of,
)
from schoolward.district.models import School
from schoolward.kernel.seats import Seat


@pytest.mark.django_db
def test_every_seat_gives_a_signed_in_browser_that_holds_exactly_that_seat():
    school = School.objects.create(name="Ames")

    visitors = every_seat(school=school)

    assert {seat: set(v.actor.seats) for seat, v in visitors.items()} == {
        seat: {seat} for seat in Seat
    }
    assert visitors[Seat.ILD].actor.supervised_school_ids == {school.pk}
    assert visitors[Seat.UNIT_STAFF].actor.served_school_ids == {school.pk}
    assert visitors[Seat.PRINCIPAL].actor.led_school_ids == {school.pk}


@pytest.mark.django_db
def test_delegate_reaches_the_school_of_the_principal_who_named_them():
    school = School.objects.create(name="Ames")

    delegate = visitor_of(delegate_of(holder(Seat.PRINCIPAL, school=school)))

    assert delegate.actor.acted_school_ids == {school.pk}
    assert not delegate.actor.seats
