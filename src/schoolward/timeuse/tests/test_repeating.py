"""Rules of repeating, against dateutil's own expansion, and their bounds."""

from datetime import datetime, timedelta
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.timeuse.domain.repeating import Budget, moments, rule_of
from schoolward.timeuse.domain.shapes import RefusedPartError


DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
STARTS = st.datetimes(datetime(2019, 1, 1), datetime(2026, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)


def some(values, most=3):
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


@st.composite
def rules(draw):
    """Write a rule whose meaning the standard settles."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": [frequency], "INTERVAL": [draw(st.integers(1, 5))]}
    if draw(st.booleans()):
        parts["BYMONTH"] = draw(some(range(1, 13)))
    if draw(st.booleans()):
        nth = frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans())
        names = [f"{n}{d}" for n in (-2, -1, 1, 2, 4) for d in DAYS] if nth else DAYS
        parts["BYDAY"] = draw(some(names))
    if frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(some([1, 2, 13, 28, 30, 31, -1, -5]))
    if frequency == "YEARLY" and draw(st.booleans()):
        parts["BYYEARDAY"] = draw(some([1, 60, 100, 366, -1, -100]))
    if frequency == "MONTHLY" and draw(st.booleans()):
        parts["BYSETPOS"] = draw(some([1, 2, -1]))
        parts.setdefault("BYDAY", ["MO", "TU", "WE", "TH", "FR"])
    if draw(st.booleans()):
        parts["BYHOUR"] = draw(some(range(24)))
    if draw(st.booleans()):
        parts["COUNT"] = [draw(st.integers(1, 40))]
    return ";".join(f"{k}={','.join(map(str, v))}" for k, v in parts.items())


@settings(max_examples=60, deadline=None)
@given(rules(), STARTS)
def test_rule_comes_true_when_an_independent_expansion_says_so(text, start):
    first, last = start + timedelta(days=200), start + timedelta(days=1500)

    ours = moments(rule_of(text), start, first=first, last=last, budget=Budget(10**7))
    theirs = rrulestr(text, dtstart=start).between(first, last, inc=True)

    assert [one for one in ours if one >= first] == theirs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # RFC 5545, 3.8.5.3: Friday the 13ths, and US Election Day.
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", ["1996-12-13", "1997-06-13"]),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            ["1996-11-05", "2000-11-07"],
        ),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", ["1997-05-12", "1998-05-11"]),
    ],
)
def test_rule_comes_true_as_the_standard_shows(text, expected):
    start = datetime(1996, 11, 5, 9)

    found = moments(
        rule_of(text),
        start,
        first=start,
        last=datetime(2001, 1, 1),
        budget=Budget(9**6),
    )

    days = [f"{one:%Y-%m-%d}" for one in found]
    assert days[: len(expected)] == expected


def test_rule_that_never_comes_true_ends_with_the_window():
    rule = rule_of("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    start, budget = datetime(1970, 1, 1), Budget(10**6)

    found = moments(
        rule,
        start,
        first=datetime(2026, 1, 1),
        last=datetime(2027, 1, 1),
        budget=budget,
    )

    assert not list(found)
    assert 10**6 - budget.left < 1_000


def test_rules_that_cost_too_much_together_are_refused_soon():
    rule = rule_of("FREQ=HOURLY;COUNT=100000;BYMONTH=2;BYMONTHDAY=30")
    start = datetime(1900, 1, 1)
    begun = perf_counter()

    with pytest.raises(RefusedPartError, match="take too long"):
        list(
            moments(
                rule,
                start,
                first=datetime(2026, 1, 1),
                last=datetime(2027, 1, 1),
                budget=Budget(100_000),
            )
        )

    assert perf_counter() - begun < 10


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=SOMETIMES",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYMONTH=a",
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=WEEKLY;WKST=NO",
        "RSCALE=CHINESE;FREQ=YEARLY",
        "",
    ],
)
def test_rule_that_means_nothing_is_refused(text):
    with pytest.raises(RefusedPartError):
        rule_of(text)
