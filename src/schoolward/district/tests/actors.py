"""People who ask and act in tests, by what their posts let them reach."""

from schoolward.district.tests.factories import PersonFactory
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


def actor(*seats, **reach):
    """Return an actor with a person's row behind it."""
    person = reach.pop("person", None) or PersonFactory()
    sets = {
        name: value if isinstance(value, dict) else frozenset(value)
        for name, value in reach.items()
    }
    return Actor(
        person_id=person.pk, name=person.display_name, seats=frozenset(seats), **sets
    )


def manager():
    """Return an analyst, who keeps the district's records."""
    return actor(Seat.ANALYST)


def deputy():
    """Return a deputy, who decides who supervises whom."""
    return actor(Seat.DEPUTY)


def principal_of(school, **reach):
    """Return the principal of a school."""
    return actor(Seat.PRINCIPAL, led_school_ids={school.pk}, **reach)


def ild_of(school):
    """Return the ILD of a school."""
    return actor(Seat.ILD, supervised_school_ids={school.pk})


def partner_of(school, unit):
    """Return a unit's person who serves a school."""
    return actor(
        Seat.UNIT_STAFF,
        served_school_ids={school.pk},
        served_for={school.pk: unit.name},
        unit_ids={unit.pk},
    )


def everyone(school, unit):
    """Return one actor for every way of reaching a school, or of not reaching it."""
    from_afar = {seat.value: actor(seat) for seat in Seat}
    near = {
        "the principal": principal_of(school),
        "a delegate": actor(acted_school_ids={school.pk}, delegate_for={1}),
        "the ILD": ild_of(school),
        "the partner": partner_of(school, unit),
        "a lead of the unit": actor(
            Seat.UNIT_LEAD, unit_ids={unit.pk}, led_unit_ids={unit.pk}
        ),
        "nobody": actor(),
    }
    return from_afar | near
