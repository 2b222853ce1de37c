"""A school's own words: its profile and its goals, and who writes on whose behalf."""

from datetime import timedelta

import pytest

from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence
from schoolward.base.http import RefusedError
from schoolward.district import actions, queries
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    ProfileField,
)
from schoolward.district.tests.actors import (
    actor,
    ild_of,
    partner_of,
    principal_of,
)
from schoolward.district.tests.factories import (
    AT,
    GoalFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db


def test_profile_keeps_its_history():
    school = SchoolFactory()
    by = principal_of(school)
    for text, hour in (("Paint", 1), ("A counselor", 2)):
        at = AT + timedelta(hours=hour)
        actions.write_profile(school, field=ProfileField.NEEDS, text=text, by=by, at=at)

    part = queries.profile(school.pk)[0]
    assert (part.text, part.written_by.pk) == ("A counselor", by.person_id)
    history = queries.profile_history(school.pk, field="needs")
    assert [one.text for one in history] == ["A counselor", "Paint"]


def test_profile_that_says_the_same_is_refused():
    entry = ProfileEntryFactory()

    with pytest.raises(RuleError, match="already"):
        actions.write_profile(
            entry.school,
            field=ProfileField.NEEDS,
            text=entry.text,
            by=principal_of(entry.school),
            at=AT,
        )


def delegate_of(person, school, **reach):
    return actor(
        acted_school_ids={school.pk},
        delegate_for={person.pk},
        acted_for={school.pk: (person.pk, person.display_name)},
        **reach,
    )


def test_a_delegate_writes_on_behalf_and_it_is_recorded_so():
    post = PostFactory(person__display_name="Priya Raman")
    by = delegate_of(post.person, post.school)

    entry = actions.write_profile(
        post.school, field=ProfileField.REACH, text="By phone", by=by, at=AT
    )

    assert entry.behalf_of == post.person
    event = Event.objects.get(verb="district.profile.written")
    assert "on behalf of Priya Raman" in sentence(event)


def test_a_delegate_adds_a_goal_on_behalf():
    post = PostFactory(person__display_name="Priya Raman")
    by = delegate_of(post.person, post.school)

    actions.add_goal(post.school, start_year=2026, by=by, at=AT, title="Read")

    event = Event.objects.get(verb="district.goal.added")
    assert event.behalf_name == "Priya Raman"


def test_a_delegate_who_also_serves_the_school_writes_for_themselves():
    post = PostFactory()
    by = delegate_of(post.person, post.school, served_school_ids={post.school_id})

    entry = actions.write_profile(
        post.school, field=ProfileField.REACH, text="By phone", by=by, at=AT
    )

    assert entry.behalf_of is None


def test_goals_are_added_changed_and_ended():
    school = SchoolFactory()
    by = ild_of(school)

    goal = actions.add_goal(school, start_year=2026, by=by, at=AT, title="Read")
    goal = actions.change_goal(goal, by=by, at=AT, standing="41 of 60 read")
    actions.end_goal(goal, by=by, at=AT)

    assert queries.goals(school.pk, start_year=2026) == ()
    ended = queries.goals(school.pk, start_year=2026, with_ended=True)
    assert ended[0].standing == "41 of 60 read"
    for act in (actions.end_goal, actions.change_goal):
        with pytest.raises(RuleError, match="ended"):
            act(goal, by=by, at=AT)


def test_goals_are_not_written_by_a_unit_s_person():
    school, unit = SchoolFactory(), UnitFactory()

    with pytest.raises(RefusedError):
        actions.add_goal(
            school, start_year=2026, by=partner_of(school, unit), at=AT, title="Read"
        )


def test_goals_carried_over_keep_their_words_and_order():
    school = SchoolFactory()
    last = [GoalFactory(school=school, title=title) for title in ("Read", "Count")]

    actions.carry_goals(last, start_year=2027, by=principal_of(school), at=AT)

    found = queries.goals(school.pk, start_year=2027)
    assert [goal.title for goal in found] == ["Read", "Count"]
    assert queries.offered_goals(school.pk, start_year=2027) == ()
