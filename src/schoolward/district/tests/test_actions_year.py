"""The calendar, profiles, goals, wrong facts, settings, and taking back."""

from datetime import date, datetime, timedelta

import pytest

from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence, verbs
from schoolward.base.http import RefusedError
from schoolward.base.models import Job
from schoolward.district import actions, queries
from schoolward.district.actions import DayMark, TermPlan, YearPlan
from schoolward.district.domain import ProposedDay, RuleError
from schoolward.district.models import (
    DayException,
    Membership,
    ProfileField,
    SchoolYear,
    WrongFactState,
)
from schoolward.district.tests.actors import (
    actor,
    deputy,
    ild_of,
    manager,
    partner_of,
    principal_of,
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
    ProfileEntryFactory,
    SchoolFactory,
    SchoolYearFactory,
    SourceFactory,
    TermFactory,
    UnitFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
FIRST, LAST = date(2027, 8, 23), date(2028, 6, 9)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def plan(**changes):
    kept = {
        "start_year": 2027,
        "first": FIRST,
        "last": LAST,
        "terms": (TermPlan("Fall", FIRST, date(2028, 1, 21)),),
    }
    return YearPlan(**(kept | changes))


def test_the_rollover_proposes_the_next_year_from_the_last():
    year = SchoolYearFactory()
    TermFactory(school_year=year, name="Fall")
    DayExceptionFactory()
    DayExceptionFactory(day=date(2026, 10, 12), school=SchoolFactory())

    found = queries.rollover_proposal()

    assert (found.start_year, found.first, found.last) == (2027, FIRST, LAST)
    assert [name for name, *_ in found.terms] == ["Fall"]
    assert [one.day for one in found.days] == [date(2027, 11, 25)]


def test_without_a_year_there_is_nothing_to_propose():
    assert queries.rollover_proposal() is None


def test_roll_over_makes_year_terms_and_days():
    holiday = ProposedDay(date(2027, 11, 25), "holiday", "Thanksgiving", False)

    actions.roll_over(plan(days=[holiday]), by=manager(), at=AT)

    page = queries.year_page(2027)
    assert [one.name for one in page.terms] == ["Fall"]
    assert queries.day_kind(date(2027, 11, 25)) == "holiday"
    event = Event.objects.get(verb="district.year.begun")
    assert "2027-28" in sentence(event)


def test_roll_over_copies_no_goal_and_offers_last_year_s():
    school = SchoolFactory()
    GoalFactory(school=school, title="Read")
    GoalFactory(school=school, title="Ended", ended_at=AT)

    actions.roll_over(plan(), by=manager(), at=AT)

    assert queries.goals(school.pk, start_year=2027) == ()
    offered = queries.offered_goals(school.pk, start_year=2027)
    assert [goal.title for goal in offered] == ["Read"]


def test_a_day_that_somebody_set_before_stays():
    DayExceptionFactory(day=FIRST, kind="pd", name="Welcome")
    other = ProposedDay(FIRST, "holiday", "Other", False)

    actions.roll_over(plan(days=[other]), by=manager(), at=AT)

    assert queries.day_kind(FIRST) == "pd"


@pytest.mark.parametrize(
    "changes",
    [
        {"last": FIRST},
        {"start_year": 2026},
        {"first": date(2027, 6, 1)},
        {"terms": (TermPlan("Fall", FIRST, date(2028, 7, 1)),)},
        {"terms": (TermPlan("Fall", LAST, FIRST),)},
        {"terms": (TermPlan("A", FIRST, LAST), TermPlan("B", LAST, LAST))},
        {"terms": (TermPlan("A", FIRST, FIRST), TermPlan("A", LAST, LAST))},
    ],
)
def test_a_year_that_contradicts_itself_or_another_is_refused(changes):
    SchoolYearFactory()

    with pytest.raises(RuleError):
        actions.roll_over(plan(**changes), by=manager(), at=AT)


def test_change_year_replaces_its_terms():
    year = SchoolYearFactory()
    TermFactory(school_year=year)
    wanted = YearPlan(
        2026,
        date(2026, 8, 31),
        year.last_date,
        terms=[TermPlan("Semester 1", date(2026, 8, 31), date(2027, 1, 22))],
    )

    actions.change_year(year, plan=wanted, by=manager(), at=AT)

    page = queries.year_page(2026)
    assert page.first == date(2026, 8, 31)
    assert [one.name for one in page.terms] == ["Semester 1"]


def test_set_days_goes_over_what_was_set_and_for_one_school_only():
    SchoolYearFactory()
    school = SchoolFactory()
    monday = date(2026, 11, 23)
    DayExceptionFactory(day=monday, kind="pd")
    mark = DayMark("closed", "Boiler", school=school)

    actions.set_days([monday, TODAY], mark=mark, by=manager(), at=AT)
    again = DayMark("holiday", "Other")
    actions.set_days([monday], mark=again, by=manager(), at=AT)

    assert queries.day_kind(monday) == "holiday"
    assert queries.day_kind(monday, school_id=school.pk) == "closed"
    assert queries.day_kind(TODAY) == "instructional"


def test_clear_day_lets_the_rule_hold_again():
    SchoolYearFactory()
    row = DayExceptionFactory()

    actions.clear_day(row, by=manager(), at=AT)

    assert queries.day_kind(row.day) == "instructional"
    assert "2026-11-26" in sentence(Event.objects.get(verb="district.days.cleared"))


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


def report(school, **words):
    return actions.report_of(school, fact="Phone", said="It rings elsewhere", **words)


def test_a_report_reaches_the_steward_of_the_source():
    school = SchoolFactory()
    steward = PersonFactory()
    SourceFactory(key="profile", steward=steward)

    actions.report_wrong(
        report(school, shown="773", source_key="profile"),
        by=principal_of(school),
        at=AT,
    )

    owner = actor(Seat.UNIT_STAFF, person=steward)
    assert [row.fact for row in queries.wrong_facts_for(owner)] == ["Phone"]
    assert Job.objects.get().name == "district.wrong.tell_owner"


def test_a_report_reaches_the_unit_when_nobody_is_steward():
    school, unit = SchoolFactory(), UnitFactory()
    SourceFactory(key="profile", unit=unit)

    actions.report_wrong(
        report(school, source_key="profile"), by=principal_of(school), at=AT
    )

    staff = actor(Seat.UNIT_STAFF, unit_ids={unit.pk})
    assert len(queries.wrong_facts_for(staff)) == 1
    assert queries.wrong_facts_for(manager()) == ()


def test_a_report_without_an_owner_reaches_those_who_keep_the_records():
    school = SchoolFactory()

    actions.report_wrong(report(school), by=principal_of(school), at=AT)

    found = queries.wrong_facts_for(manager())
    assert found[0].owner == "those who keep the records"
    assert found[0].may_answer


def test_an_answer_is_given_once_and_only_by_the_owner():
    wrong = WrongFactFactory(owner=PersonFactory())
    owner = actor(Seat.UNIT_STAFF, person=wrong.owner)
    words = {"state": WrongFactState.MENDED, "answer": "Changed."}

    with pytest.raises(RefusedError):
        actions.answer_wrong(wrong, by=actor(Seat.UNIT_STAFF), at=AT, **words)
    answered = actions.answer_wrong(wrong, by=owner, at=AT, **words)
    with pytest.raises(RuleError, match="already"):
        actions.answer_wrong(wrong, by=owner, at=AT, **words)

    assert answered.state == "mended"
    assert Job.objects.get().name == "district.wrong.tell_reader"


def test_small_district_mode_is_a_recorded_choice_m13():
    district = DistrictFactory()

    changed = actions.change_district(district, by=manager(), at=AT, is_small=True)

    assert changed.is_small
    facts = Event.objects.get(verb="district.settings.changed").facts
    assert facts["changes"] == "is_small: False → True"


def test_sources_have_keys_of_their_own_and_somebody_who_answers():
    unit = UnitFactory(name="Data")
    source = actions.add_source("state", by=manager(), at=AT, name="State files")

    changed = actions.change_source(source, by=manager(), at=AT, unit=unit)

    assert changed.unit == unit
    with pytest.raises(RuleError, match="already"):
        actions.add_source("state", by=manager(), at=AT, name="Again")


def moved(school, network, *, right="reassign"):
    return actions.keep_trail(
        lambda: actions.move_school(
            school, network=network, start=TODAY, by=deputy(), at=AT
        ),
        trail=actions.Trail("Moved", right, {"membership": {"school": school.pk}}),
    )


def spans(school):
    found = rows(Membership).filter(school=school).order_by("start_date")
    return list(found.values_list("pk", "network_id", "start_date", "end_date"))


def test_take_back_puts_every_row_back():
    row = MembershipFactory()
    before = spans(row.school)
    _, trail = moved(row.school, NetworkFactory())
    assert len(spans(row.school)) == 2

    actions.take_back(trail, by=deputy(), at=AT)

    assert spans(row.school) == before
    assert "took back: Moved" in sentence(
        Event.objects.get(verb="district.change.undone")
    )


def test_take_back_is_refused_after_another_change():
    row = MembershipFactory()
    _, trail = moved(row.school, NetworkFactory())
    later = TODAY + timedelta(days=3)
    actions.move_school(row.school, network=None, start=later, by=deputy(), at=AT)

    with pytest.raises(RuleError, match="changed again"):
        actions.take_back(trail, by=deputy(), at=AT)


@pytest.mark.parametrize("right", ["reassign", "manage", "assign:1", "unknown"])
def test_take_back_needs_the_right_of_the_act(right):
    _, trail = moved(MembershipFactory().school, NetworkFactory(), right=right)

    with pytest.raises(RefusedError):
        actions.take_back(trail, by=actor(Seat.PRINCIPAL), at=AT)


def test_a_cleared_day_can_be_brought_back():
    row = DayExceptionFactory()
    _, trail = actions.keep_trail(
        lambda: actions.clear_day(row, by=manager(), at=AT),
        trail=actions.Trail("Cleared", "manage", {"dayexception": {"pk": row.pk}}),
    )

    actions.take_back(trail, by=manager(), at=AT)

    assert rows(DayException).get().name == "Thanksgiving"


def test_every_verb_of_the_room_has_a_presenter(settings):
    written = {verb for verb in verbs() if verb.startswith("district.")}

    found = set()
    folder = settings.BASE_DIR / "district" / "actions"
    for file in folder.glob("*.py"):
        words = file.read_text().split('"')
        found |= {word for word in words if word.startswith("district.")}
    jobs = {"district.wrong.tell_owner", "district.wrong.tell_reader"}
    assert found - jobs == written


def test_years_are_read_latest_first():
    SchoolYearFactory()
    SchoolYearFactory(
        start_year=2025, first_date=date(2025, 8, 25), last_date=date(2026, 6, 12)
    )

    assert [year.start for year in queries.school_years()] == [2026, 2025]
    assert rows(SchoolYear).count() == 2


def test_the_moment_of_an_act_is_read_in_the_district_s_time(settings):
    settings.TIME_ZONE = "America/Chicago"
    school = SchoolFactory()
    late = datetime.fromisoformat("2026-11-20T03:00:00+00:00")

    checked = actions.check_school(school, by=principal_of(school), at=late)

    assert checked.checked_date == TODAY
