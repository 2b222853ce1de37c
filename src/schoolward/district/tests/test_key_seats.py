"""Who may make and unmake administrators and records officers: administrators alone."""

from datetime import date

import pytest

from schoolward.base.http import RefusedError
from schoolward.district import actions, policies
from schoolward.district.actions import Appointment, Trail
from schoolward.district.models import Merge, Person, Post
from schoolward.district.tests.actors import actor, manager
from schoolward.district.tests.factories import AT, PersonFactory, PostFactory
from schoolward.kernel.seats import KEY_SEATS, Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
KEYS = sorted(KEY_SEATS)


def held(seat, **details):
    return PostFactory(seat=seat, school=None, **details)


def holders(seat):
    rows = Post.objects.unscoped(reason="a test looks").on(TODAY).filter(seat=seat)
    return list(rows.values_list("person_id", flat=True))


def proposed(kept, other):
    return Merge.objects.create(kept=kept, other=other, reason="Same", proposed_at=AT)


@pytest.mark.parametrize("seat", KEYS)
def test_an_analyst_cannot_appoint_to_a_key_seat(seat):
    analyst = manager()
    me = Person.objects.unscoped(reason="a test").get(pk=analyst.person_id)

    with pytest.raises(RefusedError, match="Administrators alone"):
        actions.appoint(Appointment(me, seat, None, TODAY), by=analyst, at=AT)

    assert holders(seat) == []


def test_an_administrator_appoints_a_records_officer():
    officer = PersonFactory()
    wanted = Appointment(officer, Seat.RECORDS_OFFICER, None, TODAY)

    actions.appoint(wanted, by=actor(Seat.ADMINISTRATOR), at=AT)

    assert holders(Seat.RECORDS_OFFICER) == [officer.pk]


@pytest.mark.parametrize("seat", KEYS)
def test_an_analyst_cannot_end_a_key_post(seat):
    post = held(seat)

    with pytest.raises(RefusedError):
        actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=False)

    assert holders(seat) == [post.person_id]


@pytest.mark.parametrize("mine_is_kept", [True, False])
def test_an_analyst_cannot_merge_their_way_into_a_key_seat(mine_is_kept):
    post, me = held(Seat.ADMINISTRATOR), PersonFactory()
    pair = (me, post.person) if mine_is_kept else (post.person, me)

    with pytest.raises(RefusedError):
        actions.merge_people(proposed(*pair), by=manager(), at=AT)

    assert holders(Seat.ADMINISTRATOR) == [post.person_id]


def test_an_analyst_cannot_take_a_merge_with_a_key_seat_back():
    post, other = held(Seat.ADMINISTRATOR), PersonFactory()
    by = actor(Seat.ADMINISTRATOR)
    merge = actions.merge_people(proposed(post.person, other), by=by, at=AT)

    with pytest.raises(RefusedError):
        actions.undo_merge(merge, by=manager(), at=AT)


def test_a_key_post_that_ended_does_not_bind_a_merge():
    post = held(Seat.ADMINISTRATOR, end_date=TODAY)
    merge = proposed(PersonFactory(), post.person)

    actions.merge_people(merge, by=manager(), at=AT)

    merge.refresh_from_db()
    assert merge.state == "merged"


def test_who_lost_the_seat_cannot_take_its_end_back():
    post = held(Seat.ADMINISTRATOR)
    _, trail = actions.keep_trail(
        lambda: actions.end_post(
            post,
            on=TODAY,
            by=actor(Seat.ADMINISTRATOR),
            at=AT,
            leaves_vacancy=False,
        ),
        trail=Trail("Ended", "fill:administrator", {"post": {"pk": post.pk}}),
    )

    with pytest.raises(RefusedError):
        actions.take_back(trail, by=manager(), at=AT)

    assert holders(Seat.ADMINISTRATOR) == []


def test_an_analyst_fills_every_other_seat():
    allowed = {seat for seat in Seat if policies.can_fill(manager(), seat)}

    assert allowed == set(Seat) - KEY_SEATS
