"""The day of those who lead a unit: its people, and the schools nobody serves by name."""

from django.urls import reverse

from schoolward.district.queries.reach import open_school_count, reach_of
from schoolward.home.days.told import Empty, Told
from schoolward.home.tables import units as tables
from schoolward.home.visits import Morning
from schoolward.home.words import count_of, sentence


def reach(morning: Morning) -> Told:
    """Show the people of the units a person leads, and how many schools each serves."""
    people = reach_of(morning.subject.led_unit_ids, day=morning.day)
    served = len(morning.near_ids)
    without = open_school_count(day=morning.day) - served
    are = "is" if without == 1 else "are"
    nobody = f"{count_of(without, 'school')} {are} served by nobody here by name."
    return Told(
        meta=f"{count_of(served, 'school')} served by name" if people else "",
        headline=sentence(nobody) if people and without > 0 else "",
        table=tables.reach(people) if people else None,
        empty=Empty(
            title="No unit is led by you today",
            text="Your unit, its people and the schools they serve stand here.",
            url=reverse("home:units"),
            link="See the units",
        ),
    )
