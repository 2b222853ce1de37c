"""Reports of wrong facts: whom they reach, and who answers."""

import pytest

from schoolward.base.http import RefusedError
from schoolward.base.models import Job
from schoolward.district import actions, queries
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    WrongFactState,
)
from schoolward.district.tests.actors import (
    actor,
    manager,
    principal_of,
)
from schoolward.district.tests.factories import (
    AT,
    PersonFactory,
    SchoolFactory,
    SourceFactory,
    UnitFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


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
