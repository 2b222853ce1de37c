"""Pages that keep schools, networks and units."""

import pytest

from schoolward.access.tests.factories import client_for
from schoolward.base import clock
from schoolward.district import queries, search
from schoolward.district.models import (
    Assignment,
    EntryKind,
    Membership,
    Network,
    School,
    Unit,
)
from schoolward.district.tests.factories import (
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
)
from schoolward.kernel.seats import Seat
from tests.pages.district import AHEAD, LONG_AGO, rows, to, undo_address, words


pytestmark = pytest.mark.django_db


def test_open_a_school_and_find_it(analyst):
    sent = {"name": "Elmwood", "level": "high"}

    answer = analyst.post(to("school_add"), sent, follow=True)

    made = rows(School).get(name="Elmwood")
    assert answer.redirect_chain[-1][0] == to("school_kept", made.pk)
    listed = analyst.get(to("manage_schools"), {"q": "elmwod"})
    assert "Elmwood" in words(listed)


def test_a_form_that_lacks_something_comes_back_with_422(analyst):
    answer = analyst.post(to("school_add"), {"name": "", "level": "high"})

    assert answer.status_code == 422
    assert "One thing needs a look" in words(answer)


def test_what_the_records_refuse_is_said_on_the_form(analyst, school):
    sent = {"name": "Elmwood", "on": AHEAD}

    answer = analyst.post(to("school_rename", school.pk), sent)

    assert answer.status_code == 422
    assert "A name is changed on its first day or later" in words(answer)


def test_the_page_of_a_school_shows_everything_dated(analyst, school):
    PostFactory(school=school, person__display_name="Priya Raman")
    PostFactory(school=school, person=None, seat="assistant_principal")
    MembershipFactory(school=school, network__name="Network 4")
    SupervisionFactory(school=school, person__display_name="Ivy Stone")

    page = words(analyst.get(to("school_kept", school.pk)))

    for line in ("Priya Raman", "Vacant", "Network 4", "Ivy Stone"):
        assert line in page


@pytest.mark.parametrize("name", ["school_change", "school_close", "school_merge"])
def test_the_forms_of_a_school_open(analyst, school, name):
    assert analyst.get(to(name, school.pk)).status_code == 200


def test_correct_rename_and_close_a_school(analyst, school):
    analyst.post(to("school_change", school.pk), {"level": "k8", "city": "Avon"})
    sent = {"name": "Elmwood", "on": LONG_AGO}
    analyst.post(to("school_rename", school.pk), sent)
    analyst.post(to("school_close", school.pk), {"on": AHEAD})

    now = rows(School).get(pk=school.pk)
    assert (now.level, now.city, now.name) == ("k8", "Avon", "Elmwood")
    assert now.close_date == AHEAD
    listed = analyst.get(to("manage_schools"), {"closed": "on", "level": "k8"})
    assert "Elmwood" in words(listed)


def test_merge_a_school_by_the_number_of_the_other(analyst, school):
    other = SchoolFactory(name="Harbor")
    sent = {"into": f"Harbor #{other.pk}", "on": AHEAD}

    analyst.post(to("school_merge", school.pk), sent)

    assert rows(School).get(pk=school.pk).merged_into_id == other.pk


def test_a_move_can_be_taken_back(deputy, school):
    old = MembershipFactory(school=school, start_date=LONG_AGO)
    new = NetworkFactory(name="Network 7")
    sent = {"network": new.pk, "start": "2026-07-01"}

    answer = deputy.post(to("school_move", school.pk), sent, follow=True)
    assert rows(Membership).filter(school=school).count() == 2
    back = deputy.post(undo_address(answer), follow=True)

    left = rows(Membership).get(school=school)
    assert (left.network_id, left.end_date) == (old.network_id, None)
    assert "Taken back" in words(back)


def test_taking_back_is_refused_when_somebody_changed_it_since(deputy, school):
    MembershipFactory(school=school, start_date=LONG_AGO)
    sent = {"network": NetworkFactory().pk, "start": "2026-07-01"}
    answer = deputy.post(to("school_move", school.pk), sent, follow=True)
    deputy.post(to("school_move", school.pk), {"network": "", "start": AHEAD})

    back = deputy.post(undo_address(answer), follow=True)

    assert "changed again since" in words(back)
    assert rows(Membership).filter(school=school).count() == 2


def test_an_undo_is_of_one_s_own_visit_only(deputy):
    assert deputy.post(to("undo", 1)).status_code == 404


def test_an_ild_is_named_by_name(deputy, school):
    ild = PostFactory(
        seat="ild", school=None, person__display_name="Ivy Stone", start_date=LONG_AGO
    ).person
    search.rebuild(day=clock.today())
    sent = {"person": "ivy stone", "start": clock.today()}

    answer = deputy.post(to("supervise", school.pk), sent, follow=True)

    assert queries.supervisors_on(clock.today()) == {school.pk: ild.pk}
    assert "Ivy Stone is the ILD of Orchard Elementary" in words(answer)


def test_a_name_that_several_bear_asks_for_the_number(deputy, school):
    first, second = (PersonFactory(display_name="Ann Lee") for _ in range(2))
    search.rebuild(day=clock.today())
    sent = {"person": "Ann Lee", "start": clock.today()}

    answer = deputy.post(to("supervise", school.pk), sent)

    assert answer.status_code == 422
    assert f"Ann Lee #{first.pk}" in words(answer)
    assert f"Ann Lee #{second.pk}" in words(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Nobody Such", "No person is called"), ("#99999", "no person with the number")],
)
def test_a_name_nobody_bears_is_said(deputy, school, typed, said):
    sent = {"person": typed, "start": clock.today()}

    answer = deputy.post(to("supervise", school.pk), sent)

    assert answer.status_code == 422
    assert said in words(answer)


def test_likely_names_are_offered_while_one_types(deputy, school):
    search.refresh(EntryKind.SCHOOL, [school.pk], day=clock.today())
    asked = {"field": "school", "school": "orchad"}

    answer = deputy.get(to("pick", "school"), asked)

    assert f"Orchard Elementary #{school.pk}" in answer.content.decode()
    assert deputy.get(to("pick", "unit")).status_code == 404


def test_networks_are_opened_renamed_and_closed(analyst):
    sent = {"name": "Network 4", "supervised": "on"}
    analyst.post(to("network_add"), sent)
    network = rows(Network).get()
    analyst.post(to("network_change", network.pk), {"name": "North"})
    answer = analyst.post(to("network_close", network.pk), {"on": AHEAD}, follow=True)

    network.refresh_from_db()
    assert (network.name, network.close_date) == ("North", AHEAD)
    assert "North" in words(answer)
    assert analyst.get(to("network_change", network.pk)).status_code == 200


def test_units_are_opened_put_under_another_and_closed(analyst):
    top = UnitFactory(name="Operations")
    analyst.post(to("unit_add"), {"name": "Food"})
    unit = rows(Unit).get(name="Food")
    sent = {"name": "Nutrition", "parent": top.pk}
    analyst.post(to("unit_change", unit.pk), sent)
    page = words(analyst.get(to("manage_units")))
    analyst.post(to("unit_close", unit.pk), {"on": AHEAD})

    unit.refresh_from_db()
    assert (unit.name, unit.parent_id, unit.close_date) == ("Nutrition", top.pk, AHEAD)
    assert "Nutrition" in page


def test_a_unit_lead_names_who_serves_a_school_and_ends_it(school):
    unit = UnitFactory(name="Facilities")
    lead = client_for(Seat.UNIT_LEAD, unit=unit)
    staff = UnitPostFactory(unit=unit, start_date=LONG_AGO).person
    sent = {
        "person": f"#{staff.pk}",
        "school": f"#{school.pk}",
        "start": "2026-07-01",
    }

    answer = lead.post(to("assign", unit.pk), sent, follow=True)
    assert school.name in words(answer)
    row = rows(Assignment).get()
    ended = lead.post(to("assignment_end", row.pk), {"on": clock.today()}, follow=True)
    lead.post(undo_address(ended))

    assert rows(Assignment).get().end_date is None


def test_a_unit_lead_does_not_name_people_of_another_unit():
    lead = client_for(Seat.UNIT_LEAD)

    assert lead.get(to("assign", UnitFactory().pk)).status_code == 403
