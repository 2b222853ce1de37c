"""Taking back what was just done."""

from datetime import date, timedelta

import pytest

from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence
from schoolward.base.http import RefusedError
from schoolward.district import actions
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    DayException,
    Membership,
)
from schoolward.district.tests.actors import (
    actor,
    deputy,
    manager,
)
from schoolward.district.tests.factories import (
    AT,
    DayExceptionFactory,
    MembershipFactory,
    NetworkFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


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
