"""Viewing as another person: the intersection of both, nothing changed, all recorded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolward.access.actions import viewing
from schoolward.access.actors import actor_of
from schoolward.access.tests.factories import (
    AT,
    PersonFactory,
    actor_with,
    client_for,
    holder,
    seat_of,
)
from schoolward.access.who import rights
from schoolward.audit.models import Event
from schoolward.base.http import RefusedError
from schoolward.district.models import Post, School
from schoolward.district.policies import can_open_page, page_visible
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = AT.date()


def begin(administrator, other):
    return administrator.post(reverse("access:view_as", args=[other.pk]))


def test_viewing_is_announced_on_every_page_and_recorded_at_both_ends():
    administrator = client_for(Seat.ADMINISTRATOR)
    principal = holder(Seat.PRINCIPAL, name="Ada Cole")

    begin(administrator, principal)
    page = administrator.get("/access/me/")
    administrator.post(reverse("access:stop_viewing"))
    after = administrator.get("/access/me/")

    assert "You are viewing as Ada Cole" in page.content.decode()
    assert "You are viewing as" not in after.content.decode()
    verbs = ["access.viewing.started", "access.viewing.ended"]
    events = Event.objects.filter(verb__in=verbs).order_by("pk")
    assert [event.verb for event in events] == verbs
    assert {event.person_id for event in events} == {principal.pk}
    assert {event.actor_id for event in events} == {administrator.person.pk}


def test_viewing_narrows_to_what_both_may_see():
    ames, burnham = School.objects.create(name="A"), School.objects.create(name="B")
    administrator = actor_with(Seat.ADMINISTRATOR)
    principal = actor_with(Seat.PRINCIPAL, school=ames)

    seen = viewing.through(administrator, principal)

    assert can_open_page(seen, ames.pk)
    assert not can_open_page(seen, burnham.pk)
    visible = School.objects.filter(page_visible(seen)).unscoped(reason="test")
    assert list(visible) == [ames]


@pytest.mark.parametrize("seat", list(Seat))
def test_viewing_never_grants_what_either_lacks(seat):
    school = School.objects.create(name="Ames")
    administrator = actor_with(Seat.ADMINISTRATOR)
    other = actor_with(seat)
    seen = viewing.through(administrator, other)

    for school_id in (None, school.pk):
        pairs = zip(
            rights(seen, school_id=school_id),
            rights(administrator, school_id=school_id),
            rights(other, school_id=school_id),
            strict=True,
        )
        for both, mine, theirs in pairs:
            assert not both.decision or (mine.decision and theirs.decision), both.key


def test_nothing_is_changed_while_viewing():
    administrator = client_for(Seat.ADMINISTRATOR)
    principal = holder(Seat.PRINCIPAL)
    begin(administrator, principal)

    answers = [
        administrator.post(reverse("access:close_account", args=[principal.pk])),
        administrator.post(reverse("access:new_token"), {"label": "X", "days": 3}),
        administrator.post(reverse("access:end_others")),
        administrator.post(reverse("account_change_password"), {}),
        administrator.post(reverse("mfa_generate_recovery_codes")),
        administrator.put("/access/me/"),
        administrator.delete("/access/me/"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert "viewing changes nothing" in answers[0].content.decode()


def test_administrators_own_pages_are_closed_while_viewing_as_a_principal():
    administrator = client_for(Seat.ADMINISTRATOR)
    begin(administrator, holder(Seat.PRINCIPAL))

    assert administrator.get("/access/who/").status_code == 403
    assert administrator.get("/access/accounts/").status_code == 403


@pytest.mark.parametrize("seat", [seat for seat in Seat if seat != Seat.ADMINISTRATOR])
def test_only_administrators_view_as_another(seat):
    with pytest.raises(RefusedError, match="Only administrators"):
        viewing.start({}, holder(Seat.PRINCIPAL), by=actor_with(seat), at=AT)


def test_nobody_views_as_themselves_an_administrator_or_somebody_without_a_post():
    person = holder(Seat.ADMINISTRATOR)
    by = actor_of(person, today=TODAY)
    session = {}

    for other in (person, holder(Seat.ADMINISTRATOR), PersonFactory()):
        with pytest.raises(RefusedError):
            viewing.start(session, other, by=by, at=AT)

    assert session == {}


def test_administrator_who_is_also_a_principal_is_no_way_round():
    both = holder(Seat.PRINCIPAL)
    seat_of(both, Seat.ADMINISTRATOR)

    with pytest.raises(RefusedError, match="Nobody views as an administrator"):
        viewing.start({}, both, by=actor_with(Seat.ADMINISTRATOR), at=AT)


def test_viewing_inside_viewing_is_refused():
    administrator = client_for(Seat.ADMINISTRATOR)
    begin(administrator, holder(Seat.PRINCIPAL, name="First"))

    response = begin(administrator, holder(Seat.PRINCIPAL, name="Second"))

    assert response.status_code == 403
    assert "First" in administrator.get("/access/me/").content.decode()


def test_viewing_ends_by_itself_after_an_hour():
    by = actor_with(Seat.ADMINISTRATOR)
    other = holder(Seat.PRINCIPAL)
    session = {}
    viewing.start(session, other, by=by, at=AT)

    before = viewing.viewed(session, by=by, at=AT + timedelta(minutes=59))
    after = viewing.viewed(session, by=by, at=AT + timedelta(minutes=61))

    assert before == other
    assert after is None
    assert session == {}
    assert (
        Event.objects.get(verb="access.viewing.ended").facts["why"] == "an hour is over"
    )


def test_viewing_ends_with_the_administrators_post():
    administrator = client_for(Seat.ADMINISTRATOR)
    seat_of(administrator.person, Seat.PRINCIPAL)
    begin(administrator, holder(Seat.CHIEF, name="Cleo Chief"))
    posts = Post.objects.unscoped(reason="test")
    posts.filter(person=administrator.person, seat=Seat.ADMINISTRATOR).delete()

    page = administrator.get("/access/me/")

    assert "Cleo Chief" not in page.content.decode()
    assert Event.objects.filter(verb="access.viewing.ended").count() == 1


def test_viewing_ends_when_the_viewed_person_becomes_an_administrator():
    administrator = client_for(Seat.ADMINISTRATOR)
    other = holder(Seat.CHIEF)
    begin(administrator, other)
    seat_of(other, Seat.ADMINISTRATOR)

    response = administrator.post(reverse("access:close_account", args=[other.pk]))

    assert response.status_code == 403


def test_signing_out_ends_viewing_on_the_record():
    administrator = client_for(Seat.ADMINISTRATOR)
    begin(administrator, holder(Seat.CHIEF))

    administrator.post(reverse("account_logout"))

    assert Event.objects.get(verb="access.viewing.ended").facts["why"] == "signed out"


def test_viewing_begins_by_a_sent_form_only():
    administrator = client_for(Seat.ADMINISTRATOR)
    other = holder(Seat.CHIEF)

    response = administrator.get(reverse("access:view_as", args=[other.pk]))

    assert response.status_code == 405
    assert viewing.VIEW_AS not in administrator.session
