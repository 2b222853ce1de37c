"""Networks: which school is in which, and who supervises it."""

from datetime import date

import pytest

from schoolward.audit.models import Event
from schoolward.base.http import RefusedError
from schoolward.district import actions, queries
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    Membership,
    PlaceName,
)
from schoolward.district.tests.actors import actor, deputy, manager
from schoolward.district.tests.factories import (
    AT,
    START,
    DistrictFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    SupervisionFactory,
    UnitFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
NEXT_YEAR = date(2027, 7, 1)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def spans(school):
    found = rows(Membership).filter(school=school).order_by("start_date")
    return [(row.network.name, row.start_date, row.end_date) for row in found]


def told(verb):
    return Event.objects.get(verb=verb)


def test_move_keeps_history():
    school = SchoolFactory()
    old = NetworkFactory(name="Network 4")
    new = NetworkFactory(name="Network 7")
    MembershipFactory(school=school, network=old, start_date=date(2020, 7, 1))

    actions.move_school(school, network=new, start=NEXT_YEAR, by=deputy(), at=AT)

    assert spans(school) == [
        ("Network 4", date(2020, 7, 1), NEXT_YEAR),
        ("Network 7", NEXT_YEAR, None),
    ]


def test_a_move_dated_back_ends_at_the_next_recorded_move():
    school = SchoolFactory()
    four, seven, nine = (NetworkFactory(name=f"Network {n}") for n in (4, 7, 9))
    first, last = date(2020, 7, 1), date(2024, 7, 1)
    MembershipFactory(school=school, network=four, start_date=first, end_date=last)
    MembershipFactory(school=school, network=nine, start_date=last)

    actions.move_school(
        school, network=seven, start=date(2022, 7, 1), by=deputy(), at=AT
    )

    assert spans(school) == [
        ("Network 4", first, date(2022, 7, 1)),
        ("Network 7", date(2022, 7, 1), last),
        ("Network 9", last, None),
    ]


def test_a_move_up_to_a_known_day_splits_the_stretch_around_it():
    school = SchoolFactory()
    four, seven = (NetworkFactory(name=f"Network {n}") for n in (4, 7))
    MembershipFactory(school=school, network=four, start_date=date(2017, 7, 1))

    actions.move_school(
        school,
        network=seven,
        start=date(2018, 7, 1),
        until=date(2021, 7, 1),
        by=deputy(),
        at=AT,
    )

    assert [one[0] for one in spans(school)] == ["Network 4", "Network 7", "Network 4"]
    assert spans(school)[2][1:] == (date(2021, 7, 1), None)


def test_a_school_can_leave_every_network():
    row = MembershipFactory()

    actions.move_school(row.school, network=None, start=TODAY, by=deputy(), at=AT)

    assert queries.memberships_on(TODAY) == {}
    assert told("district.school.moved").facts["network"] == "no network"


def test_a_move_to_where_it_is_is_refused():
    row = MembershipFactory()

    with pytest.raises(RuleError, match="already"):
        actions.move_school(
            row.school, network=row.network, start=TODAY, by=deputy(), at=AT
        )


def test_a_move_into_a_closed_network_is_refused():
    network = NetworkFactory(close_date=START)

    with pytest.raises(RuleError, match="closes on"):
        actions.move_school(
            SchoolFactory(), network=network, start=TODAY, by=deputy(), at=AT
        )


def test_supervise_hands_a_school_from_one_ild_to_another():
    row = SupervisionFactory()
    ild = PostFactory(seat="ild", school=None).person

    actions.supervise(ild, school=row.school, start=NEXT_YEAR, by=deputy(), at=AT)

    assert queries.supervisors_on(TODAY) == {row.school_id: row.person_id}
    assert queries.supervisors_on(NEXT_YEAR) == {row.school_id: ild.pk}


def test_only_an_ild_supervises_unless_the_district_is_small_m13():
    school = SchoolFactory()
    chief = PostFactory(seat="superintendent", school=None).person

    with pytest.raises(RuleError, match="small-district mode"):
        actions.supervise(chief, school=school, start=TODAY, by=deputy(), at=AT)
    DistrictFactory(is_small=True)
    actions.supervise(chief, school=school, start=TODAY, by=deputy(), at=AT)

    assert queries.supervisors_on(TODAY) == {school.pk: chief.pk}


def test_a_school_can_be_left_without_an_ild_and_not_twice():
    row = SupervisionFactory()
    actions.supervise(None, school=row.school, start=TODAY, by=deputy(), at=AT)

    assert queries.supervisors_on(TODAY) == {}
    with pytest.raises(RuleError):
        actions.supervise(None, school=row.school, start=TODAY, by=deputy(), at=AT)


def test_transfer_hands_over_every_school_of_an_ild():
    old = PersonFactory()
    schools = {SupervisionFactory(person=old).school_id for _ in range(3)}
    new = PostFactory(seat="ild", school=None).person

    actions.transfer_schools(old, to=new, start=NEXT_YEAR, by=deputy(), at=AT)

    assert queries.supervisors_on(NEXT_YEAR) == dict.fromkeys(schools, new.pk)
    assert Event.objects.filter(verb="district.school.supervised").count() == 3


def test_transfer_of_nothing_is_refused():
    with pytest.raises(RuleError, match="supervises no school"):
        actions.transfer_schools(
            PersonFactory(), to=None, start=TODAY, by=deputy(), at=AT
        )


def test_an_ild_may_not_reassign_schools():
    row = SupervisionFactory()

    with pytest.raises(RefusedError):
        actions.supervise(
            None, school=row.school, start=TODAY, by=actor(Seat.ILD), at=AT
        )


def test_network_names_are_single_whatever_their_letters():
    network = actions.open_network("Network 4", by=manager(), at=AT, focus="Literacy")

    assert network.focus == "Literacy"
    with pytest.raises(RuleError, match="already"):
        actions.open_network("network 4", by=manager(), at=AT)


def test_a_renamed_network_and_unit_keep_their_former_names():
    network, unit = NetworkFactory(name="Area 1"), UnitFactory(name="Food")

    actions.change_network(network, by=manager(), at=AT, name="Network 1")
    actions.change_unit(unit, by=manager(), at=AT, name="Nutrition")

    former = {(row.name, row.end_date) for row in rows(PlaceName)}
    assert former == {("Area 1", TODAY), ("Food", TODAY)}


def test_a_network_closes_only_when_no_school_is_in_it():
    row = MembershipFactory()

    with pytest.raises(RuleError, match="1 schools"):
        actions.close_network(row.network, on=NEXT_YEAR, by=manager(), at=AT)
    actions.move_school(row.school, network=None, start=NEXT_YEAR, by=deputy(), at=AT)
    closed = actions.close_network(row.network, on=NEXT_YEAR, by=manager(), at=AT)

    assert closed.close_date == NEXT_YEAR
