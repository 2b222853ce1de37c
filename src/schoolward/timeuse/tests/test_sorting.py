"""Sorting on the pages: corrections, own rules, shared rules, the two shares (M2)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from schoolward.access.tests.factories import AT, client_for, holder, seat_of
from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence
from schoolward.base.http import RefusedError
from schoolward.district.models import School, SchoolYear, Unit
from schoolward.kernel.seats import Seat
from schoolward.timeuse import actions, queries
from schoolward.timeuse.domain.categories import Category
from schoolward.timeuse.domain.shares import Spent, shares
from schoolward.timeuse.domain.shipped import SHIPPED
from schoolward.timeuse.models import Correction, OwnRule, SortingRule
from schoolward.timeuse.tests.files import HOME, days, event
from schoolward.timeuse.tests.loading import TODAY, actor, load, rows


MONDAY = date(2026, 8, 31)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def pair(db):
    """Return an ILD and the principal of the one school they supervise, in a school year."""
    school = School.objects.create(name="Orchard Elementary School")
    SchoolYear.objects.create(
        start_year=2026, first_date=date(2026, 8, 24), last_date=date(2027, 6, 11)
    )
    return holder(Seat.ILD, school=school), holder(Seat.PRINCIPAL, school=school)


def asked(person):
    return {"ATTENDEE": f"mailto:{person.email.upper()}"}


def verdicts(ild):
    week = queries.week(actor(ild), MONDAY, today=TODAY, zone=HOME)
    return {
        one.title: (one.verdict.category, one.verdict.why)
        for day in week.days
        for one in day.meetings
    }


def test_events_are_sorted_by_who_is_asked_where_and_who_calls(pair):
    ild, principal = pair
    lead = holder(Seat.UNIT_LEAD, unit=Unit.objects.create(name="Facilities"))
    load(
        ild,
        event(uid="a", SUMMARY="Coaching", **asked(principal)),
        event(uid="b", SUMMARY="Walkthrough", LOCATION="Orchard Elementary, room 4"),
        event(uid="c", SUMMARY="Sync", ORGANIZER=f"mailto:{lead.email}"),
        event(uid="d", SUMMARY="Hm"),
    )

    found = verdicts(ild)

    assert found["Coaching"] == (
        Category.ONE_ON_ONE,
        "The title holds “coaching”; a principal of yours is invited.",
    )
    assert found["Walkthrough"][0] is Category.VISIT
    assert "Orchard Elementary School" in found["Walkthrough"][1]
    assert found["Sync"] == (
        Category.CENTRAL,
        "None of your principals is invited; called by Facilities.",
    )
    assert found["Hm"][0] is Category.UNSORTED


def test_principal_of_another_ild_is_not_ones_own(pair):
    ild, _ = pair
    other = holder(Seat.PRINCIPAL)
    load(ild, event(uid="a", SUMMARY="Coaching", **asked(other)))

    assert verdicts(ild)["Coaching"][0] is not Category.ONE_ON_ONE


def test_correction_outweighs_rules_and_survives_a_refresh(pair):
    ild, _ = pair
    parts = [event(uid="a", SUMMARY="Sync"), event(uid="b", SUMMARY="Other")]
    load(ild, *parts)
    one = rows().get(uid="a")

    actions.correct(one, category=Category.NETWORK, by=actor(ild), at=AT)
    load(ild, event(uid="a", SUMMARY="Sync", minutes=30), parts[1])

    assert verdicts(ild)["Sync"] == (Category.NETWORK, "You put it here.")
    assert Correction.objects.unscoped(reason="test").count() == 1


def test_own_rule_sorts_everything_called_alike_until_it_is_taken_back(pair):
    ild, _ = pair
    load(
        ild,
        event(uid="a", SUMMARY="Kit!", RRULE="FREQ=DAILY;COUNT=2"),
        event(uid="b", SUMMARY="kit"),
    )

    made = actions.make_own_rule(
        rows().first(), category=Category.LEARNING, by=actor(ild), at=AT
    )
    found = verdicts(ild)
    actions.drop_own_rule(made, by=actor(ild), at=AT)

    assert {one[0] for one in found.values()} == {Category.LEARNING}
    assert verdicts(ild)["kit"][0] is Category.UNSORTED
    assert "Kit" not in str([sentence(one) for one in Event.objects.all()])


def test_private_event_makes_no_rule(pair):
    ild, _ = pair
    load(ild, event(CLASS="PRIVATE", SUMMARY="Oncology"))

    with pytest.raises(RefusedError, match="no title"):
        actions.make_own_rule(
            rows().get(), category=Category.LEARNING, by=actor(ild), at=AT
        )


@pytest.mark.parametrize("seat", [Seat.ILD, Seat.DEPUTY, Seat.ADMINISTRATOR])
def test_nobody_sorts_or_reads_the_sorting_of_anothers_calendar(pair, seat):
    ild, _ = pair
    load(ild, event(SUMMARY="Sync"))
    one = rows().get()
    actions.correct(one, category=Category.NETWORK, by=actor(ild), at=AT)
    made = actions.make_own_rule(one, category=Category.NETWORK, by=actor(ild), at=AT)
    other = actor(holder(seat))

    for act in (actions.correct, actions.make_own_rule):
        with pytest.raises(RefusedError):
            act(one, category=Category.CENTRAL, by=other, at=AT)
    with pytest.raises(RefusedError):
        actions.drop_own_rule(made, by=other, at=AT)
    assert not OwnRule.objects.visible_to(other).exists()
    assert not Correction.objects.visible_to(other).exists()


def test_district_sorts_by_the_shipped_rules_until_it_adopts_them(db):
    analyst = actor(holder(Seat.ANALYST))
    assert queries.shared_rules() == SHIPPED

    first = actions.adopt_rules(by=analyst, at=AT)
    again = actions.adopt_rules(by=analyst, at=AT)

    assert (first, again) == (len(SHIPPED), 0)
    assert queries.shared_rules() == SHIPPED


def test_only_keepers_change_shared_rules(db):
    ild = actor(holder(Seat.ILD))

    with pytest.raises(RefusedError):
        actions.adopt_rules(by=ild, at=AT)
    with pytest.raises(RefusedError):
        actions.save_rule(None, SHIPPED[0], position=1, by=ild, at=AT)
    assert not SortingRule.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"category": "fun"}, {"principals": "9"}, {"name": ""}]
)
def test_table_refuses_a_rule_that_means_nothing(db, wrong):
    fields = {"position": 1, "name": "A", "category": "visit", "principals": "any"}

    with pytest.raises(IntegrityError), transaction.atomic():
        SortingRule.objects.create(**(fields | wrong), at_school=False, from_unit=False)


@pytest.mark.django_db
def test_analyst_adopts_changes_adds_and_takes_away_rules_on_the_pages():
    visitor = client_for(Seat.ANALYST)
    listed = reverse("timeuse:rules")
    visitor.post(reverse("timeuse:adopt"))
    row = SortingRule.objects.get(name="On the way")
    given = {
        "name": "On the way",
        "position": "5",
        "category": "travel",
        "words": "travel,  drive ,",
        "principals": "any",
    }

    changed = visitor.post(reverse("timeuse:rule", args=[row.pk]), given)
    taken = visitor.post(reverse("timeuse:new_rule"), given)
    bare = visitor.post(
        reverse("timeuse:new_rule"), given | {"name": "All", "words": " , "}
    )
    added = visitor.post(
        reverse("timeuse:new_rule"), given | {"name": "Boat", "words": "boat"}
    )
    visitor.post(
        reverse("timeuse:remove_rule", args=[SortingRule.objects.get(name="Boat").pk])
    )

    row.refresh_from_db()
    assert (changed.status_code, row.words, row.position) == (
        302,
        ["travel", "drive"],
        5,
    )
    assert taken.status_code == bare.status_code == 422
    assert "Another rule has this name" in taken.content.decode()
    assert "Say at least one thing" in bare.content.decode()
    assert added.status_code == 302
    assert not SortingRule.objects.filter(name="Boat").exists()
    assert "On the way" in visitor.get(listed).content.decode()


@pytest.mark.django_db
def test_owner_sorts_in_two_taps_and_makes_it_a_rule(pair):
    visitor = client_for(Seat.ILD)
    load(visitor.person, event(uid="a", SUMMARY="Sync"))
    address = reverse("timeuse:correct", args=[rows().get().pk])

    sorted_ = visitor.post(address, {"category": "network"}, follow=True)
    ruled = visitor.post(address, {"category": "network", "always": "on"}, follow=True)
    wrong = visitor.post(address, {"category": "fun"})
    listed = visitor.get(reverse("timeuse:rules")).content.decode()

    assert sorted_.redirect_chain[0][0] == "/time/?week=2026-09-01#day-2026-09-01"
    assert "Sorted as “Network of principals”" in sorted_.content.decode()
    assert "Always, for everything called like this" in sorted_.content.decode()
    assert "From now on everything called like this" in ruled.content.decode()
    assert wrong.status_code == 400
    assert "sync" in listed


def test_week_shows_two_shares_of_contact_days_and_no_more(pair):
    ild, principal = pair
    load(
        ild,
        event(uid="a", SUMMARY="Coaching", **asked(principal)),
        event("20260901T100000", uid="b", SUMMARY="Budget", **asked(principal)),
        event("20260901T110000", uid="c", SUMMARY="Cabinet", minutes=120),
        event("20260901T140000", uid="d", SUMMARY="Lunch"),
        event("20260905T140000", uid="e", SUMMARY="Cabinet"),
        event("20260902T090000", uid="f", STATUS="CANCELLED", **asked(principal)),
    )

    found = queries.week(actor(ild), MONDAY, today=TODAY, zone=HOME).shares

    assert found.contact_days == 5
    assert (found.minutes, found.with_principals, found.for_leadership) == (
        240,
        120,
        60,
    )
    assert dict(found.by_category) == {
        Category.ONE_ON_ONE: 60,
        Category.WITH_PRINCIPAL: 60,
        Category.CENTRAL: 120,
        Category.PERSONAL: 60,
    }
    assert found.share(found.with_principals) == 0.5


def test_days_to_come_are_plans_and_not_time_spent(pair):
    ild, principal = pair
    load(
        ild,
        event("20260901T090000", uid="a", **asked(principal)),
        event("20260902T090000", uid="b", **asked(principal)),
    )

    found = queries.week(actor(ild), MONDAY, today=date(2026, 9, 1), zone=HOME).shares

    assert (found.contact_days, found.with_principals) == (2, 60)


def test_week_asks_as_often_for_many_meetings_as_for_one(
    pair, django_assert_num_queries
):
    ild, principal = pair
    many = [
        event(
            f"20260902T{hour:02d}0000",
            uid=f"{hour}",
            SUMMARY="Sync",
            **asked(principal),
        )
        for hour in range(8, 18)
    ]
    load(ild, *many)
    who = actor(ild)

    with django_assert_num_queries(9):
        queries.week(who, MONDAY, today=TODAY, zone=HOME)


def test_week_without_contact_days_shows_no_share(db):
    visitor = client_for(Seat.ILD)
    load(visitor.person, event(uid="a", SUMMARY="Cabinet"))

    page = visitor.get(reverse("timeuse:week"), {"week": "2026-09-01"}).content.decode()

    assert "has no contact day in this week" in page


def test_former_school_counts_in_the_weeks_when_it_was_supervised(pair):
    ild, _ = pair
    before = School.objects.create(name="Harbor School")
    seat_of(ild, Seat.ILD, school=before, end=date(2026, 9, 1))
    former = holder(Seat.PRINCIPAL, school=before)
    load(
        ild,
        event("20260831T090000", uid="a", SUMMARY="Coaching", **asked(former)),
        event("20260908T090000", uid="b", SUMMARY="Coaching", **asked(former)),
        window=days(date(2026, 8, 1), date(2026, 10, 1)),
    )

    early = queries.week(actor(ild), MONDAY, today=TODAY, zone=HOME)
    late = queries.week(actor(ild), MONDAY + timedelta(days=7), today=TODAY, zone=HOME)

    assert early.shares.with_principals == 60
    assert late.shares.with_principals == 0


STRETCHES = st.lists(
    st.builds(
        lambda begin, length, category, asked: Spent(
            datetime(2026, 8, 31, tzinfo=CHICAGO) + timedelta(minutes=begin),
            datetime(2026, 8, 31, tzinfo=CHICAGO) + timedelta(minutes=begin + length),
            category,
            asked,
        ),
        st.integers(0, 9_000),
        st.integers(0, 600),
        st.sampled_from(Category),
        st.booleans(),
    ),
    max_size=15,
)


@given(STRETCHES)
def test_no_minute_is_given_twice_and_the_second_share_lies_within_the_first(spent):
    some = [MONDAY + timedelta(days=n) for n in (0, 1, 3)]

    found = shares(spent, contact_days=some, zone=CHICAGO)

    given_ = dict(found.by_category)
    personal = given_.pop(Category.PERSONAL, 0)
    assert sum(given_.values()) == found.minutes
    assert found.for_leadership <= found.with_principals <= found.minutes
    whole = shares(
        [Spent(one.start, one.end, Category.CENTRAL) for one in spent],
        contact_days=some,
        zone=CHICAGO,
    )
    assert found.minutes + personal == whole.minutes
