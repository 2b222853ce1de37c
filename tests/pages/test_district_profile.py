"""Pages of a school's own words, and of facts said to be wrong."""

import pytest

from schoolward.access.tests.factories import client_for, delegate_of, visitor_of
from schoolward.district import queries
from schoolward.district.tests.factories import (
    AT,
    GoalFactory,
    SourceFactory,
    UnitFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat
from tests.pages.district import to, undo_address, words


pytestmark = pytest.mark.django_db


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
