"""The simulated district: its size, its sameness, and that every seat finds it at work."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from schoolward.base import clock
from schoolward.base.models import DemoMark
from schoolward.config.demo.plan import TODAY, make_plan
from schoolward.district.models import District, School, Supervision, Unit
from schoolward.kernel.seats import Seat
from schoolward.timeuse.models import CalendarEvent


WHY = "the demo's own size"


def test_one_seed_plans_one_district():
    assert make_plan(seed=7) == make_plan(seed=7)
    assert make_plan(seed=7) != make_plan(seed=8)


def test_the_plan_has_the_size_it_promises():
    plan = make_plan(seed=7)

    assert len(plan.schools) == 42
    assert len(plan.units) == 11
    assert len({one.network for one in plan.schools}) == 5


@pytest.mark.slow
@pytest.mark.django_db
def test_every_seat_finds_a_district_at_work(capsys, settings):
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("the demo is for the embedded database")
    call_command("demo", json=True)
    links = json.loads(capsys.readouterr().out)["links"]

    assert set(links) == {seat.value for seat in Seat}
    assert clock.today() == TODAY
    assert School.objects.unscoped(reason=WHY).filter(close_date=None).count() == 42
    assert Unit.objects.unscoped(reason=WHY).count() == 11
    ilds = Supervision.objects.unscoped(reason=WHY).on(TODAY)
    assert ilds.values("person").distinct().count() == 5
    events = CalendarEvent.objects.unscoped(reason=WHY)
    assert events.values("calendar__person").distinct().count() == 5
    for seat, link in links.items():
        client = Client(SERVER_NAME="localhost")
        client.get(link.partition("localhost:8000")[2])
        day = client.get("/")
        assert (seat, day.status_code) == (seat, 200)
        assert "November 19" in day.content.decode()
        if seat == Seat.ILD:
            assert (
                "For their instructional leadership"
                in client.get("/time/").content.decode()
            )
    DemoMark.objects.all().delete()
    clock.forget_standing_day()


@pytest.mark.django_db
def test_the_demo_is_never_built_over_a_real_district(settings):
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("the demo is for the embedded database")
    District.objects.create(pk=1, name="Real", time_zone="America/Chicago")

    with pytest.raises(CommandError, match="real district"):
        call_command("demo", replace=True)
