"""The least valid rows of this room, and loads of values from a few words."""

from collections.abc import Iterable
from datetime import UTC, datetime

import factory

from schoolward.audit.models import Load
from schoolward.district.models import Source
from schoolward.district.tests.factories import SourceFactory
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat
from schoolward.scorecards import actions
from schoolward.scorecards.domain import (
    Direction,
    IndicatorDraft,
    LoadOutcome,
    Subject,
    Unit,
    ValueRow,
)
from schoolward.scorecards.models import Indicator


AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
ANALYST = Actor(person_id=7, name="Ana Lyst", seats=frozenset({Seat.ANALYST}))
PRINCIPAL = Actor(person_id=8, name="Pat Principal", seats=frozenset({Seat.PRINCIPAL}))


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    """A share of students, higher being better, that guards no extremes."""

    class Meta:
        model = Indicator

    key = factory.Sequence(lambda n: f"indicator-{n}")
    name = factory.LazyAttribute(lambda row: row.key.replace("-", " ").capitalize())
    question = "How many?"
    unit = Unit.SHARE
    direction = Direction.HIGHER
    subject = Subject.STUDENTS
    source = factory.SubFactory(SourceFactory)
    defined_at = AT


class LoadFactory(factory.django.DjangoModelFactory[Load]):
    """A load of indicators that is under way."""

    class Meta:
        model = Load

    target = "indicators"
    format = "CSV"
    file_name = factory.Sequence(lambda n: f"values-{n}.csv")
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    as_of_date = AT.date()
    begun_at = AT


def draft(key: str = "x", **more: object) -> IndicatorDraft:
    """Build a definition: a share of students."""
    given = {"name": key, "question": "How many?", "unit": Unit.SHARE} | more
    return IndicatorDraft(key=key, **given)


def fact(
    school: int, period: str = "2018-19", value: float | None = 0.5, **more: object
) -> ValueRow:
    """Build a value of the indicator `x`."""
    given = {"indicator": "x", "place_id": school, "period": period, "value": value}
    return ValueRow(**(given | more))


def load(
    rows: Iterable[ValueRow],
    *,
    year: str = "2018-19",
    source: Source | None = None,
    load_row: Load | None = None,
) -> tuple[Load, LoadOutcome]:
    """Load values from a file of a school year."""
    row = load_row or LoadFactory()
    outcome = actions.load_values(
        rows,
        load_id=row.pk,
        source=source
        or Source.objects.unscoped(reason="test").first()
        or SourceFactory(),
        file_year=year,
        by=ANALYST,
        at=AT,
    )
    return row, outcome
