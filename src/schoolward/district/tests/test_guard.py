"""The guard on reading and the rules of the directory."""

from datetime import date

import pytest

from schoolward.base.guarded import UnguardedReadError
from schoolward.district.models import School
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)


def test_reading_schools_without_saying_for_whom_is_refused():
    School.objects.create(name="Orchard Elementary")

    with pytest.raises(UnguardedReadError):
        list(School.objects.all())


def test_directory_is_empty_for_a_person_without_a_post():
    School.objects.create(name="Orchard Elementary")

    assert not School.objects.visible_to(Actor(person_id=1)).exists()


def test_page_rule_for_many_agrees_with_the_rule_for_one():
    school = School.objects.create(name="Orchard Elementary")
    other = School.objects.create(name="Harbor Middle")
    actor = Actor(
        person_id=1,
        seats=frozenset({Seat.PRINCIPAL}),
        led_school_ids=frozenset({school.pk}),
    )

    listed = School.objects.with_page_for(actor)

    assert list(listed) == [school]
    assert other not in listed
