"""Settings and sources, and how every act of the room is told."""

from datetime import date, datetime

import pytest

from schoolward.audit.models import Event
from schoolward.audit.presenters import verbs
from schoolward.district import actions
from schoolward.district.domain import RuleError
from schoolward.district.tests.actors import (
    manager,
    principal_of,
)
from schoolward.district.tests.factories import (
    AT,
    DistrictFactory,
    SchoolFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


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


def test_every_verb_of_the_room_has_a_presenter(settings):
    written = {verb for verb in verbs() if verb.startswith("district.")}

    found = set()
    folder = settings.BASE_DIR / "district" / "actions"
    for file in folder.glob("*.py"):
        words = file.read_text().split('"')
        found |= {word for word in words if word.startswith("district.")}
    jobs = {"district.wrong.tell_owner", "district.wrong.tell_reader"}
    assert found - jobs == written


def test_the_moment_of_an_act_is_read_in_the_district_s_time(settings):
    settings.TIME_ZONE = "America/Chicago"
    school = SchoolFactory()
    late = datetime.fromisoformat("2026-11-20T03:00:00+00:00")

    checked = actions.check_school(school, by=principal_of(school), at=late)

    assert checked.checked_date == TODAY
