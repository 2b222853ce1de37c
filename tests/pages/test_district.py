"""The pages on which the district's records are kept, as people use them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for, delegate_of, visitor_of
from schoolward.base import clock
from schoolward.base.models import Job
from schoolward.district import queries, search
from schoolward.district.models import (
    Assignment,
    DayException,
    Delegation,
    District,
    EntryKind,
    Membership,
    Merge,
    Network,
    Person,
    Post,
    School,
    Source,
    Unit,
)
from schoolward.district.tests.factories import (
    AT,
    DayExceptionFactory,
    DistrictFactory,
    GoalFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    SchoolYearFactory,
    SourceFactory,
    SupervisionFactory,
    TermFactory,
    UnitFactory,
    UnitPostFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
LONG_AGO = date(2015, 7, 1)
AHEAD = date(2099, 7, 1)


@pytest.fixture
def analyst():
    DistrictFactory()
    return client_for(Seat.ANALYST)


@pytest.fixture
def deputy():
    return client_for(Seat.DEPUTY)


@pytest.fixture
def school():
    return SchoolFactory(name="Orchard Elementary")


def to(name, *args):
    return reverse(f"district:{name}", args=args)


def words(answer):
    """Return the text of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def undo_address(answer):
    """Return the address of the Undo on a page."""
    return re.search(r'action="(/manage/undo/\d+/)"', answer.content.decode())[1]


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def test_manage_names_what_waits(analyst, school):
    SourceFactory()

    page = words(analyst.get(to("manage")))

    for line in ("Schools without a principal", "Schools without an ILD"):
        assert line in page
    assert "Sources nobody answers for" in page
    assert "This school year is not in the calendar" in page


def test_a_deputy_is_shown_schools_but_not_the_records_of_people(deputy):
    page = deputy.get(to("manage")).content.decode()

    assert to("manage_schools") in page
    assert to("manage_people") not in page


def test_a_principal_is_refused_with_a_next_step():
    answer = client_for(Seat.PRINCIPAL).get(to("manage"))

    assert answer.status_code == 403
    assert "Report what is wrong on the school" in answer.content.decode()


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


def test_people_are_added_corrected_and_found(analyst):
    analyst.post(to("person_add"), {"display_name": "Priya Ramen"})
    person = rows(Person).get(display_name="Priya Ramen")
    sent = {"display_name": "Priya Raman", "phone": "773-555-0100"}
    analyst.post(to("person_change", person.pk), sent)

    listed = words(analyst.get(to("manage_people"), {"q": "pria raman"}))

    assert "Priya Raman" in listed
    assert analyst.get(to("manage_people"), {"seat": "chief"}).status_code == 200
    assert "No post on record" in words(analyst.get(to("person_kept", person.pk)))


def test_an_appointment_from_a_school_s_page(analyst, school):
    person = PersonFactory(display_name="Priya Raman")
    chief = PostFactory(seat="superintendent", school=None, start_date=LONG_AGO).person
    form = analyst.get(f"{to('appoint')}?school={school.pk}")
    assert f"Orchard Elementary #{school.pk}" in form.content.decode()
    sent = {
        "person": f"#{person.pk}",
        "seat": "principal",
        "school": f"#{school.pk}",
        "start": "2026-07-01",
        "capacity": "interim",
        "superior": f"#{chief.pk}",
        "fte": "1",
    }

    answer = analyst.post(to("appoint"), sent, follow=True)

    post = rows(Post).get(person=person)
    assert (post.capacity, post.reports_to.person_id) == ("interim", chief.pk)
    assert "Priya Raman" in words(answer)


def test_an_appointment_is_to_one_place(analyst, school):
    sent = {
        "seat": "chief",
        "school": f"#{school.pk}",
        "unit": UnitFactory().pk,
        "start": "2026-07-01",
        "capacity": "regular",
    }

    answer = analyst.post(to("appoint"), sent)

    assert answer.status_code == 422
    assert "Choose one place" in words(answer)


def test_a_post_is_corrected_ended_and_taken_back(analyst, school):
    post = PostFactory(school=school, start_date=LONG_AGO)
    assert analyst.get(to("post_change", post.pk)).status_code == 200
    sent = {"title": "Principal III", "capacity": "acting"}
    analyst.post(to("post_change", post.pk), sent)
    sent = {"on": clock.today(), "leaves_vacancy": "on"}

    answer = analyst.post(to("post_end", post.pk), sent, follow=True)
    assert rows(Post).filter(school=school, person=None).exists()
    analyst.post(undo_address(answer))

    left = rows(Post).get(school=school)
    assert (left.title, left.capacity, left.end_date) == (
        "Principal III",
        "acting",
        None,
    )


def test_all_schools_of_an_ild_are_handed_over(deputy):
    old = SupervisionFactory(start_date=LONG_AGO).person
    SupervisionFactory(person=old, start_date=LONG_AGO)
    new = PostFactory(seat="ild", school=None, start_date=LONG_AGO).person
    page = words(deputy.get(to("person_kept", old.pk)))
    assert "Hand over all of them" in page

    deputy.post(to("transfer", old.pk), {"to": f"#{new.pk}", "start": clock.today()})

    assert set(queries.supervisors_on(clock.today()).values()) == {new.pk}


def test_a_principal_names_a_delegate_and_ends_it():
    principal = client_for(Seat.PRINCIPAL)
    desk = PersonFactory(display_name="Dee Hall")
    page = to("delegates", principal.person.pk)
    sent = {
        "delegate": f"#{desk.pk}",
        "purpose": "The profile",
        "start_date": "2026-01-01",
    }

    answer = principal.post(page, sent, follow=True)
    assert "Dee Hall" in words(answer)
    row = rows(Delegation).get()
    principal.post(to("delegation_end", row.pk))

    assert rows(Delegation).get().end_date == clock.today()


def test_two_rows_of_one_person_are_merged_and_parted(analyst):
    kept, other = PersonFactory(), PersonFactory(display_name="P. Raman")
    sent = {"kept": f"#{kept.pk}", "other": f"#{other.pk}", "reason": "One e-mail"}
    analyst.post(to("merge_propose"), sent)
    merge = rows(Merge).get()

    analyst.post(to("merge_merge", merge.pk))
    page = words(analyst.get(to("merges")))
    other.refresh_from_db()
    assert other.merged_into_id == kept.pk
    assert "Undo the merge" in page
    row = words(analyst.get(to("person_kept", other.pk)))
    assert "is the same person" in row
    analyst.post(to("merge_undo", merge.pk))

    other.refresh_from_db()
    assert other.merged_into_id is None
    refused = analyst.post(to("merge_dismiss", merge.pk), follow=True)
    assert "Somebody decided already" in words(refused)


def test_everybody_reads_the_calendar():
    year = SchoolYearFactory()
    TermFactory(school_year=year, name="Fall")
    DayExceptionFactory()

    answer = client_for(Seat.UNIT_STAFF).get(to("calendar_year", 2026))

    page = words(answer)
    for line in ("2026–27", "November 2026", "Thanksgiving", "Fall"):
        assert line in page
    assert "Set days" not in page


def test_a_year_that_nobody_recorded_is_said(analyst):
    assert "This school year is not in the calendar" in words(
        analyst.get(to("calendar"))
    )
    assert analyst.get(to("calendar_year", 1999)).status_code == 404


def filled(page, prefix):
    """Return what a form of lines would send back as it stands."""
    found = re.findall(
        rf'name="({prefix}-[^"]+)"[^>]*?value="([^"]*)"', page.content.decode()
    )
    return {name: value for name, value in found if not name.endswith("-keep")}


def test_the_year_is_rolled_over_as_proposed(analyst):
    TermFactory(school_year=SchoolYearFactory(), name="Fall")
    DayExceptionFactory()
    form = analyst.get(to("rollover"))
    assert "2027-28" in form.content.decode()
    sent = {
        "year": "2027-28",
        "first": "2027-08-23",
        "last": "2028-06-09",
        **filled(form, "terms"),
        **filled(form, "days"),
        "days-0-keep": "on",
        "days-0-kind": "holiday",
    }

    answer = analyst.post(to("rollover"), sent, follow=True)

    assert "2027-28 has begun in the records" in words(answer)
    assert [one.name for one in queries.year_page(2027).terms] == ["Fall"]
    assert queries.day_kind(date(2027, 11, 25)) == "holiday"


def test_a_line_of_a_year_that_is_half_written_is_said(analyst):
    form = analyst.get(to("rollover"))
    sent = {
        "year": "2027–28",
        "first": "2027-08-23",
        "last": "2028-06-09",
        **filled(form, "terms"),
        **filled(form, "days"),
        "terms-0-name": "Fall",
    }

    answer = analyst.post(to("rollover"), sent)

    assert answer.status_code == 422
    assert "the first and the last day of the term" in words(answer)


def test_a_year_is_changed(analyst):
    SchoolYearFactory()
    form = analyst.get(to("year_change", 2026))
    sent = {
        "year": "2026-27",
        "first": "2026-08-31",
        "last": "2027-06-11",
        **filled(form, "terms"),
    }

    analyst.post(to("year_change", 2026), sent)

    assert queries.year_page(2026).first == date(2026, 8, 31)


def test_days_are_set_and_cleared_and_brought_back(analyst, school):
    SchoolYearFactory()
    sent = {
        "first": "2026-12-21",
        "last": "2027-01-01",
        "kind": "break",
        "name": "Winter break",
    }
    analyst.post(to("days_set"), sent)
    assert rows(DayException).count() == 10
    own = {"first": "2026-10-12", "kind": "closed", "school": f"#{school.pk}"}
    analyst.post(to("days_set"), own)
    row = rows(DayException).get(school=school)

    answer = analyst.post(to("day_clear", row.pk), follow=True)
    assert not rows(DayException).filter(school=school).exists()
    analyst.post(undo_address(answer))

    assert rows(DayException).get(school=school).kind == "closed"


def test_days_out_of_order_are_refused(analyst):
    sent = {"first": "2027-01-01", "last": "2026-12-21", "kind": "break"}

    assert analyst.post(to("days_set"), sent).status_code == 422


def test_the_district_is_renamed_and_made_small_m13(analyst):
    assert analyst.get(to("settings")).status_code == 200
    sent = {"name": "Lakeside", "time_zone": "America/Denver", "is_small": "on"}

    analyst.post(to("settings"), sent)

    district = District.objects.get()
    assert (district.time_zone, district.is_small) == ("America/Denver", True)


def test_the_search_index_is_built_anew_in_a_job(analyst):
    analyst.post(to("search_rebuild"))

    assert Job.objects.get().name == "district.search.rebuild"


def test_sources_get_somebody_who_answers(analyst):
    steward = PersonFactory(display_name="Sam Data")
    analyst.post(to("source_add"), {"key": "state", "name": "State files"})
    source = rows(Source).get()
    assert "Nobody answers for it" in words(analyst.get(to("sources")))
    sent = {"name": "State files", "steward": f"#{steward.pk}"}
    analyst.post(to("source_change", source.pk), sent)

    assert "Sam Data" in words(analyst.get(to("sources")))


def test_a_principal_writes_the_profile_with_its_history(school):
    principal = client_for(Seat.PRINCIPAL, school=school)
    page = to("edit_profile", school.pk)
    for text in ("Paint", "A counselor"):
        principal.post(page, {"field": "needs", "text": text})

    again = principal.post(page, {"field": "needs", "text": "A counselor"})

    assert again.status_code == 422
    assert "says this already" in words(again)
    history = words(principal.get(to("profile_history", school.pk)))
    assert history.index("A counselor") < history.index("Paint")


def test_a_delegate_is_told_on_whose_behalf_they_write(school):
    principal = client_for(Seat.PRINCIPAL, school=school)
    desk = visitor_of(delegate_of(principal.person))

    page = words(desk.get(to("edit_profile", school.pk)))

    assert f"You write on behalf of {principal.person.display_name}" in page


def test_the_facts_of_a_school_are_looked_over(school):
    principal = client_for(Seat.PRINCIPAL, school=school)

    answer = principal.post(to("check_school", school.pk), follow=True)

    assert "Looked over" in words(answer)


def test_goals_are_added_changed_ended_and_brought_back(school):
    principal = client_for(Seat.PRINCIPAL, school=school)
    page = f"{to('goals', school.pk)}?year=2026-27"
    add = f"{to('goal_add', school.pk)}?year=2026-27"
    principal.post(add, {"title": "Every reader reads"})
    (goal,) = queries.goals(school.pk, start_year=2026)
    change = {"title": "Every reader reads", "standing": "41 of 60"}
    principal.post(to("goal_change", goal.pk), change)
    assert "41 of 60" in words(principal.get(page))

    answer = principal.post(to("goal_end", goal.pk), follow=True)
    assert queries.goals(school.pk, start_year=2026) == ()
    principal.post(undo_address(answer))

    assert len(queries.goals(school.pk, start_year=2026)) == 1


def test_a_goal_that_has_ended_is_not_ended_again(school):
    principal = client_for(Seat.PRINCIPAL, school=school)
    goal = GoalFactory(school=school, ended_at=AT)

    answer = principal.post(to("goal_end", goal.pk), follow=True)

    assert "This goal has ended" in words(answer)


def test_last_year_s_goals_are_offered_and_carried_over(school):
    principal = client_for(Seat.PRINCIPAL, school=school)
    kept, left = (GoalFactory(school=school, title=t) for t in ("Read", "Count"))
    page = words(principal.get(f"{to('goals', school.pk)}?year=2027-28"))
    assert "to carry over" in page
    carry = f"{to('goals_carry', school.pk)}?year=2027-28"

    principal.post(carry, {"goal": [kept.pk]})

    titles = [goal.title for goal in queries.goals(school.pk, start_year=2027)]
    assert titles == [kept.title]
    assert left.title not in titles


def test_a_wrong_fact_is_reported_and_answered(school):
    unit = UnitFactory()
    SourceFactory(key="profile", unit=unit)
    principal = client_for(Seat.PRINCIPAL, school=school)
    lead = client_for(Seat.UNIT_LEAD, unit=unit)
    asked = {"fact": "Phone", "shown": "773-555-0100", "source": "profile"}
    form = principal.get(to("report_wrong", school.pk), asked)
    assert "773-555-0100" in words(form)

    sent = {**asked, "said": "It rings elsewhere."}
    answer = principal.post(to("report_wrong", school.pk), sent, follow=True)
    address = answer.redirect_chain[-1][0]
    assert "It rings elsewhere." in words(lead.get(to("wrong_facts")))
    reply = {"state": "mended", "answer": "Changed today."}
    lead.post(address, reply)

    page = words(principal.get(address))
    assert "Mended" in page
    assert "Changed today." in page


def test_a_report_of_another_school_is_not_there():
    wrong = WrongFactFactory()

    answer = client_for(Seat.PRINCIPAL).get(to("wrong_fact", wrong.pk))

    assert answer.status_code == 404


def test_an_answer_without_a_word_comes_back(school):
    wrong = WrongFactFactory(school=school)
    analyst = client_for(Seat.ANALYST)

    answer = analyst.post(to("wrong_fact", wrong.pk), {"state": "", "answer": ""})

    assert answer.status_code == 422
    assert "Two things need a look" in words(answer)
